import { hash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { findUnsplashUrl } from '#lib/covers/cover-url.ts'
import { findOwnCoverPath } from '#lib/covers/share-image.ts'
import type { Endpoint } from '#lib/front-door/front-door.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import {
  type ArticleImageShape,
  articleImageShapes,
  isArticleImageShape,
  localizedDocumentPath,
} from '#lib/site/document-paths.ts'
import { locales } from '#lib/site/locales.ts'
import { publication } from '#lib/site/publication.ts'
import { parsePath } from '#lib/site/routes.ts'
import { sendDocument, sendRefusal } from '../send-document.ts'
import { type Draw, TooManyDrawingsError } from './draw-beside.ts'
import type { Drawing } from './draw-image.ts'
import type { ImageStore } from './image-store.ts'

/** A change of how pictures are drawn: those that are kept are void. */
const style = 1

export type ImageOptions = {
  index: Pick<ArticleIndex, 'findArticle'>
  draw: Draw
  store: ImageStore
  publicDir: string
  /** Whether an address, decoded, is a file in `publicDir`. */
  isFile: (path: string) => boolean
}

/**
 * The endpoint of a picture that the site makes: `/share.jpg` of the paper in each language, and
 * `/article/<slug>/share.jpg` (`16x9.jpg`, `4x3.jpg`, `1x1.jpg`) of an article that is visible. An
 * article with a cover of ours has it cut to all shapes; one with a cover from Unsplash has none here,
 * because that is cut there; any other has its drawn art, and a card with its headline for sharing.
 */
export function createImageEndpoints(
  options: ImageOptions,
): (pathname: string) => Endpoint | undefined {
  const underWay = new Map<string, Promise<Buffer>>()

  async function obtain(key: string, drawing: Drawing): Promise<Buffer> {
    const kept = await options.store.find(key)
    if (kept) return kept
    const image = await options.draw(drawing)
    await options.store.write(key, image)
    return image
  }

  /** One drawing serves all who wait for it. */
  function obtainOnce(key: string, drawing: Drawing): Promise<Buffer> {
    const obtaining = underWay.get(key) ?? obtain(key, drawing).finally(() => underWay.delete(key))
    underWay.set(key, obtaining)
    return obtaining
  }

  const toEndpoint =
    (drawing: Drawing): Endpoint =>
    async (request, response) => {
      try {
        const key = await toKey(drawing)
        const body = await obtainOnce(key, drawing)
        const contentType = 'image/jpeg'
        sendDocument(request, response, { contentType, etag: key, isText: false, body })
      } catch (error) {
        if (!(error instanceof TooManyDrawingsError)) throw error
        sendRefusal(response, 503, 'Too many pictures at once.', { 'retry-after': '10' })
      }
    }

  return (pathname) => {
    for (const locale of locales) {
      if (pathname === localizedDocumentPath(locale, 'shareImage')) {
        const { tagline } = messagesFor(locale)
        const card = { headline: tagline, kicker: '', seed: publication.name, category: undefined }
        return toEndpoint({ kind: 'card', card: { ...card, language: locale } })
      }
    }
    const [, path = '', shape = ''] = /^(\/.+)\/([^/]+)\.jpg$/.exec(pathname) ?? []
    const route = isArticleImageShape(shape) ? parsePath(path) : undefined
    if (route?.page !== 'article' || !isArticleImageShape(shape)) return undefined
    const article = options.index.findArticle(route.locale, route.slug)
    const drawing = article && toDrawing(article, shape, options)
    return drawing && toEndpoint(drawing)
  }
}

function toDrawing(
  article: ArticleSummary,
  shape: ArticleImageShape,
  { publicDir, isFile }: ImageOptions,
): Drawing | undefined {
  const { locale, title, category, slug, cover } = article
  if (cover && findUnsplashUrl(cover)) return undefined
  const size = articleImageShapes[shape]
  const own = findOwnCoverPath(cover)
  if (own && isFile(own)) return { kind: 'crop', file: join(publicDir, own), ...size }
  if (shape !== 'share') return { kind: 'art', seed: slug, category, ...size }
  const kicker = formatTopic(locale, category)
  return { kind: 'card', card: { headline: title, kicker, seed: slug, category, language: locale } }
}

/** What is on the picture, and in the file that it is cut from. */
async function toKey(drawing: Drawing): Promise<string> {
  const file = drawing.kind === 'crop' ? await stat(drawing.file) : undefined
  const made = JSON.stringify([style, drawing, file?.size, file?.mtimeMs])
  return hash('sha256', made, 'base64url').slice(0, 32)
}
