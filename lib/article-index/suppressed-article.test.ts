import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Article, Sentiment } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import type { ArticleIndex, ListingScope, SuppressedArticle } from './article-index.ts'
import { openArticleIndex } from './sqlite-article-index.ts'
import { prepareArticle } from './writes/prepared-article.ts'

const noon = () => new Date('2026-11-22T12:00:00.000Z')
const sentiments: (Sentiment | undefined)[] = ['POSITIVE', 'NEGATIVE', 'NEUTRAL', undefined]

/** Three hundred articles in two languages, one every three hours back from noon. */
const articles = Array.from({ length: 300 }, (_, at): Article => {
  const publishedAt = new Date(noon().getTime() - at * 10_800_000 + 20_000_000).toISOString()
  return articleWith({
    slug: `story-${at % 150}`,
    locale: at < 150 ? 'en' : 'uk',
    title: `Comet ${at}`,
    body: `A comet and a vault, number ${at}.\n`,
    publishedAt,
    category: at % 3 === 0 ? 'MARKETS' : 'LAW',
    tags: [`TAG ${at % 7}`, 'ALL'],
    source: { name: `Wire ${at % 4}`, key: `wire_${at % 4}`, type: 'RSS', url: undefined },
    sentiment: sentiments[at % 4],
    stickyWeight: at % 40 === 0 ? 2 : 0,
    pinnedUntil: '2099-01-01T00:00:00.000Z',
    breakingUntil: at % 40 === 20 ? '2099-01-01T00:00:00.000Z' : undefined,
    aliases: at % 10 === 0 ? [`old-${at}`] : [],
    corrections: at % 20 === 0 ? [{ at: publishedAt, text: 'The sum was wrong.' }] : [],
  })
})

const suppressed: SuppressedArticle[] = articles
  .filter((_, at) => at % 5 === 0)
  .map(({ locale, slug }, at) => ({ locale, slug, kind: at % 2 ? 'unknown' : 'withdrawn' }))

const suppressedAs = ({ locale, slug }: Article) =>
  suppressed.find((one) => one.locale === locale && one.slug === slug)?.kind

async function open(given: Article[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'suppressed-article-'))
  const writing = openArticleIndex({ dataDir, now: noon })
  const save = (article: Article) =>
    writing.write(async ({ apply }) => {
      const file = { path: `${article.locale}/${article.slug}.md`, fingerprint: '1', digest: '1' }
      await apply({ kind: 'article', file, article: prepareArticle(article), warnings: [] })
    })
  await writing.write(async ({ apply }) => {
    for (const article of given) {
      const file = { path: `${article.locale}/${article.slug}.md`, fingerprint: '1', digest: '1' }
      await apply({ kind: 'article', file, article: prepareArticle(article), warnings: [] })
    }
  })
  const index = openArticleIndex({ dataDir, now: noon, readOnly: true })
  onTestFinished(() => {
    index.close()
    writing.close()
    rmSync(dataDir, { recursive: true })
  })
  return { index, writing, save, dataDir }
}

const scopes: ListingScope[] = [
  { kind: 'latest' },
  { kind: 'category', segment: 'markets' },
  { kind: 'tag', segment: 'all' },
  { kind: 'source', key: 'wire_1' },
  { kind: 'archive', year: 2026, month: 11 },
]
const slice = {
  locale: 'en',
  from: '2026-01-01T00:00:00.000Z',
  before: '2027-01-01T00:00:00.000Z',
} as const

