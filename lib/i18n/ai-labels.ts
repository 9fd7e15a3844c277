import type { ArticleSummary } from '#lib/content/article.ts'
import { formatDate } from './format.ts'
import { messagesFor } from './messages.ts'

/**
 * What readers see about a text that a model wrote or translated, and who has reviewed it: `Written by
 * AI, reviewed by the news desk on 30 November 2026`. Empty for any other text.
 */
export function listAiLabels({
  locale,
  ai,
  reviewedBy,
  reviewedAt,
}: Pick<ArticleSummary, 'locale' | 'ai' | 'reviewedBy' | 'reviewedAt'>): string[] {
  const messages = messagesFor(locale)
  const isWritten = ai?.rewritten || ai?.expandedAt !== undefined
  const labels = [
    isWritten ? messages.aiRewritten : undefined,
    ai?.translatedFrom === undefined ? undefined : messages.aiTranslated,
  ].filter((label) => label !== undefined)
  const last = labels.pop()
  if (last === undefined) return []
  const review =
    reviewedBy === undefined || reviewedAt === undefined
      ? ''
      : `, ${messages.aiReviewed(reviewedBy, formatDate(locale, reviewedAt))}`
  return [...labels, last + review]
}
