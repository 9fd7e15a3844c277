import { expect, it } from 'vitest'
import { listPages } from './list-pages.ts'

const siteUrl = 'https://dateline.test'
const empty = {
  locale: 'en' as const,
  categories: [],
  tags: [],
  sources: [],
  months: [],
  pages: [],
  authors: [],
  stories: [],
  assets: [],
}

it('lists the pages that are always there for a paper without articles', () => {
  expect(
    listPages([empty], siteUrl).map(({ url, lastModifiedAt }) => [url, lastModifiedAt]),
  ).toEqual([
    ['https://dateline.test/', undefined],
    ['https://dateline.test/latest', undefined],
    ['https://dateline.test/briefing', undefined],
    ['https://dateline.test/archive', undefined],
    ['https://dateline.test/tags', undefined],
    ['https://dateline.test/sources', undefined],
    ['https://dateline.test/about', undefined],
    ['https://dateline.test/feeds', undefined],
    ['https://dateline.test/mood', undefined],
    ['https://dateline.test/corrections', undefined],
    ['https://dateline.test/search', undefined],
  ])
})

it('lists the first page of each listing with its newest article’s time, but no thin one', () => {
  const [older, newer] = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z']
  const topic = (segment: string, articleCount: number, latestAt: string) => ({
    name: segment.toUpperCase(),
    segment,
    articleCount,
    latestAt,
  })
  const source = { name: 'Wire', key: 'wire', type: undefined, url: undefined }
  const pages = listPages(
    [
      {
        locale: 'uk',
        categories: [topic('defi', 1, newer)],
        tags: [topic('btc', 2, older), topic('once', 1, older)],
        sources: [
          { source, articleCount: 2, latestAt: older },
          { source: { ...source, key: 'rare' }, articleCount: 1, latestAt: older },
        ],
        months: [{ year: 2026, month: 3, latestAt: newer }],
        pages: [],
        authors: [{ key: 'olena' }],
        stories: [topic('vault', 2, older), topic('alone', 1, older)],
        assets: [topic('bitcoin', 2, older), topic('dash', 1, older)],
      },
    ],
    siteUrl,
  )
  expect(
    pages.map(({ url, lastModifiedAt }) => [url.slice(siteUrl.length), lastModifiedAt]),
  ).toEqual([
    ['/uk', newer],
    ['/uk/latest', newer],
    ['/uk/briefing', newer],
    ['/uk/archive', newer],
    ['/uk/tags', newer],
    ['/uk/sources', newer],
    ['/uk/about', undefined],
    ['/uk/feeds', undefined],
    ['/uk/mood', newer],
    ['/uk/corrections', undefined],
    ['/uk/author/olena', undefined],
    ['/uk/search', undefined],
    ['/uk/category/defi', newer],
    ['/uk/tag/btc', older],
    ['/uk/source/wire', older],
    ['/uk/story/vault', older],
    ['/uk/asset/bitcoin', older],
    ['/uk/archive/2026/03', newer],
  ])
  expect(pages[0]?.languages).toMatchObject({ en: 'https://dateline.test/' })
})
