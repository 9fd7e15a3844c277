import { describe, expect, it } from 'vitest'
import { feedPath, listingPath, parsePath, routePath, searchPath } from './routes.ts'

describe('routes', () => {
  it.each([
    '/',
    '/uk',
    '/article/kraken-buys-backed',
    '/uk/article/%D0%B1%D1%96%D1%82%D0%BA%D0%BE%D1%97%D0%BD',
    '/latest',
    '/latest/page/2',
    '/category/layer-2/page/3',
    '/uk/tag/btc',
    '/source/bloomberg_crypto_',
    '/archive',
    '/uk/about',
    '/archive/2026/07',
    '/archive/2026/07/page/2',
    '/tags',
    '/uk/sources',
    '/search',
    '/rss.xml',
    '/uk/category/defi/rss.xml',
    '/atom.xml',
    '/archive/2026/07/feed.json',
    '/feeds',
    '/uk/feeds.opml',
    '/saved',
    '/uk/offline',
  ])('reads back the address it writes: %s', (path) => {
    const route = parsePath(path)
    expect(route && routePath(route)).toBe(path)
  })

  it.each([
    ['/en/latest', '/latest'],
    ['/latest/', '/latest'],
    ['/latest/page/1', '/latest'],
    ['/archive/2026/7', '/archive/2026/07'],
    ['/latest/rss.xml', '/rss.xml'],
    ['/uk/', '/uk'],
  ])('knows %s as another spelling of %s', (path, canonical) => {
    const route = parsePath(path)
    expect(route && routePath(route)).toBe(canonical)
  })

  it.each([
    '/latest/page/0',
    '/latest/page/-1',
    '/latest/page/two',
    '/latest/page/2/3',
    '/archive/2026/13',
    '/archive/2026',
    '/article',
    '/article/a/b',
    '/article/..%2f..%2fetc%2fpasswd',
    '/article/%00',
    '/article/%E0%A4%A',
    '//latest',
    '/fr/latest',
    '/category',
    '/nonsense.html',
    '/feeds/rss.xml',
    '/feed/L3Jzcy54bWw',
    '/latest/page/2/rss.xml',
  ])('finds no page at %s', (path) => {
    expect(parsePath(path)).toBeUndefined()
  })

  it('escapes what a path or a query cannot hold', () => {
    expect(listingPath('en', { kind: 'source', key: 'a/b?c' })).toBe('/source/a%2Fb%3Fc')
    expect(searchPath('uk', { text: 'біткоїн & ether', page: 2 })).toMatch(
      /^\/uk\/search\?q=.*%26.*&page=2$/,
    )
    expect(feedPath('uk', { kind: 'latest' }, 'rss')).toBe('/uk/rss.xml')
  })
})
