import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CachedPage, PageCache } from '../pages/page-cache.ts'
import { freshness } from './freshness.ts'
import { isNotModified, negotiateEncoding, toEtagHeader } from './negotiate.ts'
import { toReadingPagePolicy } from './page-policy.ts'
import { commonHeaders } from './security-headers.ts'

export type PageHeaders = {
  policy?: string | undefined
  ownHeaders?: Record<string, string> | undefined
}

/**
 * Sends a kept page: 200 with the best encoding, or 304; other statuses are never stored. `policy` is
 * the Content-Security-Policy of HTML; `ownHeaders` are what belongs to this page alone.
 */
export async function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  page: CachedPage,
  pages: Pick<PageCache<unknown>, 'encode' | 'prepare'>,
  { policy = toReadingPagePolicy(), ownHeaders = {} }: PageHeaders = {},
): Promise<void> {
  const { status } = page
  const encoding = negotiateEncoding(request.headers['accept-encoding'])
  const headers: Record<string, string> = {
    ...commonHeaders,
    'content-type': page.contentType,
    'cache-control': status === 200 ? freshness : 'no-store',
    vary: 'Accept-Encoding',
    ...ownHeaders,
  }
  if (page.contentType.startsWith('text/html')) {
    headers['content-security-policy'] = policy
  }
  if (status === 200) {
    headers.etag = toEtagHeader(page.etag, encoding)
    if (page.lastModifiedAt) headers['last-modified'] = new Date(page.lastModifiedAt).toUTCString()
    if (isNotModified(request.headers, page)) {
      response.writeHead(304, headers).end()
      return
    }
  }
  await pages.prepare(page, encoding)
  const body = pages.encode(page, encoding)
  if (encoding !== 'identity') headers['content-encoding'] = encoding
  headers['content-length'] = String(body.length)
  response.writeHead(status, headers)
  response.end(request.method === 'HEAD' ? undefined : body)
}
