import type { ArticleSummary } from '#lib/content/article.ts'
import { formatDate } from './format.ts'
import { messagesFor } from './messages.ts'

type Labelled = Pick<ArticleSummary, 'locale' | 'ai' | 'reviewedBy' | 'reviewedAt'>

/**
 * What readers see about a text that a model wrote or translated, and who has reviewed it: `Written by
 * AI, reviewed by the news desk on 30 November 2026`. Undefined for any other text.
 */
export function formatAiLabel({
  locale,
  ai,
  reviewedBy,
  reviewedAt,
}: Labelled): string | undefined {
  const messages = messagesFor(locale)
  const { isWritten, isTranslated } = readPart(ai)
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

/**
 * The same for a list, where a line has to hold it: `Written by AI, reviewed`. Of a text that a model
 * wrote and translated it says that it wrote it; who reviewed it and when stands with the article.
 */
export function formatShortAiLabel({ locale, ai, reviewedAt }: Labelled): string | undefined {
  const { aiRewritten, aiTranslated, aiReviewedShort } = messagesFor(locale)
  const { isWritten, isTranslated } = readPart(ai)
  if (!isWritten && !isTranslated) return undefined
  const label = isWritten ? aiRewritten : aiTranslated
  return reviewedAt === undefined ? label : `${label}, ${aiReviewedShort}`
}

const readPart = (ai: ArticleSummary['ai']) => ({
  isWritten: ai?.rewritten || ai?.expandedAt !== undefined,
  isTranslated: ai?.translatedFrom !== undefined,
})
