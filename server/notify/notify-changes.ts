import { hash } from 'node:crypto'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type {
  ArticleAddress,
  ArticleIndex,
  ListingCursor,
} from '#lib/article-index/article-index.ts'
import type { Article, ArticleSummary } from '#lib/content/article.ts'
import { isIndexable } from '#lib/content/visibility.ts'
import type { Synced } from '#lib/content-sync/sync-continuously.ts'
import type { FleetOutbox } from '#lib/content-sync/sync-messages.ts'
import type { Log } from '#lib/node/log.ts'
import { retryRule } from '#lib/node/retry.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import {
  articlePath,
  type FeedFormat,
  feedFiles,
  feedPath,
  type ListingScope,
} from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { proxySeconds } from '#server/http/headers.ts'
import { deliverToHub, deliverToIndexNow } from './deliver.ts'
import {
  type Change,
  createNotifier,
  type NotificationStatus,
  type NotificationTarget,
  type Notifier,
  type NotifierTiming,
} from './notifier.ts'
import { type OutboxStore, openOutboxFile, openSharedOutbox } from './outbox.ts'

export type ChangeNotifier = {
  /** Notes what a sync has changed. Never throws. */
  synced(synced: Synced): void
  /** The state of each target that is configured. */
  status(): NotificationStatus[]
  stop(): void
}

type NotifiedIndex = Pick<
  ArticleIndex,
  'findArticle' | 'findAbsence' | 'findNextDueAt' | 'listFullMatches' | 'epoch'
>

const hub = 'The WebSub hub'
const indexNow = 'IndexNow'

/** Of a node that leaves it to another one. */
const idle = { pending: 0, failingSince: undefined, lastSuccessAt: undefined }

const latest: ListingScope = { kind: 'latest' }

/**
 * In ms. Targets fetch what they are notified of, through the proxy like everybody: it must not hold
 * the former page or feed any more. Two seconds more are for an answer that was on its way to it.
 */
const defaultTiming = {
  delay: (proxySeconds.fresh + proxySeconds.stale + 2) * 1000,
  // Sooner than other retries: what is new is worth most at once.
  retry: { ...retryRule, firstMs: 30_000 },
  /** How often the index is asked whether an article has become due. */
  look: 5000,
}

/** So many articles that became due are read at a time; other work goes on in between. */
const articlesPerRead = 100

/**
 * Notifies a WebSub hub and IndexNow, as far as they are configured, of every article that becomes
 * public, changes or goes: after a sync, and when a scheduled article becomes due. The hub is sent the
 * feeds that list an article, IndexNow its address if search engines are offered it. Each change is
 * sent once; what was public before the first start is not news, and neither is an index that is
 * rebuilt. Returns undefined when neither is configured.
 */
