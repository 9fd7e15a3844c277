import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import type { Article, ArticleSummary } from '#lib/content/article.ts'
import type { Synced } from '#lib/content-sync/keep-in-sync.ts'
import type { Log } from '#lib/node/log.ts'
import { locales } from '#lib/site/locales.ts'
import {
  articlePath,
  type FeedFormat,
  feedFiles,
  feedPath,
  type ListingScope,
} from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { deliverToHub, deliverToIndexNow } from './deliver.ts'
import { type Change, createNotifier, type Listener } from './notifier.ts'

export type TellChanges = {
  synced(synced: Synced): void
  stop(): void
}

type NotifiedIndex = Pick<
  ArticleIndex,
  'findArticle' | 'findAbsence' | 'findNextDueAt' | 'listOffered' | 'epoch'
>

const hub = 'The WebSub hub'
const indexNow = 'IndexNow'

/** How often it is looked whether an article has come due, in ms. */
const lookMilliseconds = 5000
const articlesPerLook = 500

/**
 * Has a WebSub hub and IndexNow told, as far as they are configured, of every article that becomes
 * public, changes or goes: from what a sync reports, and when a scheduled article comes due. Each
 * change is told once; what was public before the first start is not news, and neither is an index
 * that is built again. Answers undefined when nobody is to be told.
 */
export function tellChanges({
  index,
  env,
  log,
  now = () => new Date(),
  timing = {},
}: {
  index: NotifiedIndex
  env: {
    dataDir: string
    siteUrl: string
    websubHubUrl: string | undefined
    indexNowKey: string | undefined
    indexNowEndpoint: string
  }
  log: Log
  now?: () => Date
  timing?: { gather?: number; retry?: { first: number; most: number }; look?: number }
}): TellChanges | undefined {
  const { siteUrl, websubHubUrl, indexNowKey: key, indexNowEndpoint: endpoint } = env
  const listeners: Listener[] = [
    ...(websubHubUrl ? [{ name: hub, deliver: deliverToHub(websubHubUrl), mostUrls: 100 }] : []),
    ...(key
      ? [
          {
            name: indexNow,
            deliver: deliverToIndexNow({ endpoint, key, siteUrl }),
            mostUrls: 10_000,
          },
        ]
      : []),
  ]
  if (listeners.length === 0) return undefined
  const { look = lookMilliseconds, ...patience } = timing
  const file = join(env.dataDir, 'notify.json')
  const notifier = createNotifier({ file, listeners, log, now, ...patience })
  let nextDueAt = ''
  let epoch = -1
  const timer = setInterval(tellDue, look)
  timer.unref()
  tellDue()

  /** A look costs nothing as long as nothing was written and nothing came due. */
  function tellDue(): void {
    try {
      const instant = now().toISOString()
      if (index.epoch() === epoch && (nextDueAt === '' || instant < nextDueAt)) return
      epoch = index.epoch()
      nextDueAt = index.findNextDueAt() ?? ''
      const before = new Date(now().getTime() + 1).toISOString()
      const due = locales.flatMap((locale) =>
        index.listOffered({ locale, from: notifier.lookedAt(), before, limit: articlesPerLook }),
      )
      notifier.note(due.flatMap((article) => [...changesAt(article, false)]))
      notifier.setLookedAt(instant)
    } catch (error) {
      log.error(`Listeners could not be told of what is due: ${error}`)
    }
  }

  /** The article at an address that a sync reports, or its absence if it was public; else nothing. */
  function* changesAt(
    { locale, slug }: Pick<ArticleSummary, 'locale' | 'slug'>,
    isRebuilt: boolean,
  ): Generator<Change> {
    const article = index.findArticle(locale, slug)
    const url = siteUrl + articlePath(locale, slug)
    if (!article) {
      // What never was public must not be heard of.
      const wasPublic =
        notifier.wasTold(url) || (!isRebuilt && index.findAbsence(locale, slug).kind !== 'unknown')
      if (wasPublic) yield { url, digest: 'gone', tell: { [indexNow]: [url] } }
      return
    }
    const isNew = article.publishedAt >= notifier.begunAt || article.updatedAt >= notifier.begunAt
    if (!isRebuilt || isNew || notifier.wasTold(url)) yield toChange(article, siteUrl)
  }

  return {
    synced({ report, isWhole }) {
      const { addresses, added, changed, removed, unchanged } = report
      const isRebuilt = isWhole && added > 0 && changed + removed + unchanged === 0
      try {
        if (addresses === undefined)
          log.warn('Too much has changed at once to tell listeners of it.')
        const changes = (addresses ?? []).flatMap((address) => [...changesAt(address, isRebuilt)])
        notifier.note(changes)
      } catch (error) {
        log.error(`Listeners could not be told of a change: ${error}`)
      }
    },
    stop() {
      clearInterval(timer)
      notifier.stop()
    },
  }
}

/** An article that search engines are not to list is news for subscribers only. */
function toChange(article: Article, siteUrl: string): Change {
  const url = siteUrl + articlePath(article.locale, article.slug)
  const isOffered = !article.noindex && article.canonicalUrl === undefined
  return {
    url,
    digest: hash('sha1', JSON.stringify(article), 'base64url'),
    tell: { [hub]: listFeeds(article, siteUrl), ...(isOffered ? { [indexNow]: [url] } : {}) },
  }
}

/** Every feed that the article stands in. */
function listFeeds({ locale, category, tags, source }: ArticleSummary, siteUrl: string): string[] {
  const scopes: ListingScope[] = [
    { kind: 'latest' },
    { kind: 'category', segment: toSegment(category) },
    ...tags.map((tag): ListingScope => ({ kind: 'tag', segment: toSegment(tag) })),
    ...(source ? [{ kind: 'source', key: source.key } as const] : []),
  ]
  const formats = Object.keys(feedFiles).filter(isFeedFormat)
  return scopes.flatMap((scope) =>
    formats.map((format) => siteUrl + feedPath(locale, scope, format)),
  )
}

const isFeedFormat = (name: string): name is FeedFormat => Object.hasOwn(feedFiles, name)
