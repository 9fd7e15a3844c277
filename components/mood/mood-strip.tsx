import type { MoodCounts } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type MoodScope, tones, usualSpan } from '#lib/site/mood.ts'
import { moodPath } from '#lib/site/routes.ts'
import { BalanceBar } from './balance-bar.tsx'
import { ToneLinks } from './tone-links.tsx'
import { TonePatterns } from './tone-mark.tsx'
import { countAll } from './tone-words.ts'

/** The mood of a listing in one line; nothing where nothing was judged. */
export function MoodStrip({
  locale,
  scope,
  counts,
}: {
  locale: Locale
  scope: MoodScope
  counts: MoodCounts
}) {
  if (countAll(counts) === 0) return undefined
  const { mood } = messagesFor(locale)
  const address = usualMood(scope)
  return (
    <section className="mood-strip" aria-labelledby="_mood">
      <TonePatterns />
      <h2 id="_mood">
        <a href={moodPath(locale, address)}>
          {mood.name}, {mood.spans[usualSpan]}
        </a>
      </h2>
      <BalanceBar counts={counts} />
      <ToneLinks
        locale={locale}
        address={address}
        tones={tones.filter((tone) => counts[tone] > 0)}
        counts={counts}
      />
    </section>
  )
}
