import { hash } from 'node:crypto'
import { lstat, realpath } from 'node:fs/promises'
import { join, sep } from 'node:path'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { isPassiveMedia } from '#lib/content/read-content-folder.ts'
import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { mediaWidths } from '#lib/covers/media-image.ts'
import { createWorkerPool, WorkerBusyError, type WorkerPool } from '#lib/node/call-worker.ts'
import type { Log } from '#lib/node/log.ts'
import {
  type FallbackArt,
  parseFallbackArtSegments,
  toArtCategory,
} from '#lib/site/document-paths.ts'
import { locales } from '#lib/site/locales.ts'
import { readMediaWidth } from '#lib/site/media-address.ts'
import type { Address } from '../../http/address.ts'
import { filePolicy } from '../../http/content-security-policy.ts'
import { cacheControl, sharedHeaders } from '../../http/headers.ts'
import { type Endpoint, sendRedirect, sendSentence } from '../../http/send.ts'
import { sendText } from '../../http/send-document.ts'
import type { ImageStore } from './image-store.ts'
import type { PictureFormat, ScaleRequest } from './scale-picture.ts'

/** A change of how pictures are made: those that are kept are void. */
const style = 1

export type MediaOptions = {
  index: Pick<ArticleIndex, 'findPicture' | 'findArticle'>
  contentDir: string
  /** Where scaled pictures are kept, within bounds. */
  store: ImageStore
  /** Sends a file of `content/media` as it is, by its decoded path below that folder. */
  sendFile: (below: readonly string[]) => Endpoint
  scale?: (request: ScaleRequest) => Promise<Uint8Array>
  log: Log
}

/**
 * The endpoint of `/media/…`. A picture that the index knows is scaled to the width that the address
 * asks for, one of `mediaWidths`, in the best format that the client takes; what is sent was always
 * made here, so that nothing hidden in a file reaches a browser. Sound, film and documents are sent as
 * they are. Everything else, SVG and HTML among it, is a 404, and so is what a link leads out of the
 * folder to.
 *
 * Also of `/prints/…`, the art that stands in for the cover of a published article, in the same widths
 * and formats; a 404 where no article has it, or caches and the store could be filled with drawings.
 */
