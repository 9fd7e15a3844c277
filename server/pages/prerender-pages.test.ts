import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { listFirstPaths, prerenderPages } from './prerender-pages.ts'

it('begins with the front page and leaves out a language without articles', () => {
  const paths = listFirstPaths({
    listArticles: ({ locale }) => ({
      articles: locale === 'en' ? [articleWith({ slug: 'vault' })] : [],
      page: 1,
      pageCount: 1,
      articleCount: 1,
    }),
    listCategories: () => [
      { name: 'DEFI', segment: 'defi', articleCount: 1, latestAt: '2026-01-01T00:00:00.000Z' },
    ],
  })
  expect(paths).toEqual([
    '/',
    '/article/vault',
    '/latest',
    '/category/defi',
    '/rss.xml',
    '/atom.xml',
    '/feed.json',
  ])
})

it('goes on when a page fails, one page at a time', async () => {
  const log: string[] = []
  await prerenderPages(
    ['/a', '/b'],
    async (path) => {
      log.push(`begin ${path}`)
      if (path === '/a') throw new Error('no')
      log.push(`end ${path}`)
    },
    { pause: async () => void log.push('pause') },
  )
  expect(log).toEqual(['begin /a', 'pause', 'begin /b', 'end /b', 'pause'])
})
