import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, describe, expect, it } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { prepareArticle } from '#lib/article-index/writes/prepared-article.ts'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { serveInTest } from '../../http/serve-in-test.ts'
import { createCrawlerEndpoints } from './crawler-endpoints.ts'

const noon = new Date('2026-11-22T12:00:00.000Z')
const siteUrl = 'https://dateline.test'
const hostile = '</script> ]]> &amp;amp; "ביטקוין" 🚀\u0007 \ud800'
const closing: (() => void)[] = []

afterAll(() => {
  for (const close of closing) close()
})

type Settings = Parameters<typeof createCrawlerEndpoints>[0]['env']

/** The endpoints of a paper, behind a server that answers 404 to everything else. */
async function serve(articles: Partial<Article>[], settings: Partial<Settings> = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'crawlers-'))
  const index = openArticleIndex({ dataDir, now: () => noon })
  const write = async (overrides: Partial<Article>) => {
    const article = articleWith(overrides)
    const path = `${article.locale}/${article.slug}.md`
    const file = { path, fingerprint: path, digest: path }
    const change = {
      kind: 'article' as const,
      file,
      article: prepareArticle(article),
      warnings: [],
    }
    await index.write(async ({ apply }) => {
      await apply(change)
    })
  }
  for (const article of articles) await write(article)
  const find = createCrawlerEndpoints({
    index,
    dataDir,
    findCoverFile: (path) =>
      ['/covers/bip39-word-list/full.webp', '/covers/broken.webp'].includes(path)
        ? resolve(`public${path}`)
        : undefined,
    env: {
      siteUrl,
      paperDir: resolve('.'),
      aiCrawlers: 'allow',
      securityContact: undefined,
      indexNowKey: undefined,
      ...settings,
    },
    now: () => noon,
  })
  closing.push(() => {
    index.close()
    rmSync(dataDir, { recursive: true, force: true })
  })
  const { ask } = serveInTest([{ name: 'document', find }])
  const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    ask(path, { headers, method })
  return { get, text: async (path: string) => (await get(path)).text(), write }
}

const addressesOf = (xml: string) =>
  Array.from(xml.matchAll(/<loc>([^<]*)<\/loc>/g), ([, url = '']) => url.replace(siteUrl, ''))

