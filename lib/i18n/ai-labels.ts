import type { ArticleSummary } from '#lib/content/article.ts'
import { formatDate } from './format.ts'
import { messagesFor } from './messages.ts'

/**
 * What readers see about a text that a model wrote or translated, and who has reviewed it: `Written by
 * AI, reviewed by the news desk on 30 November 2026`. Undefined for any other text.
 */
export function formatAiLabel({
  locale,
  ai,
  reviewedBy,
  reviewedAt,
}: Pick<ArticleSummary, 'locale' | 'ai' | 'reviewedBy' | 'reviewedAt'>): string | undefined {
  const messages = messagesFor(locale)
  const isWritten = ai?.rewritten || ai?.expandedAt !== undefined
  const isTranslated = ai?.translatedFrom !== undefined
  if (!isWritten && !isTranslated) return undefined
  const label = !isTranslated
    ? messages.aiRewritten
    : isWritten
      ? messages.aiWrittenAndTranslated
      : messages.aiTranslated
  return reviewedBy === undefined || reviewedAt === undefined
    ? label
    : `${label}, ${messages.aiReviewed(reviewedBy, formatDate(locale, reviewedAt))}`
}
