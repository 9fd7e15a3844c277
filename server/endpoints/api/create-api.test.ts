import Ajv2020 from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { SearchResults } from '#lib/article-index/article-index.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { serveInTest } from '../../http/serve-in-test.ts'
import { type AskedIndex, mostBodyCharacters } from './answers.ts'
import { apiMethods, createApi } from './create-api.ts'

const vault = articleWith({
  slug: 'vault',
  title: '</script> ]]> \ud800 🚀',
  tags: ['LAYER 2'],
  sentiment: 'NEGATIVE',
  cover: {
    raw: undefined,
    full: undefined,
    regular: '/covers/a.webp',
    small: undefined,
    thumb: undefined,
    small_s3: undefined,
    alt: 'A vault',
    credit: { name: 'Ann', url: undefined },
  },
  ai: { rewritten: true, expandedAt: undefined, version: 1, translatedFrom: undefined },
  reviewedBy: 'Olha',
  reviewedAt: '2026-03-04T00:00:00.000Z',
  corrections: [{ at: '2026-03-03T00:00:00.000Z', text: 'Two.' }],
})
const { body: _, ...summary } = vault
const place = { publishedAt: vault.publishedAt, slug: 'vault' }

const none = { values: [], coverage: 'all' as const }
const found: SearchResults = {
  hits: [{ article: summary, title: [{ text: 'A', isMatch: true }], excerpt: [] }],
  page: 1,
  pageCount: 1,
  hitCount: 1,
  coverage: 'all',
  facets: {
    category: { values: [{ segment: 'defi', name: 'DEFI', articleCount: 1 }], coverage: 'newest' },
    source: none,
    sentiment: none,
  },
  languages: [{ locale: 'uk', articleCount: 2, coverage: 'all' }],
  suggestion: 'vault',
  correctedTo: 'vaults',
}

/** Has one article twice over, and remembers what it was asked. */
function open(overrides: Partial<AskedIndex> = {}) {
  const asked: unknown[] = []
  const index: AskedIndex = {
    findArticle: (locale, slug) => (locale === 'en' && slug === 'vault' ? vault : undefined),
    listBylines: ({ authors }) => authors.map((name) => ({ name, key: undefined })),
    findAbsence: (_locale, slug) => {
      if (slug === 'old') return { kind: 'moved', slug: 'vault' }
      return slug === 'taken' ? { kind: 'withdrawn' } : { kind: 'unknown' }
    },
    listMatches(query) {
      asked.push(query)
      return { articles: [summary], next: query.after ? undefined : place }
    },
    search: async (query) => {
      asked.push(query)
      return found
    },
    ...overrides,
  }
  const api = createApi({ index, siteUrl: 'https://dateline.test' })
  const { ask } = serveInTest([{ name: 'api', methods: apiMethods, find: api }])
  return { ask, asked }
}

const description = z.object({ components: z.object({ schemas: z.looseObject({}) }) })
const list = z.object({ next: z.string().optional(), nextCursor: z.string().optional() })

