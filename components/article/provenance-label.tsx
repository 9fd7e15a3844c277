import type { ArticleSummary } from '#lib/content/article.ts'
import { listAiLabels } from '#lib/i18n/ai-labels.ts'

/** The plain label on a text that a model wrote or translated; nothing on any other. */
export function ProvenanceLabel({ article }: { article: ArticleSummary }) {
  return listAiLabels(article).map((label) => (
    <span key={label} className="provenance">
      {label}
    </span>
  ))
}
