import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import type { listUpdates } from '#lib/markdown/live-updates.ts'
import { createWorkerPool, WorkerBusyError, type WorkerPool } from '#lib/node/call-worker.ts'
import { articlePath, leastArticles, newestFile, type Route, toRoute } from '#lib/site/routes.ts'
import type { Address } from '../http/address.ts'
import { sharedHeaders } from '../http/headers.ts'
import type { Endpoint, Exchange } from '../http/send.ts'
import { sendText } from '../http/send-document.ts'
import { sendBusy } from '../pages/serve-pages.ts'

/** More are not counted: by then a reader has been away for long. */
const newestCount = 20

/** Live stories whose updates are held; every reader who has one open asks for them all the time. */
const mostStories = 100

type Index = Pick<ArticleIndex, 'findArticle' | 'listArticles'>
type ListUpdates = (body: string) => Promise<Pick<LiveUpdate, 'id' | 'at'>[]>
type LiveUpdate = ReturnType<typeof listUpdates>[number]
type Newest = [path: string, at: string, title?: string][]

/**
 * What an open page asks to learn whether there is something new: beside every listing, and at the
 * root, the newest articles as `[path, publishedAt, title]`; below a live story its newest updates, each with
 * its anchor. As small as can be. It has a strong ETag, and a
 * proxy may keep it as long as a page, so that a crowd asks the server once in two seconds.
 * Undefined for every other address, and for listings that no article stands in.
 */
export function createNewestEndpoint(
  index: Index,
  list: ListUpdates = listInWorker(),
): (address: Pick<Address, 'segments'>) => Endpoint | undefined {
  const updates = new LRUCache<string, ReturnType<ListUpdates>>({ max: mostStories })

  /** A body is parsed once: that takes as long as rendering it. */
  function listOnce(body: string): ReturnType<ListUpdates> {
    const key = hash('sha256', body)
    const known = updates.get(key)
    if (known) return known
    const listing = list(body)
    updates.set(key, listing)
    listing.catch(() => updates.delete(key))
    return listing
  }

  function findNewest(route: Route): (() => Newest | Promise<Newest>) | undefined {
    const { locale } = route
    if (route.page === 'article') {
      const article = index.findArticle(locale, route.slug)
      if (article?.kind !== 'live') return undefined
      const path = articlePath(locale, article.slug)
      return async () => {
        const listed = await listOnce(article.body)
        return listed.slice(0, newestCount).map(({ id, at }) => [`${path}#${id}`, at])
      }
    }
    const scope = toScope(route)
    if (!scope) return undefined
    const { articles } = index.listArticles({ locale, scope, page: 1, pageSize: newestCount })
    if (articles.length < leastArticles(scope) && scope.kind !== 'latest') return undefined
    return () =>
      articles.map(({ slug, publishedAt, title }) => [
        articlePath(locale, slug),
        publishedAt,
        title,
      ])
  }

  return ({ segments }) => {
    if (segments.at(-1) !== newestFile) return undefined
    const route = toRoute(segments.slice(0, -1))
    const newest = route && findNewest(route)
    return newest && ((exchange) => sendNewest(exchange, newest))
  }
}

async function sendNewest(
  exchange: Exchange,
  newest: () => Newest | Promise<Newest>,
): Promise<void> {
  try {
    await sendText(exchange, {
      contentType: 'application/json; charset=utf-8',
      headers: { ...sharedHeaders, 'x-robots-tag': 'noindex' },
      isText: false,
      body: JSON.stringify(await newest()),
    })
  } catch (error) {
    if (!(error instanceof WorkerBusyError)) throw error
    sendBusy(exchange)
  }
}

function listInWorker(): ListUpdates {
  const pool: WorkerPool<string, LiveUpdate[]> = createWorkerPool({
    url: new URL('../../lib/markdown/live-updates.ts', import.meta.url),
    answer: 'listUpdates',
    size: 1,
    timeLimitMs: 20_000,
    maxWaiting: mostStories,
    idleMs: 30_000,
  })
  return (body) => pool.call(body)
}

function toScope(route: Route) {
  if (route.page === 'home') return { kind: 'latest' } as const
  return route.page === 'listing' && route.number === 1 ? route.scope : undefined
}
