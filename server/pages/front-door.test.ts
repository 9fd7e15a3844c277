import { createServer, type RequestListener } from 'node:http'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { sendEncoded } from '../http/send-document.ts'
import { createFrontDoor, type Endpoint } from './front-door.ts'
import { handover } from './handover.ts'
import { createPageCache } from './page-cache.ts'
import type { KnownArticles } from './resolve-path.ts'
import type { OpenedPreview } from './send-preview.ts'

const vault = articleWith({ slug: 'vault', category: 'MARKETS' })

/** Knows `/article/vault` and `/category/markets` with two pages. */
const index: KnownArticles = {
  findArticle: (locale, slug) => (locale === 'en' && slug === 'vault' ? vault : undefined),
  findAbsence: (_locale, slug) => {
    if (slug === 'old-vault') return { kind: 'moved', slug: 'vault' }
    return slug === 'taken-back' ? { kind: 'withdrawn' } : { kind: 'unknown' }
  },
  listArticles: ({ scope, page }) => ({
    articles: [],
    page,
    pageCount: scope.kind === 'category' && scope.segment === 'markets' ? 2 : 0,
    articleCount: 0,
  }),
  listCorrections: ({ page }) => ({ corrections: [], page, pageCount: 0, correctionCount: 0 }),
  listMoodArticles: ({ page }) => ({ articles: [], page, pageCount: 0, articleCount: 0 }),
}

/** A framework that renders a page with the path in it, or what `render` makes of the path. */
const endpoints: Record<string, Endpoint> = {
  '/api/echo': async ({ method }, response) => void response.end(method),
  '/api/failing': async (request, response) =>
    sendEncoded(request, response, {
      contentType: 'text/css',
      etag: 'a',
      toBody: () => Promise.reject(new Error('the file is gone')),
    }),
}

async function open(render: (path: string) => string | undefined = (path) => `<p>${path}</p>`) {
  const rendered: string[] = []
  const framework: RequestListener = (request, response) => {
    const path = request.url ?? ''
    rendered.push(path)
    const html = render(path)
    if (html !== undefined) {
      handover.give(path, {
        contentType: 'text/html; charset=utf-8',
        lastModifiedAt: undefined,
        body: Buffer.from(html),
      })
    }
    response.end(`framework ${path}`)
  }
  let epoch = 0
  const answered = { epoch: () => epoch, areUnchanged: () => false }
  const pages = createPageCache<never>({ maxBytes: 1_000_000, freshness: answered })
  const closed: string[] = []
  const previews: Record<string, OpenedPreview> = {
    '?draft': { kind: 'page', path: '/en/preview/1', close: () => void closed.push('draft') },
    '?failing': { kind: 'page', path: '/en/failing', close: () => void closed.push('failing') },
    '?published': { kind: 'published', path: '/article/vault' },
    '?invalid': { kind: 'invalid', report: 'a.md:3 category' },
  }
  const door = createFrontDoor({
    index,
    pages,
    framework,
    record: async (work) => {
      const from = { answers: [], epoch }
      await work()
      return from
    },
    isFile: (path) => path.startsWith('/_next/'),
    health: () => ({ status: 'ok' }),
    findEndpoint: (pathname) => endpoints[pathname],
    headersOf: (path) => ({ 'x-path': path }),
    openPreview: async (pathname, search) =>
      pathname === '/preview/en/a' ? previews[search] : undefined,
  })
  const server = createServer(door.answer).listen(0)
  onTestFinished(() => void server.close())
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const ask = (path: string, init?: RequestInit) =>
    fetch(`http://127.0.0.1:${port}${path}`, { redirect: 'manual', ...init })
  const publish = () => {
    epoch += 1
  }
  return { ask, pages, rendered, publish, closed, warm: door.warm }
}

