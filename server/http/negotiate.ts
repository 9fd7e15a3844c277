import type { ContentEncoding } from '../pages/page-cache.ts'

/** The best encoding a client takes, from its `Accept-Encoding`. Brotli before gzip. */
export function negotiateEncoding(accepted: string | undefined): ContentEncoding {
  if (!accepted) return 'identity'
  const taken = new Set<string>()
  for (const offer of accepted.toLowerCase().split(',')) {
    const [name, ...parameters] = offer.split(';').map((part) => part.trim())
    if (name && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) taken.add(name)
  }
  if (taken.has('br')) return 'br'
  return taken.has('gzip') || taken.has('x-gzip') ? 'gzip' : 'identity'
}

/** The `ETag` of a document in one encoding: every encoding is other bytes, so it has its own. */
export function toEtagHeader(etag: string, encoding: ContentEncoding): string {
  return encoding === 'identity' ? `"${etag}"` : `"${etag}.${encoding}"`
}

/** The validators of a document; `etag` bare of quotes and encoding. */
export type Validators = { etag: string; lastModifiedAt: string | undefined }

/**
 * Whether a client already holds the document (RFC 9110, 13.1): `If-None-Match` decides, compared
 * weakly because a proxy may have compressed it; `If-Modified-Since` counts only in its absence.
 */
export function isNotModified(
  headers: { 'if-none-match'?: string; 'if-modified-since'?: string },
  { etag, lastModifiedAt }: Validators,
): boolean {
  const held = headers['if-none-match']
  if (held !== undefined) {
    if (held.trim() === '*') return true
    return [...held.matchAll(/"([^"]*)"/g)].some(([, tag]) => tag?.split('.')[0] === etag)
  }
  const since = Date.parse(headers['if-modified-since'] ?? '')
  if (Number.isNaN(since) || lastModifiedAt === undefined) return false
  return Math.floor(Date.parse(lastModifiedAt) / 1000) * 1000 <= since
}