describe('the API', () => {
  it.each([
    ['/api/articles', 'ArticleList'],
    ['/api/articles?include=body&limit=100&lang=uk', 'ArticleList'],
    ['/api/articles/vault', 'Article'],
    ['/api/articles/vault?include=body', 'Article'],
    ['/api/search?q=vault', 'SearchAnswer'],
    ['/api/articles/none', 'Problem'],
    ['/api/articles?limit=0', 'Problem'],
  ])('answers %s as its description says', async (path, schema) => {
    const { ask } = open()
    const document = description.parse(await (await ask('/api/openapi.json')).json())
    const ajv = new Ajv2020({ formats: { 'date-time': true, uri: true }, strict: false })
    ajv.addSchema(document, 'api')
    const answer = await (await ask(path)).json()
    ajv.validate(`api#/components/schemas/${schema}`, answer)
    expect(ajv.errors).toBeNull()
  })

  it('has a body when it is asked for one', async () => {
    const { ask } = open()
    for (const [path, isThere] of [
      ['/api/articles/vault', false],
      ['/api/articles/vault?include=body', true],
      ['/api/articles?include=body', true],
    ] as const) {
      expect((await (await ask(path)).text()).includes('"body"')).toBe(isThere)
    }
  })

  it('ends an answer with texts before it grows without bound, and goes on behind it', async () => {
    const body = 'x'.repeat(mostBodyCharacters / 2)
    const summaries = ['a', 'b', 'gone', 'c', 'd', 'e'].map((slug) => ({ ...summary, slug }))
    const { ask } = open({
      listMatches: () => ({ articles: summaries, next: undefined }),
      findArticle: (_locale, slug) => (slug === 'gone' ? undefined : { ...vault, slug, body }),
    })
    const answer = await (await ask('/api/articles?include=body')).json()
    expect(answer.articles.map(({ slug }: { slug: string }) => slug)).toEqual(['a', 'b', 'c'])
    const cursor = Buffer.from(answer.nextCursor, 'base64url').toString()
    expect(JSON.parse(cursor)).toEqual([summary.publishedAt, 'c'])
    const bare = await (await ask('/api/articles')).json()
    expect([bare.articles.length, bare.nextCursor]).toEqual([6, undefined])
  })

  it('asks for what a filter means, and goes on where it ended', async () => {
    const { ask, asked } = open()
    const query = 'lang=uk&tag=Layer+2&sentiment=NEGATIVE&limit=5'
    const first = list.parse(await (await ask(`/api/articles?${query}`)).json())
    const address = new URL(first.next ?? '')
    const second = list.parse(await (await ask(address.pathname + address.search)).json())
    expect(second).toEqual({})
    const filter = { tag: 'layer-2', sentiment: 'negative' }
    expect(asked).toMatchObject([
      { locale: 'uk', filter, limit: 5, after: undefined },
      { locale: 'uk', filter, limit: 5, after: place },
    ])
  })

  it.each([
    ['/api/articles?foo=1', 400, /no parameter foo; there are .*sentiment/],
    ['/api/articles?lang=fr', 400, /lang/],
    ['/api/articles?limit=101', 400, /limit/],
    ['/api/articles?limit=1&limit=2', 400, /once/],
    ['/api/articles?cursor=bm90', 400, /cursor/],
    ['/api/articles?sentiment=happy', 400, /positive, neutral, negative/],
    ['/api/articles/none', 404, /no published article/i],
    ['/api/articles/taken', 410, /withdrawn/],
    ['/api/articles/vault/more', 404, /openapi\.json/],
    ['/api/search?q=a&from=2026-02-30', 400, /from/],
    ['/api/search?q=a&to=9999-12-31', 400, /to is not usable: there is no such day/],
    ['/api/search?q=a&sort=best', 400, /sort/],
    ['/api/search?q=a&sentiment=happy', 400, /positive, neutral, negative/],
    ['/api/search?q=a&page=0', 400, /page/],
    ['/api/none', 404, /openapi\.json/],
  ])('refuses %s with %i and a sentence', async (path, status, detail) => {
    const { ask } = open()
    const response = await ask(path)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toMatchObject({ status, detail: expect.stringMatching(detail) })
    expect(response.status).toBe(status)
  })

  it('leads from a former slug to the present one', async () => {
    const response = await open().ask('/api/articles/old?include=body')
    expect([response.status, response.headers.get('location')]).toEqual([
      308,
      '/api/articles/vault?include=body',
    ])
  })

  it('answers 304 to who holds the answer, HEAD without a body, and other origins', async () => {
    const { ask } = open()
    const whole = await ask('/api/articles', { headers: { 'accept-encoding': 'br' } })
    const etag = whole.headers.get('etag') ?? ''
    expect(whole.headers.get('access-control-allow-origin')).toBe('*')
    expect(whole.headers.get('x-robots-tag')).toBe('noindex')
    const again = await ask('/api/articles', { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
    const head = await ask('/api/articles', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const preflight = await ask('/api/articles', { method: 'OPTIONS' })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-headers')).toContain('If-None-Match')
    expect((await ask('/api/articles', { method: 'POST' })).status).toBe(405)
  })

  it('asks the search for what the parameters mean', async () => {
    const { ask, asked } = open()
    await ask('/api/search?q=a&tag=Layer+2&from=2026-03-01&to=2026-03-01&sort=newest&lang=uk')
    expect(asked).toEqual([
      {
        locale: 'uk',
        text: 'a',
        filter: { tag: 'layer-2' },
        from: '2026-03-01T00:00:00.000Z',
        before: '2026-03-02T00:00:00.000Z',
        order: 'newest',
        isExact: false,
        page: 1,
        pageSize: 20,
      },
    ])
    await ask('/api/search?q=a&exact=1')
    expect(asked.at(-1)).toMatchObject({ text: 'a', isExact: true })
  })

  it('says when the search is busy', async () => {
    const { ask } = open({ search: async () => ({ ...found, coverage: 'none' }) })
    const response = await ask('/api/search?q=a')
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '2'])
  })

  it('leaves every other address to others', () => {
    const index = { findArticle: () => undefined } as unknown as AskedIndex
    const api = createApi({ index, siteUrl: 'https://dateline.test' })
    for (const path of ['/', '/apis/articles', '/article/api']) {
      expect(api({ path, segments: path.split('/').filter(Boolean), search: '' })).toBeUndefined()
    }
  })
})
