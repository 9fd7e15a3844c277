import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import type { ArticleIndex, SearchFacet, SearchQuery } from '../article-index.ts'
import type { OpenIndex } from '../open-index.ts'

/** The part of the contract that is about narrowing a search down, counting and suggesting. */
export function describeSearchChoices(name: string, open: OpenIndex): void {
  const openAtNoon = (...articles: Partial<Article>[]) =>
    open(
      articles.map((overrides) => ({ article: articleWith({ title: 'Comet', ...overrides }) })),
      () => new Date('2026-11-22T12:00:00.000Z'),
    )
  const wire = (key: string) => ({ name: `Wire ${key}`, key, type: undefined, url: undefined })

  describe(`${name}: search with conditions`, () => {
    it('finds what meets all of them, and counts each kind as if it were not chosen', async () => {
      const index = await openAtNoon(
        { slug: 'a', category: 'DEFI', source: wire('x'), sentiment: 'NEGATIVE' },
        { slug: 'b', category: 'DEFI', source: wire('y'), sentiment: 'NEGATIVE' },
        { slug: 'c', category: 'MINING', source: wire('x'), sentiment: 'NEGATIVE' },
        { slug: 'd', category: 'MINING', source: wire('x'), sentiment: 'POSITIVE' },
        { slug: 'other', title: 'Meteor', category: 'DEFI', source: wire('x') },
      )
      const filter = { category: 'defi', sentiment: 'negative' }
      const { facets, ...found } = await ask(index, { filter })
      expect(slugsOf(found)).toEqual(['a', 'b'])
      expect(found.hitCount).toBe(2)
      expect(countsOf(facets.category)).toEqual({ defi: 2, mining: 1 })
      expect(countsOf(facets.sentiment)).toEqual({ negative: 2 })
      expect(countsOf(facets.source)).toEqual({ x: 1, y: 1 })
      expect(facets.source.values[0]?.name).toMatch(/^Wire [xy]$/)
      const both = await ask(index, { filter: { ...filter, source: 'y' } })
      expect(slugsOf(both)).toEqual(['b'])
      const unknown = await ask(index, { filter: { category: 'never-heard-of' } })
      expect(unknown.hitCount).toBe(0)
      expect(countsOf(unknown.facets.category)).toEqual({ defi: 2, mining: 2 })
    })

    it('keeps to tags and to days, the last one left out', async () => {
      const index = await openAtNoon(
        { slug: 'first', publishedAt: '2026-03-01T00:00:00.000Z', tags: ['DAO'] },
        { slug: 'late', publishedAt: '2026-03-01T23:59:59.999Z' },
        { slug: 'next', publishedAt: '2026-03-02T00:00:00.000Z', tags: ['DAO'] },
      )
      const day = { from: '2026-03-01T00:00:00.000Z', before: '2026-03-02T00:00:00.000Z' }
      expect(slugsOf(await ask(index, day))).toEqual(['first', 'late'])
      expect(slugsOf(await ask(index, { ...day, filter: { tag: 'dao' } }))).toEqual(['first'])
      expect(slugsOf(await ask(index, { from: day.before }))).toEqual(['next'])
      expect(slugsOf(await ask(index, { before: day.from }))).toEqual([])
    })

    it('lists the newest first when it is asked to', async () => {
      const index = await openAtNoon(
        { slug: 'title', publishedAt: '2026-01-01T00:00:00.000Z' },
        {
          slug: 'body',
          title: 'News',
          body: 'A comet.\n',
          publishedAt: '2026-02-01T00:00:00.000Z',
        },
      )
      const slugs = async (order: 'relevance' | 'newest') =>
        (await ask(index, { order })).hits.map(({ article }) => article.slug)
      expect(await slugs('relevance')).toEqual(['title', 'body'])
      expect(await slugs('newest')).toEqual(['body', 'title'])
    })

    it('needs no words where there are conditions, and finds nothing without either', async () => {
      const index = await openAtNoon(
        { slug: 'older', category: 'DEFI', publishedAt: '2026-01-01T00:00:00.000Z' },
        { slug: 'newer', category: 'DEFI', publishedAt: '2026-02-01T00:00:00.000Z' },
        { slug: 'other' },
      )
      const found = await ask(index, { text: '', filter: { category: 'defi' } })
      expect(found.hits.map(({ article }) => article.slug)).toEqual(['newer', 'older'])
      expect((await ask(index, { text: '', from: '2026-01-15T00:00:00.000Z' })).hitCount).toBe(2)
      expect((await ask(index, { text: '' })).hitCount).toBe(0)
    })

    it('finds under conditions what the newest thousand matches do not hold', async () => {
      const many = Array.from({ length: 1010 }, (_, i) => ({
        slug: `s${i}`,
        category: 'MINING',
        publishedAt: new Date(Date.UTC(2026, 0, 1, 0, i)).toISOString(),
      }))
      const old = { slug: 'old', category: 'DEFI', publishedAt: '2016-01-01T00:00:00.000Z' }
      const index = await openAtNoon(old, ...many)
      const found = await ask(index, { filter: { category: 'defi' } })
      expect(found).toMatchObject({ hitCount: 1, coverage: 'all' })
      expect(countsOf(found.facets.category)).toEqual({ mining: 1000, defi: 0 })
      expect(found.facets.category.coverage).toBe('newest')
    })

    it('shows and counts nothing suppressed', async () => {
      const index = await openAtNoon(
        { slug: 'seen', category: 'DEFI' },
        { slug: 'draft', category: 'DEFI', draft: true },
        { slug: 'future', category: 'SECRET', publishedAt: '2026-12-01T00:00:00.000Z' },
        { slug: 'taken', category: 'DEFI', withdrawn: true, locale: 'uk' },
      )
      for (const text of ['comet', '']) {
        const found = await ask(index, { text, filter: { category: 'defi' } })
        expect(slugsOf(found)).toEqual(['seen'])
        expect(countsOf(found.facets.category)).toEqual({ defi: 1 })
        expect(found.languages.map(({ articleCount }) => articleCount)).toEqual([1, 0])
      }
      expect((await ask(index, { filter: { category: 'secret' } })).hitCount).toBe(0)
    })

    it('counts what each language has', async () => {
      const index = await openAtNoon(
        { slug: 'a', category: 'DEFI' },
        { slug: 'b' },
        { slug: 'c', locale: 'uk', category: 'DEFI' },
        { slug: 'd', locale: 'uk', title: 'Ethereum' },
      )
      const counts = async (query: Partial<SearchQuery>) =>
        (await ask(index, query)).languages.map(({ locale, articleCount }) => [
          locale,
          articleCount,
        ])
      expect(await counts({})).toEqual([
        ['en', 2],
        ['uk', 1],
      ])
      expect(await counts({ filter: { category: 'defi' } })).toEqual([
        ['en', 1],
        ['uk', 1],
      ])
      expect(await counts({ text: 'ethereum' })).toEqual([
        ['en', 0],
        ['uk', 1],
      ])
    })
  })

  describe(`${name}: suggestions`, () => {
    it.each([
      ['ethareum', 'ethereum'],
      ['Ethareum news', 'Ethereum news'],
      ['“regualtion” ethareum', '“regulation” ethereum'],
      ['regualtoin', 'regulation'],
      ['stabelcoin', 'stablecoin'],
      ['уерукугь', 'ethereum'],
    ])('puts %s right', async (text, better) => {
      const index = await openAtNoon({
        title: 'Ethereum regulation news',
        body: 'A stablecoin and a vault.\n',
      })
      expect((await ask(index, { text, isExact: true })).suggestion).toBe(better)
      const { hits, correctedTo, suggestion } = await ask(index, { text })
      expect({ hits: hits.length, correctedTo, suggestion }).toEqual({
        hits: 1,
        correctedTo: better,
        suggestion: undefined,
      })
    })

    it.each([
      ['біткаїн', 'біткоїн'],
      ['регулювеня', 'регулювання'],
      ['rehc', 'курс'],
      [',snrjqy', 'біткойн'],
    ])('puts %s right in Ukrainian', async (text, better) => {
      const body = 'Біткоїн (або біткойн) і регулювання: біт та курс.\n'
      const index = await openAtNoon({ locale: 'uk', title: 'Новина', body })
      const found = await ask(index, { text, locale: 'uk' })
      expect(found).toMatchObject({ hitCount: 1, correctedTo: better })
    })

    it('shows what was typed where that is asked for, and where nothing has all the better words', async () => {
      const index = await openAtNoon(
        { slug: 'a', title: 'Ethereum vault', body: 'Text.' },
        { slug: 'b', title: 'Solana vault', body: 'Text.' },
      )
      const exact = await ask(index, { text: 'solqna', isExact: true })
      expect(exact).toMatchObject({ hitCount: 0, suggestion: 'solana', correctedTo: undefined })
      const apart = await ask(index, { text: 'solqna ethereum' })
      expect(apart).toMatchObject({ suggestion: 'solana ethereum', correctedTo: undefined })
      expect(slugsOf(apart)).toEqual(['a'])
    })

    it('leaves alone what is found, what is like nothing, and what only a draft has', async () => {
      const index = await openAtNoon(
        { title: 'Ethereum news' },
        { slug: 'draft', title: 'Hushword', draft: true },
      )
      for (const text of [
        'ethereum',
        'ethereums',
        'ethereu',
        'qqqqqq',
        'hushwort',
        '',
        '"',
        '12345',
      ]) {
        expect((await ask(index, { text })).suggestion, text).toBeUndefined()
      }
    })
  })
}

function ask(index: ArticleIndex, query: Partial<SearchQuery>) {
  return index.search({ locale: 'en', text: 'comet', page: 1, pageSize: 20, ...query })
}

const slugsOf = ({ hits }: { hits: { article: { slug: string } }[] }) =>
  hits.map(({ article }) => article.slug).sort()

const countsOf = ({ values }: SearchFacet) =>
  Object.fromEntries(values.map(({ segment, articleCount }) => [segment, articleCount]))
