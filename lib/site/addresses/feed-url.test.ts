import { expect, it } from 'vitest'
import { decodeFeedUrl, encodeFeedUrl } from './feed-url.ts'

it('stands for a feed with its query, in letters that no path decodes', () => {
  const address = '/uk/tag/%D0%B1%D1%96%D1%80%D0%B6%D0%B0/feed.json?source=a%2Fb&sentiment=neutral'
  const encoded = encodeFeedUrl(address) ?? ''
  expect(encoded).toMatch(/^[\w-]+$/)
  expect(decodeFeedUrl(encoded)).toBe(address)
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
  expect(others.map(encodeFeedUrl)).toEqual(others.map(() => undefined))
  for (const path of ['/rss.xml', '/uk/atom.xml', '/category/defi/feed.json?tag=x']) {
    expect(encodeFeedUrl(path)).toBeDefined()
  }
})
