import type { ArticleSummary } from '#lib/content/article.ts'
import { formatAiLabel } from '#lib/i18n/ai-labels.ts'

/** The plain label on a text that a model wrote or translated; nothing on any other. */
export function ProvenanceLabel({ article }: { article: ArticleSummary }) {
  const label = formatAiLabel(article)
  return label && <span className="provenance">{label}</span>
}
