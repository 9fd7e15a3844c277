import { createServer } from 'node:http'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createServiceWorkerEndpoint } from './service-worker-endpoint.ts'

function open(script: string) {
  const server = createServer(createServiceWorkerEndpoint(script)).listen(0)
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return (init?: RequestInit) => fetch(`http://127.0.0.1:${port}/sw.js`, init)
}

describe('createServiceWorkerEndpoint', () => {
  it.each(['br', 'gzip', 'identity'])(
    'sends the worker in %s, to be asked for each time',
    async (encoding) => {
      const answer = await open('addEventListener')({ headers: { 'accept-encoding': encoding } })
      expect(await answer.text()).toBe('addEventListener')
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
    },
  )

  it('says 304 to who has it, and 405 to who would change it', async () => {
    const ask = open('addEventListener')
    const etag = (await ask()).headers.get('etag') ?? ''
    expect((await ask({ headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await ask({ method: 'POST' })).status).toBe(405)
  })
})
