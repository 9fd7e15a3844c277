import { hash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { findUnsplashUrl } from '#lib/covers/cover-url.ts'
import { findOwnCoverPath } from '#lib/covers/share-image.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { createWorkerPool, WorkerBusyError, type WorkerPool } from '#lib/node/call-worker.ts'
import {
  type ArticleImageShape,
  articleImageShapes,
  isArticleImageShape,
  localizedDocumentPath,
} from '#lib/site/document-paths.ts'
import { locales } from '#lib/site/locales.ts'
import { toRoute } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import type { Address } from '../../http/address.ts'
import { filePolicy } from '../../http/content-security-policy.ts'
import { cacheControl, sharedHeaders } from '../../http/headers.ts'
import { type Endpoint, sendSentence } from '../../http/send.ts'
import { type DocumentHead, sendText } from '../../http/send-document.ts'
import { iconTypes, listIcons } from './draw-icon.ts'
import type { Drawing } from './draw-image.ts'
import type { ImageStore } from './image-store.ts'

export type Draw = (drawing: Drawing) => Promise<Buffer>

/**
 * Draws in a thread of its own, which ends when it has been idle for 30 s: it holds some 100 MB.
 * Rejects with `WorkerBusyError` when 20 drawings wait.
 */
export function createDraw(): Draw {
  const pool: WorkerPool<Drawing, Uint8Array> = createWorkerPool({
    url: new URL('./draw-image.ts', import.meta.url),
    answer: 'drawImage',
    size: 1,
    timeLimitMs: 30_000,
    // Its modules take seconds on a machine that is busy.
    startLimitMs: 30_000,
    maxWaiting: 20,
    idleMs: 30_000,
  })
  return async (drawing) => Buffer.from(await pool.call(drawing))
}

/** A change of how pictures are drawn: those that are kept are void. */
const style = 1

type Made = { key: string; image: Buffer }

export type ImageOptions = {
  index: Pick<ArticleIndex, 'findArticle'>
  draw: Draw
  store: ImageStore
  /** The file of a cover by its decoded path on the site; undefined where there is none of ours. */
  findCoverFile: (path: string) => string | undefined
  /** The folder of the publication, which may hold a logo. */
  paperDir: string
}

/**
 * The endpoint of a picture that the site makes: its icons, `/share.jpg` of the publication in each language, and
 * `/article/<slug>/share.jpg` (`16x9.jpg`, `4x3.jpg`, `1x1.jpg`) of an article that is visible. An
 * article with a cover of ours has it cut to all shapes; one with a cover from Unsplash has none here,
 * because that is cut there; any other has its drawn art, and a card with its headline for sharing.
 */
export function createImageEndpoints(
  options: ImageOptions,
): (address: Pick<Address, 'path' | 'segments'>) => Endpoint | undefined {
  /** The first of the drawings that can be made: a cover's file may be damaged or just gone. */
  async function obtainFirst([drawing, ...others]: Drawing[]): Promise<Made> {
    if (!drawing) throw new Error('Nothing is left to be drawn')
    try {
      const key = await toKey(drawing)
      return { key, image: await options.store.obtain(key, () => options.draw(drawing)) }
    } catch (error) {
      if (error instanceof WorkerBusyError || others.length === 0) throw error
      return await obtainFirst(others)
    }
  }

  const toEndpoint =
    (drawings: Drawing[], as: Partial<DocumentHead> = {}): Endpoint =>
    async (exchange) => {
      try {
        const { key, image } = await obtainFirst(drawings)
        await sendText(exchange, {
          contentType: 'image/jpeg',
          headers: sharedHeaders,
          etag: key,
          isText: false,
          ...as,
          body: image,
        })
      } catch (error) {
        if (!(error instanceof WorkerBusyError)) throw error
        sendSentence(exchange, 503, 'Too many pictures at once.', { 'retry-after': '10' })
      }
    }

  const iconEndpoints = new Map(
    listIcons(options.paperDir).map(({ path, ...icon }) => [
      path,
      toEndpoint([{ kind: 'icon', icon }], {
        contentType: iconTypes[icon.format],
        cacheControl: cacheControl.day,
        isText: icon.format === 'svg',
        headers: { 'content-security-policy': filePolicy },
      }),
    ]),
  )

  return ({ path, segments }) => {
    const icon = iconEndpoints.get(path)
    if (icon) return icon
    for (const locale of locales) {
      if (path === localizedDocumentPath(locale, 'shareImage')) {
        const { tagline } = messagesFor(locale)
        const card = { headline: tagline, kicker: '', seed: site().name, category: undefined }
        return toEndpoint([{ kind: 'card', card: { ...card, language: locale } }])
      }
    }
    const [, shape = ''] = /^(.+)\.jpg$/.exec(segments.at(-1) ?? '') ?? []
    const route = isArticleImageShape(shape) ? toRoute(segments.slice(0, -1)) : undefined
    if (route?.page !== 'article' || !isArticleImageShape(shape)) return undefined
    const article = options.index.findArticle(route.locale, route.slug)
    if (!article || (article.cover && findUnsplashUrl(article.cover))) return undefined
    return toEndpoint(listDrawings(article, shape, options))
  }
}

/** What the picture is to be, and what instead where that cannot be made. */
function listDrawings(
  { locale, title, category, slug, cover }: ArticleSummary,
  shape: ArticleImageShape,
  { findCoverFile }: ImageOptions,
): Drawing[] {
  const size = articleImageShapes[shape]
  const own = findOwnCoverPath(cover)
  const file = own && findCoverFile(own)
  const card = { headline: title, kicker: formatTopic(locale, category), seed: slug, category }
  return [
    ...(file ? [{ kind: 'crop' as const, file, ...size }] : []),
    shape === 'share'
      ? { kind: 'card', card: { ...card, language: locale } }
      : { kind: 'art', seed: slug, category, ...size },
  ]
}

/** What is on the picture, and in the file that it is cut from. */
async function toKey(drawing: Drawing): Promise<string> {
  const file = drawing.kind === 'crop' ? await stat(drawing.file) : undefined
  const made = JSON.stringify([
    style,
    site().name,
    site().theme.light,
    drawing,
    file?.size,
    file?.mtimeMs,
  ])
  return hash('sha256', made, 'base64url').slice(0, 32)
}
