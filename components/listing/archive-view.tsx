import type { ArchiveMonth } from '#lib/article-index/article-index.ts'
import { formatCount, formatMonth } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { listingPath } from '#lib/site/routes.ts'
import { EmptyListing } from './empty-listing.tsx'

/** Every month that has articles. */
export function ArchiveView({ locale, months }: { locale: Locale; months: ArchiveMonth[] }) {
  const messages = messagesFor(locale)
  return (
    <div className="listing">
      <header className="listing-header">
        <h1>{messages.archive}</h1>
        <p>{messages.archiveIntro}</p>
      </header>
      {months.length === 0 && <EmptyListing locale={locale} />}
      <ul className="archive-months">
        {months.map(({ year, month, articleCount }) => (
          <li key={`${year}-${month}`}>
            <a href={listingPath(locale, { kind: 'archive', year, month })}>
              {formatMonth(locale, { year, month })}
            </a>
            <span className="meta">
              <span>{formatCount(locale, messages.articles, articleCount)}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}
