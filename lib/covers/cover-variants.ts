import type { Cover } from '#lib/content/article.ts'
import { cropUnsplashUrl, findUnsplashUrl, formatCoverUrl, listCoverFiles } from './cover-url.ts'

/** One file of a cover as feeds and structured data name it. Pixels; `type` is a MIME type. */
export type CoverVariantFile = {
  url: string
  width: number
  height: number | undefined
  type: string
}

/**
 * The cover's files for documents that machines read, the best first: of an Unsplash photo the 16:9,
 * 4:3 and 1:1 crops that Google asks for, 1200 px wide; otherwise the files there are, widest first,
 * of unknown height. Site-relative files become absolute with a base URL and stay as they are without.
 */
export function listCoverVariants(cover: Cover, baseUrl?: string): CoverVariantFile[] {
  const photo = findUnsplashUrl(cover)
  if (!photo) {
    return listCoverFiles(cover)
      .map(({ url, width }) => ({
        url: formatCoverUrl(url, baseUrl),
        width,
        height: undefined,
        type: toMimeType(url),
      }))
      .reverse()
  }
  return [675, 900, 1200].map((height) => ({
    url: formatCoverUrl(cropUnsplashUrl(photo, { width: 1200, height, format: 'jpg' })),
    width: 1200,
    height,
    type: 'image/jpeg',
  }))
}

const mimeTypes = new Map([
  ['avif', 'image/avif'],
  ['gif', 'image/gif'],
  ['png', 'image/png'],
  ['svg', 'image/svg+xml'],
  ['webp', 'image/webp'],
])

/** JPEG where nothing says otherwise: it is what picture hosts send for an address without a name. */
function toMimeType(url: URL): string {
  const format = url.searchParams.get('fm') ?? /\.([a-z0-9]+)$/i.exec(url.pathname)?.[1] ?? ''
  return mimeTypes.get(format.toLowerCase()) ?? 'image/jpeg'
}