export function notifyChanges({
  index,
  env,
  log,
  fleet,
  now = () => new Date(),
  timing = defaultTiming,
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
  /** Of several machines the one that writes notifies: `term` is undefined in every other one. */
  fleet?: { term(): number | undefined; outbox: FleetOutbox } | undefined
  now?: () => Date
  timing?: NotifierTiming & { look: number }
}): ChangeNotifier | undefined {
  const { siteUrl } = env
  const targets = listTargets(env)
  if (targets.length === 0) return undefined
  const open = (store: OutboxStore) => createNotifier({ store, targets, log, now, timing })
  let notifier = fleet
    ? undefined
    : open(openOutboxFile(join(env.dataDir, 'notify.json'), now(), log))
  let term: number | undefined
  let shared: ReturnType<typeof openSharedOutbox> | undefined
  let lookedAt: { epoch: number; nextDueAt: string | undefined } | undefined
  let isLooking = false
  let hasFailed = false
  let isStopped = false
  const timer = setInterval(noteDue, timing.look)
  timer.unref()
  void noteDue()

  /**
   * Goes on where the node that notified before has ended, and notes what was published since: also what
   * that node has published itself and not noted. Answers nothing in a node that does not write.
   */
  async function takeOver(): Promise<Notifier | undefined> {
    if (!fleet) return notifier
    if (fleet.term() !== term) {
      notifier?.stop()
      notifier = undefined
      term = fleet.term()
      lookedAt = undefined
    }
    if (term === undefined) return undefined
    const taken = await fleet.outbox.take()
    if (isStopped || fleet.term() !== term) return undefined
    if (!notifier || !shared) {
      shared = openSharedOutbox(taken, fleet.outbox, now(), log)
      notifier = open(shared)
    }
    // What was public before somebody was to be notified is not news.
    if (taken.content !== undefined) noteAt(notifier, taken.addresses, false)
    const isNews = taken.addresses === undefined || taken.addresses.length > 0
    if (isNews || taken.content === undefined) shared.noteUpTo(taken.revision)
    return notifier
  }

  /**
   * Costs nothing as long as nothing was written and nothing became due; in a fleet, the node that writes
   * asks the database. Never rejects.
   */
  async function noteDue(): Promise<void> {
    if (isLooking) return
    isLooking = true
    try {
      const notifier = await takeOver()
      if (!notifier) return
      const instant = now().toISOString()
      const epoch = index.epoch()
      const nextDueAt = lookedAt?.nextDueAt
      const isDue = nextDueAt !== undefined && instant >= nextDueAt
      if (lookedAt?.epoch === epoch && !isDue) return
      const next = { epoch, nextDueAt: index.findNextDueAt() }
      for (const locale of locales) await noteSince(notifier, locale)
      if (isStopped) return
      notifier.setLookedAt(instant)
      lookedAt = next
      hasFailed = false
    } catch (error) {
      if (!hasFailed && !isStopped) log.error(`Due articles cannot be notified: ${error}`)
      hasFailed = true
    } finally {
      isLooking = false
    }
  }

  /** Notes what was published since the last look, newest first. */
  async function noteSince(notifier: Notifier, locale: Locale): Promise<void> {
    const from = notifier.lookedAt()
    let after: ListingCursor | undefined
    do {
      if (isStopped) return
      const { articles, next } = index.listFullMatches({
        locale,
        scope: latest,
        filter: {},
        limit: articlesPerRead,
        ...(after ? { after } : {}),
      })
      const due = articles.filter(({ publishedAt }) => publishedAt >= from)
      notifier.note(due.map((article) => toChange(article, siteUrl)))
      after = due.length === articles.length ? next : undefined
      await setImmediate()
    } while (after)
  }

  /** The article at an address that a sync reports, or its absence if it was public; else nothing. */
  function* changesAt(
    notifier: Notifier,
    { locale, slug }: Pick<ArticleSummary, 'locale' | 'slug'>,
    isRebuilt: boolean,
  ): Generator<Change> {
    const article = index.findArticle(locale, slug)
    const url = siteUrl + articlePath(locale, slug)
    if (!article) {
      // An address that never was public must not become known.
      const wasPublic =
        notifier.wasNoted(url) || (!isRebuilt && index.findAbsence(locale, slug).kind !== 'unknown')
      if (wasPublic) yield { url, digest: 'gone', urlsByTarget: { [indexNow]: [url] } }
      return
    }
    const isNew = article.publishedAt >= notifier.begunAt || article.updatedAt >= notifier.begunAt
    if (!isRebuilt || isNew || notifier.wasNoted(url)) yield toChange(article, siteUrl)
  }

  /** `addresses` is undefined when they are too many. */
  function noteAt(
    notifier: Notifier,
    addresses: ArticleAddress[] | undefined,
    isRebuilt: boolean,
  ): void {
    if (addresses) {
      notifier.note(addresses.flatMap((address) => [...changesAt(notifier, address, isRebuilt)]))
    } else if (!isRebuilt) {
      log.warn(
        'Too many articles changed at once to notify of each: the hub is sent the main feeds, ' +
          'IndexNow only what was published just now.',
      )
      notifier.noteUrls(
        hub,
        locales.flatMap((locale) => listFeeds(locale, [latest], siteUrl)),
      )
    }
  }

  return {
    synced({ report, isWhole }) {
      // In a fleet the database says what has changed.
      if (!notifier || fleet) return void noteDue()
      const { addresses, added, changed, removed, unchanged } = report
      const isRebuilt = isWhole && added > 0 && changed + removed + unchanged === 0
      try {
        noteAt(notifier, addresses, isRebuilt)
      } catch (error) {
        log.error(`A change cannot be notified: ${error}`)
      }
    },
    status: () => notifier?.status() ?? targets.map(({ name }) => ({ ...idle, name })),
    stop() {
      isStopped = true
      clearInterval(timer)
      notifier?.stop()
    },
  }
}

function listTargets(env: Parameters<typeof notifyChanges>[0]['env']): NotificationTarget[] {
  const { siteUrl, websubHubUrl, indexNowKey: key, indexNowEndpoint: endpoint } = env
  const targets: NotificationTarget[] = []
  if (websubHubUrl) {
    targets.push({ name: hub, deliver: deliverToHub(websubHubUrl), mostUrls: 100 })
  }
  if (key) {
    const deliver = deliverToIndexNow({ endpoint, key, siteUrl })
    targets.push({ name: indexNow, deliver, mostUrls: 10_000 })
  }
  return targets
}

/** Feeds list every article; search engines are notified only of what they are offered. */
function toChange(article: Article, siteUrl: string): Change {
  const { locale, slug, category, tags, source } = article
  const url = siteUrl + articlePath(locale, slug)
  const scopes: ListingScope[] = [
    latest,
    { kind: 'category', segment: toSegment(category) },
    ...tags.map((tag): ListingScope => ({ kind: 'tag', segment: toSegment(tag) })),
    ...(source ? [{ kind: 'source', key: source.key } as const] : []),
  ]
  return {
    url,
    digest: hash('sha1', JSON.stringify(article), 'base64url'),
    urlsByTarget: {
      [hub]: listFeeds(locale, scopes, siteUrl),
      ...(isIndexable(article) ? { [indexNow]: [url] } : {}),
    },
  }
}

/** The feeds of listings, in every format. */
function listFeeds(locale: Locale, scopes: ListingScope[], siteUrl: string): string[] {
  const formats = Object.keys(feedFiles).filter(isFeedFormat)
  return scopes.flatMap((scope) =>
    formats.map((format) => siteUrl + feedPath(locale, scope, format)),
  )
}

const isFeedFormat = (name: string): name is FeedFormat => Object.hasOwn(feedFiles, name)
