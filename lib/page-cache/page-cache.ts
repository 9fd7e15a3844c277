import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

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

/** Pages by internal path (`/en/latest`), bounded in bytes; the longest unused leave first. */
export type PageCache = {
  find(path: string): CachedPage | undefined
  write(path: string, page: RenderedPage & { status: number }): CachedPage
  /** The body in an encoding: compressed on first use and kept beside the page. */
  encode(page: CachedPage, encoding: ContentEncoding): Buffer
  /** Forgets everything, because the articles have changed. */
  clear(): void
  /** Grows with every `clear`. What was rendered under an older number shows old articles. */
  generation(): number
  byteLength(): number
}

type Place = { path: string; page: CachedPage; encodings: Map<ContentEncoding, Buffer> }

export function createPageCache({ maxBytes }: { maxBytes: number }): PageCache {
  // A Map keeps insertion order: the first key is the longest unused.
  const places = new Map<string, Place>()
  const placeOf = new WeakMap<CachedPage, Place>()
  let bytes = 0
  let generation = 0

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

  return {
    find(path) {
      const place = places.get(path)
      if (!place) return undefined
      places.delete(path)
      places.set(path, place)
      return place.page
    },
    write(path, rendered) {
      forget(path)
      const page = { ...rendered, etag: toEtag(rendered.body) }
      const place = { path, page, encodings: new Map() }
      places.set(path, place)
      placeOf.set(page, place)
      grow(page.body.length)
      return page
    },
    encode(page, encoding) {
      if (encoding === 'identity') return page.body
      const place = placeOf.get(page)
      const known = place?.encodings.get(encoding)
      if (known) return known
      const compressed = compress(page.body, encoding)
      if (place && places.get(place.path) === place) {
        place.encodings.set(encoding, compressed)
        grow(compressed.length)
      }
      return compressed
    },
    clear() {
      places.clear()
      bytes = 0
      generation += 1
    },
    generation: () => generation,
    byteLength: () => bytes,
  }
}

function compress(body: Buffer, encoding: 'br' | 'gzip'): Buffer {
  if (encoding === 'gzip') return gzipSync(body, { level: 7 })
  return brotliCompressSync(body, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 6,
      [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
    },
  })
}

const toEtag = (body: Buffer) => createHash('sha256').update(body).digest('base64url').slice(0, 22)
