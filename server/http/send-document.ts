import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import { brotliCompress, constants, createBrotliCompress, createGzip, gzip } from 'node:zlib'
import { toEtag } from '#lib/site/to-etag.ts'
import { evaluateConditions, toEtagHeader, type Validators } from './conditions.ts'
import { cacheControl } from './headers.ts'
import { type ContentEncoding, negotiateEncoding } from './negotiate-encoding.ts'
import { type Exchange, isHead, send, writeHead } from './send.ts'

/** A document without its bytes. */
export type DocumentHead = {
  /** The default is 200. Other statuses have no validators and are not cached. */
  status?: number
  contentType: string
  /** Strong, bare of quotes: the same for the same bytes. Without it the answer has no validators. */
  etag: string | undefined
  /** UTC instant on a whole second of the last change. */
  lastModifiedAt?: string | undefined
  cacheControl?: string
  headers?: Record<string, string>
  /** Whether compressing pays. The default is true. */
  isText?: boolean
  /** Where the heads of a document that is sent often are kept, once they no longer change. */
  heads?: Map<ContentEncoding, Head>
}

/** The headers of a 200 in one encoding, and what conditions are evaluated against. */
type Head = { headers: Record<string, string>; validators: Validators | undefined }

type ToBody = (encoding: ContentEncoding) => Buffer | Promise<Buffer>

/**
 * Sends a document in the best encoding; answers conditions with 304 and 412, and HEAD without a
 * body. When `toBody` rejects, nothing was sent.
 */
export async function sendDocument(
  exchange: Exchange,
  document: DocumentHead & { toBody: ToBody },
): Promise<void> {
  const plan = planHead(exchange, document, negotiateEncoding)
  if (!plan) return
  const made = document.toBody(plan.encoding)
  const body = made instanceof Promise ? await made : made
  const { response } = exchange
  writeHead(response, document.status ?? 200, { ...plan.headers, 'content-length': body.length })
  response.end(isHead(exchange) ? undefined : body)
}

/** The same for a document that is made for each request. Small ones are sent as they are. */
export function sendText(
  exchange: Exchange,
  document: Omit<DocumentHead, 'etag'> & { body: string | Buffer; etag?: string | undefined },
): Promise<void> {
  const body = Buffer.from(document.body)
  return sendDocument(exchange, {
    ...document,
    isText: (document.isText ?? true) && body.length >= worthCompressing,
    etag: 'etag' in document ? document.etag : toEtag(body),
    toBody: (encoding) => compress(body, encoding),
  })
}

/**
 * The same for a document that is made piece by piece while it is sent, as fast as it is taken, so
 * that no more than a piece is held; other requests have their turn between two pieces.
 */
export async function streamDocument(
  exchange: Exchange,
  document: DocumentHead & { pieces: () => Iterable<string> },
): Promise<void> {
  const plan = planHead(exchange, document, chooseStreamEncoding)
  if (!plan) return
  const { response } = exchange
  writeHead(response, 200, plan.headers)
  if (isHead(exchange)) {
    response.end()
    return
  }
  const source = Readable.from(givingWay(document.pieces()), { objectMode: true, highWaterMark: 1 })
  try {
    if (plan.encoding === 'identity') await pipeline(source, response)
    else {
      const compressing = plan.encoding === 'br' ? createBrotliCompress(quickBrotli) : createGzip()
      await pipeline(source, compressing, response)
    }
  } catch (error) {
    // A client that hangs up has had enough.
    if (!response.destroyed) throw error
  }
}

/** Less is not worth compressing, in bytes. */
const worthCompressing = 1024

/** For documents that are made for each request and read by machines. */
const quickBrotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }

const gzipInThread = promisify<Buffer, Buffer>(gzip)
const brotliInThread = promisify<Buffer, object, Buffer>(brotliCompress)

function compress(body: Buffer, encoding: ContentEncoding): Buffer | Promise<Buffer> {
  if (encoding === 'identity') return body
  return encoding === 'gzip' ? gzipInThread(body) : brotliInThread(body, quickBrotli)
}

/** The headers of a 200 and its encoding; undefined when the answer was 304 or 412, and is sent. */
function planHead(
  exchange: Exchange,
  document: DocumentHead,
  choose: (accepted: string | undefined) => ContentEncoding,
): { headers: Record<string, string>; encoding: ContentEncoding } | undefined {
  const { isText = true } = document
  const { headers: asked } = exchange.request
  const encoding = isText ? choose(asked['accept-encoding']) : 'identity'
  const { headers, validators } = document.heads?.get(encoding) ?? makeHead(document, encoding)
  const result = validators === undefined ? 200 : evaluateConditions(asked, validators)
  if (result === 200) return { headers, encoding }
  const { 'content-encoding': _, ...others } = headers
  const unread = result === 412 ? { ...others, 'cache-control': cacheControl.none } : others
  send(exchange, { status: result, headers: unread })
  return undefined
}

function makeHead(document: DocumentHead, encoding: ContentEncoding): Head {
  const { status = 200, isText = true, lastModifiedAt } = document
  const headers: Record<string, string> = {
    'content-type': document.contentType,
    'cache-control': document.cacheControl ?? cacheControl.fresh,
  }
  if (isText) headers.vary = 'Accept-Encoding'
  Object.assign(headers, document.headers)
  let validators: Validators | undefined
  let isFinal = true
  if (status === 200 && document.etag !== undefined) {
    const etag = toEtagHeader(document.etag, encoding)
    const modified = lastModifiedAt === undefined ? undefined : new Date(lastModifiedAt)
    // A change within this second is dated to its end: until then nobody may rely on the date.
    const isPast = modified !== undefined && modified.getTime() <= Date.now()
    headers.etag = etag
    if (isPast) headers['last-modified'] = modified.toUTCString()
    validators = { etag, lastModifiedAt: isPast ? lastModifiedAt : undefined }
    isFinal = modified === undefined || isPast
  }
  if (encoding !== 'identity') headers['content-encoding'] = encoding
  const head = { headers, validators }
  if (isFinal) document.heads?.set(encoding, head)
  return head
}

/** Brotli holds 20 MB for each stream, gzip a quarter of one. */
function chooseStreamEncoding(accepted: string | undefined): ContentEncoding {
  const withoutBrotli = negotiateEncoding(accepted?.replace(/\bbr\b/gi, 'x-none'))
  return withoutBrotli === 'identity' ? negotiateEncoding(accepted) : withoutBrotli
}

/** Pieces with a turn of the event loop before each. */
export async function* givingWay<Piece>(pieces: Iterable<Piece>): AsyncGenerator<Piece> {
  for (const piece of pieces) {
    await setImmediate()
    yield piece
  }
}
