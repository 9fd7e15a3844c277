import type { ArticleSummary } from '#lib/content/article.ts'
import type { ArticleIndex } from './article-index.ts'

/** An article whose `authors` are names for readers, for documents that show no links to them. */
export function withAuthorNames<Given extends ArticleSummary>(
  index: Pick<ArticleIndex, 'listBylines'>,
  article: Given,
): Given {
  const { locale, authors } = article
  if (authors.length === 0) return article
  return { ...article, authors: index.listBylines({ locale, authors }).map(({ name }) => name) }
}
