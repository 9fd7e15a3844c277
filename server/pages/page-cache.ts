import { promisify } from 'node:util'
import { brotliCompress, brotliCompressSync, constants, gzip, gzipSync } from 'node:zlib'
import { toEtag } from '#lib/site/to-etag.ts'
import type { PageStore } from './page-store.ts'

/** A document as the framework rendered it: a page, or a feed. */
export type RenderedPage = {
  contentType: string
  /** UTC instant of the newest thing the document shows, when its renderer said so. */
  lastModifiedAt: string | undefined
  body: Buffer
}

/**
 * A rendered document that is kept: also those that are sent with another status than 200, such as
 * the page that says that there is none. `etag` is strong (a hash of the bytes), bare of quotes.
 */
export type CachedPage = RenderedPage & { status: number; etag: string }

export type ContentEncoding = 'br' | 'gzip' | 'identity'

/** What a page was made from, in the words of the article index that answered. */
export type Provenance<Answer> = {
  answers: Answer[]
  /** The index's epoch before the first question was asked. */
  epoch: number
}

/** How a page is told to be still right: the article index, as far as the cache needs it. */
export type Freshness<Answer> = {
  epoch(): number
  areUnchanged(answers: Answer[]): boolean
}

/**
 * Pages by internal path (`/en/latest`), bounded in bytes; the longest unused leave first. A page is
 * kept as long as every answer it was made from stays the same: nothing has to be invalidated.
 */
export type PageCache<Answer> = {
  /** A page that is right at this moment. One that no longer is, is forgotten. */
  find(path: string): CachedPage | undefined
  /** Keeps a page, and answers it as it is to be sent. */
  write(path: string, page: RenderedPage & { status: number }, from: Provenance<Answer>): CachedPage
  /** Compresses a large page in another thread, so that `encode` need not hold up others for it. */
  prepare(page: CachedPage, encoding: ContentEncoding): Promise<void>
  /** The body in an encoding: compressed on first use and kept beside the page. */
  encode(page: CachedPage, encoding: ContentEncoding): Buffer
  byteLength(): number
}

type Place<Answer> = {
  path: string
  page: CachedPage
  answers: Answer[]
  /** The last epoch in which the answers were found unchanged. */
  epoch: number
  encodings: Map<ContentEncoding, Buffer>
  preparing: Map<ContentEncoding, Promise<void>>
}

/** Larger bodies are compressed in another thread, in bytes: up to here it takes a few milliseconds. */
const quickToCompress = 64 * 1024

export function createPageCache<Answer>({
  maxBytes,
  freshness,
  store,
}: {
  /** Of the memory; what lies in the store is bounded there. */
  maxBytes: number
  freshness: Freshness<Answer>
  /** Where pages outlive the process. */
  store?: PageStore<Answer>
}): PageCache<Answer> {
  // A Map keeps insertion order: the first key is the longest unused.
  const places = new Map<string, Place<Answer>>()
  const placeOf = new WeakMap<CachedPage, Place<Answer>>()
  let bytes = 0

  /** Asks again only when something was written since, and then once for all readers. */
  function isFresh(place: Place<Answer>): boolean {
    const epoch = freshness.epoch()
    if (place.epoch === epoch) return true
    if (!freshness.areUnchanged(place.answers)) return false
    place.epoch = epoch
    return true
  }

  function keep(path: string, found: CachedPage, { answers, epoch }: Provenance<Answer>) {
    forget(path)
    const page = { ...found, body: toOwnMemory(found.body) }
    const place = { path, page, answers, epoch, encodings: new Map(), preparing: new Map() }
    places.set(path, place)
    placeOf.set(page, place)
    grow(page.body.length)
    return place
  }

  /** A page from the store was right at some time: its questions are asked again. */
  function fetchFromStore(path: string): Place<Answer> | undefined {
    const stored = store?.find(path)
    if (!stored) return undefined
    const epoch = freshness.epoch()
    if (freshness.areUnchanged(stored.answers)) {
      return keep(path, stored.page, { answers: stored.answers, epoch })
    }
    store?.forget(path)
    return undefined
  }

  function forget(path: string): void {
    const place = places.get(path)
    if (!place) return
    places.delete(path)
    bytes -= place.page.body.length
    for (const compressed of place.encodings.values()) bytes -= compressed.length
  }

  function grow(by: number): void {
    bytes += by
    for (const path of places.keys()) {
      if (bytes <= maxBytes) return
      forget(path)
    }
  }

  function keepEncoding(place: Place<Answer>, encoding: ContentEncoding, compressed: Buffer): void {
    if (places.get(place.path) !== place) return
    place.encodings.set(encoding, compressed)
    grow(compressed.length)
  }

  return {
    find(path) {
      const place = places.get(path)
      if (!place) return fetchFromStore(path)?.page
      if (!isFresh(place)) {
        forget(path)
        // Another server may have rendered it since.
        return fetchFromStore(path)?.page
      }
      places.delete(path)
      places.set(path, place)
      return place.page
    },
    write(path, rendered, provenance) {
      const { page } = keep(path, { ...rendered, etag: toEtag(rendered.body) }, provenance)
      store?.write(path, { page, answers: provenance.answers })
      return page
    },
    async prepare(page, encoding) {
      const place = placeOf.get(page)
      if (encoding === 'identity' || page.body.length <= quickToCompress) return
      if (!place || place.encodings.has(encoding)) return
      const running =
        place.preparing.get(encoding) ??
        compressBeside(page.body, encoding).then((compressed) =>
          keepEncoding(place, encoding, toOwnMemory(compressed)),
        )
      place.preparing.set(encoding, running)
      await running
      place.preparing.delete(encoding)
    },
    encode(page, encoding) {
      if (encoding === 'identity') return page.body
      const place = placeOf.get(page)
      const known = place?.encodings.get(encoding)
      if (known) return known
      const compressed = toOwnMemory(compress(page.body, encoding))
      if (place) keepEncoding(place, encoding, compressed)
      return compressed
    },
    byteLength: () => bytes,
  }
}

/** Short buffers are often pieces of 64 KB, which stay in memory as long as the last of them. */
function toOwnMemory(bytes: Buffer): Buffer {
  const own = Buffer.allocUnsafeSlow(bytes.length)
  bytes.copy(own)
  return own
}

const gzipOptions = { level: 7 }

const brotliOptions = (body: Buffer) => ({
  params: {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_QUALITY]: 6,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  },
})

function compress(body: Buffer, encoding: 'br' | 'gzip'): Buffer {
  if (encoding === 'gzip') return gzipSync(body, gzipOptions)
  return brotliCompressSync(body, brotliOptions(body))
}

const gzipBeside = promisify<Buffer, object, Buffer>(gzip)
const brotliBeside = promisify<Buffer, object, Buffer>(brotliCompress)

function compressBeside(body: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return gzipBeside(body, gzipOptions)
  return brotliBeside(body, brotliOptions(body))
}
