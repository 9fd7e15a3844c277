import type { MoodCounts } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import { type MoodAddress, usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { MoodScope, MoodSpan } from '#lib/site/mood.ts'
import { moodPath } from '#lib/site/routes.ts'
import { BalanceBar } from './balance-bar.tsx'
import { countAll } from './mood-words.ts'
import { SentimentLinks } from './sentiment-links.tsx'
import { SentimentPatterns } from './sentiment-mark.tsx'

/** The mood of a listing in one line; nothing if no article has a sentiment. */
export function MoodStrip({
  locale,
  scope,
  span,
  counts,
}: {
  locale: Locale
  scope: MoodScope
  span: MoodSpan
  counts: MoodCounts
}) {
  if (countAll(counts) === 0) return undefined
  const { mood } = messagesFor(locale)
  const address: MoodAddress = { ...usualMood(scope), period: { kind: 'span', span } }
  return (
    <section className="mood-strip" aria-labelledby="_mood">
      <SentimentPatterns />
      <h2 id="_mood">
        <a href={moodPath(locale, address)}>
          {mood.name}, {mood.spans[span]}
        </a>
      </h2>
      <BalanceBar counts={counts} />
      <SentimentLinks
        locale={locale}
        address={address}
        sentiments={sentimentSegments.filter((sentiment) => counts[sentiment] > 0)}
        counts={counts}
      />
    </section>
  )
}
