import type { MoodCounts } from '#lib/article-index/article-index.ts'
import type { SentimentSegment } from '#lib/site/addresses/article-filter.ts'
import type { MoodAddress } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import { moodPath } from '#lib/site/routes.ts'
import { formatSentimentCount } from './mood-words.ts'
import { SentimentMark } from './sentiment-mark.tsx'

/** How many articles there are of each of some sentiments, leading to them. */
export function SentimentLinks({
  locale,
  address,
  sentiments,
  counts,
}: {
  locale: Locale
  address: MoodAddress
  sentiments: readonly SentimentSegment[]
  counts: MoodCounts
}) {
  return (
    <ul>
      {sentiments.map((sentiment) => (
        <li key={sentiment}>
          <a href={moodPath(locale, { ...address, sentiment })}>
            <SentimentMark sentiment={sentiment} />
            {formatSentimentCount(locale, sentiment, counts[sentiment])}
          </a>
        </li>
      ))}
    </ul>
  )
}
