import { describe, expect, it } from 'vitest'
import type { Article, ArticleSummary } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { compareFilesOfOneSlug } from '#lib/content/slug-conflicts.ts'
import { findPublicState, findUnpublishedReason } from '#lib/content/visibility.ts'
import { site } from '#lib/site/site.ts'
import {
  type ArticleIndex,
  type ListingScope,
  type QueryName,
  queryNames,
} from './article-index.ts'
import { describeMatches } from './matches.contract.ts'
import { describeMood } from './mood.contract.ts'
import { type OpenIndex, openAt } from './open-index.ts'
import { describeSearch } from './search/search.contract.ts'
import { describeSearchChoices } from './search/search-choices.contract.ts'
import { describeTrust } from './trust.contract.ts'

/** An instance of every query: a new one does not compile without. */
const instances: { [Name in QueryName]: (index: ArticleIndex) => unknown } = {
  findArticle: (index) => index.findArticle('en', 'secret'),
  findAbsence: (index) => index.findAbsence('en', 'old-secret'),
  listTranslations: (index) => index.listTranslations({ locale: 'uk', slug: 'secret' }),
  findNeighbours: (index) => index.findNeighbours(articleWith({ slug: 'other' })),
  listRelated: (index) => index.listRelated(articleWith({ slug: 'other', tags: ['HUSH'] }), 9),
  listArticles: (index) => index.listArticles({ ...everything, page: 1, pageSize: 9 }),
  listFullArticles: (index) => index.listFullArticles({ ...everything, limit: 9 }),
  findLastRemovalAt: (index) => index.findLastRemovalAt(everything),
  listMatches: (index) => index.listMatches({ ...everything, filter: { tag: 'hush' }, limit: 9 }),
  listFullMatches: (index) => index.listFullMatches({ ...everything, filter: {}, limit: 9 }),
  listPinned: (index) => index.listPinned('en', 9),
  listBreaking: (index) => index.listBreaking('en', 9),
  listCategories: (index) => index.listCategories('en'),
  listTags: (index) => index.listTags('en'),
  listSources: (index) => index.listSources('en'),
  listStories: (index) => index.listStories('en'),
  listAssets: (index) => index.listAssets('en'),
  listMonths: (index) => index.listMonths('en'),
  listDays: (index) => index.listDays('en', { year: 2026, month: 11 }),
  findSourceFacts: (index) => index.findSourceFacts('en', 'whisper'),
  countMood: (index) => index.countMood({ ...wholeMood, span: '30-days' }),
  listMoodSteps: (index) => index.listMoodSteps({ ...wholeMood, span: '30-days' }),
  listMoodsByTopic: (index) =>
    index.listMoodsByTopic({ locale: 'en', kind: 'tag', span: '30-days', limit: 9 }),
  listMoodArticles: (index) =>
    index.listMoodArticles({
      ...wholeMood,
      period: { kind: 'span', span: '30-days' },
      page: 1,
      pageSize: 9,
    }),
  findPage: (index) => index.findPage('en', 'none'),
  listPages: (index) => index.listPages('en'),
  findAuthor: (index) => index.findAuthor('en', 'none'),
  listAuthors: (index) => index.listAuthors('en'),
  listBylines: (index) => index.listBylines({ locale: 'en', authors: [] }),
  findRedirect: (index) => index.findRedirect('/none'),
  findPicture: (index) => index.findPicture('media/none.png'),
  listCorrections: (index) => index.listCorrections({ locale: 'en', page: 1, pageSize: 9 }),
  countIndexable: (index) => index.countIndexable(november),
  listIndexable: (index) => index.listIndexable(november),
  digestIndexable: (index) => index.digestIndexable(november),
  search: (index) => index.search({ locale: 'en', text: 'zebra', page: 1, pageSize: 9 }),
  findNextDueAt: (index) => typeof index.findNextDueAt(),
  epoch: (index) => typeof index.epoch(),
  listProblems: (index) => index.listProblems(),
  status: (index) => index.status().visibleCount,
}

const noon = '2026-11-22T12:00:00.000Z'
const latest: ListingScope = { kind: 'latest' }
const everything = { locale: 'en', scope: latest } as const
const wholeMood = { locale: 'en', scope: { kind: 'latest' } } as const
const november = {
  locale: 'en',
  from: '2026-11-01T00:00:00.000Z',
  before: '2026-12-01T00:00:00.000Z',
} as const

