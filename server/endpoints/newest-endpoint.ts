import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { articlePath, newestFile, type Route, toRoute } from '#lib/site/routes.ts'
import type { Address } from '../http/address.ts'
import { sharedHeaders } from '../http/headers.ts'
import type { Endpoint } from '../http/send.ts'
import { sendText } from '../http/send-document.ts'

/** More are not counted: by then a reader has been away for long. */
const newestCount = 20

/**
 * What an open page asks to learn whether there is something new: beside every listing, and at the
 * root, the newest articles as `[path, publishedAt]`, as small as can be. It has a strong ETag, and a
 * proxy may keep it as long as a page, so that a crowd asks the server once in two seconds.
 * Undefined for every other address, and for listings that no article stands in.
 */
export function findNewestEndpoint(
  { segments }: Pick<Address, 'segments'>,
  index: Pick<ArticleIndex, 'listArticles'>,
): Endpoint | undefined {
  if (segments.at(-1) !== newestFile) return undefined
  const route = toRoute(segments.slice(0, -1))
  const scope = route && toScope(route)
  if (!route || !scope) return undefined
  const { locale } = route
  const query = { locale, scope, page: 1, pageSize: newestCount }
  const { articles } = index.listArticles(query)
  if (articles.length === 0 && scope.kind !== 'latest') return undefined
  return (exchange) =>
    sendText(exchange, {
      contentType: 'application/json; charset=utf-8',
      headers: { ...sharedHeaders, 'x-robots-tag': 'noindex' },
      isText: false,
      body: JSON.stringify(
        articles.map(({ slug, publishedAt }) => [articlePath(locale, slug), publishedAt]),
      ),
    })
}

function toScope(route: Route) {
  if (route.page === 'home') return { kind: 'latest' } as const
  return route.page === 'listing' && route.number === 1 ? route.scope : undefined
}