/** Everything that can be asked, and the answers. */
async function askAll(index: ArticleIndex) {
  const locale = 'en'
  const pages = Array.from({ length: 15 }, (_, at) => at + 1)
  return {
    articles: articles.map(({ locale, slug }) => index.findArticle(locale, slug)),
    absences: articles.map(({ locale, slug }) => index.findAbsence(locale, slug)),
    aliases: articles.map(({ locale }, at) => index.findAbsence(locale, `old-${at}`)),
    translations: articles.map((article) => index.listTranslations(article)),
    neighbours: articles.map((article) => index.findNeighbours(article)),
    related: index.listRelated(articleWith({ tags: ['ALL', 'TAG 1'], category: 'LAW' }), 12),
    listings: scopes.flatMap((scope) =>
      pages.map((page) => index.listArticles({ locale, scope, page, pageSize: 10 })),
    ),
    full: scopes.map((scope) => index.listFullArticles({ locale, scope, limit: 200 })),
    matches: scopes.map((scope) =>
      index.listMatches({ locale, scope, filter: { category: 'law', tag: 'all' }, limit: 90 }),
    ),
    pinned: index.listPinned(locale, 50),
    breaking: index.listBreaking(locale, 50),
    topics: [index.listCategories(locale), index.listTags(locale), index.listSources(locale)],
    months: [index.listMonths(locale), index.listDays(locale, { year: 2026, month: 11 })],
    facts: index.findSourceFacts(locale, 'wire_1'),
    moods: (['24-hours', '7-days', '30-days', '90-days'] as const).flatMap((span) => [
      index.countMood({ locale, scope: { kind: 'latest' }, span }),
      index.listMoodSteps({ locale, scope: { kind: 'latest' }, span }),
      index.listMoodsByTopic({ locale, kind: 'tag', span, limit: 20 }),
      index.listMoodArticles({
        locale,
        scope: { kind: 'latest' },
        period: { kind: 'span', span },
        page: 1,
        pageSize: 30,
      }),
    ]),
    corrections: index.listCorrections({ locale, page: 1, pageSize: 50 }),
    indexable: [
      index.countIndexable(slice),
      index.listIndexable(slice),
      index.digestIndexable(slice),
    ],
    searches: [
      await index.search({ locale, text: 'comet', page: 1, pageSize: 200 }),
      await index.search({ locale, text: '', filter: { tag: 'all' }, page: 1, pageSize: 200 }),
      await index.search({ locale, text: 'comet 20', page: 1, pageSize: 20, order: 'newest' }),
    ],
    counts: index.status().visibleCount,
  }
}

it('is in no answer, as if it had been taken back in the index', async () => {
  const { index } = await open(articles)
  const taken = articles.map((article): Article => {
    const kind = suppressedAs(article)
    return { ...article, withdrawn: kind === 'withdrawn', draft: kind === 'unknown' }
  })
  const { index: expected } = await open(taken)
  const before = await askAll(index)
  index.suppress(suppressed)
  const answers = await askAll(index)
  expect(answers).toEqual(await askAll(expected))
  expect(answers).not.toEqual(before)
  index.suppress([])
  expect(await askAll(index)).toEqual(before)
})

it('is another epoch, each time that others are suppressed', async () => {
  const { index } = await open(articles.slice(0, 20))
  const epochs = [index.epoch()]
  for (const list of [suppressed.slice(0, 1), suppressed.slice(0, 2), [], suppressed.slice(0, 1)]) {
    index.suppress(list)
    epochs.push(index.epoch(), index.epoch())
  }
  expect(new Set(epochs).size).toBe(5)
})

it('stays suppressed when its row is written anew, and when the file is another', async () => {
  const { index, save, writing } = await open(articles.slice(0, 20))
  const article = articles[10]
  if (!article || suppressedAs(article) !== 'withdrawn')
    throw new Error('another one is suppressed')
  const find = () => index.findArticle(article.locale, article.slug)
  index.suppress(suppressed)
  await save({ ...article, publishedAt: '2026-01-01T00:00:00.000Z' })
  expect(find()).toBeUndefined()
  await writing.rebuild('a test')
  await save(article)
  // Another file is noticed within a second, and until then the former one is read.
  await vi.waitFor(() => expect(index.status().articleCount).toBe(1), { timeout: 30_000 })
  expect(find()).toBeUndefined()
  expect(index.findAbsence(article.locale, article.slug)).toEqual({ kind: 'withdrawn' })
  index.suppress([])
  expect(find()?.slug).toBe(article.slug)
})

it('is not found in the search thread either', async () => {
  const { dataDir } = await open(articles.slice(0, 20))
  const index = openArticleIndex({ dataDir, now: noon, readOnly: true, searchInWorker: true })
  onTestFinished(index.close)
  const count = async () => {
    const { hitCount, coverage } = await index.search({
      locale: 'en',
      text: 'comet',
      page: 1,
      pageSize: 50,
    })
    return coverage === 'none' ? undefined : hitCount
  }
  index.suppress(suppressed)
  await vi.waitFor(async () => expect(await count()).toBe(15), { timeout: 20_000 })
  index.suppress([])
  expect(await count()).toBe(18)
})
