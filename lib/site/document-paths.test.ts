import { describe, expect, it } from 'vitest'
import {
  fallbackArtPath,
  parseFallbackArtSegments,
  parseSitemapPartPath,
  sitemapPartPath,
} from './document-paths.ts'

describe('parts of the sitemaps', () => {
  it.each([
    '/sitemaps/listings.xml',
    '/sitemaps/listings-2.xml',
    '/sitemaps/en/2026-07.xml',
    '/sitemaps/uk/0999-12-3.xml',
  ])('reads back the address it writes: %s', (path) => {
    const part = parseSitemapPartPath(path)
    expect(part && sitemapPartPath(part)).toBe(path)
  })

  it.each([
    '/sitemaps/en/2026-13.xml',
    '/sitemaps/en/2026-7.xml',
    '/sitemaps/fr/2026-07.xml',
    '/sitemaps/en/2026-07-1.xml',
    '/sitemaps/listings-0.xml',
    '/sitemaps/listings-02.xml',
    '/sitemaps/listings',
    '/sitemap.xml',
  ])('knows no part at %s', (path) => {
    expect(parseSitemapPartPath(path)).toBeUndefined()
  })
})

const toSegments = (path: string) =>
  path.replace(/\?.*$/, '').slice(1).split('/').map(decodeURIComponent)

describe('fallback art', () => {
  it.each([
    ['a-vault', 'MARKETS', 'markets'],
    ['біткоїн-у-києві', 'LAYER 2', 'layer-2'],
  ])('have addresses that are read back: %s', (slug, category, segment) => {
    expect(parseFallbackArtSegments(toSegments(fallbackArtPath(slug, category, 480)))).toEqual({
      slug,
      category: segment,
    })
  })

  it.each(['/prints/0/markets/a', '/prints/1/a', '/prints/1/markets/a/b', '/covers/1/markets/a'])(
    'are not at %s',
    (path) => {
      expect(parseFallbackArtSegments(toSegments(path))).toBeUndefined()
    },
  )
})
