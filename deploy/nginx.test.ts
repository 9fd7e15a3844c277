import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createUpstream, lifetimes, textOf, type Upstream } from './fake-upstream.ts'
import { findFreePort, findNginx, type NginxProcess, startNginx } from './nginx-process.ts'

const nginx = findNginx()
const title = nginx ? 'nginx in front of the site' : 'nginx (skipped: it is not installed)'

/** For what has to happen within milliseconds: a busy machine may try again. */
const inTime = { retry: 3 }

// Lifetimes are told in whole seconds: some tests have to wait for a few of them to pass.
describe.skipIf(!nginx)(title, { timeout: 20_000 }, () => {
  let folder: string
  let upstream: Upstream
  let proxy: NginxProcess
  let standInPort: number

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dateline-nginx-'))
    const [publicDir, assetsDir] = [join(folder, 'public'), join(folder, 'assets')]
    await mkdir(join(publicDir, 'covers'), { recursive: true })
    await writeFile(join(publicDir, 'covers', 'vault.webp'), 'a picture')
    await mkdir(join(assetsDir, '_next/static/chunks'), { recursive: true })
    const css = join(assetsDir, '_next/static/chunks/0af.css')
    await writeFile(css, 'p{}'.repeat(500))
    await writeFile(`${css}.gz`, gzipSync('packed beforehand'))
    const serverPort = await findFreePort()
    upstream = createUpstream(serverPort)
    await upstream.listen()
    standInPort = await findFreePort()
    const port = await findFreePort()
    const settings = { folder, port, serverPort, standInPort, publicDir, assetsDir }
    proxy = await startNginx(nginx ?? '', settings)
  })

  afterAll(async () => {
    await proxy?.stop()
    await upstream?.close()
    await rm(folder, { recursive: true })
  })

  afterEach(() => {
    Object.assign(upstream, { asked: [], edition: 'first', delay: 0, isBroken: false })
  })

  type Asked = { method?: string; headers?: Record<string, string> }

  function ask(path: string, { method = 'GET', headers = {} }: Asked = {}) {
    return new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>(
      (resolve, reject) => {
        const asked = request(`${proxy.url}${path}`, { method, headers }, async (response) => {
          const body = Buffer.concat(await response.toArray())
          const entries = Object.entries(response.headers)
          const names = Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
          resolve({ status: response.statusCode ?? 0, headers: names, body })
        })
        asked.once('error', reject).end()
      },
    )
  }

  const textAt = async (path: string) => (await ask(path)).body.toString()
  const statusOf = async (path: string) => (await ask(path)).headers['cache-status']
  const freshPath = () => `/article/at-${performance.now()}`
  const untilExpired = () => wait(lifetimes.kept * 1000 + 1050)

  it('answers from its own copy when it has one', async () => {
    expect(await textAt('/article/hit')).toBe(textOf('/article/hit', 'first'))
    expect(await textAt('/article/hit')).toBe(textOf('/article/hit', 'first'))
    expect(await statusOf('/article/hit')).toBe('nginx; hit')
    expect(upstream.asked).toEqual(['GET /article/hit identity 200'])
  })

  it('sends the page it has while it fetches the next one', inTime, async () => {
    const path = freshPath()
    await ask(path)
    await untilExpired()
    Object.assign(upstream, { edition: 'second', delay: 300 })
    const startedAt = performance.now()
    expect(await textAt(path)).toBe(textOf(path, 'first'))
    // Under the 200 ms that Linux may hold back the end of an answer.
    expect(performance.now() - startedAt).toBeLessThan(190)
    await wait(500)
    expect(await textAt(path)).toBe(textOf(path, 'second'))
    expect(upstream.asked).toHaveLength(2)
  })

  it('sends no page that is older than the server allows', async () => {
    await ask('/article/forgotten')
    await untilExpired()
    await wait(lifetimes.staleWhileRevalidate * 1000)
    upstream.edition = 'second'
    expect(await textAt('/article/forgotten')).toBe(textOf('/article/forgotten', 'second'))
  })

  it('asks whether a page is what it was, and keeps it when it is', async () => {
    await ask('/article/same')
    await untilExpired()
    await ask('/article/same')
    await wait(100)
    expect(await statusOf('/article/same')).toBe('nginx; hit')
    expect(upstream.asked.at(-1)).toBe('GET /article/same identity 304')
  })

  it('sends what it has when the server is down or broken', async () => {
    await ask('/article/lasting')
    await untilExpired()
    await wait(lifetimes.staleWhileRevalidate * 1000)
    upstream.isBroken = true
    expect(await textAt('/article/lasting')).toBe(textOf('/article/lasting', 'first'))
    await upstream.close()
    try {
      const { headers, body } = await ask('/article/lasting')
      expect(body.toString()).toBe(textOf('/article/lasting', 'first'))
      expect(headers['cache-status']).toBe('nginx; hit; detail=stale')
      const { status, headers: sent } = await ask('/article/unseen')
      expect([status, sent['retry-after'], sent['cache-control']]).toEqual([503, '5', 'no-store'])
    } finally {
      await upstream.listen()
    }
    upstream.isBroken = false
    expect((await ask('/article/unseen')).status).toBe(200)
  })

  it('asks the stand-in while the server restarts', async () => {
    const standIn = createUpstream(standInPort)
    await standIn.listen()
    await upstream.close()
    try {
      expect(await textAt('/article/meanwhile')).toBe(textOf('/article/meanwhile', 'first'))
      expect(standIn.asked).toHaveLength(1)
    } finally {
      await upstream.listen()
      await standIn.close()
    }
  })

  it('lets one of many who ask at once go to the server', inTime, async () => {
    const path = freshPath()
    upstream.delay = 30
    await Promise.all(Array.from({ length: 20 }, () => ask(path)))
    expect(upstream.asked).toHaveLength(1)
  })

  it('keeps no missing page, no broken one and no redirect', async () => {
    for (const path of ['/article/missing', '/article/moved?from=feed']) {
      expect(await statusOf(path)).toBe('nginx; fwd=uri-miss')
      expect(await statusOf(path)).toBe('nginx; fwd=uri-miss')
    }
    upstream.isBroken = true
    expect((await ask('/article/mended')).status).toBe(500)
    upstream.isBroken = false
    expect((await ask('/article/mended')).status).toBe(200)
    const { headers } = await ask('/article/moved?from=mail')
    expect(headers.location).toBe('/article/found?from=mail')
  })

  it('answers HEAD from the page, and keeps the page for a HEAD', async () => {
    const { headers, body } = await ask('/article/head', { method: 'HEAD' })
    expect(Number(headers['content-length'])).toBe(textOf('/article/head', 'first').length)
    expect(body).toHaveLength(0)
    expect(await textAt('/article/head')).toBe(textOf('/article/head', 'first'))
    expect(upstream.asked).toEqual(['GET /article/head identity 200'])
  })

  it('says 304 to a reader who holds the page', async () => {
    const { etag = '' } = (await ask('/article/held')).headers
    const again = await ask('/article/held', { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.etag, again.body.length]).toEqual([304, etag, 0])
    const other = await ask('/article/held', { headers: { 'if-none-match': '"other"' } })
    expect(other.status).toBe(200)
    expect(upstream.asked).toHaveLength(1)
  })

  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['BR', 'br'],
    ['gzip;q=1.0, br;q=0', 'gzip'],
    ['gzip, br;q=0.000', 'gzip'],
    ['br;q=0.1,gzip', 'br'],
    ['x-gzip', 'gzip'],
    ['gzip;q=0', 'identity'],
    ['deflate, brotli', 'identity'],
    ['', 'identity'],
  ] as const)('answers the wish %j with %s', async (wish, encoding) => {
    const decode = { br: brotliDecompressSync, gzip: gunzipSync, identity: (body: Buffer) => body }
    const path = '/article/encoded'
    const { headers, body } = await ask(path, { headers: { 'accept-encoding': wish } })
    expect(headers['content-encoding']).toBe(encoding === 'identity' ? undefined : encoding)
    expect(headers.vary).toContain('Accept-Encoding')
    expect(headers.etag).toMatch(/^"first/)
    expect(decode[encoding](body).toString()).toBe(textOf(path, 'first'))
  })

  it('keeps three variants of a page, however the wish and the address are spelled', async () => {
    await wait(100)
    const before = await countKept()
    for (const wish of ['br', 'br, gzip', 'gzip', 'gzip;q=0.9', '', 'deflate', 'zstd, gzip']) {
      for (const path of ['/article/spelled', '/article/sp%65lled', '/article/spelled?utm=x']) {
        for (const host of ['dateline.example', 'other.example']) {
          await ask(path, { headers: { 'accept-encoding': wish, host } })
        }
      }
    }
    expect((await countKept()) - before).toBe(3)
    expect(upstream.asked).toHaveLength(3)
  })

  async function countKept(): Promise<number> {
    const found = await readdir(join(folder, 'cache'), { recursive: true, withFileTypes: true })
    return found.filter((file) => file.isFile()).length
  }

  it('asks anew for what depends on its query, and keeps none of it', async () => {
    expect(await textAt('/search?q=vault')).toBe('answer to /search?q=vault')
    expect(await textAt('/search?q=peg')).toBe('answer to /search?q=peg')
    await ask('/uk/search?q=peg')
    await ask('/search?q=peg')
    expect(upstream.asked).toHaveLength(4)
  })

  it('keeps a feed by what it was asked to hold', async () => {
    const [hacks, layers] = ['/rss.xml?tag=hack', '/uk/category/defi/feed.json?tag=layer-2']
    for (const path of [hacks, layers, '/rss.xml', hacks, layers, '/rss.xml']) await ask(path)
    expect(upstream.asked).toHaveLength(3)
    expect(await statusOf(hacks)).toBe('nginx; hit')
  })

  it('never answers a POST from its copies', async () => {
    await ask('/article/posted')
    await ask('/article/posted', { method: 'POST' })
    await ask('/article/posted', { method: 'POST' })
    const posted = 'POST /article/posted identity 200'
    expect(upstream.asked.slice(1)).toEqual([posted, posted])
  })

  it('limits how often one address may search', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await ask('/search?q=flood')).status),
    )
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(20)
  })

  it('sends files from the disk, built ones for good', async () => {
    const css = await ask('/_next/static/chunks/0af.css')
    expect([css.status, css.headers['content-type']]).toEqual([200, 'text/css'])
    expect(css.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    const packed = await ask('/_next/static/chunks/0af.css', {
      headers: { 'accept-encoding': 'gzip' },
    })
    expect(gunzipSync(packed.body).toString()).toBe('packed beforehand')
    const cover = await ask('/covers/vault.webp?w=2')
    expect([cover.body.toString(), cover.headers['content-type']]).toEqual([
      'a picture',
      'image/webp',
    ])
    expect(cover.headers['cache-control']).toContain('max-age=3600')
    expect(upstream.asked).toEqual([])
  })

  it('asks the site for the service worker each time', async () => {
    await Promise.all([ask('/sw.js'), ask('/sw.js')])
    expect((await ask('/sw.js')).headers['cache-control']).not.toContain('3600')
    expect(upstream.asked).toHaveLength(3)
  })

  it('leaves what only looks like a file to the site', async () => {
    expect(await textAt('/article/rss.xml')).toBe(textOf('/article/rss.xml', 'first'))
    expect((await ask('/covers')).body.toString()).toBe(textOf('/covers', 'first'))
    expect(await statusOf('/article/rss.xml')).toBe('nginx; hit')
  })

  it('tells of the health of the site on the machine itself', async () => {
    expect(await textAt('/health')).toBe('answer to /health')
  })
})
