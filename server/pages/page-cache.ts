import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import { toEtag } from '#lib/site/to-etag.ts'
import type { ContentEncoding } from '../http/negotiate-encoding.ts'
import type { PageStore } from './page-store.ts'

/** A document as it was rendered: a page, or a feed. `status` is what it is to be sent with. */
type RenderedPage = { status: number; contentType: string; body: Buffer }

/**
 * A rendered document in the cache: also those that are sent with another status than 200, such as
 * a 404 page. `etag` is strong (a hash of the bytes), bare of quotes.
 * `lastModifiedAt` is the end of the second in which these bytes were first rendered, as a UTC
 * instant: the date of the change, whatever front matter says of dates.
 */
export type CachedPage = RenderedPage & { etag: string; lastModifiedAt: string }

/** What a page was made from, in the words of the article index that answered. */
type Provenance<Answer> = {
  answers: Answer[]
  /** The index's epoch before the first question was asked. */
  epoch: number
}

/** How the cache checks that a page is still right. Part of the article index. */
export type Freshness<Answer> = {
  epoch(): number
  areUnchanged(answers: Answer[]): boolean
}

/**
 * Pages by a key that the caller chooses, limited in bytes; the least recently used are removed first. A
 * page stays cached as long as every answer it was made from stays the same: nothing has to be
 * invalidated. A page that was made from no answers is never cached: nothing would show that it is stale.
 */
export type PageCache<Answer> = {
  /** A page that is right at this moment. A stale page is removed. */
  find(key: string): CachedPage | undefined
  /** Caches a page, and returns it as it is to be sent. */
  write(key: string, page: RenderedPage, from: Provenance<Answer>): CachedPage
  /** The body in an encoding: compressed in another thread on first use and cached beside the page. */
  toBody(page: CachedPage, encoding: ContentEncoding): Buffer | Promise<Buffer>
  byteLength(): number
}

type CacheEntry<Answer> = {
  key: string
  page: CachedPage
  answers: Answer[]
  /** The last epoch in which the answers were found unchanged. */
  epoch: number
  bodies: Map<ContentEncoding, Buffer>
  compressing: Map<ContentEncoding, Promise<Buffer>>
}

/** The limit in memory. On disk it is `PAGE_CACHE_MB`, which `lib/site/env.ts` reads and describes. */
export const mostPageBytesInMemory = 64 * 1024 * 1024

/** For how many pages the date of the last change is kept after they leave the cache. */
const mostVersions = 10_000

