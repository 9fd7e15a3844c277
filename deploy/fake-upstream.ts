import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { parseTarget } from '#server/http/address.ts'

/**
 * Lifetimes in seconds. A page is kept for a shorter time than the site's, so that a test can outlive
 * it, and sent stale for much longer, so that no test has to be quick. A path with `short` in it is
 * stale for a second only.
 */
export const lifetimes = { kept: 1, staleWhileRevalidate: 600, short: 1 }

/**
 * Answers as the site does, and reads addresses with the site's own parser: every path is a page,
 * compressed as asked for, with a strong ETag per encoding; `missing` in it makes it a 404, `moved` a
 * redirect.
 */
export type Upstream = {
  /** What was asked for so far: method, address, encoding, and the status it was answered with. */
  asked: string[]
  /** The headers of those requests. */
  askedWith: IncomingHttpHeaders[]
  /** Changes what every page says. */
  edition: string
  /** No answer is sent before this. */
  held: Promise<void>
  /** Answers every page with 500 as long as it is set. */
  isBroken: boolean
  /** Answers everything with 503 as long as it is set. */
  isStarting: boolean
  /** Answers `/readyz` with 503 as long as it is set, and everything else as ever. */
  isBehind: boolean
  /**
   * Answers as the site did before it parsed addresses once: it normalised them, handed whatever began
   * with `/_next/` to the framework, and let clients' headers through to it.
   */
  isTrusting: boolean
  listen: () => Promise<void>
  close: () => Promise<void>
}

const compress = {
  br: (body: string) => brotliCompressSync(body),
  gzip: (body: string) => gzipSync(body),
  identity: (body: string) => Buffer.from(body),
}

/** What a page says. Long enough to be worth compressing. */
export const textOf = (path: string, edition: string) => `<p>${edition} of ${path}</p>`.repeat(50)

export function createUpstream(port: number): Upstream {
  const server = createServer((request, response) => void answer(request, response))
  const upstream: Upstream = {
    asked: [],
    askedWith: [],
    edition: 'first',
    held: Promise.resolve(),
    isBroken: false,
    isStarting: false,
    isBehind: false,
    isTrusting: false,
    async listen() {
      server.listen(port, '127.0.0.1')
      await once(server, 'listening')
    },
    async close() {
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method, url = '/', headers } = request
    const [path = '/'] = url.split('?')
    const encoding = toEncoding(headers['accept-encoding'])
    const note = (status: number) => {
      upstream.asked.push(`${method} ${url} ${headers['accept-encoding']} ${status}`)
      upstream.askedWith.push(headers)
    }
    await upstream.held

    if (upstream.isStarting || (upstream.isBehind && path === '/readyz')) {
      note(503)
      const headers = { 'cache-control': 'no-store', 'retry-after': '7' }
      response.writeHead(503, headers).end('not ready')
      return
    }
    if (upstream.isTrusting && isForFramework(path, headers)) {
      const isMissing = path.includes('/x/')
      note(isMissing ? 404 : 200)
      response.setHeader('cache-control', 's-maxage=31536000')
      const body = headers.rsc === undefined ? 'a page of the build' : '0:["flight data"]'
      response.writeHead(isMissing ? 404 : 200).end(body)
      return
    }
    const target = parseTarget(url)
    if (!upstream.isTrusting && target.kind === 'refused') {
      note(400)
      response.writeHead(400, { 'cache-control': 'no-store' }).end(target.sentence)
      return
    }
    if (!upstream.isTrusting && target.kind === 'moved') {
      note(308)
      const { location } = target
      response.writeHead(308, { location, 'cache-control': 'public, max-age=300' }).end()
      return
    }
    if (path.startsWith('/_next/')) {
      note(404)
      response.writeHead(404, { 'cache-control': 'no-store' }).end()
      return
    }
    if (/^\/(?:media\/.*\.(?:jpg|png)$|prints\/)/.test(path)) {
      note(200)
      // As the server has it: browsers and shared caches may keep it, by what the client accepts.
      const kept = { 'cache-control': 'public, max-age=300', vary: 'Accept' }
      response.writeHead(200, kept).end(`answer to ${url}, accept: ${headers.accept}`)
      return
    }
    if (/^\/(?:search|media|api|livez|readyz|health|metrics)/.test(path)) {
      note(200)
      response.writeHead(200, { 'cache-control': 'private, no-store' }).end(`answer to ${url}`)
      return
    }
    if (path.includes('moved')) {
      note(308)
      const location = url.replace('moved', 'found')
      response.writeHead(308, { location, 'cache-control': 'public, max-age=300' }).end()
      return
    }
    const status = upstream.isBroken ? 500 : path.includes('missing') ? 404 : 200
    const body = compress[encoding](textOf(path, upstream.edition))
    const etag = `"${upstream.edition}${encoding === 'identity' ? '' : `.${encoding}`}"`
    const stale = path.includes('short') ? lifetimes.short : lifetimes.staleWhileRevalidate
    const age = `max-age=0, s-maxage=${lifetimes.kept}, stale-while-revalidate=${stale}`
    response.setHeader('cache-control', status === 200 ? `public, ${age}` : 'no-store')
    response.setHeader('vary', 'Accept-Encoding')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (status === 200) response.setHeader('etag', etag)
    if (status === 200 && headers['if-none-match'] === etag) {
      note(304)
      response.writeHead(304).end()
      return
    }
    note(status)
    if (encoding !== 'identity') response.setHeader('content-encoding', encoding)
    response.writeHead(status, { 'content-length': body.length })
    response.end(method === 'HEAD' ? undefined : body)
  }

  return upstream
}

function toEncoding(accepted = ''): keyof typeof compress {
  if (accepted.includes('br')) return 'br'
  return accepted.includes('gzip') ? 'gzip' : 'identity'
}

function isForFramework(path: string, headers: IncomingHttpHeaders): boolean {
  const steering = /^(?:rsc|next-|x-middleware-|x-invoke-|x-matched-path|x-nextjs-|cookie)/
  return path.startsWith('/_next/') || Object.keys(headers).some((name) => steering.test(name))
}
