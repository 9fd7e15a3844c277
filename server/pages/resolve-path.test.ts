import { describe, expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { type KnownArticles, resolvePath } from './resolve-path.ts'

/** How many articles the listings have that are no empty ones. */
const counts: Record<string, number> = {
  'category markets': 1,
  'story vault': 2,
  'story alone': 1,
  'asset bitcoin': 1,
}

/** Knows those listings, two pages of corrections, and one article in any day or hour. */
const index: KnownArticles = {
  findArticle: () => undefined,
  findAbsence: () => ({ kind: 'unknown' }),
  listArticles: ({ scope, page }) => {
    const name = 'key' in scope ? scope.key : 'segment' in scope ? scope.segment : ''
    const articleCount = counts[`${scope.kind} ${name}`] ?? 0
    return { articles: [], page, pageCount: Math.min(1, articleCount), articleCount }
  },
  findPage: () => undefined,
  findAuthor: () => undefined,
  findRedirect: () => undefined,
  listCorrections: ({ page }) => ({ corrections: [], page, pageCount: 2, correctionCount: 0 }),
  listMoodArticles: ({ period, page }) => ({
    articles: period.kind === 'span' || page > 1 ? [] : [articleWith({ slug: 'judged' })],
    page,
    pageCount: 1,
    articleCount: 1,
  }),
}

function resolve(address: string) {
  const [path = '', query] = address.split('?')
  const segments = path.split('/').filter((segment) => segment !== '')
  return resolvePath({ path, segments, search: query === undefined ? '' : `?${query}` }, index)
}

describe('a story', () => {
  it.each(['/story/vault', '/uk/story/vault', '/story/vault/rss.xml', '/asset/bitcoin'])(
    'has a page at %s',
    (address) => {
      expect(resolve(address)).toMatchObject({ kind: 'page', path: address })
    },
  )

  it.each([
    '/story/alone',
    '/story/alone/rss.xml',
    '/story/none',
    '/asset/none',
    '/mood/story/vault',
  ])('has none at %s: one article is no story yet', (address) => {
    expect(resolve(address)).toMatchObject({ kind: 'unknown' })
  })
})

describe('the address of a feed', () => {
  it.each([
    '/rss.xml',
    '/uk/atom.xml?sentiment=positive',
    '/rss.xml?category=markets&sentiment=neutral',
    '/category/markets/feed.json?sentiment=negative',
  ])('is the one true one: %s', (address) => {
    expect(resolve(address)).toMatchObject({ kind: 'page', path: address })
  })

  it.each([
    ['/rss.xml?utm_source=x', '/rss.xml'],
    ['/rss.xml?sentiment=neutral&category=Markets', '/rss.xml?category=markets&sentiment=neutral'],
    ['/en/rss.xml?sentiment=neutral', '/rss.xml?sentiment=neutral'],
    ['/latest/atom.xml?tag=', '/atom.xml'],
    ['/category/markets/rss.xml?category=markets', '/category/markets/rss.xml'],
    ['/Category/Markets/feed.json?tag=', '/category/markets/feed.json?tag='],
  ])('%s leads towards its one spelling', (address, location) => {
    expect(resolve(address)).toEqual({ kind: 'redirect', location })
  })

  it.each([
    ['/rss.xml?sentiment=happy', 400],
    ['/rss.xml?tag=a&tag=b', 400],
    ['/rss.xml?category=unheard-of', 404],
    ['/category/markets/rss.xml?tag=unheard-of', 404],
    ['/uk/feed.json?source=%00', 404],
  ])('%s is refused in a sentence', (address, status) => {
    const sentence = expect.stringMatching(/^[A-Z].*\.$/)
    expect(resolve(address)).toEqual({ kind: 'refused', status, sentence })
  })

  it('is none without the listing, whatever the filter', () => {
    expect(resolve('/category/unheard-of/rss.xml?sentiment=happy').kind).toBe('unknown')
  })
})

it('takes a query along to the true address of a page', () => {
  expect(resolve('/latest/?utm_source=x')).toEqual({
    kind: 'redirect',
    location: '/latest?utm_source=x',
  })
})

describe('the mood', () => {
  it.each([
    '/mood',
    '/mood/category/markets/30-days',
    '/mood/24-hours/positive',
    '/uk/mood/2026-11-20',
    '/corrections/page/2',
  ])('has a page at %s', (address) => {
    expect(resolve(address)).toMatchObject({ kind: 'page', path: address })
  })

  it('leaves a query behind, as every page does', () => {
    expect(resolve('/mood?sentiment=positive')).toMatchObject({ kind: 'page', path: '/mood' })
  })

  it.each([
    '/mood/category/nothing',
    '/mood/tag/nothing/24-hours/positive',
    '/mood/24-hours/positive/page/2',
    '/mood/2026-11-20/page/2',
    '/corrections/page/3',
  ])('has none at %s', (address) => {
    expect(resolve(address).kind).toBe('unknown')
  })
})
