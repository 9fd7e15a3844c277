import { describe, expect, it, onTestFinished } from 'vitest'
import { send, serve } from '#bench/evals/test-servers/serve.ts'
import { parseIngestConfig } from '../settings/ingest-config.ts'
import { openFetcher } from './fetch-document.ts'
import type { NetworkOverrides } from './open-agents.ts'
import { isPrivateAddress } from './private-address.ts'

describe('isPrivateAddress', () => {
  it.each([
    '127.0.0.1',
    '127.8.9.1',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fd00::1',
    'fe80::1%eth0',
    'ff02::1',
    'localhost',
  ])('refuses %s', (address) => expect(isPrivateAddress(address)).toBe(true))

  it.each(['1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'lets %s pass',
    (address) => expect(isPrivateAddress(address)).toBe(false),
  )
})

async function open(around: NetworkOverrides = {}) {
  const server = await serve({ '/a': send('here') })
  const { fetch } = parseIngestConfig({ sources: [], fetch: { retries: 0, timeoutSeconds: 2 } })
  const fetching = openFetcher(fetch, { now: () => new Date(), random: () => 0, ...around })
  onTestFinished(async () => {
    await fetching.close()
    await server.close()
  })
  return { server, fetchDocument: fetching.fetchDocument, port: new URL(server.url).port }
}

const guarded = { allowPrivate: false }

describe('a source that is not allowed to be private', () => {
  it.each(['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
    'is not asked at %s',
    async (host) => {
      const { server, fetchDocument, port } = await open()
      await expect(fetchDocument(`http://${host}:${port}/a`, guarded)).rejects.toThrow(/not public/)
      expect(server.requests).toEqual([])
    },
  )

  it('is not asked when its name leads here, or leads here among other places', async () => {
    for (const addresses of [['127.0.0.1'], ['1.1.1.1', '10.0.0.1']]) {
      const { server, fetchDocument, port } = await open({
        resolve: (_, __, done) =>
          done(
            null,
            addresses.map((address) => ({ address, family: 4 })),
          ),
      })
      const asked = fetchDocument(`http://feeds.example:${port}/a`, guarded)
      await expect(asked).rejects.toThrow(/feeds\.example leads to .*not public/)
      expect(server.requests).toEqual([])
    }
  })

  it('cannot redirect to a private address from a public one', async () => {
    // Only 127.0.0.2 is private here, so that there is a public address to begin from.
    const isPrivate = (address: string) => address === '127.0.0.2'
    const { server, fetchDocument, port } = await open({ isPrivate })
    server.answers.set('/away', send('', { location: `http://127.0.0.2:${port}/a` }, 302))
    expect((await fetchDocument(`${server.url}/a`, guarded))?.bytes.toString()).toBe('here')
    await expect(fetchDocument(`${server.url}/away`, guarded)).rejects.toThrow(
      /127\.0\.0\.2.*not public/,
    )
  })

  it('does not hand its headers to another origin', async () => {
    const { server, fetchDocument } = await open()
    const other = await serve({ '/b': send('there') })
    onTestFinished(() => other.close())
    server.answers.set('/away', send('', { location: `${other.url}/b` }, 302))
    const options = { allowPrivate: true, headers: { authorization: 'Apikey secret' } }
    await fetchDocument(`${server.url}/away`, options)
    expect(server.requests[0]?.headers.authorization).toBe('Apikey secret')
    expect(other.requests[0]?.headers.authorization).toBeUndefined()
  })
})

describe('politeness', () => {
  it('asks a host one thing at a time', async () => {
    const { server, fetchDocument } = await open()
    let running = 0
    let most = 0
    server.answers.set('/slow', async (_, response) => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setTimeout(resolve, 30))
      running -= 1
      response.end('x')
    })
    const address = `${server.url}/slow`
    await Promise.all(
      [1, 2, 3, 4].map((number) => fetchDocument(`${address}?${number}`, { allowPrivate: true })),
    )
    expect(most).toBe(1)
  })

  it('does not count waiting for a turn as time of the server', async () => {
    const settings = { fetch: { pauseMilliseconds: 400, timeoutSeconds: 0.3, retries: 0 } }
    const server = await serve({ '/a': send('here'), '/never': () => {} })
    const { fetchDocument, close } = openFetcher(
      parseIngestConfig({ sources: [], ...settings }).fetch,
      { now: () => new Date(), random: () => 0.5, isPrivate: () => false },
    )
    onTestFinished(async () => {
      await close()
      await server.close()
    })
    const documents = await Promise.all(
      [1, 2, 3].map((number) =>
        fetchDocument(`${server.url}/a?${number}`, { allowPrivate: false }),
      ),
    )
    expect(documents.map((document) => document?.bytes.toString())).toEqual(Array(3).fill('here'))
    await expect(fetchDocument(`${server.url}/never`, { allowPrivate: false })).rejects.toThrow(
      /did not answer in time/,
    )
  })
})