export function createMediaEndpoint(
  options: MediaOptions,
): (address: Address) => Endpoint | undefined {
  const { index, contentDir, store, sendFile, log, scale = scaleInWorker() } = options

  /** `identity` is what the picture follows from besides its format. */
  async function sendMade(
    exchange: Parameters<Endpoint>[0],
    request: ScaleRequest,
    identity: unknown,
    kept: string,
  ): Promise<void> {
    const made = JSON.stringify([style, identity, request.width, request.format])
    const key = hash('sha256', made, 'base64url').slice(0, 32)
    await sendText(exchange, {
      contentType: `image/${request.format}`,
      cacheControl: kept,
      headers: { ...sharedHeaders, vary: 'Accept' },
      etag: key,
      isText: false,
      body: await store.obtain(key, () => scale(request)),
    })
  }

  /** While too many pictures are made, the drawing itself is sent: it takes no time. */
  const sendArt =
    (art: FallbackArt, width: number): Endpoint =>
    async (exchange) => {
      const format = chooseFormat(exchange.request.headers.accept)
      try {
        await sendMade(
          exchange,
          { art, width, format },
          exchange.address.path,
          cacheControl.immutable,
        )
      } catch (error) {
        if (!(error instanceof WorkerBusyError))
          log.warn('Fallback art cannot be made', { err: error })
        await sendText(exchange, {
          contentType: 'image/svg+xml',
          cacheControl: cacheControl.none,
          headers: { ...sharedHeaders, 'content-security-policy': filePolicy },
          body: drawFallbackArt(art.slug, art.category),
        })
      }
    }

  const sendPicture =
    (path: string, width: number): Endpoint =>
    async (exchange) => {
      const file = await locate(contentDir, path)
      if (!file) return sendMissing(exchange)
      const format = chooseFormat(exchange.request.headers.accept)
      const request = { file: file.name, path, width, format }
      try {
        await sendMade(exchange, request, [path, file.fingerprint], cacheControl.minutes)
      } catch (error) {
        if (error instanceof WorkerBusyError) {
          const sentence = 'Too many pictures at once. Please try again in a moment.'
          return sendSentence(exchange, 503, sentence, { 'retry-after': '5' })
        }
        log.warn(`${path} cannot be scaled`, { err: error })
        return sendSentence(exchange, 404, 'This picture cannot be read.')
      }
    }

  const sendAsItIs =
    (below: readonly string[]): Endpoint =>
    async (exchange) => {
      const file = await locate(contentDir, ['media', ...below].join('/'))
      return await (file ? sendFile(below) : sendMissing)(exchange)
    }

  /** One spelling of the query, as of everything that caches keep: any other is a redirect to it. */
  function find({ path: asked, segments, search }: Address): Endpoint | undefined {
    const art = parseFallbackArtSegments(segments)
    const [first, ...below] = segments
    if (!art && (first !== 'media' || below.length === 0)) return undefined
    const path = segments.join('/')
    if (!art && isPassiveMedia(path)) return sendAsItIs(below)
    if (art ? !isOfArticle(art) : !index.findPicture(path)) return sendMissing
    const named = readMediaWidth(search)
    const width = named ?? (art ? Number.NaN : Math.max(...mediaWidths))
    if (!mediaWidths.includes(width)) {
      return (exchange) =>
        sendSentence(exchange, 404, `Pictures come in these widths: ${mediaWidths.join(', ')}.`)
    }
    const query = named === undefined ? '' : `?w=${named}`
    if (search !== query) return (exchange) => sendRedirect(exchange, asked + query)
    return art ? sendArt(art, width) : sendPicture(path, width)
  }

  function isOfArticle(art: FallbackArt): boolean {
    return locales.some((locale) => {
      const article = index.findArticle(locale, art.slug)
      return article !== undefined && toArtCategory(article.category) === art.category
    })
  }

  return find
}

const sendMissing: Endpoint = (exchange) =>
  sendSentence(exchange, 404, 'There is no such picture or file.')

/** One picture at a time: a large one takes a second and some 300 MB. */
function scaleInWorker(): (request: ScaleRequest) => Promise<Uint8Array> {
  const pool: WorkerPool<ScaleRequest, Uint8Array> = createWorkerPool({
    url: new URL('./scale-picture.ts', import.meta.url),
    size: 1,
    timeLimitMs: 20_000,
    maxWaiting: 40,
    maxWaitMs: 30_000,
    idleMs: 30_000,
  })
  return (request) => pool.call(request)
}

/** A file below `media` without a link on its way; undefined for anything else. */
async function locate(contentDir: string, path: string) {
  try {
    const root = await realpath(contentDir)
    const name = join(root, path)
    const [real, stats] = await Promise.all([realpath(name), lstat(name)])
    const isBelow = name.startsWith(join(root, 'media') + sep)
    if (real !== name || !isBelow || !stats.isFile()) return undefined
    const { size, mtimeMs, ctimeMs, ino } = stats
    return { name, fingerprint: [size, mtimeMs, ctimeMs, ino] }
  } catch {
    return undefined
  }
}

/** Browsers name the formats that they take beyond the oldest; `*` says nothing of them. */
function chooseFormat(accept = ''): PictureFormat {
  const taken = accept
    .split(',')
    .map((part) => part.trim().toLowerCase())
    .filter((part) => !/;\s*q=0(?:\.0*)?\s*(?:;|$)/.test(part))
    .map((part) => part.split(';')[0])
  if (taken.includes('image/avif')) return 'avif'
  return taken.includes('image/webp') ? 'webp' : 'jpeg'
}
