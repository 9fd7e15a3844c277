import { parseRssFeed } from 'feedsmith'
import { describe, expect, it, vi } from 'vitest'
import type { Article, Cover } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { compileBody } from '#lib/markdown/compile-body.ts'
import type { BodyRequest } from '#lib/markdown/compiled-body.ts'
import { feedDocument } from './feed-document.ts'

const base = {
  locale: 'en',
  scope: { kind: 'latest' },
  name: 'Latest news',
  siteUrl: 'https://dateline.test',
  compile: async (request: BodyRequest) => compileBody(request),
} as const

async function subscribe(...articles: Partial<Article>[]) {
  const { body } = await feedDocument('rss', { ...base, articles: articles.map(articleWith) })
  return parseRssFeed(body)
}

const firstOf = async (article: Partial<Article>) => (await subscribe(article)).items?.[0]

const noFile: Cover = {
  raw: undefined,
  full: undefined,
  regular: undefined,
  small: undefined,
  thumb: undefined,
  small_s3: undefined,
  alt: undefined,
  credit: undefined,
}

describe('the channel', () => {
  it('says what it is, where it is and when it last changed', async () => {
    const articles = [
      articleWith({ publishedAt: '2026-03-02T09:00:00.000Z' }),
      articleWith({
        slug: 'b',
        publishedAt: '2026-03-01T09:00:00.000Z',
        updatedAt: '2026-03-04T10:00:00.000Z',
      }),
    ]
    const scope = { kind: 'category', segment: 'markets' } as const
    const document = await feedDocument('rss', {
      ...base,
      locale: 'uk',
      scope,
      name: 'Ринки',
      articles,
    })
    expect(document.contentType).toBe('application/rss+xml; charset=utf-8')
    expect(parseRssFeed(document.body)).toMatchObject({
      title: 'Ринки · Dateline',
      link: 'https://dateline.test/uk/category/markets',
      description: expect.stringContaining('Ринки'),
      language: 'uk',
      lastBuildDate: 'Wed, 04 Mar 2026 10:00:00 GMT',
      atom: {
        links: [{ href: 'https://dateline.test/uk/category/markets/rss.xml', rel: 'self' }],
      },
    })
  })

  it('leads to the front page when it carries everything', async () => {
    expect((await subscribe()).link).toBe('https://dateline.test/')
    expect((await subscribe()).title).toMatch(/^Dateline — /)
  })

  it('is a feed without articles and without a date when there is nothing yet', async () => {
    const { body } = await feedDocument('rss', { ...base, articles: [] })
    expect(parseRssFeed(body).items).toBeUndefined()
    expect(body).not.toContain('Date>')
  })

  it('has the same bytes tomorrow as long as the articles are the same', async () => {
    vi.useFakeTimers({ now: new Date('2026-03-10T12:00:00Z'), toFake: ['Date'] })
    const today = (await feedDocument('rss', { ...base, articles: [articleWith()] })).body
    vi.setSystemTime(new Date('2026-03-11T12:00:00Z'))
    const tomorrow = (await feedDocument('rss', { ...base, articles: [articleWith()] })).body
    vi.useRealTimers()
    expect(tomorrow).toBe(today)
  })
})

