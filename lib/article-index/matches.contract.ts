import { describe, expect, it } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import type { ArticleFilter } from '#lib/site/addresses/article-filter.ts'
import type { ArticleIndex, ListingCursor, ListingScope } from './article-index.ts'
import { type OpenIndex, openAt } from './open-index.ts'

const noon = '2026-11-22T12:00:00.000Z'
const latest: ListingScope = { kind: 'latest' }

/** What every implementation of `ArticleIndex` finds by a filter. */
export function describeMatches(name: string, open: OpenIndex): void {
  const openAtNoon = openAt(open, noon)
  const wire = (key: string) => ({ name: key, key, type: undefined, url: undefined })

  describe(`${name}: matches`, () => {
    it('meet every condition, and stand in the listing', async () => {
      const index = await openAtNoon(
        { slug: 'all', category: 'DEFI', tags: ['HACK', 'DAO'], sentiment: 'NEGATIVE' },
        { slug: 'other-sentiment', category: 'DEFI', tags: ['HACK'], sentiment: 'NEUTRAL' },
        { slug: 'no-sentiment', category: 'DEFI', tags: ['HACK'] },
        { slug: 'other-source', category: 'DEFI', tags: ['HACK'], source: wire('b') },
        { slug: 'other-category', tags: ['HACK'], sentiment: 'NEGATIVE' },
      )
      const find = (filter: ArticleFilter, scope = latest) => slugs(index, { filter, scope })
      expect(find({ tag: 'hack', sentiment: 'negative' })).toEqual(['all', 'other-category'])
      expect(find({ category: 'defi', tag: 'hack', source: 'b' })).toEqual(['other-source'])
      expect(find({ sentiment: 'negative' }, { kind: 'category', segment: 'defi' })).toEqual([
        'all',
      ])
      expect(find({ tag: 'hack' }, { kind: 'tag', segment: 'dao' })).toEqual(['all'])
      expect(find({ sentiment: 'negative' }, { kind: 'archive', year: 2026, month: 4 })).toEqual([])
      expect(find({ category: 'markets' }, { kind: 'category', segment: 'defi' })).toEqual([])
      expect(find({ tag: 'unheard-of' })).toEqual([])
      expect(find({})).toHaveLength(5)
    })

    it('are visible ones only', async () => {
      const secret: Partial<Article> = { tags: ['HUSH'], sentiment: 'POSITIVE' }
      const index = await openAtNoon(
        { ...secret, slug: 'seen' },
        { ...secret, slug: 'a-draft', draft: true },
        { ...secret, slug: 'in-future', publishedAt: '2026-11-22T12:00:00.001Z' },
        { ...secret, slug: 'taken-back', withdrawn: true },
        { ...secret, slug: 'in-ukrainian', locale: 'uk' },
      )
      for (const filter of [{ tag: 'hush' }, { sentiment: 'positive' }, {}]) {
        expect(slugs(index, { filter })).toEqual(['seen'])
      }
      expect(slugs(index, { filter: { tag: 'hush', sentiment: 'positive' } })).toEqual(['seen'])
    })

    it('are walked without gap or overlap, equal instants by slug', async () => {
      const articles = Array.from({ length: 23 }, (_, i) => ({
        slug: `s${String(i).padStart(2, '0')}`,
        publishedAt: `2026-05-0${1 + (i % 3)}T00:00:00.000Z`,
        tags: i % 2 === 0 ? ['EVEN'] : [],
      }))
      const index = await openAtNoon(...articles)
      const query = { locale: 'en', scope: latest, filter: { tag: 'even' }, limit: 5 } as const
      const walked: string[] = []
      let after: ListingCursor | undefined
      do {
        const { articles: found, next } = index.listMatches({ ...query, after })
        walked.push(...found.map(({ slug }) => slug))
        after = next
      } while (after)
      expect(walked).toEqual(slugs(index, { filter: { tag: 'even' } }))
      expect(new Set(walked).size).toBe(12)
    })

    it('say that there is no more, rather than lead to nothing', async () => {
      const index = await openAtNoon({ slug: 'a' }, { slug: 'b' })
      const query = { locale: 'en', scope: latest, filter: {}, limit: 2 } as const
      expect(index.listMatches(query).next).toBeUndefined()
      expect(index.listMatches({ ...query, limit: 1 }).next).toMatchObject({ slug: 'a' })
      expect(index.listMatches({ ...query, limit: 0 })).toEqual({ articles: [], next: undefined })
    })

    it('carry a body when asked for full ones only', async () => {
      const index = await openAtNoon({ slug: 'a', body: 'Text.' })
      const query = { locale: 'en', scope: latest, filter: {}, limit: 2 } as const
      expect(index.listFullMatches(query).articles).toMatchObject([{ slug: 'a', body: 'Text.' }])
      expect(index.listMatches(query).articles[0]).not.toHaveProperty('body')
    })
  })
}

function slugs(
  index: ArticleIndex,
  { filter, scope = latest }: { filter: ArticleFilter; scope?: ListingScope },
): string[] {
  const { articles } = index.listMatches({ locale: 'en', scope, filter, limit: 50 })
  return articles.map(({ slug }) => slug)
}