describe('front door', () => {
  it('has a page rendered once and serves it from the cache afterwards', async () => {
    const { ask, rendered } = await open()
    expect(await (await ask('/article/vault')).text()).toBe('<p>/en/article/vault</p>')
    expect(await (await ask('/article/vault?utm_source=x')).text()).toBe('<p>/en/article/vault</p>')
    expect(rendered).toEqual(['/en/article/vault'])
  })

  it('renders a page once for all who ask at the same time', async () => {
    const { ask, rendered } = await open()
    await Promise.all(Array.from({ length: 8 }, () => ask('/article/vault')))
    expect(rendered).toEqual(['/en/article/vault'])
  })

  it('answers 304 to a client that holds the page, and HEAD without a body', async () => {
    const { ask } = await open()
    const etag = (await ask('/latest')).headers.get('etag') ?? ''
    const again = await ask('/latest', { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.get('etag')]).toEqual([304, etag])
    const head = await ask('/latest', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0)
  })

  it('adds a page’s own headers', async () => {
    const { ask } = await open()
    expect((await ask('/latest?x=1')).headers.get('x-path')).toBe('/latest')
  })

  it('keeps a feed by its filter, under a name that no address has', async () => {
    const { ask, rendered } = await open()
    const filtered = '/rss.xml?category=markets&sentiment=neutral'
    for (const path of ['/rss.xml', filtered, filtered, '/rss.xml']) {
      expect((await ask(path)).status).toBe(200)
    }
    expect(rendered).toHaveLength(2)
    for (const path of rendered) {
      expect((await ask(path)).status).toBe(404)
      expect((await ask(path.replace('/en', ''))).status).toBe(404)
    }
  })

  it('leads to the one spelling of a filter, or says why there is none, and keeps nothing', async () => {
    const { ask, rendered } = await open()
    const moved = await ask('/rss.xml?sentiment=neutral&utm_source=x')
    expect([moved.status, moved.headers.get('location')]).toEqual([
      308,
      '/rss.xml?sentiment=neutral',
    ])
    const refused = await ask('/rss.xml?sentiment=happy')
    expect([refused.status, refused.headers.get('cache-control')]).toEqual([400, 'no-store'])
    expect(await refused.text()).toMatch(/^[A-Z].*\.\n$/)
    expect(rendered).toEqual([])
  })

  it('compresses, and names the encoding in the etag', async () => {
    const { ask, pages } = await open()
    await ask('/latest', { headers: { 'accept-encoding': 'identity' } })
    const { headers } = await ask('/latest', { headers: { 'accept-encoding': 'gzip' } })
    expect(headers.get('content-encoding')).toBe('gzip')
    expect(headers.get('etag')).toMatch(/\.gzip"$/)
    const page = pages.find('/en/latest')
    expect(page && gunzipSync(pages.encode(page, 'gzip')).toString()).toBe('<p>/en/latest</p>')
  })

  it.each([
    ['/nothing', 404],
    ['/article/unheard-of', 404],
    ['/category/markets/page/3', 404],
    ['/category/empty', 404],
    ['/uk/article/vault', 404],
    ['/article/taken-back', 410],
    ['/%ff', 404],
  ])('answers %s with %i and a full page that nobody may keep', async (path, status) => {
    const { ask } = await open()
    const response = await ask(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.text()).toContain('<p>/')
  })

  it.each([
    ['/article/old-vault', '/article/vault'],
    ['/en/article/vault', '/article/vault'],
    ['/Article/Vault', '/article/vault'],
    ['/category/markets/', '/category/markets'],
    ['/category/markets/page/1', '/category/markets'],
    ['/latest/?page=2', '/latest?page=2'],
  ])('sends %s to %s for good', async (path, location) => {
    const { ask } = await open()
    const response = await ask(path)
    expect([response.status, response.headers.get('location')]).toEqual([308, location])
  })

  it('keeps nothing for addresses that do not exist, however many are asked for', async () => {
    const { ask, pages, rendered } = await open()
    await ask('/article/random')
    const byteLength = pages.byteLength()
    await Promise.all(Array.from({ length: 50 }, (_, number) => ask(`/article/random-${number}`)))
    expect(rendered).toEqual(['/en/notice/missing'])
    expect(pages.byteLength()).toBe(byteLength)
  })

  it('never serves the pages about no page as pages', async () => {
    const { ask } = await open()
    await ask('/nothing')
    expect((await ask('/notice/missing')).status).toBe(404)
  })

  it('says in plain words that an endpoint failed, and nothing of what it had begun to say', async () => {
    const { ask } = await open()
    vi.spyOn(console, 'error').mockReturnValueOnce()
    const response = await ask('/api/failing')
    expect([response.status, await response.text()]).toEqual([
      500,
      'Something broke on our side. Please try again in a moment.\n',
    ])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.has('etag')).toBe(false)
  })

  it('says so with a page and a 500 when rendering fails', async () => {
    const { ask } = await open((path) => (path.includes('notice') ? '<p>sorry</p>' : undefined))
    const response = await ask('/article/vault')
    expect([response.status, await response.text()]).toEqual([500, '<p>sorry</p>'])
  })

  it('renders again when the articles changed meanwhile', async () => {
    let meanwhile = () => {}
    const { ask, publish, rendered } = await open((path) => {
      meanwhile()
      meanwhile = () => {}
      return `<p>${path}</p>`
    })
    meanwhile = publish
    expect((await ask('/latest')).status).toBe(200)
    expect(rendered).toEqual(['/en/latest', '/en/latest'])
    publish()
    await ask('/latest')
    expect(rendered).toHaveLength(3)
  })

  it('has a page rendered before anybody asks, once', async () => {
    const { ask, warm, rendered } = await open()
    await warm('/article/vault')
    await warm('/article/vault')
    await ask('/article/vault')
    expect(rendered).toEqual(['/en/article/vault'])
  })

  it('passes files to the framework and refuses other methods', async () => {
    const { ask } = await open()
    expect(await (await ask('/_next/static/a.css')).text()).toBe('framework /_next/static/a.css')
    const posted = await ask('/latest', { method: 'POST' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  })

  it('lets endpoints answer any method', async () => {
    const { ask } = await open()
    expect(await (await ask('/api/echo', { method: 'POST' })).text()).toBe('POST')
    expect((await ask('/api/other', { method: 'POST' })).status).toBe(405)
    expect((await ask('/api/other')).status).toBe(404)
  })

  it('shows a preview to who holds a link, for this once', async () => {
    const { ask, pages, rendered, closed } = await open()
    for (const method of ['GET', 'HEAD']) {
      const response = await ask('/preview/en/a?draft', { method })
      expect(response.status).toBe(200)
      expect(await response.text()).toBe(method === 'GET' ? '<p>/en/preview/1</p>' : '')
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex, nofollow',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("script-src 'self'"),
      })
      expect(response.headers.get('etag')).toBeNull()
    }
    expect(rendered).toEqual(['/en/preview/1', '/en/preview/1'])
    expect(closed).toEqual(['draft', 'draft'])
    expect(pages.byteLength()).toBe(0)
  })

  it('leads to what was published meanwhile, and names what cannot be shown', async () => {
    const { ask } = await open()
    const published = await ask('/preview/en/a?published')
    expect([published.status, published.headers.get('location')]).toEqual([307, '/article/vault'])
    const invalid = await ask('/preview/en/a?invalid')
    expect([invalid.status, await invalid.text()]).toEqual([422, 'a.md:3 category\n'])
    for (const { headers } of [published, invalid]) {
      expect(headers.get('cache-control')).toBe('private, no-store')
    }
  })

  it('answers a link that is not valid like any other unknown address', async () => {
    const { ask } = await open()
    const [preview, other] = [await ask('/preview/en/a?forged'), await ask('/nothing')]
    expect([preview.status, await preview.text()]).toEqual([404, await other.text()])
    const headersOf = ({ headers }: Response) => ({ ...Object.fromEntries(headers), date: '' })
    expect(headersOf(preview)).toEqual(headersOf(other))
  })

  it('lets a preview go whose page could not be rendered', async () => {
    const { ask, closed } = await open((path) => (path === '/en/failing' ? undefined : path))
    expect((await ask('/preview/en/a?failing')).status).toBe(500)
    expect(closed).toEqual(['failing'])
  })

  it('lets reading pages run no inline script', async () => {
    const { ask } = await open()
    const policy = (await ask('/')).headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })
})
