import type { PageIndex, Topic } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ListingScope } from '#lib/site/routes.ts'

export type FrontPageSection = { topic: Topic; articles: ArticleSummary[] }

/** What stands where on the front page. No article stands there twice. */
export type FrontPageArticles = {
  lead: ArticleSummary | undefined
  seconds: ArticleSummary[]
  latest: ArticleSummary[]
  sections: FrontPageSection[]
}

const size = { seconds: 4, latest: 12, sections: 6, perSection: 4 }

/** A third of what stands below the seconds goes to the river, in full rows of three. */
function riverSize(articleCount: number): number {
  const below = articleCount - 1 - size.seconds
  return Math.min(size.latest, Math.max(3, 3 * Math.floor(below / 9)))
}

/**
 * The order of importance: what the editors pinned (heaviest first, then newest), then what is
 * newest. The heaviest pin leads; the other pins come before new articles among the seconds.
 */
export function composeFrontPage(
  index: Pick<PageIndex, 'listArticles' | 'listPinned' | 'listCategories'>,
  locale: Locale,
): FrontPageArticles {
  const shown = new Set<string>()
  const take = (articles: ArticleSummary[], count: number) => {
    const taken = articles.filter(({ slug }) => !shown.has(slug)).slice(0, count)
    for (const { slug } of taken) shown.add(slug)
    return taken
  }
  const newest = (scope: ListingScope, count: number) =>
    index.listArticles({ locale, scope, page: 1, pageSize: count })

  const all = newest({ kind: 'latest' }, 1 + size.seconds + size.latest)
  const recent = all.articles
  const ranked = [...index.listPinned(locale, 1 + size.seconds), ...recent]
  const [lead] = take(ranked, 1)
  const seconds = take(ranked, size.seconds)
  const latest = take(recent, riverSize(all.articleCount))
  const sections = index
    .listCategories(locale)
    .slice(0, size.sections)
    .map((topic) => ({
      topic,
      articles: take(
        newest({ kind: 'category', segment: topic.segment }, size.perSection + shown.size).articles,
        size.perSection,
      ),
    }))
    .filter(({ articles }) => articles.length > 0)
  return { lead, seconds, latest, sections }
}
