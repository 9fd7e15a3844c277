import { randomBytes } from 'node:crypto'
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Log } from '#lib/node/log.ts'
import { type Address, parseTarget } from './address.ts'
import { cacheControl, commonHeaders } from './headers.ts'
import { type Endpoint, type Exchange, send, sendRedirect, sendSentence } from './send.ts'
import { removeHeaders } from './serve-files.ts'

/** One row of the table of everything that answers. */
export type Route = {
  /** For metrics and logs: one of a fixed few, whatever is asked for. */
  name: string
  /** A finer name for one address, of a fixed few as well. */
  nameOf?: (address: Address) => string
  /** Allowed methods. The default is GET and HEAD. */
  methods?: readonly string[]
  /**
   * What answers an address; undefined when this row does not have it. Only the desk reads the request:
   * to others nothing is there.
   */
  find: (address: Address, request: IncomingMessage) => Endpoint | undefined
}

export type ListenerOptions = {
  /** The first row that finds an endpoint answers; the last row answers every address. */
  routes: readonly Route[]
  log: Log
  /** Called once an answer has been handed to the client or the client has gone. */
  onAnswered?: (route: string, status: number) => void
}

const reading: readonly string[] = ['GET', 'HEAD']

/**
 * Every request comes through here. It parses the address once, refuses or redirects every other
 * spelling of it, finds the row, checks the method, and answers 500 for what fails in an endpoint.
 */
export function createRequestListener({
  routes,
  log,
  onAnswered,
}: ListenerOptions): RequestListener {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<string> {
    // A request that carries something we do not read must not hold its connection.
    if (!reading.includes(request.method ?? '')) response.shouldKeepAlive = false
    const address: Address = { path: '/', segments: [], search: '' }
    const exchange: Exchange = { request, response, address }
    if (!hasOneHost(request)) {
      sendSentence(exchange, 400, 'A request names exactly one host.')
      return 'refused'
    }
    if (request.url === '*' && request.method === 'OPTIONS') {
      sendOptions(exchange, reading)
      return 'options'
    }
    const parsed = parseTarget(request.url ?? '')
    request.url = '/'
    if (parsed.kind === 'refused') {
      sendSentence(exchange, 400, parsed.sentence)
      return 'refused'
    }
    if (parsed.kind === 'moved') {
      sendRedirect(exchange, parsed.location)
      return 'moved'
    }
    exchange.address = parsed.address
    request.url = parsed.address.path + parsed.address.search
    for (const route of routes) {
      const endpoint = findSafely(route, parsed.address, request)
      if (!endpoint) continue
      const methods = route.methods ?? reading
      if (methods.includes(request.method ?? '')) {
        await answerSafely(exchange, route, endpoint)
      } else if (request.method === 'OPTIONS') sendOptions(exchange, methods)
      else {
        const allow = toAllow(methods)
        sendSentence(exchange, 405, `This address answers ${allow}.`, { allow })
      }
      return route.nameOf?.(parsed.address) ?? route.name
    }
    sendSentence(exchange, 404, 'There is nothing here.')
    return 'missing'
  }

  /** What fails is logged under a number that the answer names. */
  async function answerSafely(exchange: Exchange, route: Route, endpoint: Endpoint): Promise<void> {
    const { request, response } = exchange
    try {
      await endpoint(exchange)
    } catch (error) {
      // Whoever goes away before the end of a request has made it fail.
      if (!request.complete && request.destroyed) return
      const requestId = toRequestId(request)
      log.error(`${request.method} ${exchange.address.path} failed`, {
        route: route.name,
        requestId,
        err: error,
      })
      if (response.headersSent) {
        response.destroy()
        return
      }
      // What was said of a document that does not come: its encoding, how long it may be kept.
      removeHeaders(response)
      const sentence = 'Something went wrong. Please try again in a moment.'
      sendSentence(exchange, 500, sentence, { 'x-request-id': requestId })
    }
  }

  return (request, response) => {
    void answer(request, response).then((route) => {
      onAnswered?.(route, response.statusCode)
    })
  }
}

/** A question that the index cannot answer fails like an endpoint, under the name of its row. */
function findSafely(
  route: Route,
  address: Address,
  request: IncomingMessage,
): Endpoint | undefined {
  try {
    return route.find(address, request)
  } catch (error) {
    return () => {
      throw error
    }
  }
}

/** A connection on which nothing moves for so long is closed, in ms. No answer takes half of it. */
const longestStall = 300_000

/**
 * Makes a server refuse what never becomes a request with the same headers as everything else:
 * broken request lines, headers that are too long, expectations that nobody meets. Clients that take
 * nothing of their answer lose their connection after `stallMilliseconds`.
 */
export function refuseBrokenRequests(server: Server, stallMilliseconds = longestStall): void {
  server.setTimeout(stallMilliseconds)
  const refuse = (socket: Duplex, status: string) => {
    const headers = { ...commonHeaders, 'cache-control': cacheControl.none, connection: 'close' }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.end(`HTTP/1.1 ${status}\r\n${lines.join('')}content-length: 0\r\n\r\n`)
  }
  const latest = new WeakMap<Duplex, { request: IncomingMessage; response: ServerResponse }>()
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    latest.set(request.socket, { request, response })
  })
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // What is written behind the head of an answer, as after a broken body, would be taken for a part of it
    // or for the answer to another request.
    const { request, response } = latest.get(socket) ?? {}
    const isAnswering = request?.complete ? !response?.writableFinished : response?.headersSent
    if (error.code === 'ECONNRESET' || !socket.writable || isAnswering) {
      return void socket.destroy()
    }
    refuse(socket, clientErrorStatuses[error.code ?? ''] ?? '400 Bad Request')
  })
  server.on('connect', (_request, socket: Duplex) => refuse(socket, '405 Method Not Allowed'))
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false
    const address: Address = { path: '/', segments: [], search: '' }
    sendSentence(
      { request, response, address },
      417,
      'Nothing else than 100-continue can be expected.',
    )
  })
}

const clientErrorStatuses: Record<string, string> = {
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Content Too Large',
}

function sendOptions(exchange: Exchange, methods: readonly string[]): void {
  send(exchange, {
    status: 204,
    headers: { allow: toAllow(methods), 'cache-control': cacheControl.none },
  })
}

const toAllow = (methods: readonly string[]) => [...new Set([...methods, 'OPTIONS'])].join(', ')

const hostSyntax = /^(?:[A-Za-z0-9._~!$&'()*+,;=%-]+|\[[0-9A-Fa-f:.]+\])(?::\d{0,5})?$/

/** RFC 9112, 3.2: a request with several hosts, with none, or with a broken one is refused. */
function hasOneHost({ rawHeaders, headers, httpVersion }: IncomingMessage): boolean {
  let hosts = 0
  for (let at = 0; at < rawHeaders.length; at += 2) {
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') hosts += 1
  }
  if (hosts === 0) return httpVersion === '1.0'
  return hosts === 1 && hostSyntax.test(headers.host ?? '')
}

/** That of a proxy in front of us where it sends one. */
function toRequestId({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given)
    ? given
    : randomBytes(6).toString('hex')
}
