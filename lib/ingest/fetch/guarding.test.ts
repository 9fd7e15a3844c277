import { describe, expect, it, onTestFinished } from 'vitest'
import { type Answer, send, serve } from '#bench/evals/test-servers/serve.ts'
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

  it('cannot redirect from a private address that is allowed to one on another host', async () => {
    const { server, fetchDocument, port } = await open()
    const allowed = { allowPrivate: true }
    server.answers.set('/here', send('', { location: `${server.url}/a` }, 302))
    expect((await fetchDocument(`${server.url}/here`, allowed))?.bytes.toString()).toBe('here')
    for (const host of ['127.0.0.2', '169.254.169.254', '[::1]', 'localhost']) {
      server.answers.set('/away', send('', { location: `http://${host}:${port}/a` }, 302))
      await expect(fetchDocument(`${server.url}/away`, allowed)).rejects.toThrow(/not public/)
    }
    expect(server.requests.filter(({ path }) => path === '/a')).toHaveLength(1)
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

describe('requests', () => {
  /** Answers when the test says so, and records how many requests wait at the same time. */
  async function openSlowServer() {
    const paths: string[] = []
    const answers: (() => void)[] = []
    const answer: Answer = (request, response) => {
      paths.push(request.url ?? '')
      answers.push(() => send('here')(request, response))
    }
    const server = await serve({ '/1': answer, '/2': answer, '/3': answer })
    onTestFinished(() => server.close())
    return { server, paths, answerNext: () => answers.shift()?.() }
  }

  function openOwnFetcher(changes: object) {
    const { fetch } = parseIngestConfig({ sources: [], fetch: { retries: 0, ...changes } })
    const fetcher = openFetcher(fetch, { now: () => new Date(), random: () => 0 })
    onTestFinished(() => fetcher.close())
    return (url: string) => fetcher.fetchDocument(url, { allowPrivate: true })
  }

  it('to one host are made one after another, in the order in which they came', async () => {
    const { server, paths, answerNext } = await openSlowServer()
    const fetch = openOwnFetcher({})
    const all = ['/1', '/2', '/3'].map((path) => fetch(server.url + path))
    for (const path of ['/1', '/2', '/3']) {
      await expect.poll(() => paths.at(-1)).toBe(path)
      expect(paths).toHaveLength(Number(path.slice(1)))
      answerNext()
    }
    expect((await Promise.all(all)).map((one) => one?.bytes.toString())).toEqual(
      Array.from({ length: 3 }, () => 'here'),
    )
  })

  it('to several hosts are made at the same time, as many as the settings say', async () => {
    const servers = [await openSlowServer(), await openSlowServer(), await openSlowServer()]
    const fetch = openOwnFetcher({ atOnce: 2 })
    const all = servers.map(({ server }) => fetch(`${server.url}/1`))
    const count = () => servers.reduce((sum, { paths }) => sum + paths.length, 0)
    await expect.poll(count).toBe(2)
    expect(servers[2]?.paths).toEqual([])
    servers[0]?.answerNext()
    await expect.poll(count).toBe(3)
    for (const { answerNext } of servers) answerNext()
    await Promise.all(all)
  })

  it('that fail let the next request to their host go on', async () => {
    const server = await serve({ '/1': send('', {}, 404), '/2': send('here') })
    onTestFinished(() => server.close())
    const fetch = openOwnFetcher({})
    const [first, second] = await Promise.allSettled([
      fetch(`${server.url}/1`),
      fetch(`${server.url}/2`),
    ])
    expect(first.status).toBe('rejected')
    expect(second.status).toBe('fulfilled')
  })
})
