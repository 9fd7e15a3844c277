import { type PageIndex, withAuthorNames } from '#lib/article-index/article-index.ts'
import type { Article } from '#lib/content/article.ts'
import { articlesPerFeed } from '#lib/feeds/feed.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { type ArticleFilter, isFiltering } from '#lib/site/addresses/article-filter.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ListingScope } from '#lib/site/routes.ts'
import { findScopeName } from '../find-scope-name.ts'

type Choice = { locale: Locale; scope: ListingScope; filter: ArticleFilter }

/** The articles of a feed. With a narrow filter, those among recent articles that meet it. */
export function chooseArticles(index: PageIndex, { locale, scope, filter }: Choice): Article[] {
  const articles = isFiltering(filter)
    ? index.listFullMatches({ locale, scope, filter, limit: articlesPerFeed }).articles
    : index.listFullArticles({ locale, scope, limit: articlesPerFeed })
  return articles.map((article) => withAuthorNames(index, article))
}

/** The name of a choice, for readers: `Trading`, `Trading · Hacks · Negative`. */
export function nameChoice(index: PageIndex, { locale, scope, filter }: Choice): string {
  const { category, tag, source, sentiment } = filter
  const scopes: ListingScope[] = [
    ...(scope.kind === 'latest' && isFiltering(filter) ? [] : [scope]),
    ...(category === undefined ? [] : [{ kind: 'category' as const, segment: category }]),
    ...(tag === undefined ? [] : [{ kind: 'tag' as const, segment: tag }]),
    ...(source === undefined ? [] : [{ kind: 'source' as const, key: source }]),
  ]
  const names = scopes.map((one) =>
    findScopeName(
      index,
      locale,
      one,
      index.listArticles({ locale, scope: one, page: 1, pageSize: 1 }),
    ),
  )
  return [...names, ...nameSentiment(locale, sentiment)].join(' · ')
}

function nameSentiment(locale: Locale, segment: string | undefined): string[] {
  return Object.entries(messagesFor(locale).sentiments)
    .filter(([sentiment]) => sentiment.toLowerCase() === segment)
    .map(([, name]) => name)
}
