import type { ArticleSummary } from '#lib/content/article.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type ListingScope, listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { ArticleTeaser } from './article-teaser.tsx'

const mostTags = 12
export const mostExplainers = 5

/** What stands beside the first page of a listing. */
export type SidebarContent = {
  explainers: ArticleSummary[]
  tags: { segment: string; name: string }[]
}

/**
 * Explainers of a listing that its first page does not show, and the topics of its articles. Undefined
 * when there are neither: the page has to know before it is sent, or the articles would move.
 */
export function toSidebar(
  scope: ListingScope,
  articles: ArticleSummary[],
  explainers: ArticleSummary[],
): SidebarContent | undefined {
  const shown = new Set(articles.map(({ slug }) => slug))
  const others = explainers.filter(({ slug }) => !shown.has(slug)).slice(0, mostExplainers)
  const tags = listTags(articles, scope)
  return others.length > 0 || tags.length > 0 ? { explainers: others, tags } : undefined
}

/** Beside the first page of a listing: what explains its subject, and the topics of its articles. */
export function ListingSidebar({
  locale,
  content: { explainers: others, tags },
}: {
  locale: Locale
  content: SidebarContent
}) {
  const messages = messagesFor(locale)
  return (
    <div className="listing-sidebar">
      {others.length > 0 && (
        <section aria-labelledby="_explainers">
          <h2 id="_explainers" className="section-title">
            {messages.explainers}
          </h2>
          {others.map((article) => (
            <ArticleTeaser
              key={article.slug}
              article={article}
              kind="brief"
              isCategoryShown={false}
              isKindShown={false}
            />
          ))}
        </section>
      )}
      {tags.length > 0 && (
        <section aria-labelledby="_topics">
          <h2 id="_topics" className="section-title">
            {messages.tags}
          </h2>
          <ul className="topic-list">
            {tags.map(({ segment, name }) => (
              <li key={segment}>
                <a href={listingPath(locale, { kind: 'tag', segment })}>
                  {formatTopic(locale, name)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** The topics of some articles, the most frequent first; without the one that the listing is about. */
function listTags(articles: ArticleSummary[], scope: ListingScope) {
  const counted = new Map<string, { segment: string; name: string; count: number }>()
  for (const name of articles.flatMap(({ tags }) => tags)) {
    const segment = toSegment(name)
    const known = counted.get(segment)
    counted.set(segment, { segment, name: known?.name ?? name, count: (known?.count ?? 0) + 1 })
  }
  return [...counted.values()]
    .filter(({ segment }) => scope.kind !== 'tag' || segment !== scope.segment)
    .sort((a, b) => b.count - a.count)
    .slice(0, mostTags)
}
