import { describe, expect, it } from 'vitest'
import type { ArticleSummary } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { toSegment } from '#lib/site/segment.ts'
import { composeFrontPage } from './compose-front-page.ts'

/** Articles newest first, as an index would list them. */
function compose(articles: ArticleSummary[]) {
  const inScope = (segment: string | undefined) =>
    articles.filter(({ category }) => segment === undefined || toSegment(category) === segment)
  const categories = [...new Set(articles.map(({ category }) => category))]
  return composeFrontPage(
    {
      listArticles: ({ scope, pageSize }) => {
        const found = inScope(scope.kind === 'category' ? scope.segment : undefined)
        return {
          articles: found.slice(0, pageSize),
          page: 1,
          pageCount: 1,
          articleCount: found.length,
        }
      },
      listPinned: (_locale, limit) =>
        articles
          .filter(({ stickyWeight }) => stickyWeight > 0)
          .sort((a, b) => b.stickyWeight - a.stickyWeight)
          .slice(0, limit),
      listCategories: () =>
        categories.map((name) => ({
          name,
          segment: toSegment(name),
          articleCount: inScope(toSegment(name)).length,
          latestAt: '2026-01-01T00:00:00.000Z',
        })),
    },
    'en',
  )
}

const many = (count: number, category: string) =>
  Array.from({ length: count }, (_, number) =>
    articleWith({ slug: `${category.toLowerCase()}-${number}`, category }),
  )

const slugs = (articles: ArticleSummary[]) => articles.map(({ slug }) => slug)

describe('the front page', () => {
  it('is led by the heaviest pin, followed by other pins and then what is new', () => {
    const page = compose([
      ...many(3, 'MARKETS'),
      articleWith({ slug: 'light', stickyWeight: 1 }),
      articleWith({ slug: 'heavy', stickyWeight: 9 }),
    ])
    expect(page.lead?.slug).toBe('heavy')
    expect(slugs(page.seconds)).toEqual(['light', 'markets-0', 'markets-1', 'markets-2'])
  })

  it('is led by the newest when nothing is pinned', () => {
    expect(compose(many(3, 'MARKETS')).lead?.slug).toBe('markets-0')
  })

  it('shows no article twice and loses none of the newest', () => {
    const articles = [...many(30, 'MARKETS'), ...many(3, 'DEFI')]
    const { lead, seconds, latest, sections } = compose(articles)
    const shown = [
      ...slugs(lead ? [lead] : []),
      ...slugs([...seconds, ...latest]),
      ...sections.flatMap((section) => slugs(section.articles)),
    ]
    expect(new Set(shown).size).toBe(shown.length)
    expect(shown.slice(0, 17)).toEqual(slugs(articles.slice(0, 17)))
    expect(sections.map(({ topic }) => topic.name)).toEqual(['MARKETS', 'DEFI'])
  })

  it('leaves out a section whose articles all stand above', () => {
    expect(compose(many(4, 'MARKETS')).sections).toEqual([])
  })

  it('is empty without articles', () => {
    expect(compose([])).toEqual({ lead: undefined, seconds: [], latest: [], sections: [] })
  })
})
