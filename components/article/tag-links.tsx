import type { Article } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'

export function TagLinks({ article: { locale, tags } }: { article: Article }) {
  if (tags.length === 0) return undefined
  return (
    <nav aria-label={messagesFor(locale).tags}>
      <ul className="topic-list">
        {tags.map((tag) => (
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
