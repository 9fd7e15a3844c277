import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { stringifyWellFormed } from '#lib/site/stringify-well-formed.ts'
import { toEtag } from '#lib/site/to-etag.ts'
import { freshness } from '#server/http/freshness.ts'
import { isNotModified, negotiateEncoding, toEtagHeader } from '#server/http/negotiate.ts'
import { commonHeaders } from '#server/http/security-headers.ts'
import type { ProblemError } from './problem.ts'

/** Anybody's page may read it; search engines leave it out. */
const apiHeaders = {
  ...commonHeaders,
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag, Location, Retry-After',
  'x-robots-tag': 'noindex',
} as const

/** Less is not worth compressing, in bytes. */
const worthCompressing = 1024

/** Answers with JSON: 200 in the best encoding with a strong ETag, or 304. */
export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  answer: object,
): Promise<void> {
  const body = Buffer.from(`${stringifyWellFormed(answer)}\n`)
  const etag = toEtag(body)
  const encoding =
    body.length < worthCompressing
      ? 'identity'
      : negotiateEncoding(request.headers['accept-encoding'])
  const headers: Record<string, string> = {
    ...apiHeaders,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': freshness,
    vary: 'Accept-Encoding',
    etag: toEtagHeader(etag, encoding),
  }
  if (isNotModified(request.headers, { etag, lastModifiedAt: undefined })) {
    response.writeHead(304, headers).end()
    return
  }
  const sent = encoding === 'identity' ? body : await compress(body, encoding)
  if (encoding !== 'identity') headers['content-encoding'] = encoding
  headers['content-length'] = String(sent.length)
  response.writeHead(200, headers)
  response.end(request.method === 'HEAD' ? undefined : sent)
}

export function sendProblem(
  request: IncomingMessage,
  response: ServerResponse,
  { status, message, headers }: ProblemError,
): void {
  const title = STATUS_CODES[status] ?? 'Problem'
  const body = `${stringifyWellFormed({ type: 'about:blank', title, status, detail: message })}\n`
  response.writeHead(status, {
    ...apiHeaders,
    ...headers,
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'content-length': Buffer.byteLength(body),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** What a browser asks before a page of another origin may send `If-None-Match`. */
export function sendPreflight(response: ServerResponse): void {
  response
    .writeHead(204, {
      ...apiHeaders,
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': 'If-None-Match',
      'access-control-max-age': '86400',
    })
    .end()
}

const gzipBeside = promisify<Buffer, Buffer>(gzip)
const brotliBeside = promisify<Buffer, object, Buffer>(brotliCompress)

/** In another thread, at a quality for answers that are made anew each time. */
function compress(body: Buffer, encoding: 'br' | 'gzip'): Promise<Buffer> {
  if (encoding === 'gzip') return gzipBeside(body)
  return brotliBeside(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })
}
