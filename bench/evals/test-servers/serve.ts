import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown

/** A server on this machine for tests. `answers` by path, which may be changed while it runs. */
export type TestServer = {
  url: string
  answers: Map<string, Answer>
  /** Every request so far, in order. */
  requests: { path: string; headers: IncomingMessage['headers']; body: string }[]
  close(): Promise<void>
}

/** Starts a server on a free port of the loopback interface. Unknown paths are 404. */
export async function serve(routes: Record<string, Answer> = {}): Promise<TestServer> {
  const answers = new Map(Object.entries(routes))
  const requests: TestServer['requests'] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const path = request.url ?? '/'
    const body = Buffer.concat(chunks).toString('utf8')
    requests.push({ path, headers: request.headers, body })
    const answer = answers.get(path) ?? answers.get(path.split('?')[0] ?? '')
    if (answer) await answer(request, response)
    else response.writeHead(404).end('nothing here')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    answers,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Answers with a document. */
export function send(
  body: string | Uint8Array,
  headers: Record<string, string> = { 'content-type': 'application/rss+xml' },
  status = 200,
): Answer {
  return (_, response) => response.writeHead(status, headers).end(body)
}
