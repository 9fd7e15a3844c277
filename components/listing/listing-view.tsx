import { Fragment, type ReactNode } from 'react'
import { Breadcrumbs } from '#components/layout/breadcrumbs.tsx'
import { DayHeading, dateOf } from '#components/listing/indexes/day-heading.tsx'
import { FollowButton } from '#components/offline/following-view.tsx'
import type { Listing } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { listingBreadcrumbs } from '#lib/i18n/breadcrumbs.ts'
import { titleOfListing } from '#lib/i18n/describe-listing.ts'
import { formatCount, formatNumber } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { feedPath, type ListingScope, listingPath } from '#lib/site/routes.ts'
import { ArticleTeaser } from './article-teaser.tsx'
import { EmptyListing } from './empty-listing.tsx'
import { ListingSidebar, toSidebar } from './listing-sidebar.tsx'
import { MostRead, SinceVisit } from './most-read.tsx'
import { NewArticles } from './new-articles.tsx'
import { PageLinks } from './page-links.tsx'

/** One page of a category, tag, source, month or of everything. */
export function ListingView({
  locale,
  scope,
  name,
  listing,
  calendar,
  aside,
  explainers = [],
}: {
  locale: Locale
  scope: ListingScope
  name: string
  listing: Listing
  /** Where in a month its days are; only of a month. */
  calendar?: ReactNode
  /** What stands between the name and the articles. */
  aside?: ReactNode
  /** Explainers of the listing, beside its first page. */
  explainers?: ArticleSummary[]
}) {
  const messages = messagesFor(locale)
  const { articles, articleCount, page, pageCount } = listing
  // The first page of a section is its front: it has a lead.
  const isFront = scope.kind === 'category' && page === 1
  // A month and a story are walked day by day.
  const hasDays = Boolean(calendar) || scope.kind === 'story'
  const sidebar = page === 1 && !hasDays ? toSidebar(scope, articles, explainers) : undefined
  return (
    <div className="listing">
      {page === 1 && <NewArticles locale={locale} scope={scope} />}
      <header className="listing-header">
        <Breadcrumbs locale={locale} crumbs={listingBreadcrumbs(locale, scope, name)} />
        <h1>{titleOfListing(locale, scope, name)}</h1>
        <p className="meta">
          <span>{formatCount(locale, messages.articles, articleCount)}</span>
          {page > 1 && (
            <span>
              {messages.pageOf(formatNumber(locale, page), formatNumber(locale, pageCount))}
            </span>
          )}
          <a href={feedPath(locale, scope, 'rss')}>{messages.feed}</a>
          {page === 1 && <SinceVisit locale={locale} />}
        </p>
        {canBeFollowed(scope) && <FollowButton locale={locale} scope={scope} />}
      </header>
      {calendar}
      {aside}
      {articles.length === 0 && <EmptyListing locale={locale} />}
      <div
        className={
          // Topics alone leave most of a column empty: they stand below the articles.
          sidebar && sidebar.explainers.length > 0 ? 'listing-columns' : 'listing-pairs'
        }
      >
        <div className="listing-articles">
          {articles.map((article, position) => (
            <Fragment key={article.slug}>
              {hasDays && isFirstOfDay(articles, position) && (
                <DayHeading locale={locale} at={article.publishedAt} />
              )}
              <ArticleTeaser
                article={article}
                kind={isFront && position === 0 ? 'lead' : 'row'}
                isLargest={isFront && position === 0}
                heading={hasDays ? 'h3' : 'h2'}
                isCategoryShown={scope.kind !== 'category'}
              />
            </Fragment>
          ))}
        </div>
        {sidebar && <ListingSidebar locale={locale} content={sidebar} />}
      </div>
      <PageLinks
        locale={locale}
        page={page}
        pageCount={pageCount}
        toPath={(number) => listingPath(locale, scope, number)}
      />
      {isFront && <MostRead locale={locale} scope={scope} />}
    </div>
  )
}

/** What goes on: a month does not, and the latest news are the front page. */
const canBeFollowed = ({ kind }: ListingScope) => kind !== 'archive' && kind !== 'latest'

const isFirstOfDay = (articles: ArticleSummary[], position: number): boolean => {
  const [before, here] = [articles[position - 1], articles[position]]
  return !before || !here || dateOf(before.publishedAt) !== dateOf(here.publishedAt)
}
