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
      listBreaking: (_locale, limit) =>
        articles.filter(({ breakingUntil }) => breakingUntil !== undefined).slice(0, limit),
      listRelated: ({ slug, tags }, limit) =>
        articles
          .filter((other) => other.slug !== slug && other.tags.some((tag) => tags.includes(tag)))
          .slice(0, limit),
      listMatches: ({ filter, limit }) => ({
        articles: articles.filter(({ kind = 'news' }) => kind === filter.kind).slice(0, limit),
        next: undefined,
      }),
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
  it('has its sections in the order of the menu, and those that are in none behind', () => {
    const page = compose([
      ...many(30, 'MINING'),
      ...many(9, 'MARKETS'),
      ...many(8, 'SECURITY'),
      ...many(7, 'BITCOIN'),
    ])
    expect(page.sections.map(({ topic }) => topic.name)).toEqual([
      'BITCOIN',
      'MARKETS',
      'SECURITY',
      'MINING',
    ])
  })

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

  it('is led by what several sources report before a newer note of one', () => {
    const at = (hour: number) => `2026-11-30T${String(hour).padStart(2, '0')}:00:00.000Z`
    const source = { name: 'Other', key: 'other', type: undefined, url: undefined }
    const reported = (slug: string, hour: number, sources: number) =>
      articleWith({ slug, publishedAt: at(hour), alsoReportedBy: Array(sources).fill(source) })
    const { lead, seconds } = compose([
      reported('note', 12, 0),
      reported('event', 10, 3),
      reported('yesterday', 1, 4),
    ])
    expect(lead?.slug).toBe('event')
    expect(slugs(seconds)).toEqual(['note', 'yesterday'])
  })

  it('is not led by an explainer while there is news', () => {
    const { lead, inDepth } = compose([
      articleWith({ slug: 'explained', kind: 'explainer' }),
      ...many(20, 'MARKETS'),
    ])
    expect(lead?.slug).toBe('markets-0')
    expect(slugs(inDepth)).toEqual([])
    const later = compose([
      ...many(40, 'MARKETS'),
      articleWith({ slug: 'explained', kind: 'explainer' }),
    ])
    expect(slugs(later.inDepth)).toEqual(['explained'])
  })

  it('has the newest opinion and analysis before the explainers', () => {
    const { inDepth } = compose([
      ...many(20, 'MARKETS'),
      articleWith({ slug: 'argued', kind: 'opinion' }),
      articleWith({ slug: 'weighed', kind: 'analysis' }),
      articleWith({ slug: 'argued-before', kind: 'opinion' }),
      ...['a', 'b', 'c'].map((slug) => articleWith({ slug, kind: 'explainer' })),
    ])
    expect(slugs(inDepth)).toEqual(['argued', 'weighed', 'a', 'b'])
  })

  it('tells a story once at the top: its other articles follow the lead, or stand in the river', () => {
    const told = (slug: string, storyKey: string) => articleWith({ slug, storyKey })
    const led = compose([told('new', 'theft'), told('old', 'theft'), ...many(20, 'MARKETS')])
    expect(led.lead?.slug).toBe('new')
    expect(slugs(led.seconds)).not.toContain('old')
    expect(slugs(led.related)).toContain('old')
    const second = compose([
      ...many(1, 'DEFI'),
      told('new', 'theft'),
      told('old', 'theft'),
      ...many(20, 'MARKETS'),
    ])
    expect(slugs(second.seconds)).toEqual(['new', 'markets-0', 'markets-1', 'markets-2'])
    expect(slugs(second.latest).at(0)).toBe('old')
  })

  it('leaves two articles of a story to an editor who pinned them', () => {
    const pinned = [9, 8].map((stickyWeight) =>
      articleWith({ slug: `pin-${stickyWeight}`, storyKey: 'theft', stickyWeight }),
    )
    const { lead, seconds } = compose([...pinned, ...many(20, 'MARKETS')])
    expect([lead?.slug, seconds[0]?.slug]).toEqual(['pin-9', 'pin-8'])
  })

  it('has breaking news above its lead, and once', () => {
    const until = '2099-01-01T00:00:00.000Z'
    const page = compose([
      articleWith({ slug: 'now', breakingUntil: until, stickyWeight: 5 }),
      ...many(3, 'MARKETS'),
    ])
    expect(slugs(page.breaking)).toEqual(['now'])
    expect(page.lead?.slug).toBe('markets-0')
  })

  it('shows no article twice and loses none of the newest', () => {
    const articles = [...many(30, 'MARKETS'), ...many(3, 'DEFI')]
    const { lead, seconds, latest, related, sections } = compose(articles)
    const shown = [
      ...slugs(lead ? [lead] : []),
      ...slugs([...seconds, ...latest, ...related]),
      ...sections.flatMap((section) => slugs(section.articles)),
    ]
    expect(new Set(shown).size).toBe(shown.length)
    expect(shown.slice(0, 14)).toEqual(slugs(articles.slice(0, 14)))
    expect(sections.map(({ topic }) => topic.name)).toEqual(['MARKETS', 'DEFI'])
  })

  it('leaves out a section whose articles all stand above', () => {
    expect(compose(many(4, 'MARKETS')).sections).toEqual([])
  })

  it('is empty without articles', () => {
    expect(compose([])).toEqual({
      breaking: [],
      lead: undefined,
      related: [],
      seconds: [],
      latest: [],
      inDepth: [],
      sections: [],
    })
  })
})
