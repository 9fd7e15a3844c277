import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import {
  type ArticleFilter,
  filterNames,
  isFiltering,
  readFilter,
  toFilterQuery,
} from '#lib/site/addresses/article-filter.ts'
import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import {
  articlePath,
  articlesPerPage,
  type ListingScope,
  leastArticles,
  type Route,
  routePath,
  toRoute,
} from '#lib/site/routes.ts'
import type { Address } from '../http/address.ts'

/** The queries that decide whether an address exists. */
export type KnownArticles = Pick<
  ArticleIndex,
  | 'findArticle'
  | 'findAbsence'
  | 'findAuthor'
  | 'findPage'
  | 'findRedirect'
  | 'listArticles'
  | 'listCorrections'
  | 'listMoodArticles'
>

/** How an address is to be answered, before anything is rendered. */
export type Resolution =
  /** A page that exists; `path` is its one spelling, with the query if the page depends on it. */
  | { kind: 'page'; route: Route; path: string }
  /** The same page at its one spelling (308), or a line of redirects.txt with its own status. */
  | { kind: 'redirect'; location: string; status?: 301 | 302 | 308 }
  /** A filter of a feed that cannot be applied, and why. */
  | { kind: 'refused'; status: 400 | 404; sentence: string }
  /** An article that was taken back. */
  | { kind: 'gone'; locale: Locale }
  | { kind: 'unknown'; locale: Locale }

/** Decides what an address names. */
export function resolvePath(address: Address, index: KnownArticles): Resolution {
  const { path: asked, segments, search } = address
  const route = toRoute(segments)
  if (route && exists(route, index)) {
    if (route.page === 'feed') return resolveFeed(address, route, index)
    const path = routePath(route)
    return asked === path
      ? { kind: 'page', route, path }
      : { kind: 'redirect', location: path + search }
  }
  if (route?.page === 'article') {
    const absence = index.findAbsence(route.locale, route.slug)
    if (absence.kind === 'withdrawn') return { kind: 'gone', locale: route.locale }
    if (absence.kind === 'moved') {
      return { kind: 'redirect', location: articlePath(route.locale, absence.slug) + search }
    }
  }
  const lower = findLowerCase(segments, index)
  if (lower) return { kind: 'redirect', location: routePath(lower) + search }
  // Last, so that a line of redirects.txt never hides what exists.
  const redirect = index.findRedirect(`/${segments.join('/')}`)
  if (redirect?.status === 410) return { kind: 'gone', locale: localeOf(segments) }
  if (redirect) return { kind: 'redirect', location: redirect.to, status: redirect.status }
  return { kind: 'unknown', locale: localeOf(segments) }
}

/**
 * The query of a feed is part of its address: every choice of articles has one spelling, and unknown
 * parameters are removed. So the cache holds at most one feed for each choice.
 */
function resolveFeed(
  { path: asked, search }: Address,
  route: Route & { page: 'feed' },
  index: KnownArticles,
): Resolution {
  const parameters = new URLSearchParams(search)
  const read = readFilter(parameters)
  if (read.kind === 'problem') return { kind: 'refused', status: 400, sentence: read.sentence }
  const filter = withoutScope(read.filter, route.scope)
  const unknown = listScopes(filter).find((scope) => !hasArticles(route.locale, scope, index))
  if (unknown) {
    const sentence = `No published article has this ${unknown.kind} in this language.`
    return { kind: 'refused', status: 404, sentence }
  }
  const path = routePath(route)
  const query = toFilterQuery(filter)
  return asked === path && isSameQuery(parameters, new URLSearchParams(query))
    ? { kind: 'page', route, path: path + query }
    : { kind: 'redirect', location: path + query }
}

/** Removes a condition that the listing implies. */
function withoutScope(filter: ArticleFilter, scope: ListingScope): ArticleFilter {
  const own = scope.kind === 'source' ? scope.key : 'segment' in scope ? scope.segment : undefined
  if (!isFiltering(filter) || !isFilterName(scope.kind)) return filter
  return filter[scope.kind] === own ? { ...filter, [scope.kind]: undefined } : filter
}

const isFilterName = (kind: string): kind is keyof ArticleFilter =>
  filterNames.some((name) => name === kind)

/** The listings that a filter names. Sentiments are left out: they always exist. */
function listScopes({ category, tag, source }: ArticleFilter): ListingScope[] {
  return [
    ...(category === undefined ? [] : [{ kind: 'category' as const, segment: category }]),
    ...(tag === undefined ? [] : [{ kind: 'tag' as const, segment: tag }]),
    ...(source === undefined ? [] : [{ kind: 'source' as const, key: source }]),
  ]
}

const hasArticles = (locale: Locale, scope: ListingScope, index: KnownArticles) =>
  index.listArticles({ locale, scope, page: 1, pageSize: articlesPerPage }).articleCount >=
  leastArticles(scope)

const isSameQuery = (asked: URLSearchParams, known: URLSearchParams) =>
  JSON.stringify([...asked]) === JSON.stringify([...known])

/** `/Category/Trading` leads to `/category/trading` when that exists. */
function findLowerCase(segments: readonly string[], index: KnownArticles): Route | undefined {
  const lower = segments.map((segment) => segment.toLowerCase())
  if (lower.every((segment, at) => segment === segments[at])) return undefined
  const route = toRoute(lower)
  return route && exists(route, index) ? route : undefined
}

/** Whether the index has what a page shows. */
function exists(route: Route, index: KnownArticles): boolean {
  const { locale } = route
  switch (route.page) {
    case 'editor-page':
      return index.findPage(locale, route.name) !== undefined
    case 'article':
      return index.findArticle(locale, route.slug) !== undefined
    case 'corrections':
      return (
        route.number === 1 ||
        route.number <=
          index.listCorrections({ locale, page: 1, pageSize: articlesPerPage }).pageCount
      )
    case 'mood':
      return hasMood(route, index)
    case 'feed':
    case 'listing': {
      const page = route.page === 'listing' ? route.number : 1
      if (route.scope.kind === 'latest' && page === 1) return true
      if (route.scope.kind === 'author') {
        if (!index.findAuthor(locale, route.scope.key)) return false
        if (page === 1) return true
      }
      const listing = index.listArticles({
        locale,
        scope: route.scope,
        page,
        pageSize: articlesPerPage,
      })
      return page <= listing.pageCount && listing.articleCount >= leastArticles(route.scope)
    }
    // Home, search, the list of feeds and plain pages exist without articles.
    default:
      return true
  }
}

/**
 * Every listing with articles has a mood over every span, even an empty one, because the articles of a
 * span may expire within the hour. Days, hours and further pages exist only if they have articles.
 */
function hasMood(route: Route & { page: 'mood' }, index: KnownArticles): boolean {
  const { locale, scope, period, sentiment, number } = route
  if (scope.kind !== 'latest' && !hasArticles(locale, scope, index)) return false
  if (period.kind === 'span' && number === 1) return true
  const query = { locale, scope, period, sentiment, page: number, pageSize: articlesPerPage }
  return index.listMoodArticles(query).articles.length > 0
}

/** The language of the answer to an unknown address. */
export function localeOf([first]: readonly string[]): Locale {
  return isLocale(first) ? first : defaultLocale
}
