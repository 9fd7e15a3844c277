import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { Address } from './address.ts'
import { cacheControl, commonHeaders } from './headers.ts'

/** A request and its response. `request.url` is rewritten to the one spelling of `address`. */
export type Exchange = { request: IncomingMessage; response: ServerResponse; address: Address }

/** Answers an exchange completely. A rejection becomes a 500 that does not show the cause. */
export type Endpoint = (exchange: Exchange) => Promise<void> | void

/** Whether the client wants no body. */
export const isHead = ({ request }: Pick<Exchange, 'request'>): boolean => request.method === 'HEAD'

/** A complete answer. Header names are in lower case. */
export type Answer = {
  status: number
  headers?: OutgoingHttpHeaders
  body?: string | Buffer
}

/** Writes a head with the headers that every answer has. The only place that calls `writeHead`. */
export function writeHead(
  response: ServerResponse,
  status: number,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { ...commonHeaders, ...headers })
}

/** Sends a complete answer with its content-length; HEAD has no body. */
export function send(exchange: Exchange, { status, headers = {}, body }: Answer): void {
  const { response } = exchange
  const bytes = typeof body === 'string' ? Buffer.from(body) : body
  if (bytes === undefined) {
    // 204 and 304 have no body by definition.
    const length = status === 204 || status === 304 ? {} : { 'content-length': 0 }
    writeHead(response, status, { ...length, ...headers })
    response.end()
    return
  }
  writeHead(response, status, { 'content-length': bytes.length, ...headers })
  response.end(isHead(exchange) ? undefined : bytes)
}

/** An answer in one sentence, for 404, 410 and 503. It is not cached. */
export function sendSentence(
  exchange: Exchange,
  status: number,
  sentence: string,
  headers: OutgoingHttpHeaders = {},
): void {
  send(exchange, {
    status,
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': cacheControl.none,
      ...headers,
    },
    body: `${sentence}\n`,
  })
}

/** Redirects to another address: permanently (308) or temporarily (307). */
export function sendRedirect(
  exchange: Exchange,
  location: string,
  status: 301 | 302 | 307 | 308 = 308,
): void {
  const kept = status === 308 ? cacheControl.redirect : cacheControl.none
  send(exchange, { status, headers: { location, 'cache-control': kept } })
}

/** JSON that is made for one request. */
export function sendJson(
  exchange: Exchange,
  value: object,
  { status = 200, headers = {} }: { status?: number; headers?: OutgoingHttpHeaders } = {},
): void {
  send(exchange, {
    status,
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': cacheControl.none,
      ...headers,
    },
    body: `${JSON.stringify(value)}\n`,
  })
}
