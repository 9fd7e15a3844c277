import type { ArticleIndex, Topic } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'

export type FrontPageSection = { topic: Topic; articles: ArticleSummary[] }

/** What stands where on the front page. No article stands there twice. */
export type FrontPageArticles = {
  lead: ArticleSummary | undefined
  seconds: ArticleSummary[]
  latest: ArticleSummary[]
  sections: FrontPageSection[]
}

const size = { seconds: 4, latest: 12, sections: 6, perSection: 4 }

/**
 * The order of importance: what the editors pinned (heaviest first, then newest), then what is
 * newest. The heaviest pin leads; the other pins come before new articles among the seconds.
 */
export function composeFrontPage(
  index: Pick<ArticleIndex, 'listArticles' | 'listPinned' | 'listCategories'>,
  locale: Locale,
): FrontPageArticles {
  const shown = new Set<string>()
  const take = (articles: ArticleSummary[], count: number) => {
    const taken = articles.filter(({ slug }) => !shown.has(slug)).slice(0, count)
    for (const { slug } of taken) shown.add(slug)
    return taken
  }
  const newest = (scope: Parameters<ArticleIndex['listArticles']>[0]['scope'], count: number) =>
    index.listArticles({ locale, scope, page: 1, pageSize: count }).articles

  const recent = newest({ kind: 'latest' }, 1 + size.seconds + size.latest + 1)
  const ranked = [...index.listPinned(locale, 1 + size.seconds), ...recent]
  const [lead] = take(ranked, 1)
  const seconds = take(ranked, size.seconds)
  const latest = take(recent, size.latest)
  const sections = index
    .listCategories(locale)
    .slice(0, size.sections)
    .map((topic) => ({
      topic,
      articles: take(
        newest({ kind: 'category', segment: topic.segment }, size.perSection + shown.size),
        size.perSection,
      ),
    }))
    .filter(({ articles }) => articles.length > 0)
  return { lead, seconds, latest, sections }
}
