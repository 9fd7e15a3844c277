import { createServer, type IncomingHttpHeaders } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, describe, expect, it } from 'vitest'
import { deliverToHub, deliverToIndexNow } from './deliver.ts'

const servers: ReturnType<typeof createServer>[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

async function listen(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  return `http://localhost:${typeof address === 'object' ? address?.port : ''}/`
}

type Received = { method: string | undefined; headers: IncomingHttpHeaders; body: string }

/** Answers every request with a status, and remembers it. */
async function answerWith(status: number, headers: Record<string, string> = {}) {
  const received: Received[] = []
  const url = await listen(async (request, response) => {
    received.push({ method: request.method, headers: request.headers, body: await text(request) })
    response.writeHead(status, headers).end('noted')
  })
  return { url, received }
}

describe('delivering', () => {
  it('posts the feeds to a hub as a form', async () => {
    const { url, received } = await answerWith(204)
    const feeds = ['https://dateline.test/rss.xml', 'https://dateline.test/atom.xml']
    expect(await deliverToHub(url)(feeds)).toEqual({ kind: 'delivered' })
    const [{ method, headers, body } = { method: '', headers: {}, body: '' }] = received
    expect([method, headers['content-type']]).toEqual([
      'POST',
      'application/x-www-form-urlencoded;charset=UTF-8',
    ])
    const form = new URLSearchParams(body)
    expect([form.get('hub.mode'), form.getAll('hub.url')]).toEqual(['publish', feeds])
  })

  it('posts pages to IndexNow as JSON, with the key and its address', async () => {
    const { url: endpoint, received } = await answerWith(202)
    const deliver = deliverToIndexNow({
      endpoint,
      key: 'abcd1234',
      siteUrl: 'https://dateline.test',
    })
    expect(await deliver(['https://dateline.test/article/a'])).toEqual({ kind: 'delivered' })
    expect(received[0]?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(received[0]?.body ?? '')).toEqual({
      host: 'dateline.test',
      key: 'abcd1234',
      keyLocation: 'https://dateline.test/abcd1234.txt',
      urlList: ['https://dateline.test/article/a'],
    })
  })

  it('tries a target later that does not answer in time', async () => {
    const url = await listen(() => {})
    expect(await deliverToHub(url, 50)(['https://dateline.test/rss.xml'])).toMatchObject({
      kind: 'later',
    })
  })

  it('tries a target later that hangs up or is not there, and says which', async () => {
    const hangsUp = await listen((request) => request.socket.destroy())
    expect(await deliverToHub(hangsUp)(['a'])).toMatchObject({
      kind: 'later',
      reason: 'other side closed',
    })
    expect(await deliverToHub('http://localhost:1/')(['a'])).toMatchObject({
      kind: 'later',
      reason: expect.stringMatching(/ECONNREFUSED|bad port/),
    })
  })

  it.each([408, 425, 429, 500, 502, 503])('tries again after %d', async (status) => {
    const { url } = await answerWith(status)
    expect((await deliverToHub(url)(['a'])).kind).toBe('later')
  })

  it.each([400, 403, 404, 410, 422])('does not try again after %d', async (status) => {
    const { url } = await answerWith(status)
    expect((await deliverToHub(url)(['a'])).kind).toBe('refused')
  })

  it.each([301, 302, 303, 307, 308])('takes no redirect for a yes: %d', async (status) => {
    const { url: elsewhere, received } = await answerWith(200)
    const { url } = await answerWith(status, { location: elsewhere })
    expect(await deliverToHub(url)(['a'])).toMatchObject({
      kind: 'later',
      reason: `it answered ${status}`,
    })
    expect(received).toEqual([])
  })

  it('reads how long to wait, in seconds and as a date', async () => {
    const inSeconds = await answerWith(429, { 'retry-after': '120' })
    expect(await deliverToHub(inSeconds.url)(['a'])).toMatchObject({ afterMs: 120_000 })
    const date = new Date(Date.now() + 3_600_000).toUTCString()
    const asDate = await answerWith(503, { 'retry-after': date })
    const delivery = await deliverToHub(asDate.url)(['a'])
    expect(delivery.kind === 'later' && delivery.afterMs).toBeGreaterThan(3_500_000)
  })
})