describe('sitemaps', () => {
  it('are right without any article', async () => {
    const { text } = await serve([])
    expect(addressesOf(await text('/sitemap.xml'))).toEqual(['/sitemaps/listings.xml'])
    expect(addressesOf(await text('/sitemaps/listings.xml'))).toContain('/uk/about')
  })

  it('name a news sitemap only while there is an article of the last two days in it', async () => {
    const { get, text, write } = await serve([
      { slug: 'old', publishedAt: '2026-11-20T11:59:59.999Z' },
      { slug: 'future', publishedAt: '2026-11-22T12:00:01.000Z' },
      { slug: 'unlisted', publishedAt: '2026-11-22T09:00:00.000Z', noindex: true },
    ])
    const named = async () =>
      [await text('/robots.txt'), await text('/llms.txt')].map((document) =>
        document.includes(`${siteUrl}/news-sitemap.xml`),
      )
    expect((await get('/news-sitemap.xml')).status).toBe(404)
    expect(await named()).toEqual([false, false])
    await write({ slug: 'new', locale: 'uk', publishedAt: '2026-11-22T09:00:00.000Z' })
    expect(addressesOf(await text('/news-sitemap.xml'))).toEqual(['/uk/article/new'])
    expect(await named()).toEqual([true, true])
  })

  it('have a part for each month and language that has something to offer', async () => {
    const { get, text } = await serve([
      { slug: 'a' },
      { slug: 'b', publishedAt: '2026-02-28T23:59:59.999Z' },
      { slug: 'c', locale: 'uk' },
      { slug: 'hidden', publishedAt: '2026-01-01T00:00:00.000Z', noindex: true },
    ])
    expect(addressesOf(await text('/sitemap.xml'))).toEqual([
      '/sitemaps/listings.xml',
      '/sitemaps/en/2026-03.xml',
      '/sitemaps/en/2026-02.xml',
      '/sitemaps/uk/2026-03.xml',
    ])
    expect(addressesOf(await text('/sitemaps/uk/2026-03.xml'))).toEqual(['/uk/article/c'])
    expect((await get('/sitemaps/en/2026-01.xml')).status).toBe(404)
    expect((await get('/sitemaps/en/2026-03-2.xml')).status).toBe(404)
    expect((await get('/sitemaps/listings-2.xml')).status).toBe(404)
  })

  it('confirm a part until an article of its month changes', async () => {
    const { get, write } = await serve([{ slug: 'a' }, { slug: 'b' }])
    const path = '/sitemaps/en/2026-03.xml'
    const first = await get(path)
    const etag = first.headers.get('etag') ?? ''
    const ask = async () => (await get(path, { 'if-none-match': etag })).status
    expect(await ask()).toBe(304)
    await write({ slug: 'elsewhen', publishedAt: '2026-04-01T00:00:00.000Z' })
    expect(await ask()).toBe(304)
    await write({ slug: 'c' })
    expect(await ask()).toBe(200)
    expect(first.headers.has('last-modified')).toBe(false)
  })

  it('come compressed, and without a body to HEAD', async () => {
    const recent = { slug: 'b', publishedAt: '2026-11-22T09:00:00.000Z' }
    const { get } = await serve([{ slug: 'a' }, recent])
    for (const path of ['/sitemap.xml', '/sitemaps/en/2026-03.xml', '/news-sitemap.xml']) {
      const packed = await get(path, { 'accept-encoding': 'gzip' })
      // An index this short is not worth it.
      if (path !== '/sitemap.xml') expect(packed.headers.get('content-encoding')).toBe('gzip')
      expect(packed.headers.get('content-type')).toBe('application/xml; charset=utf-8')
      expect(await packed.text()).toMatch(/^<\?xml/)
      const head = await get(path, {}, 'HEAD')
      expect([head.status, await head.text()]).toEqual([200, ''])
      expect((await get(path, {}, 'POST')).status).toBe(405)
    }
  })

  it('give Google News the last two days of every language, the newest first', async () => {
    const { text } = await serve([
      { slug: 'old', publishedAt: '2026-11-20T11:59:59.999Z' },
      { slug: 'just', publishedAt: '2026-11-20T12:00:00.000Z' },
      { slug: 'new', publishedAt: '2026-11-22T11:00:00.000Z', locale: 'uk', title: hostile },
      { slug: 'future', publishedAt: '2026-11-22T12:00:00.001Z' },
      { slug: 'left-out', publishedAt: '2026-11-22T10:00:00.000Z', noindex: true },
    ])
    const xml = await text('/news-sitemap.xml')
    expect(addressesOf(xml)).toEqual(['/uk/article/new', '/article/just'])
    expect(xml).toContain(
      '<news:title>&lt;/script&gt; ]]&gt; &amp;amp;amp; &quot;ביטקוין&quot; 🚀 �',
    )
  })
})

describe('what crawlers may do', () => {
  it('stands in robots.txt with the addresses of the sitemaps', async () => {
    const { text } = await serve([])
    const robots = await text('/robots.txt')
    expect(robots).toContain('User-agent: *\nDisallow: /search?\nDisallow: /uk/search?\n')
    expect(robots).toContain('Disallow: /api/\nDisallow: /preview/\n')
    expect(robots).toContain('\nSitemap: https://dateline.test/sitemap.xml\n')
    expect(robots).not.toContain('GPTBot')
  })

  it('is nothing for collectors of training texts, when so chosen', async () => {
    const { text } = await serve([], { aiCrawlers: 'deny' })
    expect(await text('/robots.txt')).toMatch(
      /\n\nUser-agent: AI2Bot\n(User-agent: .+\n)+Disallow: \/\n/,
    )
  })

  it('names the security contact for ninety days, or has no such file', async () => {
    const { text } = await serve([], { securityContact: 'mailto:a@dateline.test' })
    const security = await text('/.well-known/security.txt')
    expect(security).toContain('Contact: mailto:a@dateline.test\nExpires: 2027-02-21T00:00:00Z\n')
    expect((await (await serve([])).get('/.well-known/security.txt')).status).toBe(404)
  })

  it('shows the key of IndexNow at its address alone', async () => {
    const { get, text } = await serve([], { indexNowKey: 'abcdefgh1234' })
    expect(await text('/abcdefgh1234.txt')).toBe('abcdefgh1234')
    expect((await get('/other.txt')).status).toBe(404)
  })
})

