import type { Locale } from '#lib/site/locales.ts'
import {
  type FeedFormat,
  feedFormats,
  feedPath,
  feedTypes,
  type ListingScope,
} from '#lib/site/routes.ts'
import './feeds.css'

/** What the formats call themselves, in every language. */
export const feedFormatNames: Record<FeedFormat, string> = {
  rss: 'RSS',
  atom: 'Atom',
  json: 'JSON Feed',
}

/** A listing and its feeds, as one line of a list. */
export function FeedLinks({
  locale,
  scope,
  name,
}: {
  locale: Locale
  scope: ListingScope
  name: string
}) {
  return (
    <li>
      <span className="feed-name">{name}</span>
      <span className="meta">
        {feedFormats.map((format) => (
          <a
            key={format}
            href={feedPath(locale, scope, format)}
            type={feedTypes[format]}
            aria-label={`${name}: ${feedFormatNames[format]}`}
          >
            {feedFormatNames[format]}
          </a>
        ))}
      </span>
    </li>
  )
}
