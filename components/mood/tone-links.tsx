import type { MoodCounts } from '#lib/article-index/article-index.ts'
import type { MoodAddress } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { Tone } from '#lib/site/mood.ts'
import { moodPath } from '#lib/site/routes.ts'
import { ToneMark } from './tone-mark.tsx'
import { formatTone } from './tone-words.ts'

/** How many articles there are of each of some tones, leading to them. */
export function ToneLinks({
  locale,
  address,
  tones,
  counts,
}: {
  locale: Locale
  address: MoodAddress
  tones: readonly Tone[]
  counts: MoodCounts
}) {
  return (
    <ul>
      {tones.map((tone) => (
        <li key={tone}>
          <a href={moodPath(locale, { ...address, tone })}>
            <ToneMark tone={tone} />
            {formatTone(locale, tone, counts[tone])}
          </a>
        </li>
      ))}
    </ul>
  )
}
