import type { ArticleSummary } from '#lib/content/article.ts'
import { formatAiLabel, formatShortAiLabel } from '#lib/i18n/ai-labels.ts'

/** The plain label on a text that a model wrote or translated; nothing on any other. Short in a list. */
export function ProvenanceLabel({
  article,
  isShort = false,
}: {
  article: ArticleSummary
  isShort?: boolean
}) {
  const label = (isShort ? formatShortAiLabel : formatAiLabel)(article)
  return label && <span className="provenance">{label}</span>
}
