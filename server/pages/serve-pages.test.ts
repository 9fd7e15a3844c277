import { describe, expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { logTo } from '#lib/node/log.ts'
import { toReadingPagePolicy } from '../http/content-security-policy.ts'
import { serveInTest } from '../http/serve-in-test.ts'
import { createPreviewEndpoint } from '../preview/preview-endpoint.ts'
import type { PreviewLink } from '../preview/preview-link.ts'
import { createPageCache } from './page-cache.ts'
import { RenderingFailedError } from './page-renderer.ts'
import type { PreviewOutcome, Rendering, RenderRequest } from './render-messages.ts'
import { createRenderPage } from './render-page.ts'
import type { KnownArticles } from './resolve-path.ts'
import { createPageServer } from './serve-pages.ts'
import { BusyError } from './task-queue.ts'

const vault = articleWith({ slug: 'vault', category: 'MARKETS' })

/** Knows `/article/vault` and `/category/markets` with two pages. */
const index: KnownArticles = {
  findArticle: (locale, slug) => (locale === 'en' && slug === 'vault' ? vault : undefined),
  findAbsence: (_locale, slug) => {
    if (slug === 'old-vault') return { kind: 'moved', slug: 'vault' }
    return slug === 'taken-back' ? { kind: 'withdrawn' } : { kind: 'unknown' }
  },
  listArticles: ({ scope, page }) => {
    const isKnown = scope.kind === 'category' && scope.segment === 'markets'
    return { articles: [], page, pageCount: isKnown ? 2 : 0, articleCount: isKnown ? 30 : 0 }
  },
  findPage: () => undefined,
  findAuthor: () => undefined,
  findRedirect: () => undefined,
  listCorrections: ({ page }) => ({ corrections: [], page, pageCount: 0, correctionCount: 0 }),
  listMoodArticles: ({ page }) => ({ articles: [], page, pageCount: 0, articleCount: 0 }),
}

type Render = (request: RenderRequest) => string | Error | Partial<Rendering>

const renderPath: Render = ({ path }) => `<p>${path}</p>`

/** A renderer that makes a page with the path in it, or what `render` makes of the request. */
function open(render: Render = renderPath, { answers = ['asked'], isIndexWhole = true } = {}) {
  const rendered: string[] = []
  let epoch = 0
  const areUnchanged = () => false
  const pages = createPageCache<string>({
    maxBytes: 1_000_000,
    freshness: { epoch: () => epoch, areUnchanged },
  })
  const toRendering = (made: ReturnType<Render>): Rendering => {
    if (made instanceof Error) throw made
    const page = { status: 200, contentType: 'text/html; charset=utf-8', answers: [] }
    if (typeof made === 'string') return { ...page, body: Buffer.from(made) }
    return { ...page, body: Buffer.from('x'), ...made }
  }
  const renderer = {
    render: async (_lane: string, request: RenderRequest) => {
      rendered.push(request.path)
      return toRendering(render(request))
    },
    openPreview: async ({ slug }: PreviewLink): Promise<PreviewOutcome> =>
      previews[slug] ?? { kind: 'missing' },
  }
  const previews: Record<string, PreviewOutcome> = {
    draft: { kind: 'page', rendering: toRendering('<p>draft</p>') },
    failing: { kind: 'page', rendering: toRendering({ status: 500 }) },
    published: { kind: 'published', path: '/article/vault' },
    invalid: {
      kind: 'invalid',
      problems: [
        {
          severity: 'error',
          file: 'a.md',
          line: 3,
          field: 'category',
          found: 'nothing',
          expected: 'one',
        },
      ],
    },
  }
  const failures: string[] = []
  const server = createPageServer({
    index,
    pages,
    renderer,
    renderPage: createRenderPage({
      pages,
      render: renderer.render,
      epoch: () => epoch,
      toAnswers: () => answers,
      onFailure: (path) => void failures.push(path),
    }),
    policy: toReadingPagePolicy(),
    headersOf: (path) => ({ 'x-path': path }),
    isIndexWhole: () => isIndexWhole,
  })
  const preview = createPreviewEndpoint({
    check: ({ segments: [, locale, slug = ''] }) =>
      locale === 'en' && slug !== 'forged' ? { locale, slug, file: 'a.md', expires: 0 } : undefined,
    renderer,
    sendNotice: server.sendNotice,
    policy: toReadingPagePolicy(),
  })
  const lines: string[] = []
  const { ask } = serveInTest(
    [
      { name: 'failing', find: ({ path }) => (path === '/failing' ? fail : undefined) },
      {
        name: 'preview',
        find: ({ segments }) => (segments[0] === 'preview' ? preview : undefined),
      },
      { name: 'page', find: () => server.answer },
    ],
    { log: logTo(lines) },
  )
  const publish = () => {
    epoch += 1
  }
  return { ask, pages, rendered, publish, warm: server.warm, failures, lines }
}

const fail = () => {
  throw new Error('the file is gone')
}

describe('pages', () => {
  it('has a page rendered once and serves it from the cache afterwards', async () => {
    const { ask, rendered } = open()
    expect(await (await ask('/article/vault')).text()).toBe('<p>/en/article/vault</p>')
    expect(await (await ask('/article/vault?utm_source=x')).text()).toBe('<p>/en/article/vault</p>')
    expect(rendered).toEqual(['/en/article/vault'])
  })

  it('renders a page once for all who ask at the same time', async () => {
    const { ask, rendered } = open()
    await Promise.all(Array.from({ length: 8 }, () => ask('/article/vault')))
    expect(rendered).toEqual(['/en/article/vault'])
  })

  it('answers 304 to a client that holds the page, and HEAD without a body', async () => {
    const { ask } = open()
    const etag = (await ask('/latest')).headers.get('etag') ?? ''
    const again = await ask('/latest', { headers: { 'if-none-match': etag } })
    expect([again.status, again.headers.get('etag')]).toEqual([304, etag])
    const head = await ask('/latest', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(0)
  })

  it('adds a page’s own headers', async () => {
    const { ask } = open()
    expect((await ask('/latest?x=1')).headers.get('x-path')).toBe('/latest')
  })

  it('caches a feed by its filter, under a name that no address has', async () => {
    const { ask, rendered } = open()
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

  it('leads to the one spelling of a filter, or says why there is none, and caches nothing', async () => {
    const { ask, rendered } = open()
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
    const { ask } = open()
    await ask('/latest', { headers: { 'accept-encoding': 'identity' } })
    const response = await ask('/latest', { headers: { 'accept-encoding': 'gzip' } })
    expect(response.headers.get('content-encoding')).toBe('gzip')
    expect(response.headers.get('etag')).toMatch(/\.gzip"$/)
    expect(await response.text()).toBe('<p>/en/latest</p>')
  })

  it.each([
    ['/nothing', 404],
    ['/article/unheard-of', 404],
    ['/category/markets/page/3', 404],
    ['/category/empty', 404],
    ['/uk/article/vault', 404],
    ['/article/taken-back', 410],
    ['/notice/missing', 404],
  ])('answers %s with %i and a full page that nobody may cache', async (path, status) => {
    const { ask } = open()
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
    const { ask } = open()
    const response = await ask(path)
    expect([response.status, response.headers.get('location')]).toEqual([308, location])
  })

  it('caches nothing for addresses that do not exist, however many are asked for', async () => {
    const { ask, pages, rendered } = open()
    await ask('/article/random')
    const byteLength = pages.byteLength()
    await Promise.all(Array.from({ length: 50 }, (_, number) => ask(`/article/random-${number}`)))
    expect(rendered).toEqual(['/en/notice/missing'])
    expect(pages.byteLength()).toBe(byteLength)
  })

  it('never serves the pages about no page as pages', async () => {
    const { ask } = open()
    await ask('/nothing')
    expect((await ask('/notice/missing')).status).toBe(404)
  })

  it('says in plain words that something failed, and logs it under a number', async () => {
    const { ask, lines } = open()
    const response = await ask('/failing')
    expect([response.status, await response.text()]).toEqual([
      500,
      'Something went wrong. Please try again in a moment.\n',
    ])
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{12}$/)
    expect(lines).toEqual(['GET /failing failed'])
  })

  it('says so with a page and a 500 when rendering fails, and does not try again at once', async () => {
    const failure = new RenderingFailedError('too long')
    const { ask, rendered, failures, publish } = open(({ path }) =>
      path.includes('notice') ? '<p>sorry</p>' : failure,
    )
    for (const _ of [1, 2]) {
      const response = await ask('/article/vault')
      expect([response.status, await response.text()]).toEqual([500, '<p>sorry</p>'])
      expect(response.headers.get('cache-control')).toBe('no-store')
    }
    expect(rendered).toEqual(['/en/article/vault', '/en/notice/broken'])
    publish()
    await ask('/article/vault')
    expect(failures).toEqual(['/en/article/vault', '/en/article/vault'])
  })

  it('asks to come back when too many pages wait, and when not even the notice can be made', async () => {
    const busy = open(() => new BusyError('busy'))
    const response = await busy.ask('/article/vault')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
    const broken = open(() => new RenderingFailedError('never'))
    const gone = await broken.ask('/article/taken-back')
    expect([gone.status, await gone.text()]).toEqual([410, 'This article was withdrawn.\n'])
  })

  it('does not call missing what may only not have been read yet', async () => {
    const { ask } = open(renderPath, { isIndexWhole: false })
    for (const path of ['/article/unheard-of', '/tag/none']) {
      const response = await ask(path)
      expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    }
    expect((await ask('/article/vault')).status).toBe(200)
    expect((await ask('/article/taken-back')).status).toBe(410)
  })

  it('sends what was made without any question, and never caches it', async () => {
    const { ask, rendered, pages } = open(renderPath, { answers: [] })
    for (const _ of [1, 2]) expect((await ask('/latest')).status).toBe(200)
    expect(rendered).toEqual(['/en/latest', '/en/latest'])
    expect(pages.byteLength()).toBe(0)
  })

  it('renders a search for each reader, from nothing but its question', async () => {
    const { ask, rendered } = open(() => 'found')
    const path = '/uk/search?q=a%26b&nxtPlocale=en&_rsc=1&sort=newest&page=2'
    const first = await ask(path)
    await ask(path)
    expect(rendered[0]).toBe('/uk/search?q=a%26b&sort=newest&page=2')
    await ask('/search?anything=at-all')
    await ask('/search')
    expect(rendered.slice(-2)).toEqual(['/en/search?q=', '/en/search'])
    expect(rendered.slice(0, 2)).toEqual([rendered[0], rendered[0]])
    expect(first.headers.get('content-security-policy')).toBe(toReadingPagePolicy())
    expect(first.headers.get('cache-control')).toBe('private, no-store')
    expect(first.headers.get('etag')).toBeNull()
  })

  it('renders again when the articles changed meanwhile', async () => {
    let meanwhile = () => {}
    const { ask, publish, rendered } = open((request) => {
      meanwhile()
      meanwhile = () => {}
      return renderPath(request)
    })
    meanwhile = publish
    expect((await ask('/latest')).status).toBe(200)
    expect(rendered).toEqual(['/en/latest', '/en/latest'])
    publish()
    await ask('/latest')
    expect(rendered).toHaveLength(3)
  })

  it('has a page rendered before anybody asks, once', async () => {
    const { ask, warm, rendered } = open()
    await warm('/article/vault')
    await warm('/article/vault')
    await ask('/article/vault')
    expect(rendered).toEqual(['/en/article/vault'])
  })

  it('refuses other methods', async () => {
    const { ask } = open()
    const posted = await ask('/latest', { method: 'POST' })
    expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  })

  it('shows a preview to who holds a link, for this once', async () => {
    const { ask, pages } = open()
    for (const method of ['GET', 'HEAD']) {
      const response = await ask('/preview/en/draft', { method })
      expect(response.status).toBe(200)
      expect(await response.text()).toBe(method === 'GET' ? '<p>draft</p>' : '')
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex, nofollow',
        'referrer-policy': 'no-referrer',
        'content-security-policy': expect.stringContaining("script-src 'self'"),
      })
      expect(response.headers.get('etag')).toBeNull()
    }
    expect(pages.byteLength()).toBe(0)
  })

  it('leads to what was published meanwhile, and names what cannot be shown', async () => {
    const { ask } = open()
    const published = await ask('/preview/en/published')
    expect([published.status, published.headers.get('location')]).toEqual([307, '/article/vault'])
    const invalid = await ask('/preview/en/invalid')
    expect([invalid.status, await invalid.text()]).toEqual([
      422,
      'a.md:3 category found nothing, expected one\n',
    ])
    for (const { headers } of [published, invalid]) {
      expect(headers.get('cache-control')).toBe('private, no-store')
    }
    expect((await ask('/preview/en/failing')).status).toBe(500)
  })

  it('answers a link that is not valid like any other unknown address', async () => {
    const { ask } = open()
    const other = await ask('/nothing')
    const text = await other.text()
    const headersOf = ({ headers }: Response) => ({ ...Object.fromEntries(headers), date: '' })
    for (const path of ['/preview/en/forged', '/preview/en/gone']) {
      const preview = await ask(path)
      expect([preview.status, await preview.text()]).toEqual([404, text])
      expect(headersOf(preview)).toEqual(headersOf(other))
    }
  })

  it('lets reading pages run no inline script', async () => {
    const { ask } = open()
    const policy = (await ask('/')).headers.get('content-security-policy')
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe/)
  })
})
