import type { ReactNode } from 'react'
import type { Listing } from '#lib/article-index/article-index.ts'
import { formatCount, formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { feedPath, type ListingScope, listingPath } from '#lib/site/routes.ts'
import { ArticleTeaser } from './article-teaser.tsx'
import { EmptyListing } from './empty-listing.tsx'
import { PageLinks } from './page-links.tsx'

/** One page of a category, tag, source, month or of everything. */
export function ListingView({
  locale,
  scope,
  name,
  listing,
  aside,
}: {
  locale: Locale
  scope: ListingScope
  name: string
  listing: Listing
  /** What stands between the name and the articles. */
  aside?: ReactNode
}) {
  const messages = messagesFor(locale)
  const { articles, articleCount, page, pageCount } = listing
  return (
    <div className="listing">
      <header className="listing-header">
        <ListingKind locale={locale} scope={scope} />
        <h1>{name}</h1>
        <p className="meta">
          <span>{formatCount(locale, messages.articles, articleCount)}</span>
          {page > 1 && (
            <span>
              {messages.pageOf(formatNumber(locale, page), formatNumber(locale, pageCount))}
            </span>
          )}
          <a href={feedPath(locale, scope, 'rss')}>{messages.feed}</a>
        </p>
      </header>
      {aside}
      {articles.length === 0 && <EmptyListing locale={locale} />}
      <div className="listing-articles">
        {articles.map((article, position) => (
          <ArticleTeaser
            key={article.slug}
            article={article}
            kind="row"
            heading="h2"
            isLargest={position === 0}
            isCategoryShown={scope.kind !== 'category'}
          />
        ))}
      </div>
      <PageLinks
        locale={locale}
        page={page}
        pageCount={pageCount}
        toPath={(number) => listingPath(locale, scope, number)}
      />
    </div>
  )
}

/** The small line above a name that could be mistaken for another kind of listing. */
function ListingKind({ locale, scope }: { locale: Locale; scope: ListingScope }) {
  const messages = messagesFor(locale)
  if (scope.kind === 'latest' || scope.kind === 'category') return undefined
  const words = { tag: messages.tag, source: messages.source, archive: messages.archive }
  return <p className="kicker">{words[scope.kind]}</p>
}
