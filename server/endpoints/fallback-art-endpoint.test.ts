import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { fallbackArtPath } from '#lib/site/document-paths.ts'
import { serveInTest } from '../http/serve-in-test.ts'
import { findFallbackArt } from './fallback-art-endpoint.ts'

/** Knows one published article, in Ukrainian. */
function open() {
  const article = articleWith({ slug: 'сховище', locale: 'uk', category: 'LAYER 2' })
  const index: Parameters<typeof findFallbackArt>[1] = {
    findArticle: (locale, slug) => (locale === 'uk' && slug === article.slug ? article : undefined),
  }
  return serveInTest([{ name: 'art', find: (address) => findFallbackArt(address, index) }])
}

it('draws for an article that is published, for good, and runs nothing', async () => {
  const response = await open().ask(fallbackArtPath('сховище', 'LAYER 2'))
  expect(await response.text()).toMatch(/^<svg/)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/svg+xml',
    'cache-control': 'public, max-age=31536000, immutable',
    'content-security-policy': expect.stringContaining('sandbox'),
  })
})

it.each([
  fallbackArtPath('сховище', 'MARKETS'),
  fallbackArtPath('another', 'LAYER 2'),
  '/prints/1/any/random.svg',
  '/prints/2/layer-2/%D1%81%D1%85%D0%BE%D0%B2%D0%B8%D1%89%D0%B5.svg',
])('finds nothing at %s, which no article has', async (path) => {
  const response = await open().ask(path)
  expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store'])
})