describe('an article as Markdown', () => {
  it('has a header and the text, and names the page as canonical', async () => {
    const { get } = await serve([{ slug: 'a', locale: 'uk', body: '## Part\n\nText.\n' }])
    const response = await get('/uk/article/a.md')
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
    expect(response.headers.get('link')).toBe(
      '<https://dateline.test/uk/article/a>; rel="canonical"',
    )
    expect(await response.text()).toMatch(
      /^---\ntitle: "Exchange opens a vault"\n[\s\S]*\n## Part\n/,
    )
    const etag = response.headers.get('etag') ?? ''
    expect((await get('/uk/article/a.md', { 'if-none-match': etag })).status).toBe(304)
  })

  it('follows the article when it is renamed or withdrawn, and shows nothing hidden', async () => {
    const { get } = await serve([
      { slug: 'new', aliases: ['old'] },
      { slug: 'taken', withdrawn: true },
      { slug: 'draft', draft: true },
      { slug: 'future', publishedAt: '2027-01-01T00:00:00.000Z' },
      { slug: 'notes.md' },
    ])
    const moved = await get('/article/old.md')
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/article/new.md'])
    expect((await get('/en/article/new.md')).headers.get('location')).toBe('/article/new.md')
    expect((await get('/article/taken.md')).status).toBe(410)
    for (const slug of ['draft', 'future', 'never', '']) {
      expect((await get(`/article/${slug}.md`)).status, slug).toBe(404)
      const picture = await get(`/article/${slug || '.x'}/share.jpg`)
      expect(picture.status, slug).toBe(404)
    }
    // The page of that very article; its text is one `.md` further.
    expect((await get('/article/notes.md')).status).toBe(404)
    expect((await get('/article/notes.md.md')).status).toBe(200)
  })
})

// Each has a thread of its own to start.
describe('pictures', () => {
  it('are a card of 1200 by 630 whatever the headline holds', async () => {
    const titles = [hostile, 'ї'.repeat(300), 'Слово '.repeat(50), '🚀', '']
    const { get } = await serve(titles.map((title, at) => ({ slug: `a${at}`, title })))
    for (const at of titles.keys()) {
      const response = await get(`/article/a${at}/share.jpg`)
      expect(response.headers.get('content-type')).toBe('image/jpeg')
      const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata()
      expect([width, height]).toEqual([1200, 630])
    }
  })

  it('are cut from a cover of ours in every shape, and confirmed', async () => {
    const { get } = await serve([
      { slug: 'a', cover: ownCover('/covers/bip39-word-list/full.webp') },
    ])
    for (const [shape, size] of Object.entries({
      share: 630,
      '16x9': 675,
      '4x3': 900,
      '1x1': 1200,
    })) {
      const response = await get(`/article/a/${shape}.jpg`)
      const image = sharp(Buffer.from(await response.arrayBuffer()))
      expect((await image.metadata()).height, shape).toBe(size)
      const etag = response.headers.get('etag') ?? ''
      expect((await get(`/article/a/${shape}.jpg`, { 'if-none-match': etag })).status).toBe(304)
    }
    expect((await get('/article/a/2x1.jpg')).status).toBe(404)
  })

  it('are a card where the file of the cover cannot be read', async () => {
    const { get } = await serve([{ slug: 'a', cover: ownCover('/covers/broken.webp') }])
    expect((await get('/article/a/share.jpg')).status).toBe(200)
  })

  it.each(['/_next/../../../etc/passwd', '/_next/%2f..%2f..%2fetc/passwd', '/covers/gone.webp'])(
    'read no file but a cover: %s',
    async (path) => {
      const { get } = await serve([{ slug: 'a', cover: ownCover(path) }])
      expect((await get('/article/a/1x1.jpg')).status).toBe(200)
    },
  )
})

describe('the paper for assistants and browsers', () => {
  it('lists sections and newest articles, and is not broken by their titles', async () => {
    const { text } = await serve([{ slug: 'a', title: '[x](https://evil.test) `\n# y' }])
    const page = await text('/llms.txt')
    expect(page).toContain('- [Markets](https://dateline.test/category/markets)\n')
    expect(page).toContain(
      '- [\\[x\\](https://evil.test) \\` \\# y](https://dateline.test/article/a.md)',
    )
  })

  it('describes to browsers how to search it and what it is on a home screen', async () => {
    const { get, text } = await serve([])
    expect(await text('/uk/opensearch.xml')).toContain(
      'template="https://dateline.test/uk/search?q={searchTerms}"',
    )
    const manifest = await get('/uk/manifest.webmanifest')
    expect(manifest.headers.get('content-type')).toContain('application/manifest+json')
    expect(await manifest.json()).toMatchObject({ short_name: 'Dateline', start_url: '/uk' })
  })
})

function ownCover(full: string) {
  const none = undefined
  return {
    raw: none,
    full,
    regular: none,
    small: none,
    thumb: none,
    small_s3: none,
    alt: none,
    credit: none,
  }
}
