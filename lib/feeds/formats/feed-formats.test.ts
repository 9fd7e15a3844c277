import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { compileBody } from '#lib/markdown/compile-body.ts'
import type { BodyRequest } from '#lib/markdown/compiled-body.ts'
import { feedFormats } from '#lib/site/routes.ts'
import { type FeedRequest, mostFeedCharacters } from '../feed.ts'
import { feedDocument } from './feed-document.ts'

const base = {
  locale: 'en',
  scope: { kind: 'latest' },
  name: 'Latest news',
  siteUrl: 'https://dateline.test',
  compile: async (request: BodyRequest) => compileBody(request),
} as const

/** What a subscriber of each format reads, in the same words. */
async function subscribe(articles: Partial<Article>[], request: Partial<FeedRequest> = {}) {
  const whole = { ...base, ...request, articles: articles.map(articleWith) }
  const [rss, atom, json] = await Promise.all(
    feedFormats.map(async (format) => (await feedDocument(format, whole)).body),
  )
  const read = {
    rss: parseRssFeed(rss ?? ''),
    atom: parseAtomFeed(atom ?? ''),
    json: parseJsonFeed(json ?? ''),
  }
  return { ...read, bodies: { rss, atom, json } }
}

const extended = z.object({
  _dateline: z.object({ about: z.string() }),
  items: z.array(z.object({ _dateline: z.looseObject({}) })),
})

