import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import type { ArticleIndex, ListingScope } from './article-index.ts'
import { type OpenIndex, openAt } from './open-index.ts'

const noon = '2026-11-22T12:00:00.000Z'
const latest: ListingScope = { kind: 'latest' }

/** Articles, and in which order they stand in listings. */
export function describeListings(name: string, open: OpenIndex): void {
  const openAtNoon = openAt(open, noon)

  describe(`${name}: articles and listings`, () => {
    it('gives an article back as it was', async () => {
      const article = articleWith({
        slug: 'біткоїн',
        locale: 'uk',
        body: '# Ґанок\n\n«Ціна» — 5 000 ₴ 🚀\n',
        cover: {
          raw: undefined,
          full: '/covers/a.webp',
          regular: undefined,
          small: undefined,
          thumb: undefined,
          small_s3: undefined,
          alt: 'A vault',
          credit: { name: 'N', url: undefined },
        },
        ai: { rewritten: true, expandedAt: undefined, version: 1, translatedFrom: 'en' },
        corrections: [{ at: noon, text: 'Fixed' }],
        sentiment: 'POSITIVE',
      })
      const index = await openAtNoon(article)
      expect(index.findArticle('uk', 'біткоїн')).toEqual(article)
    })

    it('keeps bodies out of summaries', async () => {
      const index = await openAtNoon(
        { slug: 'a', stickyWeight: 1, pinnedUntil: '2026-12-01T00:00:00.000Z' },
        { slug: 'b' },
      )
      const { articles } = index.listArticles({ locale: 'en', scope: latest, page: 1, pageSize: 9 })
      const { hits } = await searchText(index, 'vault')
      const summaries = [
        ...articles,
        ...index.listPinned('en', 9),
        ...index.listRelated(articleWith({ slug: 'a' }), 9),
        ...hits.map(({ article }) => article),
      ]
      expect(summaries).toHaveLength(6)
      for (const summary of summaries) expect(summary).not.toHaveProperty('body')
    })

    it('lists the newest first and equal instants by slug, and pages without gap or overlap', async () => {
      const index = await openAtNoon(
        ...['c', 'a', 'b'].map((slug) => ({ slug, publishedAt: '2026-05-01T00:00:00.000Z' })),
        { slug: 'old', publishedAt: '2026-04-01T00:00:00.000Z' },
        { slug: 'new', publishedAt: '2026-06-01T00:00:00.000Z' },
      )
      const page = (page: number) =>
        index.listArticles({ locale: 'en', scope: latest, page, pageSize: 2 })
      const pages = [1, 2, 3].map((number) => page(number).articles.map(({ slug }) => slug))
      expect(pages).toEqual([['new', 'a'], ['b', 'c'], ['old']])
      expect(page(2)).toMatchObject({ page: 2, pageCount: 3, articleCount: 5 })
      for (const beyond of [0, -1, 4, 1.5, Number.NaN, 1e12])
        expect(page(beyond).articles).toEqual([])
    })

    it('walks the same order from any page, however deep, and past what is dated in the future', async () => {
      const hours = Array.from({ length: 900 }, (_, i) => (i % 7 === 0 ? i : i * 5))
      const articles = hours.map((hour, i) => ({
        slug: `s${i}`,
        publishedAt: new Date(Date.parse(noon) + (40 - hour) * 3_600_000).toISOString(),
      }))
      const index = await openAtNoon(...articles)
      const visible = articles
        .filter(({ publishedAt }) => publishedAt <= noon)
        .sort((a, b) =>
          a.publishedAt < b.publishedAt
            ? 1
            : a.publishedAt > b.publishedAt
              ? -1
              : a.slug < b.slug
                ? -1
                : 1,
        )
      const listPage = (page: number) =>
        index.listArticles({ locale: 'en', scope: latest, page, pageSize: 13 })
      const { pageCount, articleCount } = listPage(1)
      expect(articleCount).toBe(visible.length)
      const walked = Array.from({ length: pageCount }, (_, i) => listPage(i + 1).articles).flat()
      expect(walked.map(({ slug }) => slug)).toEqual(visible.map(({ slug }) => slug))
    })

    it('lists by category, tag, source and month', async () => {
      const index = await openAtNoon(
        { slug: 'one', category: 'DEFI', tags: ['LAYER 2', 'layer-2'], source: undefined },
        { slug: 'two', category: 'Defi', tags: [], publishedAt: '2025-12-31T23:59:59.999Z' },
      )
      expect(slugsOf(index, { kind: 'category', segment: 'defi' })).toEqual(['one', 'two'])
      expect(slugsOf(index, { kind: 'tag', segment: 'layer-2' })).toEqual(['one'])
      expect(slugsOf(index, { kind: 'source', key: 'sample_wire' })).toEqual(['two'])
      expect(slugsOf(index, { kind: 'archive', year: 2025, month: 12 })).toEqual(['two'])
      expect(slugsOf(index, { kind: 'archive', year: 2026, month: 1 })).toEqual([])
      expect(slugsOf(index, { kind: 'tag', segment: 'none' })).toEqual([])
    })

    it('names a topic as its newest article does, the most used first', async () => {
      const index = await openAtNoon(
        { slug: 'one', category: 'DEFI', tags: ['Layer 2', 'DAO'] },
        {
          slug: 'two',
          category: 'DeFi',
          tags: ['LAYER 2'],
          publishedAt: '2026-10-01T00:00:00.000Z',
        },
      )
      expect(index.listCategories('en')).toEqual([
        { name: 'DeFi', segment: 'defi', articleCount: 2, latestAt: '2026-10-01T00:00:00.000Z' },
      ])
      expect(index.listTags('en').map(({ name }) => name)).toEqual(['LAYER 2', 'DAO'])
      expect(index.listTags('uk')).toEqual([])
    })

    it('pins by weight, then by time', async () => {
      const pinnedUntil = '2026-12-01T00:00:00.000Z'
      const index = await openAtNoon(
        { slug: 'light', stickyWeight: 1, publishedAt: '2026-10-01T00:00:00.000Z', pinnedUntil },
        { slug: 'heavy', stickyWeight: 10, pinnedUntil },
        { slug: 'newer', stickyWeight: 10, publishedAt: '2026-09-01T00:00:00.000Z', pinnedUntil },
        { slug: 'not', stickyWeight: 0 },
        { slug: 'sunk', stickyWeight: -3 },
      )
      expect(index.listPinned('en', 9).map(({ slug }) => slug)).toEqual(['newer', 'heavy', 'light'])
      expect(index.listPinned('en', 1).map(({ slug }) => slug)).toEqual(['newer'])
    })

    it('ends a pin when the file says, else three days after the update, and then has another epoch', async () => {
      let now = new Date('2026-03-05T08:59:00.000Z')
      const pinned = (overrides: Partial<Article>) => ({
        article: articleWith({ stickyWeight: 1, ...overrides }),
      })
      const index = await open(
        [
          pinned({ slug: 'usual', publishedAt: '2026-03-02T09:00:00.000Z' }),
          pinned({ slug: 'longer', pinnedUntil: '2026-03-05T09:10:00.000Z' }),
          pinned({ slug: 'over', pinnedUntil: '2026-03-03T09:00:00.000Z' }),
          pinned({ slug: 'unfinished', draft: true, pinnedUntil: '2026-03-05T09:05:00.000Z' }),
        ],
        () => now,
      )
      const seen = () => ({
        pinned: index.listPinned('en', 9).map(({ slug }) => slug),
        epoch: index.epoch(),
      })
      const before = seen()
      expect(before.pinned).toEqual(['longer', 'usual'])
      expect(index.findNextDueAt()).toBe('2026-03-05T09:00:00.000Z')
      now = new Date('2026-03-05T09:00:00.000Z')
      const after = seen()
      expect(after.pinned).toEqual(['longer'])
      expect(after.epoch).not.toBe(before.epoch)
      now = new Date('2026-03-05T09:09:59.999Z')
      expect(seen()).toEqual(after)
      now = new Date('2026-03-05T09:10:00.000Z')
      expect(seen().pinned).toEqual([])
      expect(seen().epoch).not.toBe(after.epoch)
    })

    it('has breaking news until it ends, the newest first', async () => {
      let now = new Date('2026-03-02T12:00:00.000Z')
      const breakingUntil = '2026-03-02T15:30:00.000Z'
      const index = await open(
        [
          { article: articleWith({ slug: 'first', breakingUntil }) },
          {
            article: articleWith({
              slug: 'second',
              publishedAt: '2026-03-02T10:00:00.000Z',
              breakingUntil: '2026-03-02T13:00:00.000Z',
            }),
          },
          { article: articleWith({ slug: 'ordinary' }) },
          { article: articleWith({ slug: 'taken-back', breakingUntil, withdrawn: true }) },
        ],
        () => now,
      )
      const breaking = () => index.listBreaking('en', 5).map(({ slug }) => slug)
      expect(breaking()).toEqual(['second', 'first'])
      const epoch = index.epoch()
      now = new Date('2026-03-02T13:00:00.000Z')
      expect(breaking()).toEqual(['first'])
      expect(index.epoch()).not.toBe(epoch)
      expect(index.listBreaking('uk', 5)).toEqual([])
      now = new Date(breakingUntil)
      expect(breaking()).toEqual([])
    })

    it('finds translations and neighbours', async () => {
      const same = { publishedAt: '2026-05-01T00:00:00.000Z' }
      const index = await openAtNoon(
        { slug: 'a', ...same },
        { slug: 'b', ...same },
        { slug: 'c', publishedAt: '2026-04-01T00:00:00.000Z' },
        { slug: 'b', locale: 'uk', ...same },
      )
      const b = articleWith({ slug: 'b', ...same })
      expect(index.listTranslations(b).map(({ locale }) => locale)).toEqual(['uk'])
      expect(index.findNeighbours(b)).toMatchObject({ newer: { slug: 'a' }, older: { slug: 'c' } })
      expect(index.findNeighbours({ ...b, locale: 'uk' }).newer).toBeUndefined()
    })

    it('answers the same in whichever order articles of one minute came in', async () => {
      const articles = Array.from({ length: 12 }, (_, i) => ({
        slug: `s${i}`,
        tags: ['COMMON', `Tag ${i}`],
        source: {
          key: `wire-${i}`,
          name: `Wire ${i}`,
          url: 'https://wire.example/',
          type: undefined,
        },
        corrections: [{ at: '2026-11-21T10:00:00.000Z', text: 'A number was wrong.' }],
      }))
      const ask = async (index: ArticleIndex) => {
        const related = index.listRelated(articleWith({ slug: 's1', tags: ['COMMON'] }), 5)
        const found = await index.search({ locale: 'en', text: 'common', page: 1, pageSize: 20 })
        const { corrections } = index.listCorrections({ locale: 'en', page: 1, pageSize: 20 })
        return {
          related: related.map(({ slug }) => slug),
          found: found.hits.map(({ article }) => article.slug),
          corrected: corrections.map(({ article }) => article.slug),
          tags: index.listTags('en'),
          sources: index.listSources('en'),
        }
      }
      const answers = await ask(await openAtNoon(...articles))
      expect(answers.related).toHaveLength(5)
      expect(answers.found).toHaveLength(12)
      expect(await ask(await openAtNoon(...articles.toReversed()))).toEqual(answers)
    })

    it('relates by shared tags first, never to itself', async () => {
      const index = await openAtNoon(
        { slug: 'self', tags: ['RARE', 'BTC'] },
        { slug: 'rare', tags: ['RARE'], category: 'DEFI' },
        { slug: 'common', tags: ['BTC'], category: 'DEFI' },
        ...Array.from({ length: 8 }, (_, i) => ({ slug: `btc-${i}`, tags: ['BTC'] })),
        { slug: 'stranger', tags: ['NFT'], category: 'CULTURE' },
      )
      const self = index.findArticle('en', 'self') ?? articleWith()
      const related = index.listRelated(self, 20).map(({ slug }) => slug)
      expect(related[0]).toBe('rare')
      expect(related.at(-1)).toBe('common')
      expect(related).not.toContain('self')
      expect(related).not.toContain('stranger')
      expect(index.listRelated(self, 2)).toHaveLength(2)
    })
  })

  describe(`${name}: empty`, () => {
    it('lists nothing and finds nothing', async () => {
      const index = await openAtNoon()
      expect(index.listArticles({ locale: 'en', scope: latest, page: 1, pageSize: 9 })).toEqual({
        articles: [],
        page: 1,
        pageCount: 0,
        articleCount: 0,
      })
      expect(await searchText(index, 'vault')).toMatchObject({
        hits: [],
        pageCount: 0,
        hitCount: 0,
      })
      expect(index.findNextDueAt()).toBeUndefined()
      expect(index.listProblems()).toEqual([])
      expect(index.listMonths('en')).toEqual([])
      expect(index.findNeighbours(articleWith())).toEqual({ newer: undefined, older: undefined })
    })
  })
}

function slugsOf(index: ArticleIndex, scope: ListingScope): string[] {
  const { articles } = index.listArticles({ locale: 'en', scope, page: 1, pageSize: 50 })
  return articles.map(({ slug }) => slug)
}

function searchText(index: ArticleIndex, text: string) {
  return index.search({ locale: 'en', text, page: 1, pageSize: 50 })
}
