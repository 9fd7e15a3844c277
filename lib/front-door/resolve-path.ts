import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { articlesPerPage } from '#lib/site/listing-size.ts'
import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import { articlePath, parsePath, type Route, routePath } from '#lib/site/routes.ts'

/** What has to be known of the articles to tell whether an address exists. */
export type KnownArticles = Pick<ArticleIndex, 'findArticle' | 'findAbsence' | 'listArticles'>

/** How an address is to be answered, before anything is rendered. */
export type Resolution =
  /** A page that exists; `path` is its one true address. */
  | { kind: 'page'; route: Route; path: string }
  /** The same page under its one true address, for good. */
  | { kind: 'redirect'; path: string }
  /** An article that was taken back. */
  | { kind: 'gone'; locale: Locale }
  | { kind: 'unknown'; locale: Locale }

/** Decides what an address names. `pathname` is as requested: percent-encoded, without a query. */
export function resolvePath(pathname: string, index: KnownArticles): Resolution {
  const route = parsePath(pathname)
  if (route && exists(route, index)) {
    const path = routePath(route)
    return isSameAddress(pathname, path)
      ? { kind: 'page', route, path }
      : { kind: 'redirect', path }
  }
  if (route?.page === 'article') {
    const absence = index.findAbsence(route.locale, route.slug)
    if (absence.kind === 'withdrawn') return { kind: 'gone', locale: route.locale }
    if (absence.kind === 'moved') {
      return { kind: 'redirect', path: articlePath(route.locale, absence.slug) }
    }
  }
  return resolveCase(pathname, index) ?? { kind: 'unknown', locale: localeOf(pathname) }
}

/** `/Category/Trading` is a slip of the hand: it leads to `/category/trading` when that exists. */
function resolveCase(pathname: string, index: KnownArticles): Resolution | undefined {
  const lower = safeDecode(pathname)?.toLowerCase()
  const route = lower !== undefined && lower !== safeDecode(pathname) ? parsePath(lower) : undefined
  return route && exists(route, index) ? { kind: 'redirect', path: routePath(route) } : undefined
}

/** Every page of the site that shows content stands or falls with what the index has. */
function exists(route: Route, index: KnownArticles): boolean {
  const { locale } = route
  switch (route.page) {
    case 'home':
    case 'search':
    case 'archive-index':
    case 'about':
      return true
    case 'article':
      return index.findArticle(locale, route.slug) !== undefined
    case 'feed':
    case 'listing': {
      const page = route.page === 'listing' ? route.number : 1
      if (route.scope.kind === 'latest' && page === 1) return true
      const listing = index.listArticles({
        locale,
        scope: route.scope,
        page,
        pageSize: articlesPerPage,
      })
      return page <= listing.pageCount
    }
  }
}

/** The language an unknown address is answered in. */
function localeOf(pathname: string): Locale {
  const first = pathname.split('/')[1]
  return isLocale(first) ? first : defaultLocale
}

/** Clients differ in which characters they percent-encode; that alone is no reason to redirect. */
const isSameAddress = (asked: string, path: string) => safeDecode(asked) === safeDecode(path)

function safeDecode(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return undefined
  }
}
