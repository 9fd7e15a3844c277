import { describe, expect, it } from 'vitest'
import { serveInTest } from '../http/serve-in-test.ts'
import { createServiceWorkerEndpoint, toSiteWorker } from './service-worker-endpoint.ts'

function open(script: string) {
  const endpoint = createServiceWorkerEndpoint(script)
  const { ask } = serveInTest([{ name: 'worker', find: () => endpoint }])
  return (init?: RequestInit) => ask('/sw.js', init)
}

it('names the pages of every language to the worker', () => {
  const worker = toSiteWorker('addEventListener("fetch", () => {})')
  const read = new Function('addEventListener', `${worker}\nreturn { fixedPages, defaultLanguage }`)
  expect(read(() => {})).toEqual({
    fixedPages: {
      offline: { en: '/offline', uk: '/uk/offline' },
      saved: { en: '/saved', uk: '/uk/saved' },
    },
    defaultLanguage: 'en',
  })
})

describe('createServiceWorkerEndpoint', () => {
  it.each(['br', 'gzip', 'identity'])(
    'sends the worker in %s, to be asked for each time',
    async (encoding) => {
      const script = 'addEventListener("fetch", () => {})\n'.repeat(100)
      const answer = await open(script)({ headers: { 'accept-encoding': encoding } })
      expect(await answer.text()).toBe(script)
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding)
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
