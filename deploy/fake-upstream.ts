import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliCompressSync, gzipSync } from 'node:zlib'

/** Lifetimes in seconds: those of the site divided by some ten, so that a test can outlive them. */
export const lifetimes = { kept: 1, staleWhileRevalidate: 2 }

/**
 * Answers as the site does: every path under `/article/` is a page, compressed as asked for, with a
 * strong ETag per encoding; `missing` among the segments makes it a 404, `moved` a redirect.
 */
export type Upstream = {
  /** What was asked for so far: method, address, encoding, and the status it was answered with. */
  asked: string[]
  /** Changes what every page says. */
  edition: string
  /** How long an answer takes, in ms. */
  delay: number
  /** Answers every page with 500 as long as it is set. */
  isBroken: boolean
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
    edition: 'first',
    delay: 0,
    isBroken: false,
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
    const tell = (status: number) =>
      upstream.asked.push(`${method} ${url} ${headers['accept-encoding']} ${status}`)
    if (upstream.delay > 0) await wait(upstream.delay)

    if (path.startsWith('/search') || path === '/health') {
      tell(200)
      response.writeHead(200, { 'cache-control': 'private, no-store' }).end(`answer to ${url}`)
      return
    }
    if (path.includes('moved')) {
      tell(308)
      const location = url.replace('moved', 'found')
      response.writeHead(308, { location, 'cache-control': 'public, max-age=300' }).end()
      return
    }
    const status = upstream.isBroken ? 500 : path.includes('missing') ? 404 : 200
    const body = compress[encoding](textOf(path, upstream.edition))
    const etag = `"${upstream.edition}${encoding === 'identity' ? '' : `.${encoding}`}"`
    const { kept, staleWhileRevalidate } = lifetimes
    const age = `max-age=0, s-maxage=${kept}, stale-while-revalidate=${staleWhileRevalidate}`
    response.setHeader('cache-control', status === 200 ? `public, ${age}` : 'no-store')
    response.setHeader('vary', 'Accept-Encoding')
    response.setHeader('content-type', 'text/html; charset=utf-8')
    if (status === 200) response.setHeader('etag', etag)
    if (status === 200 && headers['if-none-match'] === etag) {
      tell(304)
      response.writeHead(304).end()
      return
    }
    tell(status)
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
