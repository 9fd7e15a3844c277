import { EmptyListing } from '#components/listing/empty-listing.tsx'
import { PageLinks } from '#components/listing/page-links.tsx'
import { Instant } from '#components/text/instant.tsx'
import type { CorrectionListing } from '#lib/article-index/article-index.ts'
import { formatCount } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { typeset } from '#lib/i18n/typeset.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, correctionId, correctionsPath } from '#lib/site/routes.ts'

/** Everything that has been put right, newest first; each leads to its place under its article. */
export function CorrectionsView({
  locale,
  listing: { corrections, correctionCount, page, pageCount },
}: {
  locale: Locale
  listing: CorrectionListing
}) {
  const messages = messagesFor(locale)
  return (
    <div className="listing">
      <header className="listing-header">
        <h1>{messages.correctionsTitle}</h1>
        <p>{messages.correctionsIntro}</p>
        {correctionCount > 0 && (
          <p className="meta">
            <span>{formatCount(locale, messages.correctionCount, correctionCount)}</span>
          </p>
        )}
      </header>
      {corrections.length === 0 && (
        <EmptyListing
          locale={locale}
          title={messages.correctionsNone}
          hint={messages.correctionsNoneHint}
        />
      )}
      <ol className="all-corrections">
        {corrections.map(({ correction: { at, text }, number, article: { slug, title } }) => (
          <li key={`${slug} ${number}`} id={`_${slug}-${number}`}>
            <p className="meta">
              <Instant locale={locale} at={at} format="date" />
            </p>
            <h2>
              <a href={`${articlePath(locale, slug)}#${correctionId(number)}`}>
                {typeset(locale, title)}
              </a>
            </h2>
            <p>{typeset(locale, text)}</p>
          </li>
        ))}
      </ol>
      <PageLinks
        locale={locale}
        page={page}
        pageCount={pageCount}
        toPath={(number) => correctionsPath(locale, number)}
      />
    </div>
  )
}
