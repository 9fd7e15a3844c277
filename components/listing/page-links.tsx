import { formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** Links to pages: the neighbours, the ends, and where the reader is. */
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
  const words = messagesFor(locale)
  const toNumber = (number: number) => formatNumber(locale, number)
  return (
    <nav aria-label={words.pages} className="page-links">
      {page > 1 && (
        <a href={toPath(page - 1)} rel="prev">
          {words.newerPage}
        </a>
      )}
      <ul>
        {pagesAround(page, pageCount).map((number) => (
          <li key={number}>
            <a
              href={toPath(number)}
              aria-label={`${words.page} ${toNumber(number)}`}
              aria-current={number === page ? 'page' : undefined}
            >
              {toNumber(number)}
            </a>
          </li>
        ))}
      </ul>
      {page < pageCount && (
        <a href={toPath(page + 1)} rel="next">
          {words.olderPage}
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
