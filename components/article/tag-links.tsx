import type { Article } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatAsset, formatTopic } from '#lib/i18n/topic-names.ts'
import { listAssets, type NamedEntity } from '#lib/site/names.ts'
import { listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'

/** The pages of what an article is about: its assets, then its tags. A tag that names an asset leads there. */
export function TagLinks({ article }: { article: Article }) {
  const { locale, tags } = article
  const assets = listAssets(article)
  const others = tags.filter(
    (tag) => !listAssets({ title: '', description: '', tags: [tag] }).some(isAmong(assets)),
  )
  if (assets.length + others.length === 0) return undefined
  return (
    <nav aria-label={messagesFor(locale).tags}>
      <ul className="topic-list">
        {assets.map((asset) => (
          <li key={asset.key}>
            <a href={listingPath(locale, { kind: 'asset', key: asset.key })} rel="tag">
              {formatAsset(locale, asset)}
            </a>
          </li>
        ))}
        {others.map((tag) => (
          <li key={tag}>
            <a href={listingPath(locale, { kind: 'tag', segment: toSegment(tag) })} rel="tag">
              {formatTopic(locale, tag)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const isAmong =
  (assets: NamedEntity[]) =>
  ({ key }: NamedEntity): boolean =>
    assets.some((asset) => asset.key === key)