export function createPageCache<Answer>({
  maxBytes,
  freshness,
  store,
  now = () => new Date(),
}: {
  /** Of the memory; what lies in the store is bounded there. */
  maxBytes: number
  freshness: Freshness<Answer>
  /** Where pages outlive the process. */
  store?: PageStore<Answer>
  now?: () => Date
}): PageCache<Answer> {
  const entries = new LRUCache<string, CacheEntry<Answer>>({
    maxSize: maxBytes,
    sizeCalculation: ({ page, bodies }) =>
      [...bodies.values()].reduce((sum, body) => sum + body.length, page.body.length) || 1,
  })
  const entryOf = new WeakMap<CachedPage, CacheEntry<Answer>>()
  const versions = new LRUCache<string, Pick<CachedPage, 'etag' | 'lastModifiedAt'>>({
    max: mostVersions,
  })

  /** Checks the answers only if the index was written since, once for all readers. */
  function isFresh(entry: CacheEntry<Answer>): boolean {
    const epoch = freshness.epoch()
    if (entry.epoch === epoch) return true
    if (!freshness.areUnchanged(entry.answers)) return false
    entry.epoch = epoch
    return true
  }

  function cache(key: string, found: CachedPage, { answers, epoch }: Provenance<Answer>) {
    const page = { ...found, body: toOwnMemory(found.body) }
    const entry = { key, page, answers, epoch, bodies: new Map(), compressing: new Map() }
    write(entry)
    return entry
  }

  /** A page from the store may be stale, so its answers are checked. */
  function readFromStore(key: string): CacheEntry<Answer> | undefined {
    const stored = store?.find(key)
    if (!stored) return undefined
    const epoch = freshness.epoch()
    if (stored.answers.length > 0 && freshness.areUnchanged(stored.answers)) {
      return cache(key, stored.page, { answers: stored.answers, epoch })
    }
    rememberVersion(key, stored.page)
    store?.forget(key)
    return undefined
  }

  /** Also after an entry has grown: the cache asks for the size of a value that it does not know. */
  function write(entry: CacheEntry<Answer>): void {
    entries.set(entry.key, entry)
    entryOf.set(entry.page, entry)
  }

  function rememberVersion(key: string, { etag, lastModifiedAt }: CachedPage): void {
    versions.set(key, { etag, lastModifiedAt })
  }

  function findEntry(key: string): CacheEntry<Answer> | undefined {
    const entry = entries.get(key)
    if (!entry) return readFromStore(key)
    if (isFresh(entry)) return entry
    rememberVersion(key, entry.page)
    entries.delete(key)
    // Another server may have rendered it since.
    return readFromStore(key)
  }

  function compressOnce(entry: CacheEntry<Answer> | undefined, page: CachedPage, encoding: Packed) {
    const running = entry?.compressing.get(encoding)
    if (running) return running
    const compressing = compress(page.body, encoding)
      .then((compressed) => {
        const body = toOwnMemory(compressed)
        const current = entry && entries.peek(entry.key)
        if (current?.page === page) {
          current.bodies.set(encoding, body)
          write({ ...current })
        }
        return body
      })
      // After a failure the next request tries again.
      .finally(() => entry?.compressing.delete(encoding))
    entry?.compressing.set(encoding, compressing)
    return compressing
  }

  return {
    find: (key) => findEntry(key)?.page,
    write(key, rendered, provenance) {
      const etag = toEtag(rendered.body)
      const former = entries.peek(key)?.page ?? versions.get(key)
      const lastModifiedAt =
        former?.etag === etag ? former.lastModifiedAt : toEndOfSecond(now()).toISOString()
      const page: CachedPage = { ...rendered, etag, lastModifiedAt }
      if (provenance.answers.length === 0) return page
      const { page: cached } = cache(key, page, provenance)
      store?.write(key, { page: cached, answers: provenance.answers })
      return cached
    },
    toBody(page, encoding) {
      if (encoding === 'identity') return page.body
      const entry = entryOf.get(page)
      return entry?.bodies.get(encoding) ?? compressOnce(entry, page, encoding)
    },
    byteLength: () => entries.calculatedSize,
  }
}

/**
 * Calls a function once in a turn of the event loop. Every request asks for the index's epoch, which
 * takes a query; requests that are answered in one turn were all sent before it began, so what it
 * began with is not too old for any of them.
 */
export function oncePerTurn(read: () => number): () => number {
  let known: number | undefined
  return () => {
    if (known !== undefined) return known
    known = read()
    setImmediate(() => {
      known = undefined
    })
    return known
  }
}

/** Later than every date that was sent before the change, and than every visit before it. */
const toEndOfSecond = (date: Date) => new Date((Math.floor(date.getTime() / 1000) + 1) * 1000)

/**
 * Short buffers are often pieces of 64 KB, which stay in memory as long as the last of them. One that is
 * nearly all of its memory is not copied: a page of a megabyte would hold up all requests meanwhile.
 */
function toOwnMemory(bytes: Buffer): Buffer {
  if (bytes.buffer.byteLength <= bytes.length * 1.25) return bytes
  const own = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(own)
  return own
}

type Packed = Exclude<ContentEncoding, 'identity'>

const gzipInThread = promisify<Buffer, object, Buffer>(gzip)
const brotliInThread = promisify<Buffer, object, Buffer>(brotliCompress)

function compress(body: Buffer, encoding: Packed): Promise<Buffer> {
  if (encoding === 'gzip') return gzipInThread(body, { level: 7 })
  return brotliInThread(body, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 6,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
}
