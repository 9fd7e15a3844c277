import type { Article } from '#lib/content/article.ts'
import { describeListing, titleOfListing } from '#lib/i18n/describe-listing.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { BodyRequest, CompiledBody } from '#lib/markdown/compiled-body.ts'
import {
  type ArticleFilter,
  isFiltering,
  toFilterQuery,
} from '#lib/site/addresses/article-filter.ts'
import type { Locale } from '#lib/site/locales.ts'
import {
  type FeedFormat,
  feedPath,
  homePath,
  type ListingScope,
  listingPath,
} from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { toArticleIds } from './article-ids.ts'
import { toArticleUrl } from './content-html.ts'
import { describeArticle, type FeedArticle } from './feed-article.ts'

/** How many full articles a feed carries, newest first. */
export const articlesPerFeed = 50

/** How many characters of texts a feed carries; articles whose texts no longer fit have their summary. */
export const mostFeedCharacters = 2_000_000

/** A feed before it takes a format: what RSS, Atom and JSON Feed all say in their own words. */
export type Feed = {
  /** A tag URI of this choice of articles, the same in every format. */
  id: string
  locale: Locale
  title: string
  description: string
  /** The page the feed belongs to. */
  pageUrl: string
  /** Where the feed itself is found, by format. */
  feedUrls: Record<FeedFormat, string>
  /** The WebSub hub that is notified when the feed changes. */
  hubUrl: string | undefined
  /** The page that explains the sentiments and other marks of ours. */
  vocabularyUrl: string
  /** A square picture of 144 pixels: the most that RSS allows. */
  iconUrl: string
  /**
   * When the last change in it was made: an article was published or edited, or one left the listing.
   * Undefined for a feed that never had an article. Never the time of writing.
   */
  updatedAt: string | undefined
  articles: FeedArticle[]
}

export type FeedRequest = {
  locale: Locale
  scope: ListingScope
  /** Further conditions that the articles meet. */
  filter?: ArticleFilter
  /** What readers call the scope and the filter: `Trading`, `Trading · Hacks · Negative`. */
  name: string
  /** Newest first, as many as the feed is to carry. */
  articles: Article[]
  /** When an article last left the choice; a UTC instant. */
  removedAt?: string | undefined
  /** An origin without a trailing slash. */
  siteUrl: string
  hubUrl?: string
  /** Has a body compiled, or finds what it became before. */
  compile: (request: BodyRequest) => Promise<CompiledBody>
  /** Where a site-relative path in a body really leads; as written when left out. */
  resolvePath?: (path: string) => string
}

/**
 * The same request always gives the same feed: no clock is read.
 *
 * A filtered feed names no hub: there are too many choices to notify a hub of each.
 */
export async function describeFeed(request: FeedRequest): Promise<Feed> {
  const { locale, scope, filter = {}, name, articles, siteUrl, compile } = request
  const { resolvePath = (path) => path } = request
  const messages = messagesFor(locale)
  const isFiltered = isFiltering(filter)
  const isWhole = scope.kind === 'latest' && !isFiltered
  const ids = toArticleIds(articles, siteUrl)
  let left = mostFeedCharacters
  const described = await Promise.all(
    articles.map(async (article, at) => {
      const { body, locale: language, kind } = article
      const articleUrl = toArticleUrl(article, siteUrl)
      const id = ids[at] ?? ''
      if (body.length > left) return describeArticle(article, id, { siteUrl, resolvePath })
      left -= body.length
      const compiled = await compile({
        body,
        locale: language,
        siteUrl,
        articleUrl,
        isLive: kind === 'live',
      })
      return describeArticle(article, id, { siteUrl, resolvePath, compiled })
    }),
  )
  const toUrl = (format: FeedFormat) => siteUrl + feedPath(locale, scope, format, filter)
  return {
    id: toFeedId(request),
    locale,
    title: isWhole
      ? `${site().name} — ${messages.tagline}`
      : `${isFiltered ? name : titleOfListing(locale, scope, name)} · ${site().name}`,
    description: describeChoice(request),
    pageUrl: siteUrl + (scope.kind === 'latest' ? homePath(locale) : listingPath(locale, scope)),
    feedUrls: { rss: toUrl('rss'), atom: toUrl('atom'), json: toUrl('json') },
    hubUrl: isFiltered ? undefined : request.hubUrl,
    vocabularyUrl: toVocabularyUrl(siteUrl),
    iconUrl: `${siteUrl}/feed-icon.png`,
    updatedAt: [...articles.map(({ updatedAt }) => updatedAt), request.removedAt]
      .filter((at) => at !== undefined)
      .sort()
      .at(-1),
    articles: described,
  }
}

/** The names of our own marks begin with it: `…/feeds#sentiment`. They are the same in all languages. */
const toVocabularyUrl = (siteUrl: string) => `${siteUrl}/feeds`

function describeChoice({ locale, scope, filter = {}, name }: FeedRequest): string {
  if (scope.kind === 'latest' && !isFiltering(filter)) return messagesFor(locale).description
  return isFiltering(filter)
    ? messagesFor(locale).filteredFeedDescription(name)
    : describeListing(locale, scope, name)
}

function toFeedId({ locale, scope, filter = {}, siteUrl }: FeedRequest): string {
  const listing = scope.kind === 'latest' ? '' : listingPath(locale, scope)
  const prefix = `tag:${new URL(siteUrl).hostname},${site().foundedIn}`
  return `${prefix}:${locale}/feed${listing}${toFilterQuery(filter)}`
}
