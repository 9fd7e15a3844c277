import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { parseFallbackArtSegments } from '#lib/site/document-paths.ts'
import { locales } from '#lib/site/locales.ts'
import { toSegment } from '#lib/site/segment.ts'
import { toEtag } from '#lib/site/to-etag.ts'
import type { Address } from '../http/address.ts'
import { filePolicy } from '../http/content-security-policy.ts'
import { sharedHeaders } from '../http/headers.ts'
import type { Endpoint } from '../http/send.ts'
import { sendText } from '../http/send-document.ts'

/**
 * The drawing that stands in for the cover of a published article, at the address that `fallbackArtPath`
 * writes. It follows from the address alone, so it is immutable for caches. Undefined for addresses
 * that no article has: otherwise a cache could be filled with drawings.
 */
export function findFallbackArt(
  { segments }: Pick<Address, 'segments'>,
  index: Pick<ArticleIndex, 'findArticle'>,
): Endpoint | undefined {
  const art = parseFallbackArtSegments(segments)
  if (!art) return undefined
  const isOfArticle = locales.some((locale) => {
    const article = index.findArticle(locale, art.slug)
    return article !== undefined && (toSegment(article.category) || 'any') === art.category
  })
  if (!isOfArticle) return undefined
  return (exchange) =>
    sendText(exchange, {
      contentType: 'image/svg+xml',
      cacheControl: 'public, max-age=31536000, immutable',
      headers: { ...sharedHeaders, 'content-security-policy': filePolicy },
      etag: toEtag(exchange.address.path),
      body: drawFallbackArt(art.slug, art.category),
    })
}
