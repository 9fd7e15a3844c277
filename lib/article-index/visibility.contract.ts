import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
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
import { type OpenIndex, openAt } from './open-index.ts'

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

/** What readers get at an address, of one file and of several with one slug. */
export function describeVisibility(name: string, open: OpenIndex): void {
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
}

function slugsOf(index: ArticleIndex, scope: ListingScope): string[] {
  const { articles } = index.listArticles({ locale: 'en', scope, page: 1, pageSize: 50 })
  return articles.map(({ slug }) => slug)
}

function searchText(index: ArticleIndex, text: string) {
  return index.search({ locale: 'en', text, page: 1, pageSize: 50 })
}
