import { describe, expect, it } from 'vitest'
import type { Article, ArticleSummary } from '#lib/content/article.ts'
import { type OpenIndex, openAt } from './open-index.ts'

const noon = '2026-11-22T12:00:00.000Z'

/** What search engines may list: the article part of the sitemap. */
export function describeIndexable(name: string, open: OpenIndex): void {
  const openAtNoon = openAt(open, noon)

  describe(`${name}: what search engines may list`, () => {
    const march = {
      locale: 'en',
      from: '2026-03-01T00:00:00.000Z',
      before: '2026-04-01T00:00:00.000Z',
    } as const
    const whole = { ...march, limit: 50 }
    const at = (day: string) => `2026-${day}T09:00:00.000Z`

    it('lists a span oldest first, in slices without gap or overlap', async () => {
      const index = await openAtNoon(
        { slug: 'before', publishedAt: '2026-02-28T23:59:59.999Z' },
        { slug: 'first', publishedAt: march.from },
        { slug: 'c', publishedAt: at('03-02') },
        { slug: 'b', publishedAt: at('03-02') },
        { slug: 'a', publishedAt: at('03-02') },
        { slug: 'last', publishedAt: '2026-03-31T23:59:59.999Z' },
        { slug: 'after', publishedAt: march.before },
        { slug: 'elsewhere', locale: 'uk', publishedAt: at('03-02') },
      )
      const slugs = ['first', 'a', 'b', 'c', 'last']
      expect(index.listIndexable(whole).map(({ slug }) => slug)).toEqual(slugs)
      const found: string[] = []
      for (let after: ArticleSummary | undefined; ; ) {
        const slice = index.listIndexable({ ...whole, after, limit: 2 })
        const digested = index.digestIndexable({ ...whole, after, limit: 2 })
        found.push(...slice.map(({ slug }) => slug))
        after = slice[1]
        expect(digested.last?.slug).toBe(after?.slug)
        if (!after) break
      }
      expect(found).toEqual(slugs)
      const third = index.listIndexable({ ...whole, skip: 2, limit: 1 })
      expect(third.map(({ slug }) => slug)).toEqual(['b'])
    })

    it('leaves out what asks for it, lives elsewhere or is not visible', async () => {
      const index = await openAtNoon(
        { slug: 'indexable' },
        { slug: 'asks', noindex: true, updatedAt: at('03-09') },
        { slug: 'lives', canonicalUrl: 'https://elsewhere.test/a', updatedAt: at('03-09') },
        { slug: 'draft', draft: true, updatedAt: at('03-09') },
        { slug: 'taken', withdrawn: true, updatedAt: at('03-09') },
      )
      expect(index.listIndexable(whole).map(({ slug }) => slug)).toEqual(['indexable'])
      expect(index.countIndexable(march)).toMatchObject({ articleCount: 1, updatedAt: at('03-02') })
    })

    it('counts a span, and knows its newest article, edition and longest address', async () => {
      const index = await openAtNoon(
        { slug: 'a', publishedAt: at('03-02'), updatedAt: at('05-01') },
        { slug: 'біржа', publishedAt: at('03-05') },
      )
      expect(index.countIndexable(march)).toEqual({
        articleCount: 2,
        publishedAt: at('03-05'),
        updatedAt: at('05-01'),
        longestSlug: 30,
      })
      expect(index.countIndexable({ ...march, skip: 1 })).toMatchObject({ updatedAt: at('03-05') })
      expect(index.countIndexable({ ...march, locale: 'uk' })).toMatchObject({ articleCount: 0 })
    })

    it('has another digest for another article, edit or translation, and the same otherwise', async () => {
      const digestOf = async (...articles: Partial<Article>[]) =>
        (await openAtNoon(...articles)).digestIndexable(whole)
      const alone = await digestOf({ slug: 'a' })
      const outside = { slug: 'b', publishedAt: at('04-02') }
      expect(await digestOf({ slug: 'a' }, outside)).toEqual(alone)
      const hidden = { slug: 'a', locale: 'uk', noindex: true } as const
      expect(await digestOf({ slug: 'a' }, hidden)).toEqual(alone)
      const others = [
        await digestOf({ slug: 'a', title: 'Another' }),
        await digestOf({ slug: 'a' }, { slug: 'b' }),
        await digestOf({ slug: 'a' }, { slug: 'a', locale: 'uk', publishedAt: at('05-01') }),
        await digestOf(),
      ]
      expect(new Set([alone, ...others].map(({ digest }) => digest)).size).toBe(5)
      expect(others.map(({ translationCount }) => translationCount)).toEqual([0, 0, 1, 0])
    })
  })
}
