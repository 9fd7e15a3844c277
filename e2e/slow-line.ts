import { once } from 'node:events'
import { createServer, request, type ServerResponse } from 'node:http'

/** A site behind a line on which pages arrive in pieces, as they do from far away. */
export type SlowLine = {
  url: string
  /** Sends the next piece of the page under way. Returns how many bytes are left; `Infinity` before it has come. */
  sendNext(): number
  close(): Promise<void>
}

/**
 * Stands before the site at `port` and passes everything on. Of the page that is opened (and not of one
 * that answers for a missing picture), only its head: each following piece, of `pieceSize` bytes and up to
 * the end of the next tag, so that many an element has begun and is still empty, is sent when it is asked
 * for.
 */
export async function openSlowLine(port: number, pieceSize: number): Promise<SlowLine> {
  let page: { response: ServerResponse; rest: Buffer } | undefined
  const server = createServer(({ url, headers }, response) => {
    const upstream = request({ port, path: url, headers: { ...headers, 'accept-encoding': '' } })
    upstream.on('error', () => response.destroy())
    upstream.on('response', async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk)
      const body = Buffer.concat(chunks)
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      const start = body.indexOf('<body')
      const isPage = headers['sec-fetch-dest'] === 'document'
      if (!isPage || !answer.headers['content-type']?.startsWith('text/html') || start === -1) {
        response.end(body)
        return
      }
      response.write(body.subarray(0, start))
      page = { response, rest: body.subarray(start) }
    })
    upstream.end()
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const address = server.address()
  return {
    url: `http://localhost:${typeof address === 'object' ? address?.port : ''}`,
    sendNext() {
      if (!page) return Number.POSITIVE_INFINITY
      const { response, rest } = page
      const end = rest.indexOf('>', pieceSize - 1)
      const size = end === -1 ? rest.length : end + 1
      response.write(rest.subarray(0, size))
      page.rest = rest.subarray(size)
      if (page.rest.length > 0) return page.rest.length
      response.end()
      page = undefined
      return 0
    },
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
