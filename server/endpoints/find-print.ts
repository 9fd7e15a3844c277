import { drawFallbackArt } from '#lib/covers/fallback-art.ts'
import { parsePrintPath } from '#lib/site/document-paths.ts'
import { isReading, refuseMethod } from '../http/reading-method.ts'
import { commonHeaders } from '../http/security-headers.ts'
import type { Endpoint } from '../pages/front-door.ts'

const headers = {
  ...commonHeaders,
  'content-type': 'image/svg+xml',
  'cache-control': 'public, max-age=31536000, immutable',
  'content-security-policy': "default-src 'none'; sandbox",
}

/**
 * The drawing that stands in for a cover, at the address that `printPath` writes. It follows from the
 * address alone, in a fraction of a millisecond, so nothing is looked up and nothing is kept.
 */
export function findPrint(pathname: string): Endpoint | undefined {
  const print = parsePrintPath(pathname)
  if (!print) return undefined
  return async (request, response) => {
    if (!isReading(request)) return refuseMethod(response)
    const svg = Buffer.from(drawFallbackArt(print.slug, print.category))
    response.writeHead(200, { ...headers, 'content-length': svg.length })
    response.end(request.method === 'HEAD' ? undefined : svg)
  }
}
