import { formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** Links to the pages of a listing: the neighbours, the ends, and where the reader is. */
export function PageLinks({
  locale,
  page,
  pageCount,
  toPath,
}: {
  locale: Locale
  page: number
  pageCount: number
  toPath: (page: number) => string
}) {
  if (pageCount < 2) return undefined
  const messages = messagesFor(locale)
  return (
    <nav aria-label={messages.pages} className="page-links">
      {page > 1 && (
        <a href={toPath(page - 1)} rel="prev">
          {messages.newerPage}
        </a>
      )}
      <ul>
        {pagesAround(page, pageCount).map((number) => (
          <li key={number}>
            <a
              href={toPath(number)}
              aria-label={`${messages.page} ${formatNumber(locale, number)}`}
              aria-current={number === page ? 'page' : undefined}
            >
              {formatNumber(locale, number)}
            </a>
          </li>
        ))}
      </ul>
      {page < pageCount && (
        <a href={toPath(page + 1)} rel="next">
          {messages.olderPage}
        </a>
      )}
    </nav>
  )
}

/** The first, the last, and up to two on either side: at most seven numbers. */
function pagesAround(page: number, pageCount: number): number[] {
  const wanted = [1, page - 2, page - 1, page, page + 1, page + 2, pageCount]
  return [...new Set(wanted)].filter((number) => number >= 1 && number <= pageCount)
}
