import type { MoodCounts } from '#lib/article-index/article-index.ts'
import {
  formatCalendarDate,
  formatCount,
  formatDateTime,
  formatDay,
  formatHour,
} from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { type SentimentSegment, sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { MoodPeriod } from '#lib/site/mood.ts'

const sentimentOf = { positive: 'POSITIVE', neutral: 'NEUTRAL', negative: 'NEGATIVE' } as const

/** A sentiment's name: `Positive`. */
export const nameSentiment = (locale: Locale, sentiment: SentimentSegment) =>
  messagesFor(locale).sentiments[sentimentOf[sentiment]]

/** `5 positive, 3 neutral, 1 negative` */
export const formatMood = (locale: Locale, counts: MoodCounts) =>
  sentimentSegments
    .map((sentiment) => formatSentimentCount(locale, sentiment, counts[sentiment]))
    .join(', ')

/** `5 positive` */
export const formatSentimentCount = (locale: Locale, sentiment: SentimentSegment, count: number) =>
  formatCount(locale, messagesFor(locale).mood.counts[sentiment], count)

/** `the last 7 days`, `20 November 2026`, `20 November 2026 at 17:00 UTC` */
export function formatPeriod(locale: Locale, period: MoodPeriod): string {
  if (period.kind === 'span') return messagesFor(locale).mood.lastSpan[period.span]
  return period.kind === 'day'
    ? formatCalendarDate(locale, period.date)
    : formatDateTime(locale, period.startsAt)
}

/** A mark below a chart: `20 Nov`, `17:00`. */
export function formatMark(locale: Locale, period: MoodPeriod): string {
  if (period.kind === 'span') return messagesFor(locale).mood.spans[period.span]
  return period.kind === 'day'
    ? formatDay(locale, period.date)
    : formatHour(locale, period.startsAt)
}

export const countAll = ({ positive, neutral, negative }: MoodCounts) =>
  positive + neutral + negative
