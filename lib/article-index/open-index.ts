import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import type { ArticleIndex } from './article-index.ts'

/** A content file's article and the path it has; without one, a path of the article's own. */
export type IndexedArticle = { article: Article; path?: string }

/** An index that holds these articles and takes the time from `now`. For the contract tests. */
export type OpenIndex = (articles: IndexedArticle[], now: () => Date) => Promise<ArticleIndex>

/** Opens an index at one instant, with articles that are given by what is of interest in them. */
export const openAt =
  (open: OpenIndex, now: string) =>
  (...articles: Partial<Article>[]): Promise<ArticleIndex> =>
    open(
      articles.map((overrides) => ({ article: articleWith(overrides) })),
      () => new Date(now),
    )
