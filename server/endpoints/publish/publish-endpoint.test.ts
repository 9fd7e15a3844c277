import { describe, expect, it } from 'vitest'
import { silentLog } from '#lib/node/log.ts'
import { serveInTest } from '../../http/serve-in-test.ts'
import { createPublishEndpoint } from './publish-endpoint.ts'
import type { PublishReport } from './publish-report.ts'
import { type PublishRequest, requestPublish } from './publish-request.ts'

const secret = 'a-secret-of-the-desk'

const report: PublishReport = {
  added: 1,
  changed: 0,
  removed: 0,
  unchanged: 3,
  errorCount: 1,
  warningCount: 0,
  problems: [
    {
      severity: 'error',
      file: 'articles/a.md',
      line: 3,
      field: 'category',
      found: 'nothing',
      expected: 'a category name',
    },
  ],
  milliseconds: 12,
}

/** The endpoint on a server of its own, and what it was asked to publish. */
async function open({ isOpen = true, failure = undefined as Error | undefined } = {}) {
  const published: PublishRequest[] = []
  const endpoint = createPublishEndpoint({
    secret: isOpen ? secret : undefined,
    publish: async (wanted) => {
      if (failure) throw failure
      published.push(wanted)
      return report
    },
    log: silentLog,
  })
  const { url: siteUrl } = serveInTest(() => endpoint)
  const ask = (init: RequestInit) => fetch(`${siteUrl}/api/publish`, { method: 'POST', ...init })
  return { ask, published, siteUrl }
}

const authorization = `Bearer ${secret}`

describe('POST /api/publish', () => {
  it('publishes what is asked for and answers with the report', async () => {
    const { ask, published } = await open()
    const whole = await ask({ headers: { authorization } })
    expect([whole.status, await whole.json()]).toEqual([200, report])
    expect(whole.headers.get('cache-control')).toBe('no-store')
    await ask({ headers: { authorization }, body: '{"paths":["articles/a.md"]}' })
    await ask({ headers: { authorization }, body: '{"confirmRemovals":true}' })
    expect(published).toEqual([{}, { paths: ['articles/a.md'] }, { confirmRemovals: true }])
  })

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer wrong',
    `Bearer ${secret}x`,
    `Basic ${secret}`,
    secret,
  ])('answers 401 to the authorization %s', async (wrong) => {
    const { ask, published } = await open()
    const response = await ask(wrong === undefined ? {} : { headers: { authorization: wrong } })
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/)
    expect(published).toEqual([])
  })

  it('is not there without a secret, whatever is shown', async () => {
    const { ask } = await open({ isOpen: false })
    for (const shown of ['Bearer undefined', 'Bearer ', authorization]) {
      expect((await ask({ headers: { authorization: shown } })).status).toBe(404)
    }
  })

  it('answers 400 and a sentence to a request it cannot read', async () => {
    const { ask, published } = await open()
    const response = await ask({ headers: { authorization }, body: '{"paths":["../a.md"]}' })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: expect.stringMatching(/^paths\[0\]: expected/) })
    expect(published).toEqual([])
  })

  it('reads no more than 64 KB', async () => {
    const { ask, published } = await open()
    const padded = (byteLength: number) => ({
      headers: { authorization },
      body: ' '.repeat(byteLength),
    })
    expect((await ask(padded(64 * 1024))).status).toBe(200)
    expect((await ask(padded(64 * 1024 + 1))).status).toBe(413)
    expect(published).toHaveLength(1)
  })

  it('is posted to, not read', async () => {
    const { ask } = await open()
    const response = await ask({ method: 'GET', headers: { authorization } })
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('says why when the content cannot be read', async () => {
    const { ask } = await open({ failure: new Error('The content folder does not exist') })
    const response = await ask({ headers: { authorization } })
    expect([response.status, await response.json()]).toEqual([
      503,
      { error: 'The content folder does not exist' },
    ])
  })
})

describe('requestPublish', () => {
  it('brings the report back', async () => {
    const { siteUrl, published } = await open()
    expect(await requestPublish({ siteUrl, secret, wanted: {} })).toEqual(report)
    expect(await requestPublish({ siteUrl, secret, wanted: { paths: ['a.md'] } })).toEqual(report)
    expect(published).toEqual([{}, { paths: ['a.md'] }])
  })

  it('names the server and its reason when it refuses or is not there', async () => {
    const { siteUrl } = await open()
    const wrong = requestPublish({ siteUrl, secret: 'wrong', wanted: {} })
    await expect(wrong).rejects.toThrow(/\/api\/publish answered 401: .*secret/)
    const nowhere = requestPublish({ siteUrl: 'http://127.0.0.1:1', secret, wanted: {} })
    await expect(nowhere).rejects.toThrow(/127\.0\.0\.1:1\/api\/publish cannot be reached/)
  })
})
