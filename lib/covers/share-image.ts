import type { ArticleSummary, Cover } from '#lib/content/article.ts'
import {
  type ArticleImageShape,
  articleImagePath,
  articleImageShapes,
} from '#lib/site/document-paths.ts'
import { cropUnsplashUrl, findUnsplashUrl, formatCoverUrl, listCoverFiles } from './cover-url.ts'

/** A picture of an article in a certain shape, as other sites show it. Absolute address, pixels. */
export type ArticleImage = { url: string; width: number; height: number; type: 'image/jpeg' }

/**
 * The article's picture in a shape: a crop by Unsplash of a photo there, else one that the site makes
 * itself. `version` follows from what is on the picture, so that networks, which keep pictures by
 * their address, fetch it again when that changes. `siteUrl` is an origin without a trailing slash.
 */
export function toArticleImage(
  article: ArticleSummary,
  shape: ArticleImageShape,
  siteUrl: string,
): ArticleImage {
  const size = articleImageShapes[shape]
  const photo = article.cover && findUnsplashUrl(article.cover)
  if (photo) {
    const url = formatCoverUrl(cropUnsplashUrl(photo, { ...size, format: 'jpg' }))
    return { url, ...size, type: 'image/jpeg' }
  }
  const path = articleImagePath(article.locale, article.slug, shape)
  return { url: `${siteUrl}${path}?v=${toVersion(article)}`, ...size, type: 'image/jpeg' }
}

/**
 * The path, from our own root and decoded, of the largest cover file of ours that we can cut
 * ourselves. Undefined for covers from elsewhere, and for none.
 */
export function findOwnCoverPath(cover: Cover | undefined): string | undefined {
  if (!cover || findUnsplashUrl(cover)) return undefined
  const own = listCoverFiles(cover).findLast(({ url }) => formatCoverUrl(url).startsWith('/'))
  return own && decodePath(own.url.pathname)
}

/** Undefined for a broken escape, which names no file. */
function decodePath(path: string): string | undefined {
  try {
    return decodeURIComponent(path)
  } catch {
    return undefined
  }
}

/** FNV-1a, 32 bits: nothing depends on its being hard to guess. */
function toVersion({ title, category, cover }: ArticleSummary): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(
    `${title}\n${category}\n${findOwnCoverPath(cover) ?? ''}`,
  )) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  }
  return hash.toString(36)
}
