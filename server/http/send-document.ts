import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import {
  brotliCompressSync,
  constants,
  createBrotliCompress,
  createGzip,
  gzipSync,
} from 'node:zlib'
import { toEtag } from '#lib/site/to-etag.ts'
import type { ContentEncoding } from '../pages/page-cache.ts'
import { freshness } from './freshness.ts'
import { isNotModified, negotiateEncoding, toEtagHeader } from './negotiate.ts'
import { isReading, refuseMethod } from './reading-method.ts'
import { commonHeaders } from './security-headers.ts'

/** Quick settings: these documents are made anew for each request and fetched by machines. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

export type DocumentHead = {
  contentType: string
  /** Strong, bare of quotes: the same for the same bytes. */
  etag: string
  cacheControl?: string
  headers?: Record<string, string>
  /** Whether compressing pays. */
  isText?: boolean
}

/** Sends a document that is at hand: 200 in the best encoding, 304, HEAD; 405 to other methods. */
export function sendDocument(
  request: IncomingMessage,
  response: ServerResponse,
  document: Omit<DocumentHead, 'etag'> & { body: string | Buffer; etag?: string },
): void {
  const body = Buffer.from(document.body)
  const etag = document.etag ?? toEtag(body)
  const encoding = begin(request, response, { isText: true, ...document, etag })
  if (encoding === undefined) return
  end(request, response, encode(body, encoding))
}

/** The same for a document that is kept in its encodings. When `toBody` rejects, nothing was sent. */
export async function sendEncoded(
  request: IncomingMessage,
  response: ServerResponse,
  document: DocumentHead & { toBody: (encoding: ContentEncoding) => Buffer | Promise<Buffer> },
): Promise<void> {
  const encoding = begin(request, response, { isText: true, ...document })
  if (encoding === undefined) return
  end(request, response, await document.toBody(encoding))
}

/**
 * The same for a document that is made piece by piece while it is sent, as fast as it is taken, so
 * that no more than a piece is held; other requests have their turn between two pieces.
 */
export async function streamDocument(
  request: IncomingMessage,
  response: ServerResponse,
  document: DocumentHead & { pieces: () => Iterable<string> },
): Promise<void> {
  const encoding = begin(request, response, { isText: true, ...document }, chooseStreamEncoding)
  if (encoding === undefined) return
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  const source = Readable.from(givingWay(document.pieces()), { objectMode: true, highWaterMark: 1 })
  try {
    if (encoding === 'identity') await pipeline(source, response)
    else {
      const compress = encoding === 'br' ? createBrotliCompress(brotli) : createGzip()
      await pipeline(source, compress, response)
    }
  } catch (error) {
    // A client that hangs up has had enough.
    if (!response.destroyed || !response.headersSent) throw error
  }
}

/** An answer in a sentence: to what is not there, gone, or not to be had now. */
export function sendRefusal(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...commonHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    ...headers,
  })
  response.end(`${sentence}\n`)
}

/** Writes the head. Answers the encoding of the body, or undefined when there is nothing to add. */
function begin(
  request: IncomingMessage,
  response: ServerResponse,
  { contentType, etag, cacheControl = freshness, headers, isText }: DocumentHead,
  choose = negotiateEncoding,
): ContentEncoding | undefined {
  if (!isReading(request)) {
    refuseMethod(response)
    return undefined
  }
  const encoding = isText ? choose(request.headers['accept-encoding']) : 'identity'
  const head: Record<string, string> = {
    ...commonHeaders,
    'content-type': contentType,
    'cache-control': cacheControl,
    etag: toEtagHeader(etag, encoding),
    ...(isText ? { vary: 'Accept-Encoding' } : {}),
    ...headers,
  }
  for (const [name, value] of Object.entries(head)) response.setHeader(name, value)
  if (isNotModified(request.headers, { etag, lastModifiedAt: undefined })) {
    response.writeHead(304).end()
    return undefined
  }
  if (encoding !== 'identity') response.setHeader('content-encoding', encoding)
  return encoding
}

function end(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  response.setHeader('content-length', body.length)
  response.end(request.method === 'HEAD' ? undefined : body)
}

function encode(body: Buffer, encoding: ContentEncoding): Buffer {
  if (encoding === 'br') return brotliCompressSync(body, brotli)
  return encoding === 'gzip' ? gzipSync(body) : body
}

/** Brotli holds 20 MB for each stream, gzip a quarter of one. */
function chooseStreamEncoding(accepted: string | undefined): ContentEncoding {
  const withoutBrotli = negotiateEncoding(accepted?.replace(/\bbr\b/gi, ''))
  return withoutBrotli === 'identity' ? negotiateEncoding(accepted) : withoutBrotli
}

/** Pieces with a turn of the event loop before each. */
export async function* givingWay<Piece>(pieces: Iterable<Piece>): AsyncGenerator<Piece> {
  for (const piece of pieces) {
    await setImmediate()
    yield piece
  }
}
