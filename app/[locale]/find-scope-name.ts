import type { Listing, PageIndex } from '#lib/article-index/article-index.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { formatMonth } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatAssetKey, formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlesPerPage, type ListingScope, leastArticles } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'

/** A story that has a page: its name and its newest articles. Undefined for one of a single article. */
export function findStory(
  index: Pick<PageIndex, 'listArticles'>,
  locale: Locale,
  key: string,
): { name: string; articles: ArticleSummary[] } | undefined {
  const scope = { kind: 'story', key } as const
  const query = { locale, scope, page: 1, pageSize: articlesPerPage }
  const { articles, articleCount } = index.listArticles(query)
  const [newest] = articles
  if (!newest || articleCount < leastArticles(scope)) return undefined
  const named = articles.find(({ storyTitle }) => storyTitle !== undefined)
  return { name: named?.storyTitle ?? newest.title, articles }
}

/** The name of a listing, for readers: `Trading`, `Bloomberg (Crypto)`, `July 2026`. */
export function findScopeName(
  index: PageIndex,
  locale: Locale,
  scope: ListingScope,
  { articles: [newest] }: Listing,
): string {
  switch (scope.kind) {
    case 'latest':
      return messagesFor(locale).latestNews
    case 'category':
      return formatTopic(locale, newest?.category ?? scope.segment)
    case 'tag': {
      const tag = newest?.tags.find((value) => toSegment(value) === scope.segment)
      return formatTopic(locale, tag ?? scope.segment)
    }
    case 'source': {
      const known = index.listSources(locale).find(({ source }) => source.key === scope.key)
      return known?.source.name ?? scope.key
    }
    case 'author':
      return index.findAuthor(locale, scope.key)?.name ?? scope.key
    case 'story':
      return findStory(index, locale, scope.key)?.name ?? scope.key
    case 'asset':
      return formatAssetKey(locale, scope.key)
    case 'archive':
      return formatMonth(locale, scope)
  }
}
