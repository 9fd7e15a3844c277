import { createServer } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { deliverToHub } from './deliver.ts'

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

describe('delivering', () => {
  it('gives up on a listener that does not answer in time, for now', async () => {
    const url = await listen(() => {})
    expect(await deliverToHub(url, 50)(['https://dateline.test/rss.xml'])).toMatchObject({
      kind: 'again',
    })
  })

  it('takes a listener that hangs up, or is not there, for one that may come back', async () => {
    const hangsUp = await listen((request) => request.socket.destroy())
    expect((await deliverToHub(hangsUp)(['a'])).kind).toBe('again')
    expect((await deliverToHub('http://localhost:1/')(['a'])).kind).toBe('again')
  })

  it('reads how long to wait, in seconds and as a date', async () => {
    const inSeconds = await listen((_, response) =>
      response.writeHead(429, { 'retry-after': '120' }).end(),
    )
    expect(await deliverToHub(inSeconds)(['a'])).toMatchObject({ afterMs: 120_000 })
    const date = new Date(Date.now() + 3_600_000).toUTCString()
    const asDate = await listen((_, response) =>
      response.writeHead(503, { 'retry-after': date }).end(),
    )
    const delivery = await deliverToHub(asDate)(['a'])
    expect(delivery.kind === 'again' && delivery.afterMs).toBeGreaterThan(3_500_000)
  })
})
