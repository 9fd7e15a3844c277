import { expect, it } from 'vitest'
import { fromFeedToken, toFeedToken } from './feed-token.ts'

it('stands for a feed with its query, in letters that no path decodes', () => {
  const address = '/uk/tag/%D0%B1%D1%96%D1%80%D0%B6%D0%B0/feed.json?source=a%2Fb&sentiment=neutral'
  const token = toFeedToken(address) ?? ''
  expect(token).toMatch(/^[\w-]+$/)
  expect(fromFeedToken(token)).toBe(address)
})

it('is there for feeds only', () => {
  const others = [
    '/',
    '/feeds',
    '/feeds.opml',
    '/rss.xml/',
    '/article/rss.xml',
    '/uk/article/feed.json',
    '/search?q=/rss.xml',
    '/rss-xml',
  ]
  expect(others.map(toFeedToken)).toEqual(others.map(() => undefined))
  for (const path of ['/rss.xml', '/uk/atom.xml', '/category/defi/feed.json?tag=x']) {
    expect(toFeedToken(path)).toBeDefined()
  }
})
