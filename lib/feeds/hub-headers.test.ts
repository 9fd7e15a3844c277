import { expect, it } from 'vitest'
import { hubHeaders } from './hub-headers.ts'

const site = { siteUrl: 'https://dateline.test', hubUrl: 'https://hub.test/' }

it('names one hub and one self for a feed', () => {
  expect(hubHeaders('/uk/tag/btc/feed.json', site).link).toBe(
    '<https://hub.test/>; rel="hub", <https://dateline.test/uk/tag/btc/feed.json>; rel="self"',
  )
})

it('is silent without a hub, for pages, and for feeds of which no hub is told', () => {
  expect(hubHeaders('/rss.xml', { ...site, hubUrl: undefined })).toEqual({})
  for (const path of ['/latest', '/feeds.opml', '/rss.xml?tag=btc']) {
    expect(hubHeaders(path, site)).toEqual({})
  }
})
