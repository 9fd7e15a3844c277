import { MoodStrip } from '#components/mood/mood-strip.tsx'
import type { MoodCounts } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { MoodSpan } from '#lib/site/mood.ts'
import type { NamedEntity } from '#lib/site/names.ts'
import { listingPath } from '#lib/site/routes.ts'

/** What an asset is, its ticker, the mood of its news, and the stories that it is in. */
export function AssetNote({
  locale,
  asset,
  stories,
  mood,
}: {
  locale: Locale
  asset: NamedEntity
  stories: { key: string; name: string }[]
  mood: { span: MoodSpan; counts: MoodCounts }
}) {
  const { story } = messagesFor(locale)
  const about = asset.about?.[locale]
  return (
    <div className="asset-note">
      {about && <p className="listing-intro">{typeset(locale, about)}</p>}
      {asset.tickers.length > 0 && (
        <p className="meta">{<span>{asset.tickers.join(', ')}</span>}</p>
      )}
      <MoodStrip locale={locale} scope={{ kind: 'asset', key: asset.key }} {...mood} />
      {stories.length > 0 && (
        <nav className="asset-stories" aria-labelledby="_stories">
          <h2 id="_stories" className="section-title">
            {story.stories}
          </h2>
          <ul>
            {stories.map(({ key, name }) => (
              <li key={key}>
                <a href={listingPath(locale, { kind: 'story', key })}>{typeset(locale, name)}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  )
}