describe('an article in the feed', () => {
  it('carries title, link, summary, full text, date, authors and topics', async () => {
    const article = await firstOf({
      locale: 'uk',
      tags: ['MARKETS', 'LAYER 2'],
      authors: ['Ann', 'Bo'],
      canonicalUrl: 'https://elsewhere.test/a',
    })
    expect(article).toMatchObject({
      title: 'Exchange opens a vault',
      link: 'https://dateline.test/uk/article/exchange-opens-vault',
      description: 'A short account of what the exchange did and why.',
      pubDate: 'Mon, 02 Mar 2026 09:00:00 GMT',
      guid: { isPermaLink: false },
      dc: { creators: ['Ann', 'Bo'] },
      categories: [{ name: 'Ринки' }, { name: 'Другий рівень' }],
      content: { encoded: expect.stringContaining('<p>The exchange opened a vault today.</p>') },
    })
    expect(article?.authors).toBeUndefined()
  })

  it('is signed by the publication when nobody else signs it', async () => {
    expect((await firstOf({}))?.dc?.creators).toEqual(['Dateline'])
  })

  it('names the source and its story, or what else we have from it', async () => {
    const source = { name: 'Sample Wire', key: 'sample_wire', type: 'RSS' }
    expect((await firstOf({ source: { ...source, url: undefined } }))?.source).toEqual({
      title: 'Sample Wire',
      url: 'https://dateline.test/source/sample_wire/rss.xml',
    })
    expect(
      (await firstOf({ source: { ...source, url: 'https://wire.test/1?a=1&b=2' } }))?.source,
    ).toEqual({
      title: 'Sample Wire',
      url: 'https://wire.test/1?a=1&b=2',
    })
  })

  it('keeps a description plain: what looks like markup is shown, not obeyed', async () => {
    const description = 'Q & A on R&D: <script>alert(1)</script> &copy; 5 > 4'
    expect((await firstOf({ description }))?.description).toBe(
      'Q & A on R&amp;D: &lt;script>alert(1)&lt;/script> &amp;copy; 5 > 4',
    )
  })

  it('shows an Unsplash cover once, with the same address as enclosure and as media', async () => {
    const cover = {
      ...noFile,
      raw: 'https://images.unsplash.com/photo-1?ixid=x',
      alt: 'A "vault" & a door',
      credit: { name: 'Ann Lee', url: undefined },
    }
    const article = await firstOf({ cover })
    const [enclosure, ...further] = article?.enclosures ?? []
    expect(further).toEqual([])
    expect(enclosure).toMatchObject({ length: 0, type: 'image/jpeg' })
    const [group] = article?.media?.groups ?? []
    const [best, ...others] = group?.contents ?? []
    expect(best).toEqual({
      url: enclosure?.url,
      type: 'image/jpeg',
      medium: 'image',
      width: 1200,
      height: 675,
    })
    expect(others.map(({ width, height }) => [width, height])).toEqual([
      [1200, 900],
      [1200, 1200],
    ])
    expect(group).toMatchObject({
      description: { value: 'A "vault" & a door', type: 'plain' },
      thumbnails: [{ url: expect.stringContaining('photo-1'), width: 480, height: 320 }],
      credits: [{ value: 'Ann Lee', role: 'photographer' }],
    })
    expect(article?.content?.encoded).not.toContain('photo-1')
  })

  it('gives a cover of our own an absolute address and its own type', async () => {
    const article = await firstOf({ cover: { ...noFile, regular: '/covers/a.webp' } })
    expect(article?.enclosures).toEqual([
      { url: 'https://dateline.test/covers/a.webp', length: 0, type: 'image/webp' },
    ])
    expect(article?.media?.contents?.[0]?.thumbnails).toEqual([
      { url: 'https://dateline.test/covers/a.webp' },
    ])
  })

  it('shows a cover that has nothing but the copy on S3, and none that has no usable file', async () => {
    const small_s3 = 'https://s3.us-west-2.amazonaws.com/images.unsplash.com/small/photo-1'
    expect((await firstOf({ cover: { ...noFile, small_s3 } }))?.enclosures?.[0]?.url).toBe(small_s3)
    const article = await firstOf({ cover: { ...noFile, raw: 'http://plain.test/a.jpg' } })
    expect(article?.enclosures).toBeUndefined()
    expect(article?.media).toBeUndefined()
  })

  it.each([
    ['an ended CDATA section', 'a ]]> b & <c>', 'a ]]> b & <c>'],
    ['a CDATA end around a control character', 'a ]]\u0001> <b>', 'a ]]\uFFFD> <b>'],
    ['a lone surrogate', 'a \ud800 b', 'a \uFFFD b'],
    ['a noncharacter', 'a \ufffe b', 'a \uFFFD b'],
    ['emoji and right-to-left text', '🚀 ביטקוין', '🚀 ביטקוין'],
    ['an entity spelled out', 'AT&amp;T', 'AT&amp;T'],
  ])('survives %s in title and body', async (_, title, shown) => {
    const { body } = await feedDocument('rss', {
      ...base,
      articles: [articleWith({ title, body: title })],
    })
    expect(parseRssFeed(body).items?.[0]?.title).toBe(shown)
    expect(body).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u)
    const outsideCdata = body.replace(/<!\[CDATA\[.*?\]\]>/gs, '')
    expect(outsideCdata).not.toContain(']]>')
  })
})
