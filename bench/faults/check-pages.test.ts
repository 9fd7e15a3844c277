import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { comparePage } from './check-pages.ts'
import type { Edition } from './edition.ts'

const article = articleWith({
  slug: 'vault',
  title: 'A vault opens',
  body: '## Now\n\nIt is open.\n',
})
const edition: Edition = {
  now: new Date('2026-04-01T00:00:00.000Z'),
  fileCount: 3,
  visibleIn: (locale) => (locale === 'en' ? [article] : []),
  answerOf: (_locale, slug) => {
    if (slug === 'vault') return { status: 200, article }
    if (slug === 'former') return { status: 308, slug: 'vault' }
    return { status: slug === 'withdrawn' ? 410 : 404 }
  },
}

const compare = (path: string, reply: { status?: number; location?: string; text?: string }) =>
  comparePage(
    path,
    { status: 200, location: undefined, text: '', milliseconds: 1, ...reply },
    edition,
  )

const page = ({ title, body }: Pick<Article, 'title' | 'body'>) =>
  `<main><h1>${title}</h1>${body.replace('## ', '')}</main>`
const list = (title: string, slug = 'vault') =>
  `<main><h2 class="teaser-title"><a href="/article/${slug}">${title}</a></h2></main>`

describe('the comparison of a page', () => {
  it('finds nothing wrong with a page that shows what the file says', () => {
    expect(compare('/article/vault', { text: page(article) })).toEqual([])
    expect(compare('/latest', { text: list('A vault opens') })).toEqual([])
    expect(compare('/article/former', { status: 308, location: '/article/vault' })).toEqual([])
  })

  it('finds a former headline, on the page and in lists', () => {
    expect(
      compare('/article/vault', { text: page({ ...article, title: 'A vault' }) }),
    ).toHaveLength(1)
    expect(compare('/latest', { text: list('A vault') })).toHaveLength(1)
  })

  it('finds a torn text', () => {
    const torn = page({ ...article, body: '## Now\n\nIt is' })
    expect(compare('/article/vault', { text: torn })).toEqual([
      '/article/vault: vault lacks “It is open.”',
    ])
  })

  it('finds what should not be shown', () => {
    expect(compare('/article/withdrawn', {})).toEqual([
      '/article/withdrawn: answers 200, expected 410',
    ])
    expect(compare('/latest', { text: list('A draft', 'draft') }).join()).toContain('A draft')
  })

  it('finds what is missing from a list', () => {
    expect(compare('/latest', { text: '<main></main>' })).toEqual([
      '/latest: listing: lacks /article/vault',
    ])
    expect(compare('/', { text: '<main></main>' })).toEqual(['/: lacks /article/vault, the newest'])
  })
})
