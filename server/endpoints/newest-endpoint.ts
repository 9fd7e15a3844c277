import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { listUpdates } from '#lib/markdown/live-updates.ts'
import { articlePath, leastArticles, newestFile, type Route, toRoute } from '#lib/site/routes.ts'
import type { Address } from '../http/address.ts'
import { sharedHeaders } from '../http/headers.ts'
import type { Endpoint } from '../http/send.ts'
import { sendText } from '../http/send-document.ts'

/** More are not counted: by then a reader has been away for long. */
const newestCount = 20

/**
 * What an open page asks to learn whether there is something new: beside every listing, and at the
 * root, the newest articles as `[path, publishedAt, title]`; below a live story its newest updates, each with
 * its anchor. As small as can be. It has a strong ETag, and a
 * proxy may keep it as long as a page, so that a crowd asks the server once in two seconds.
 * Undefined for every other address, and for listings that no article stands in.
 */
export function findNewestEndpoint(
  { segments }: Pick<Address, 'segments'>,
  index: Pick<ArticleIndex, 'findArticle' | 'listArticles'>,
): Endpoint | undefined {
  if (segments.at(-1) !== newestFile) return undefined
  const route = toRoute(segments.slice(0, -1))
  const newest = route && listNewest(route, index)
  if (!newest) return undefined
  return (exchange) =>
    sendText(exchange, {
      contentType: 'application/json; charset=utf-8',
      headers: { ...sharedHeaders, 'x-robots-tag': 'noindex' },
      isText: false,
      body: JSON.stringify(newest),
    })
}

type Newest = [path: string, at: string, title?: string][]

function listNewest(
  route: Route,
  index: Pick<ArticleIndex, 'findArticle' | 'listArticles'>,
): Newest | undefined {
  const { locale } = route
  if (route.page === 'article') {
    const article = index.findArticle(locale, route.slug)
    if (article?.kind !== 'live') return undefined
    const path = articlePath(locale, article.slug)
    const updates = listUpdates(article.body).slice(0, newestCount)
    return updates.map(({ id, at }) => [`${path}#${id}`, at])
  }
  const scope = toScope(route)
  if (!scope) return undefined
  const { articles } = index.listArticles({ locale, scope, page: 1, pageSize: newestCount })
  if (articles.length < leastArticles(scope) && scope.kind !== 'latest') return undefined
  return articles.map(({ slug, publishedAt, title }) => [
    articlePath(locale, slug),
    publishedAt,
    title,
  ])
}

function toScope(route: Route) {
  if (route.page === 'home') return { kind: 'latest' } as const
  return route.page === 'listing' && route.number === 1 ? route.scope : undefined
}
