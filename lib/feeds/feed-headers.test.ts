import { expect, it } from 'vitest'
import { feedHeaders } from './feed-headers.ts'

const site = { siteUrl: 'https://dateline.test', hubUrl: 'https://hub.test/' }

it('names one hub and one self for a feed', () => {
  expect(feedHeaders('/uk/tag/btc/feed.json', site).link).toBe(
    '<https://hub.test/>; rel="hub", <https://dateline.test/uk/tag/btc/feed.json>; rel="self"',
  )
})

it('names none when there is none, and none for feeds of which no hub is notified', () => {
  const readable = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  }
  expect(feedHeaders('/rss.xml', { ...site, hubUrl: undefined })).toEqual(readable)
  expect(feedHeaders('/rss.xml?tag=btc', site)).toEqual(readable)
})

it('leaves pages as they are', () => {
  for (const path of ['/latest', '/feeds.opml', '/article/rss.xml']) {
    expect(feedHeaders(path, site)).toEqual({})
  }
})
