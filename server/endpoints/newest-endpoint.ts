import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { articlePath, newestFile, parsePath, type Route } from '#lib/site/routes.ts'
import { sendDocument } from '../http/send-document.ts'
import type { Endpoint } from '../pages/front-door.ts'

/** More are not counted: by then a reader has been away for long. */
const newestCount = 20

/**
 * What an open page asks to learn whether there is something new: beside every listing, and at the
 * root, the newest articles as `[path, publishedAt]`, as small as can be. It has a strong ETag, and a
 * proxy may keep it as long as a page, so that a crowd asks the server once in two seconds.
 * Undefined for addresses of anything else.
 */
export function findNewestEndpoint(
  pathname: string,
  index: Pick<ArticleIndex, 'listArticles'>,
): Endpoint | undefined {
  if (!pathname.endsWith(`/${newestFile}`)) return undefined
  const route = parsePath(pathname.slice(0, -newestFile.length))
  const scope = route && toScope(route)
  if (!route || !scope) return undefined
  const { locale } = route
  return async (request, response) => {
    const query = { locale, scope, page: 1, pageSize: newestCount }
    const pairs = index
      .listArticles(query)
      .articles.map(({ slug, publishedAt }) => [articlePath(locale, slug), publishedAt])
    sendDocument(request, response, {
      contentType: 'application/json; charset=utf-8',
      headers: { 'x-robots-tag': 'noindex' },
      isText: false,
      body: JSON.stringify(pairs),
    })
  }
}

function toScope(route: Route) {
  if (route.page === 'home') return { kind: 'latest' } as const
  return route.page === 'listing' && route.number === 1 ? route.scope : undefined
}
