import { parseOpml } from 'feedsmith'
import { expect, it } from 'vitest'
import { toFeedOutline } from './feed-outline.ts'

const latestAt = '2026-03-02T09:00:00.000Z'

it('lists the feeds of a language in folders, whatever they are called', () => {
  const name = 'A "wire" & <b>]]>\u0001'
  const xml = toFeedOutline({
    locale: 'uk',
    categories: [{ name: 'MARKETS', segment: 'markets', articleCount: 1, latestAt }],
    sources: [
      { source: { name, key: 'wire', type: undefined, url: undefined }, articleCount: 1, latestAt },
    ],
    siteUrl: 'https://dateline.test',
  })
  const [whole, sections, sources] = parseOpml(xml).body?.outlines ?? []
  expect(whole).toMatchObject({ type: 'rss', xmlUrl: 'https://dateline.test/uk/rss.xml' })
  expect(sections?.outlines).toMatchObject([
    {
      text: 'Ринки · Dateline',
      xmlUrl: 'https://dateline.test/uk/category/markets/rss.xml',
      htmlUrl: 'https://dateline.test/uk/category/markets',
    },
  ])
  expect(sources?.outlines?.[0]?.text).toBe('A "wire" & <b>]]>\uFFFD · Dateline')
})

it('has no empty folders', () => {
  const xml = toFeedOutline({
    locale: 'en',
    categories: [],
    sources: [],
    siteUrl: 'https://d.test',
  })
  expect(parseOpml(xml).body?.outlines).toHaveLength(1)
})
