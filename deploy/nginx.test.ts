import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as wait } from 'node:timers/promises'
import { brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { feedFiles } from '#lib/site/routes.ts'
import { type Asked, askAt } from './ask-nginx.ts'
import { createUpstream, lifetimes, textOf, type Upstream } from './fake-upstream.ts'
import { findFreePort, findNginx, type NginxProcess, startNginx } from './nginx-process.ts'

const nginx = findNginx()
const patience = { timeout: 30_000, interval: 20 }
const title = nginx ? 'nginx in front of the site' : 'nginx (skipped: it is not installed)'

it('keeps the feeds of the site by their query, and nothing else', async () => {
  const configuration = await readFile(join(import.meta.dirname, 'dateline.nginx.conf'), 'utf8')
  const names = Object.values(feedFiles).map((name) => name.replace('.', '\\.'))
  const location = `location ~ ^(?!(?:/[a-z][a-z][a-z]?)?/article/).*/(?:${names.join('|')})$ {`
  expect(configuration.split('\n').map((line) => line.trim())).toContain(location)
})

// Lifetimes are whole seconds: some tests have to wait until one has passed.
describe.skipIf(!nginx)(title, { timeout: 60_000 }, () => {
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
    const servers = { server: serverPort, standIn: standInPort }
    const settings = { folder, port, servers, publicDir, assetsDir }
    proxy = await startNginx(nginx ?? '', settings)
  }, 60_000)

  afterAll(async () => {
    await proxy?.stop()
    await upstream?.close()
    await rm(folder, { recursive: true })
  })

  afterEach(() => {
    const held = Promise.resolve()
    const usual = { edition: 'first', held, isBroken: false, isStarting: false, isTrusting: false }
    Object.assign(upstream, { asked: [], askedWith: [], ...usual })
  })

  const ask = (path: string, asked?: Asked) => askAt(`${proxy.url}${path}`, asked)
  const textAt = async (path: string) => (await ask(path)).body.toString()
  const statusOf = async (path: string) => (await ask(path)).headers['cache-status']
  let lastNumber = 0
  const freshPath = () => `/article/number-${++lastNumber}`
  const untilExpired = () => wait((lifetimes.kept + 1) * 1000 + 50)
  const untilTooStale = () => wait((lifetimes.kept + lifetimes.short + 1) * 1000 + 50)

  /** The second request for a page puts it into the cache. */
  async function keep(path: string, asked?: Asked): Promise<void> {
    await ask(path, asked)
    await ask(path, asked)
  }

  /** Sends a path as it is spelled, which `fetch` and `URL` would not. */
  async function sendRaw(path: string, headers: Record<string, string> = {}): Promise<string> {
    const socket = connect(Number(new URL(proxy.url).port), '127.0.0.1')
    const lines = Object.entries({ host: 'dateline.example', connection: 'close', ...headers })
    const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')
    // Not ended: nginx drops the request of a client that closes its half.
    socket.write(`GET ${path} HTTP/1.1\r\n${head}\r\n`)
    return await text(socket)
  }

  it('answers from its own copy when it has one', async () => {
    await keep('/article/hit')
    expect(await textAt('/article/hit')).toBe(textOf('/article/hit', 'first'))
    expect(await statusOf('/article/hit')).toBe('nginx; hit')
    const asked = 'GET /article/hit identity 200'
    expect(upstream.asked).toEqual([asked, asked])
  })

  it('sends the page it has while it fetches the next one', async () => {
    const path = freshPath()
    await keep(path)
    await untilExpired()
    const { promise, resolve } = Promise.withResolvers<void>()
    Object.assign(upstream, { edition: 'second', held: promise })
    expect(await textAt(path)).toBe(textOf(path, 'first'))
    resolve()
    await vi.waitUntil(async () => (await textAt(path)) === textOf(path, 'second'), patience)
    expect(upstream.asked).toHaveLength(3)
  })

  it('sends no page that is older than the server allows', async () => {
    const path = '/article/short-forgotten'
    await keep(path)
    await untilTooStale()
    upstream.edition = 'second'
    expect(await textAt(path)).toBe(textOf(path, 'second'))
  })

  it('asks whether a page is what it was, and keeps it when it is', async () => {
    await keep('/article/same')
    await untilExpired()
    await ask('/article/same')
    const asked = 'GET /article/same identity 304'
    await vi.waitUntil(() => upstream.asked.at(-1) === asked, patience)
    await vi.waitUntil(async () => (await statusOf('/article/same')) === 'nginx; hit', patience)
  })

  it('sends what it has when the server is down or broken', async () => {
    const path = '/article/short-memoizePerEpoch'
    await keep(path)
    await untilTooStale()
    upstream.isBroken = true
    expect(await textAt(path)).toBe(textOf(path, 'first'))
    await upstream.close()
    try {
      const { headers, body } = await ask(path)
      expect(body.toString()).toBe(textOf(path, 'first'))
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

  it('asks the stand-in until the server is ready', async () => {
    const standIn = createUpstream(standInPort)
    await standIn.listen()
    upstream.isStarting = true
    try {
      const path = freshPath()
      expect(await textAt(path)).toBe(textOf(path, 'first'))
      expect([upstream.asked.length, standIn.asked.length]).toEqual([1, 1])
    } finally {
      await standIn.close()
    }
  })

  it('passes on that the server has too many searches', async () => {
    upstream.isStarting = true
    const { status, headers, body } = await ask('/search?q=peg', { from: '127.0.0.6' })
    expect([status, headers['retry-after'], body.toString()]).toEqual([503, '7', 'not ready'])
  })

  it('lets one of many who ask at once go to the server', async () => {
    const path = freshPath()
    await ask(path)
    const { promise, resolve } = Promise.withResolvers<void>()
    upstream.held = promise
    const many = Array.from({ length: 20 }, () => ask(path))
    resolve()
    await Promise.all(many)
    expect(upstream.asked).toHaveLength(2)
  })

  it('keeps no missing page, no broken one and no redirect', async () => {
    for (const path of ['/article/missing', '/article/moved?from=feed']) {
      await keep(path)
      expect(await statusOf(path)).toBe('nginx; fwd=uri-miss')
    }
    upstream.isBroken = true
    await keep('/article/mended')
    expect((await ask('/article/mended')).status).toBe(500)
    upstream.isBroken = false
    expect((await ask('/article/mended')).status).toBe(200)
    const { headers } = await ask('/article/moved?from=mail')
    expect(headers.location).toBe('/article/found?from=mail')
  })

  it('answers HEAD from the page, and keeps the page for a HEAD', async () => {
    await keep('/article/head', { method: 'HEAD' })
    const { headers, body } = await ask('/article/head', { method: 'HEAD' })
    expect(Number(headers['content-length'])).toBe(textOf('/article/head', 'first').length)
    expect(body).toHaveLength(0)
    expect(await textAt('/article/head')).toBe(textOf('/article/head', 'first'))
    const asked = 'GET /article/head identity 200'
    expect(upstream.asked).toEqual([asked, asked])
  })

  it('says 304 to a reader who holds the page', async () => {
    await keep('/article/held')
    const { etag = '' } = (await ask('/article/held')).headers
    const again = await ask('/article/held', { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.etag, again.body.length]).toEqual([304, etag, 0])
    const other = await ask('/article/held', { headers: { 'if-none-match': '"other"' } })
    expect(other.status).toBe(200)
    expect(upstream.asked).toHaveLength(2)
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

  it('keeps three variants of a page, whatever the wish, the query and the host', async () => {
    const before = await countKept()
    for (const wish of ['br', 'br, gzip', 'gzip', 'gzip;q=0.9', '', 'deflate', 'zstd, gzip']) {
      for (const path of ['/article/spelled', '/article/spelled?utm=x']) {
        for (const host of ['dateline.example', 'other.example']) {
          await ask(path, { headers: { 'accept-encoding': wish, host } })
        }
      }
    }
    expect(upstream.asked).toHaveLength(6)
    expect((await countKept()) - before).toBe(3)
  })

  it('keeps nothing of what is asked for once, and nothing that is not found', async () => {
    const before = await countKept()
    for (let number = 0; number < 50; number += 1) await ask(freshPath())
    for (let number = 0; number < 50; number += 1) await keep(`/tag/missing-${number}/newest.json`)
    expect((await countKept()) - before).toBe(0)
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
    expect(upstream.asked).toHaveLength(6)
    for (const path of [hacks, layers, '/rss.xml']) {
      expect(await statusOf(path)).toBe('nginx; hit')
      expect(await textAt(path)).toContain(textOf(path.replace(/\?.*/, ''), 'first'))
    }
  })

  it('never answers a POST from its copies', async () => {
    await keep('/article/posted')
    await ask('/article/posted', { method: 'POST' })
    await ask('/article/posted', { method: 'POST' })
    const posted = 'POST /article/posted identity 200'
    expect(upstream.asked.slice(2)).toEqual([posted, posted])
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
    await ask('/article/rss.xml')
    expect(await statusOf('/article/rss.xml')).toBe('nginx; hit')
  })

  it.each(['/livez', '/readyz', '/health', '/metrics'])(
    'shows %s on the machine itself, and to nobody else',
    async (path) => {
      const headers = { authorization: 'Bearer of-a-collector' }
      expect((await ask(path, { headers })).body.toString()).toBe(`answer to ${path}`)
      expect(upstream.askedWith[0]).toMatchObject(headers)
      const forged = { 'x-real-ip': '127.0.0.1', 'x-forwarded-for': '127.0.0.1' }
      const elsewhere = await ask(path, { from: '127.0.0.2', headers: forged })
      expect([elsewhere.status, elsewhere.headers['cache-control']]).toEqual([404, 'no-store'])
      expect(upstream.asked).toHaveLength(1)
    },
  )

  it('gives each client the picture in a format that it takes, with and without a width', async () => {
    for (const path of ['/media/photo.jpg?w=800', '/media/photo.jpg', '/media/a/photo.png?w=96']) {
      for (const accept of ['image/avif', 'image/webp', '*/*', 'image/avif', '*/*']) {
        const { body, headers } = await ask(path, { headers: { accept } })
        expect(body.toString()).toBe(`answer to ${path}, accept: ${accept}`)
        expect(headers.vary).toBe('Accept')
      }
    }
  })

  it('keeps the art of an article in each width and format, and sends no other', async () => {
    const accepts = ['image/webp,image/avif;q=0.9', 'image/avif;q=0,image/webp', '', 'text/html']
    const kept: string[] = []
    for (const path of [
      '/prints/1/defi/a?w=336',
      '/prints/1/defi/a?w=1200',
      '/prints/1/defi/a.b?w=96',
    ]) {
      for (const accept of accepts) {
        await keep(path, { headers: { accept } })
        kept.push((await ask(path, { headers: { accept } })).body.toString())
      }
    }
    const taken = ['image/avif', 'image/webp', '*/*', '*/*']
    expect(kept.slice(4, 8)).toEqual(
      taken.map((accept) => `answer to /prints/1/defi/a?w=1200, accept: ${accept}`),
    )
    expect(new Set(kept).size).toBe(9)
    expect(upstream.asked).toHaveLength(18)
  })

  it('passes everything of the desk on under its own name, with cookies, and keeps nothing', async () => {
    const host = 'desk.dateline.example'
    const headers = {
      host,
      cookie: '__Host-desk=a',
      origin: `https://${host}`,
      'x-forwarded-for': '6.6.6.6',
    }
    for (const path of [
      '/desk',
      '/desk/review/articles/en/2026/11/a.md',
      '/media/a.jpg',
      '/desk',
    ]) {
      await ask(path, { headers, from: '127.0.0.8' })
    }
    await ask('/desk/approve/a.md', { method: 'POST', headers, from: '127.0.0.8' })
    expect(upstream.asked).toHaveLength(5)
    for (const given of upstream.askedWith) {
      expect(given).toMatchObject({ ...headers, 'x-forwarded-for': '127.0.0.8' })
    }
    const flood = Array.from(
      { length: 90 },
      async () => (await ask('/desk', { headers, from: '127.0.0.9' })).status,
    )
    expect((await Promise.all(flood)).filter((status) => status === 429).length).toBeGreaterThan(10)
    expect(await sendRaw('/desk/../health', { host })).toMatch(/^HTTP\/1\.1 400/)
  })

  it('passes parts of media on, and keeps none of them', async () => {
    const headers = { range: 'bytes=0-99', 'if-none-match': '"a"' }
    for (let times = 0; times < 3; times += 1) await ask('/media/interview.mp4', { headers })
    expect(upstream.asked).toHaveLength(3)
    expect(upstream.askedWith[2]).toMatchObject(headers)
  })

  it('says 404 to the framework’s other addresses, and keeps none of them', async () => {
    const from = '127.0.0.3'
    for (const path of ['/_next/image', '/_next/x', '/_next/static/gone.js']) {
      await keep(path, { from })
      expect((await ask(path, { from })).status).toBe(404)
    }
    expect(upstream.asked).toHaveLength(9)
  })

  /** Headers by which a client may steer the framework, or make an answer its own. */
  const steering = {
    rsc: '1',
    'next-router-state-tree': '%5B%22%22%5D',
    'next-router-prefetch': '1',
    'next-router-segment-prefetch': '/_tree',
    'next-url': '/elsewhere',
    'next-action': '0123456789',
    'x-middleware-subrequest': 'middleware',
    'x-middleware-rewrite': '/elsewhere',
    'x-middleware-anything-new': '1',
    'x-invoke-path': '/elsewhere',
    'x-invoke-status': '404',
    'x-matched-path': '/elsewhere',
    'x-nextjs-data': '1',
    cookie: '__prerender_bypass=1; __next_preview_data=1',
  }

  /** Spellings of a path that begin elsewhere, or say the same in other letters. */
  const spellingsOf = (path: string) => {
    const slug = path.slice(1)
    return [
      `/_next/..${path}`,
      `/_next/%2e%2e${path}`,
      `/_next/.%2E${path}`,
      `/_next/static/../..${path}`,
      `/_next/static/%2e%2e/%2e%2e${path}`,
      `/_next/x/../..${path}`,
      `/_next/..%2f${slug}`,
      `/_next/..\\${slug}`,
      `/_next/static/..%5c..%5c${slug}`,
      `/./${slug}`,
      `/.${path}`,
      `/%2e/${slug}`,
      `/${path}`,
      `//_next/../${path}`,
      `${path}/.`,
      `${path}/x/..`,
      `${path}#/../..`,
      `${path}%00`,
      `/%${slug.charCodeAt(0).toString(16)}${slug.slice(1)}`,
      path,
    ]
  }

  describe.each([
    ['the server', false],
    ['a server that trusts its clients', true],
  ])('in front of %s', (_, isTrusting) => {
    it.each(['/latest', '/uk/latest', '/rss.xml', '/sitemap.xml', '/uk/article/vault'])(
      'no request makes %s anything else for others',
      async (victim) => {
        upstream.isTrusting = isTrusting
        // A victim of its own for each server: nothing is kept of it yet.
        const path = isTrusting ? victim.replace(/(\w+)((?:\.\w+)?)$/, '$1-again$2') : victim
        for (const headers of [undefined, { rsc: '1' }, steering]) {
          for (const spelling of spellingsOf(path)) {
            for (let times = 0; times < 3; times += 1) await sendRaw(spelling, headers)
          }
        }
        for (const headers of [undefined, steering]) {
          const { status, body } = await ask(path, headers ? { headers } : {})
          expect([status, body.toString()]).toEqual([200, textOf(path, 'first')])
        }
        expect(await statusOf(path)).toBe('nginx; hit')
      },
    )

    it('answers no spelling that it reads in another way than the server', async () => {
      upstream.isTrusting = isTrusting
      for (const spelling of spellingsOf('/latest').slice(0, -2)) {
        expect(await sendRaw(spelling)).toMatch(/^HTTP\/1\.1 400 /)
      }
      expect(upstream.asked).toEqual([])
    })

    it('lets no header of a client steer what is not kept either', async () => {
      upstream.isTrusting = isTrusting
      const { 'x-middleware-rewrite': _, 'x-middleware-anything-new': __, ...known } = steering
      for (const path of ['/search?q=peg', '/api/v1/articles', '/_next/image', '/sw.js']) {
        await ask(path, { headers: known, from: isTrusting ? '127.0.0.4' : '127.0.0.5' })
      }
      expect(upstream.asked).toHaveLength(4)
      for (const headers of upstream.askedWith) {
        expect(Object.keys(headers).filter((name) => name in steering)).toEqual([])
      }
    })
  })
})