/** What every implementation of `ArticleIndex` does. To be called in a test file of its own. */
export function describeArticleIndex(name: string, open: OpenIndex): void {
  const openAtNoon = openAt(open, noon)

  describe(`${name}: visibility`, () => {
    const hidden: Partial<Article>[] = [
      { slug: 'a-draft', draft: true },
      { slug: 'in-future', publishedAt: '2026-11-22T12:00:00.001Z' },
      { slug: 'taken-back', withdrawn: true },
      { slug: 'draft-and-withdrawn', draft: true, withdrawn: true },
      { slug: 'in-ukrainian', locale: 'uk' },
    ]
    const telling: Partial<Article> = {
      title: 'Zebra vault, in bitcoin',
      storyKey: 'secret-story',
      category: 'SECRET',
      tags: ['HUSH', 'EXCHANGE'],
      source: { name: 'Whisper', key: 'whisper', type: undefined, url: undefined },
      stickyWeight: 5,
      pinnedUntil: '2027-01-01T00:00:00.000Z',
      breakingUntil: '2027-01-01T00:00:00.000Z',
      aliases: ['old-name'],
    }
    const openWithHidden = () =>
      openAtNoon(
        { slug: 'visible', publishedAt: '2026-03-02T09:00:00.000Z' },
        ...hidden.map((overrides) => ({ ...telling, ...overrides })),
      )
    const scopes: ListingScope[] = [
      latest,
      { kind: 'category', segment: 'secret' },
      { kind: 'category', segment: 'markets' },
      { kind: 'tag', segment: 'hush' },
      { kind: 'tag', segment: 'exchange' },
      { kind: 'source', key: 'whisper' },
      { kind: 'story', key: 'secret-story' },
      { kind: 'asset', key: 'bitcoin' },
      { kind: 'archive', year: 2026, month: 3 },
      { kind: 'archive', year: 2026, month: 11 },
    ]

    it('has stories by their key and assets by any of their names, in every language', async () => {
      const index = await openAtNoon(
        { slug: 'a', storyKey: 'vault', tags: ['BTC'], title: 'Vault opens' },
        { slug: 'b', storyKey: 'vault', tags: [], title: 'Vault of bitcoins opens' },
        { slug: 'c', tags: [], locale: 'uk', title: 'Сховище біткоїна відкрито' },
        { slug: 'd', tags: [], title: 'Optimism returns to Dash' },
      )
      const slugs = (locale: 'en' | 'uk', scope: ListingScope) =>
        index
          .listArticles({ locale, scope, page: 1, pageSize: 9 })
          .articles.map(({ slug }) => slug)
          .sort()
      expect(slugs('en', { kind: 'story', key: 'vault' })).toEqual(['a', 'b'])
      expect(slugs('en', { kind: 'asset', key: 'bitcoin' })).toEqual(['a', 'b'])
      expect(slugs('uk', { kind: 'asset', key: 'bitcoin' })).toEqual(['c'])
      expect(index.listStories('en')).toMatchObject([{ segment: 'vault', articleCount: 2 }])
      expect(index.listAssets('en').map(({ segment }) => segment)).toEqual(['bitcoin', 'dash'])
    })

    it('lists a month of UTC by the days of the publication', async () => {
      const index = await openAtNoon(
        { slug: 'a', publishedAt: '2026-03-31T22:30:00.000Z' },
        { slug: 'b', publishedAt: '2026-03-31T20:30:00.000Z' },
        { slug: 'c', publishedAt: '2026-03-30T23:30:00.000Z' },
        { slug: 'd', publishedAt: '2026-03-01T00:00:00.000Z' },
      )
      const { timeZone } = site()
      try {
        Object.assign(site(), { timeZone: 'Europe/Kyiv' })
        expect(index.listDays('en', { year: 2026, month: 3 })).toEqual([
          { date: '2026-04-01', articleCount: 1 },
          { date: '2026-03-31', articleCount: 2 },
          { date: '2026-03-01', articleCount: 1 },
        ])
      } finally {
        Object.assign(site(), { timeZone })
      }
    })

    it('finds no draft, future, withdrawn or other-language article', async () => {
      const index = await openWithHidden()
      for (const { slug = '' } of hidden) expect(index.findArticle('en', slug)).toBeUndefined()
      expect(index.findArticle('en', 'visible')?.slug).toBe('visible')
    })

    it('lists nothing hidden in any scope, and counts nothing hidden', async () => {
      const index = await openWithHidden()
      for (const scope of scopes) {
        const listing = index.listArticles({ locale: 'en', scope, page: 1, pageSize: 50 })
        expect(listing.articles.filter(({ slug }) => slug !== 'visible')).toEqual([])
        expect(listing.articleCount).toBe(listing.articles.length)
        const full = index.listFullArticles({ locale: 'en', scope, limit: 50 })
        expect(full.map(({ slug }) => slug)).toEqual(listing.articles.map(({ slug }) => slug))
      }
      expect(index.listPinned('en', 10)).toEqual([])
      expect(index.status().visibleCount).toEqual({ en: 1, uk: 1 })
    })

    it('names no category, tag, source or month that only hidden articles have', async () => {
      const index = await openWithHidden()
      expect(index.listCategories('en').map(({ segment }) => segment)).toEqual(['markets'])
      expect(index.listTags('en')).toMatchObject([{ segment: 'exchange', articleCount: 1 }])
      expect(index.listSources('en').map(({ source }) => source.key)).toEqual(['sample_wire'])
      expect(index.listMonths('en')).toEqual([{ year: 2026, month: 3, articleCount: 1 }])
      expect(index.listDays('en', { year: 2026, month: 3 })).toEqual([
        { date: '2026-03-02', articleCount: 1 },
      ])
      expect(index.listDays('en', { year: 2026, month: 11 })).toEqual([])
    })

    it('reaches nothing hidden from a visible article', async () => {
      const index = await openWithHidden()
      const article = articleWith({ slug: 'visible' })
      expect(index.findNeighbours(article)).toEqual({ newer: undefined, older: undefined })
      expect(index.listRelated({ ...article, ...telling, slug: 'visible' }, 10)).toEqual([])
      expect(index.listTranslations({ locale: 'en', slug: 'in-future' })).toEqual([])
      expect(index.listTranslations({ locale: 'uk', slug: 'a-draft' })).toEqual([])
    })

    it('searches nothing hidden', async () => {
      const index = await openWithHidden()
      for (const text of ['zebra', 'hush', 'vault', 'exchange', 'zeb']) {
        const { hits, hitCount } = await searchText(index, text)
        expect(hits.filter(({ article }) => article.slug !== 'visible')).toEqual([])
        expect(hitCount).toBe(hits.length)
      }
    })

    const secret: Partial<Article> = {
      slug: 'secret',
      title: 'Zebra vault',
      publishedAt: '2026-11-20T00:00:00.000Z',
      category: 'SECRET',
      storyKey: 'secret-story',
      tags: ['BTC', 'HUSH'],
      source: { name: 'Whisper', key: 'whisper', type: undefined, url: undefined },
      sentiment: 'NEGATIVE',
      stickyWeight: 5,
      pinnedUntil: '2027-01-01T00:00:00.000Z',
      breakingUntil: '2027-01-01T00:00:00.000Z',
      corrections: [{ at: '2026-11-21T00:00:00.000Z', text: 'The name was wrong.' }],
    }

    it.each(queryNames)(
      '%s answers as an empty index does, whatever is not published',
      async (query) => {
        const ask = (index: ArticleIndex) => instances[query](index)
        const expected = await ask(await openAtNoon())
        const unpublished: Partial<Article>[] = [
          { draft: true, aliases: ['old-secret'] },
          { withdrawn: true },
          { publishedAt: '2026-11-22T12:00:00.001Z', aliases: ['old-secret'] },
        ]
        for (const overrides of unpublished) {
          const scheduled = 'publishedAt' in overrides && query === 'findNextDueAt'
          const found = await ask(await openAtNoon({ ...secret, ...overrides }))
          expect(found).toEqual(scheduled ? 'string' : expected)
        }
      },
    )

    it('its queries see the same article when it is published', async () => {
      const blind = new Set<QueryName>([
        ...(['findNextDueAt', 'epoch', 'listProblems'] as const),
        // Nothing has left the listing.
        'findLastRemovalAt' as const,
        // What is no article; see describeEntries.
        ...(['findPage', 'listPages', 'findAuthor', 'listAuthors'] as const),
        ...(['listBylines', 'findRedirect', 'findPicture'] as const),
      ])
      const index = await openAtNoon({ ...secret, aliases: ['old-secret'] })
      const empty = await openAtNoon()
      for (const query of queryNames.filter((name) => !blind.has(name))) {
        expect(await instances[query](index), query).not.toEqual(await instances[query](empty))
      }
    })

    it('shows a scheduled article from its very instant, everywhere', async () => {
      let now = new Date('2026-11-22T11:59:59.999Z')
      const scheduled = articleWith({ slug: 'later', publishedAt: noon, tags: ['NEW'] })
      const index = await open([{ article: scheduled }], () => now)
      expect(index.findNextDueAt()).toBe(noon)
      expect(index.listTags('en')).toEqual([])
      now = new Date(noon)
      expect(index.findArticle('en', 'later')).toEqual(scheduled)
      expect(slugsOf(index, latest)).toEqual(['later'])
      expect(index.listTags('en')).toMatchObject([{ name: 'NEW', articleCount: 1, latestAt: noon }])
      expect((await searchText(index, 'vault')).hitCount).toBe(1)
      expect(index.findNextDueAt()).toBeUndefined()
    })
  })

  describe(`${name}: absence`, () => {
    it('tells moved, withdrawn and unknown apart', async () => {
      const index = await openAtNoon(
        { slug: 'new-name', aliases: ['old-name', 'new-name'] },
        { slug: 'taken-back', withdrawn: true, aliases: ['taken-too'] },
        { slug: 'a-draft', draft: true, aliases: ['draft-alias'] },
        { slug: 'in-future', publishedAt: '2027-01-01T00:00:00.000Z', aliases: ['future-alias'] },
        { slug: 'future-withdrawn', publishedAt: '2027-01-01T00:00:00.000Z', withdrawn: true },
      )
      const kinds = (slug: string) => index.findAbsence('en', slug)
      expect(kinds('old-name')).toEqual({ kind: 'moved', slug: 'new-name' })
      expect(kinds('taken-back')).toEqual({ kind: 'withdrawn' })
      expect(kinds('taken-too')).toEqual({ kind: 'withdrawn' })
      const unknown = ['never', 'a-draft', 'draft-alias', 'in-future', 'future-alias', '']
      for (const slug of [...unknown, 'future-withdrawn', 'new-name']) {
        expect(kinds(slug)).toEqual({ kind: 'unknown' })
      }
      expect(index.findAbsence('uk', 'old-name')).toEqual({ kind: 'unknown' })
      expect(index.findAbsence('uk', 'taken-back')).toEqual({ kind: 'unknown' })
    })

    it('lets no alias take over an address that an article holds, whatever its state', async () => {
      const held = ['shown', 'taken-back', 'a-draft', 'in-future']
      const index = await openAtNoon(
        { slug: 'shown' },
        { slug: 'taken-back', withdrawn: true },
        { slug: 'a-draft', draft: true },
        { slug: 'in-future', publishedAt: '2027-01-01T00:00:00.000Z' },
        {
          slug: 'thief',
          publishedAt: '2026-11-01T00:00:00.000Z',
          aliases: [...held, ...held.map((slug) => `${slug}.md`), 'free', 'free.md'],
        },
      )
      const kinds = (slugs: string[]) => slugs.map((slug) => index.findAbsence('en', slug).kind)
      expect(kinds(held)).toEqual(['unknown', 'withdrawn', 'unknown', 'unknown'])
      expect(kinds(held.map((slug) => `${slug}.md`))).toEqual(held.map(() => 'unknown'))
      expect(kinds(['free', 'free.md'])).toEqual(['moved', 'moved'])
      expect(index.status().warningCount).toBe(8)
      expect(index.listProblems()).toHaveLength(8)
      expect(index.listProblems()).toContainEqual({
        severity: 'warning',
        file: 'en/thief.md',
        line: 1,
        field: 'aliases',
        found: '"taken-back", the address of en/taken-back.md',
        expected: 'an address that no other file has; it does not lead here',
      })
    })
  })

  describe(`${name}: the rule of visibility`, () => {
    const yesOrNo = [false, true]
    const instants = ['2026-11-22T11:59:59.999Z', noon, '2026-11-22T12:00:00.001Z']
    const combinations = yesOrNo.flatMap((draft) =>
      yesOrNo.flatMap((withdrawn) =>
        instants.map((publishedAt) => ({ draft, withdrawn, publishedAt })),
      ),
    )

    it.each(combinations)('is that of findPublicState: %o', async (fields) => {
      const index = await openAtNoon({ slug: 'a', aliases: ['former'], ...fields })
      const state = findPublicState(fields, new Date(noon))
      expect(index.findArticle('en', 'a') !== undefined).toBe(state === 'published')
      const absence = state === 'withdrawn' ? 'withdrawn' : 'unknown'
      expect(index.findAbsence('en', 'a').kind).toBe(absence)
      expect(index.findAbsence('en', 'former').kind).toBe(state === 'published' ? 'moved' : absence)
      expect(slugsOf(index, latest)).toEqual(state === 'published' ? ['a'] : [])
      expect(findUnpublishedReason(fields, new Date(noon)) === undefined).toBe(
        state === 'published',
      )
    })

    it.each(
      [
        [{ path: 'a.md' }, { path: 'b.md' }],
        [{ path: 'a.md', draft: true }, { path: 'b.md' }],
        [
          { path: 'a.md', draft: true },
          { path: 'b.md', draft: true },
        ],
        [{ path: 'a.md', withdrawn: true }, { path: 'b.md' }],
        [{ path: 'Z.md' }, { path: 'a.md' }],
        [{ path: 'є.md' }, { path: 'я.md' }],
      ].flatMap(([a, b]) => [[a, b] as const, [b, a] as const]),
    )(
      'serves of two files the one that compareFilesOfOneSlug puts first: %o, %o',
      async (...files) => {
        const claims = files.map((file) => ({ path: '', draft: false, withdrawn: false, ...file }))
        const index = await open(
          claims.map(({ path, ...fields }) => ({
            path,
            article: articleWith({ slug: 'twin', title: path, ...fields }),
          })),
          () => new Date(noon),
        )
        const [first, second] = claims.toSorted(compareFilesOfOneSlug)
        const isServed = first && findPublicState({ ...first, publishedAt: noon }, new Date(noon))
        expect(index.findArticle('en', 'twin')?.title).toBe(
          isServed === 'published' ? first?.path : undefined,
        )
        expect(index.listProblems()).toMatchObject([{ severity: 'error', file: second?.path }])
      },
    )
  })

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

  describe(`${name}: what search engines may list`, () => {
    const march = {
      locale: 'en',
      from: '2026-03-01T00:00:00.000Z',
      before: '2026-04-01T00:00:00.000Z',
    } as const
    const whole = { ...march, limit: 50 }
    const at = (day: string) => `2026-${day}T09:00:00.000Z`

    it('lists a span oldest first, in slices without gap or overlap', async () => {
      const index = await openAtNoon(
        { slug: 'before', publishedAt: '2026-02-28T23:59:59.999Z' },
        { slug: 'first', publishedAt: march.from },
        { slug: 'c', publishedAt: at('03-02') },
        { slug: 'b', publishedAt: at('03-02') },
        { slug: 'a', publishedAt: at('03-02') },
        { slug: 'last', publishedAt: '2026-03-31T23:59:59.999Z' },
        { slug: 'after', publishedAt: march.before },
        { slug: 'elsewhere', locale: 'uk', publishedAt: at('03-02') },
      )
      const slugs = ['first', 'a', 'b', 'c', 'last']
      expect(index.listIndexable(whole).map(({ slug }) => slug)).toEqual(slugs)
      const found: string[] = []
      for (let after: ArticleSummary | undefined; ; ) {
        const slice = index.listIndexable({ ...whole, after, limit: 2 })
        const digested = index.digestIndexable({ ...whole, after, limit: 2 })
        found.push(...slice.map(({ slug }) => slug))
        after = slice[1]
        expect(digested.last?.slug).toBe(after?.slug)
        if (!after) break
      }
      expect(found).toEqual(slugs)
      const third = index.listIndexable({ ...whole, skip: 2, limit: 1 })
      expect(third.map(({ slug }) => slug)).toEqual(['b'])
    })

    it('leaves out what asks for it, lives elsewhere or is not visible', async () => {
      const index = await openAtNoon(
        { slug: 'indexable' },
        { slug: 'asks', noindex: true, updatedAt: at('03-09') },
        { slug: 'lives', canonicalUrl: 'https://elsewhere.test/a', updatedAt: at('03-09') },
        { slug: 'draft', draft: true, updatedAt: at('03-09') },
        { slug: 'taken', withdrawn: true, updatedAt: at('03-09') },
      )
      expect(index.listIndexable(whole).map(({ slug }) => slug)).toEqual(['indexable'])
      expect(index.countIndexable(march)).toMatchObject({ articleCount: 1, updatedAt: at('03-02') })
    })

    it('counts a span, and knows its newest article, edition and longest address', async () => {
      const index = await openAtNoon(
        { slug: 'a', publishedAt: at('03-02'), updatedAt: at('05-01') },
        { slug: 'біржа', publishedAt: at('03-05') },
      )
      expect(index.countIndexable(march)).toEqual({
        articleCount: 2,
        publishedAt: at('03-05'),
        updatedAt: at('05-01'),
        longestSlug: 30,
      })
      expect(index.countIndexable({ ...march, skip: 1 })).toMatchObject({ updatedAt: at('03-05') })
      expect(index.countIndexable({ ...march, locale: 'uk' })).toMatchObject({ articleCount: 0 })
    })

    it('has another digest for another article, edit or translation, and the same otherwise', async () => {
      const digestOf = async (...articles: Partial<Article>[]) =>
        (await openAtNoon(...articles)).digestIndexable(whole)
      const alone = await digestOf({ slug: 'a' })
      const outside = { slug: 'b', publishedAt: at('04-02') }
      expect(await digestOf({ slug: 'a' }, outside)).toEqual(alone)
      const hidden = { slug: 'a', locale: 'uk', noindex: true } as const
      expect(await digestOf({ slug: 'a' }, hidden)).toEqual(alone)
      const others = [
        await digestOf({ slug: 'a', title: 'Another' }),
        await digestOf({ slug: 'a' }, { slug: 'b' }),
        await digestOf({ slug: 'a' }, { slug: 'a', locale: 'uk', publishedAt: at('05-01') }),
        await digestOf(),
      ]
      expect(new Set([alone, ...others].map(({ digest }) => digest)).size).toBe(5)
      expect(others.map(({ translationCount }) => translationCount)).toEqual([0, 0, 1, 0])
    })
  })

  describe(`${name}: two files with one address`, () => {
    const twins = (first: Partial<Article>, second: Partial<Article>) =>
      open(
        [
          { path: 'articles/b.md', article: articleWith({ slug: 'twin', title: 'B', ...second }) },
          { path: 'articles/a.md', article: articleWith({ slug: 'twin', title: 'A', ...first }) },
        ],
        () => new Date(noon),
      )

    it('serves the first by path and reports the other, naming both', async () => {
      const index = await twins({}, {})
      expect(index.findArticle('en', 'twin')?.title).toBe('A')
      expect(
        index.listArticles({ locale: 'en', scope: latest, page: 1, pageSize: 9 }),
      ).toMatchObject({
        articles: [{ title: 'A' }],
        articleCount: 1,
      })
      const problems = index.listProblems()
      expect(problems).toMatchObject([{ severity: 'error', file: 'articles/b.md' }])
      expect(problems[0]?.found).toContain('articles/a.md')
      expect(index.status()).toMatchObject({ articleCount: 2, errorCount: 1 })
    })

    it('does not let a draft take down what is published', async () => {
      const index = await twins({ draft: true }, {})
      expect(index.findArticle('en', 'twin')?.title).toBe('B')
      expect(index.listProblems()).toMatchObject([{ file: 'articles/a.md' }])
    })
  })

  describeMood(name, open)
  describeTrust(name, open)
  describeMatches(name, open)

  describeSearch(name, open)
  describeSearchChoices(name, open)

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
