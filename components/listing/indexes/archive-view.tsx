import { Breadcrumbs } from '#components/layout/breadcrumbs.tsx'
import { EmptyListing } from '#components/listing/empty-listing.tsx'
import type { ArchiveMonth } from '#lib/article-index/article-index.ts'
import { toBreadcrumbs } from '#lib/i18n/breadcrumbs.ts'
import { formatCount, formatMonth } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { listingPath, plainPagePath } from '#lib/site/routes.ts'
import './indexes.css'

/** Every month that has articles, by years, the newest first. */
export function ArchiveView({ locale, months }: { locale: Locale; months: ArchiveMonth[] }) {
  const messages = messagesFor(locale)
  const years = [...new Set(months.map(({ year }) => year))]
  const here = { name: messages.archive, path: plainPagePath(locale, 'archive') }
  return (
    <div className="listing archive">
      <header className="listing-header">
        <Breadcrumbs locale={locale} crumbs={toBreadcrumbs(locale, here)} />
        <h1>{messages.archive}</h1>
        <p>{messages.archiveIntro}</p>
      </header>
      {months.length === 0 && <EmptyListing locale={locale} />}
      {years.length > 3 && (
        <nav aria-label={messages.years} className="letter-links">
          {years.map((year) => (
            <a key={year} href={`#_year-${year}`}>
              {year}
            </a>
          ))}
        </nav>
      )}
      {years.map((year) => (
        <Year key={year} locale={locale} months={months.filter((month) => month.year === year)} />
      ))}
    </div>
  )
}

function Year({ locale, months }: { locale: Locale; months: ArchiveMonth[] }) {
  const { articles } = messagesFor(locale)
  const year = months[0]?.year
  const total = months.reduce((sum, { articleCount }) => sum + articleCount, 0)
  return (
    <section aria-labelledby={`_year-${year}`}>
      <h2 id={`_year-${year}`} className="section-title archive-year">
        {`${year} `}
        <small>{formatCount(locale, articles, total)}</small>
      </h2>
      <ul className="counted-links">
        {months.map(({ month, articleCount, ...rest }) => (
          <li key={month}>
            <a href={listingPath(locale, { kind: 'archive', year: rest.year, month })}>
              {formatMonth(locale, { year: rest.year, month })}
            </a>
            <span className="meta">
              <span>{formatCount(locale, articles, articleCount)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
