import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { toArticleIds } from './article-ids.ts'

const siteUrl = 'https://dateline.test'
const idOf = (overrides: Partial<Article>) => toArticleIds([articleWith(overrides)], siteUrl)[0]

describe('the id of an article in feeds', () => {
  it('is a tag URI made from the story it was written from', () => {
    expect(idOf({ externalId: '55253191' })).toBe(
      'tag:dateline.test,2026:en/story/sample_wire/55253191',
    )
  })

  it('is made from year and slug when there is no story', () => {
    expect(idOf({ slug: 'біткоїн' })).toBe(
      'tag:dateline.test,2026:en/article/2026/%D0%B1%D1%96%D1%82%D0%BA%D0%BE%D1%97%D0%BD',
    )
  })

  it.each([{ externalId: '7' }, { externalId: undefined }])(
    'stays when the article is edited, renamed and published again (story id $externalId)',
    ({ externalId }) => {
      const before = idOf({ slug: 'first', externalId })
      const edited = { title: 'New', body: 'New', updatedAt: '2026-05-01T00:00:00.000Z' }
      expect(idOf({ ...edited, slug: 'second', aliases: ['first'], externalId })).toBe(before)
      const again = { slug: 'first', publishedAt: '2026-11-01T00:00:00.000Z' }
      expect(idOf({ ...edited, ...again, externalId })).toBe(before)
      expect(idOf({ slug: 'third', aliases: ['first', 'second'], externalId })).toBe(before)
    },
  )

  it('differs between translations', () => {
    expect(idOf({ externalId: '7', locale: 'uk' })).not.toBe(idOf({ externalId: '7' }))
    expect(idOf({ locale: 'uk' })).not.toBe(idOf({ locale: 'en' }))
  })

  it('differs between an article and a later one that took its former slug', () => {
    const renamed = idOf({ slug: 'halving-2024', aliases: ['halving'] })
    const later = idOf({ slug: 'halving', publishedAt: '2028-04-01T00:00:00.000Z' })
    expect(later).not.toBe(renamed)
  })

  it('is never shared by two articles of a feed, even when both claim a story or a slug', () => {
    const ids = toArticleIds(
      [
        articleWith({ slug: 'a', externalId: '7' }),
        articleWith({ slug: 'b', externalId: '7' }),
        articleWith({ slug: 'c', aliases: ['x'] }),
        articleWith({ slug: 'd', aliases: ['x'] }),
      ],
      siteUrl,
    )
    expect(new Set(ids).size).toBe(4)
    expect(ids[0]).toBe('tag:dateline.test,2026:en/article/2026/a')
  })

  it('escapes what a tag URI cannot hold', () => {
    expect(idOf({ externalId: 'a b/c#\ud800:ї' })).toMatch(/^[\w.,:/%-]+$/)
  })
})