describe('every format', () => {
  it('says the same about an article', async () => {
    const { rss, atom, json } = await subscribe([
      {
        updatedAt: '2026-03-05T10:00:00.000Z',
        authors: ['Ann', 'Bo'],
        tags: ['EXCHANGE', 'LAYER 2'],
        externalId: '7',
      },
    ])
    const [item, entry, piece] = [rss.items?.[0], atom.entries?.[0], json.items?.[0]]
    const id = 'tag:dateline.test,2026:en/story/sample_wire/7'
    expect([item?.guid?.value, entry?.id, piece?.id]).toEqual([id, id, id])
    const url = 'https://dateline.test/article/exchange-opens-vault'
    expect([item?.link, entry?.links?.[0]?.href, piece?.url]).toEqual([url, url, url])
    const updated = '2026-03-05T10:00:00.000Z'
    const published = '2026-03-02T09:00:00.000Z'
    expect([item?.atom?.updated, entry?.updated, piece?.date_modified]).toEqual(
      Array.from({ length: 3 }, () => updated),
    )
    expect([entry?.published, piece?.date_published]).toEqual([published, published])
    expect(new Date(item?.pubDate ?? '').toISOString()).toBe(published)
    const topics = ['Markets', 'Exchange', 'Layer 2']
    expect(item?.categories?.map(({ name }) => name)).toEqual(topics)
    expect(entry?.categories?.map(({ term }) => term)).toEqual(topics)
    expect(piece?.tags).toEqual(topics)
    expect(entry?.authors).toEqual([{ name: 'Ann' }, { name: 'Bo' }])
    expect(piece?.authors).toEqual([{ name: 'Ann' }, { name: 'Bo' }])
    const html = item?.content?.encoded
    expect(html).toContain('<p>The exchange opened a vault today.</p>')
    expect([entry?.content, piece?.content_html]).toEqual([{ value: html, type: 'html' }, html])
  })

  it('has the summary, and how it came about, of an article whose text no longer fits', async () => {
    const ai = { rewritten: true, expandedAt: undefined, version: 1, translatedFrom: undefined }
    const large = { body: 'x'.repeat(mostFeedCharacters - 20), slug: 'large' }
    const { rss, atom } = await subscribe(
      [
        { slug: 'first', body: 'First.' },
        large,
        {
          slug: 'second',
          body: 'A text that is longer than what is left.',
          description: 'In short.',
          ai,
        },
        { slug: 'third', body: 'Third.' },
      ],
      {
        compile: async (request) => compileBody({ ...request, body: request.body.slice(0, 60) }),
      },
    )
    const texts = rss.items?.map(({ content }) => content?.encoded ?? '')
    expect(texts?.[0]).toContain('First.')
    expect(texts?.[1]).toContain('xxx')
    expect(texts?.[2]).toMatch(/<em>.*<p>In short\.<\/p>/s)
    expect(texts?.[3]).toContain('Third.')
    expect(atom.entries?.map(({ content }) => content?.value)).toEqual(texts)
  })

  it.each([
    ['an ended CDATA section', 'a ]]> b & <c>', 'a ]]> b & <c>'],
    ['an ended script', '</script><script>alert(1)', '</script><script>alert(1)'],
    ['an entity spelled out twice', 'AT&amp;amp;T', 'AT&amp;amp;T'],
    ['an ended element', '</item></entry></title>', '</item></entry></title>'],
    ['a lone surrogate', 'a \ud800 b', 'a \uFFFD b'],
    ['emoji and right-to-left text', '🚀 \u202Eביטקוין\u202C «Ґ»', '🚀 \u202Eביטקוין\u202C «Ґ»'],
    ['300 characters', 'Ї'.repeat(300), 'Ї'.repeat(300)],
  ])('survives %s in a title, a tag, a source and a body', async (_, title, shown) => {
    const source = { name: title, key: 'wire', type: undefined, url: 'https://w.test/?a=1&b="2"' }
    const { rss, atom, json } = await subscribe([
      { title, body: title, tags: [title], source, description: title, authors: [title] },
    ])
    expect(rss.items?.[0]?.title).toBe(shown)
    expect(atom.entries?.[0]?.title?.value).toBe(shown)
    expect(json.items?.[0]?.title).toBe(shown)
    expect([rss.items, atom.entries, json.items].map((list) => list?.length)).toEqual([1, 1, 1])
    expect(rss.items?.[0]?.source?.title).toBe(shown)
    expect(atom.entries?.[0]?.links?.find(({ rel }) => rel === 'via')?.href).toBe(source.url)
    expect(atom.entries?.[0]?.authors).toEqual([{ name: shown }])
  })

  it('replaces what XML cannot hold', async () => {
    const title = 'a \u0001\ufffe]]\u0001> b'
    const { bodies, atom } = await subscribe([{ title, body: title, authors: [title] }])
    expect(atom.entries?.[0]?.title?.value).toBe('a \uFFFD\uFFFD]]\uFFFD> b')
    for (const xml of [bodies.rss, bodies.atom]) {
      expect(xml).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u)
    }
  })

  it('holds no markup that feed validators warn of', async () => {
    const body =
      '| a | b |\n|---|:-:|\n| 1 | 2 |\n\n- [x] done\n\nNote[^1] `code`\n\n```js\nx\n```\n\n[^1]: Text.'
    const { rss } = await subscribe([{ body }])
    const html = rss.items?.[0]?.content?.encoded ?? ''
    expect(html).toContain('<table>')
    expect(html).not.toMatch(/<[^>]* (?:aria-|role|style|tabindex|on)/)
    expect(html).not.toMatch(/(?:href|src)="(?!https:\/\/dateline\.test\/)/)
  })

  it('has no articles, and a date where one is asked for, when there is nothing yet', async () => {
    const { rss, atom, bodies } = await subscribe([])
    expect(rss.items).toBeUndefined()
    expect(atom).toMatchObject({ updated: '2026-01-01T00:00:00.000Z' })
    expect(JSON.parse(bodies.json ?? '')).toMatchObject({ items: [] })
  })

  it('has the date of the last change: of an article, or of the listing that one left', async () => {
    const published = { updatedAt: '2026-03-04T10:00:00.000Z' }
    const removedAt = '2026-03-05T10:00:00.000Z'
    const later = { updatedAt: '2026-03-06T10:00:00.000Z' }
    const dates = async (...given: Parameters<typeof subscribe>) => {
      const { rss, atom } = await subscribe(...given)
      return [new Date(rss.lastBuildDate ?? '').toISOString(), atom.updated]
    }
    expect(await dates([published], { removedAt })).toEqual([removedAt, removedAt])
    expect(await dates([later], { removedAt })).toEqual([later.updatedAt, later.updatedAt])
    expect(await dates([], { removedAt })).toEqual([removedAt, removedAt])
  })

  it.each<[string, Partial<Article>, string]>([
    ['no description', { description: '', body: 'A *bold* 5 < 6 & more.' }, 'A bold 5 < 6 & more.'],
    ['a long text and no description', { description: '', body: 'Ї '.repeat(400) }, '…'],
    ['nothing but a title', { description: '', body: '', source: undefined }, 'Only this'],
  ])(
    'has an item with a description and a content for an article with %s',
    async (_, article, text) => {
      const { rss, json, atom } = await subscribe([{ title: 'Only this', ...article }])
      const item = rss.items?.[0]
      expect(item?.description?.replace('&#x3C;', '<').replace('&#x26;', '&')).toContain(text)
      expect(item?.description?.length).toBeLessThan(320)
      expect(item?.description).not.toMatch(/<\w/)
      for (const html of [item?.content?.encoded, atom.entries?.[0]?.content?.value]) {
        expect(html?.trim()).toBeTruthy()
      }
      expect(json.items?.[0]?.content_html?.trim()).toBeTruthy()
    },
  )

  it('names itself, its page and its hub', async () => {
    const hubUrl = 'https://hub.test/?a=1&b=2'
    const scope = { kind: 'category', segment: 'defi' } as const
    const { rss, atom, json } = await subscribe([], { hubUrl, scope, locale: 'uk' })
    const page = 'https://dateline.test/uk/category/defi'
    expect(rss.atom?.links).toMatchObject([
      { rel: 'self', href: `${page}/rss.xml` },
      { rel: 'hub', href: hubUrl },
    ])
    expect(atom.links).toMatchObject([
      { rel: 'self', href: `${page}/atom.xml` },
      { rel: 'alternate', href: page },
      { rel: 'hub', href: hubUrl },
    ])
    expect(json).toMatchObject({
      feed_url: `${page}/feed.json`,
      home_page_url: page,
      language: 'uk',
      hubs: [{ type: 'WebSub', url: hubUrl }],
    })
  })

  it('says by what a filtered feed was chosen, and names no hub for it', async () => {
    const filter = { tag: 'hack', sentiment: 'negative' }
    const request = { filter, name: 'Hacks · Negative', hubUrl: 'https://hub.test/' }
    const { rss, atom, json } = await subscribe([], request)
    const query = '?tag=hack&sentiment=negative'
    expect(rss).toMatchObject({ title: 'Hacks · Negative · Dateline' })
    expect(rss.atom?.links).toEqual([
      {
        href: `https://dateline.test/rss.xml${query}`,
        rel: 'self',
        type: 'application/rss+xml',
      },
    ])
    expect(atom.id).toBe(`tag:dateline.test,2026:en/feed${query}`)
    expect(atom.links?.some(({ rel }) => rel === 'hub')).toBe(false)
    expect(json.hubs).toBeUndefined()
  })

  it('carries sentiment and provenance', async () => {
    const { rss, atom, bodies } = await subscribe([
      {
        tags: [],
        sentiment: 'NEGATIVE',
        ai: {
          rewritten: true,
          expandedAt: '2026-03-02T09:00:00.000Z',
          version: 2,
          translatedFrom: 'uk',
        },
        reviewedBy: 'Olha; editor',
        reviewedAt: '2026-03-02T11:00:00.000Z',
        corrections: [{ at: '2026-03-03T00:00:00.000Z', text: 'It was two.' }],
      },
    ])
    for (const body of Object.values(bodies)) {
      expect(body).toContain('translated by AI, reviewed by Olha; editor on 2 March 2026')
    }
    const scheme = 'https://dateline.test/feeds#sentiment'
    expect(rss.items?.[0]?.categories?.at(-1)).toEqual({ name: 'negative', domain: scheme })
    expect(atom.entries?.[0]?.categories?.at(-1)).toEqual({
      term: 'negative',
      scheme,
      label: 'Negative',
    })
    const type = 'http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia'
    const done =
      'rewritten; expanded=2026-03-02T09:00:00.000Z; version=2; translated-from=uk; reviewed=2026-03-02T11:00:00.000Z; reviewed-by=Olha; editor'
    expect(rss.items?.[0]?.dcterms?.provenances).toEqual([type, done])
    expect(atom.entries?.[0]?.dcterms?.provenances).toEqual([type, done])
    expect(extended.parse(JSON.parse(bodies.json ?? '')).items[0]?._dateline).toMatchObject({
      sentiment: 'negative',
      source: { name: 'Sample Wire', key: 'sample_wire' },
      ai: {
        ...{ rewritten: true, version: 2, translated_from: 'uk', digital_source_type: type },
        ...{ reviewed_by: 'Olha; editor', reviewed_at: '2026-03-02T11:00:00.000Z' },
      },
      corrections: [{ at: '2026-03-03T00:00:00.000Z', text: 'It was two.' }],
    })
  })
})
