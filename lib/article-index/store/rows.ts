import type { Article, ArticleSummary } from '#lib/content/article.ts'
import { type Row, textOf } from '#lib/node/sqlite.ts'

/** The body has a column of its own; fields that are undefined are absent when read back. */
export function toSummaryColumn(article: Article): string {
  const { body: _, ...summary } = article
  return JSON.stringify(summary)
}

/** The column was written by `toSummaryColumn` under the same schema version. */
export function toSummary(row: Row): ArticleSummary {
  return JSON.parse(textOf(row, 'summary'))
}

export function toArticle(row: Row): Article {
  return { ...toSummary(row), body: textOf(row, 'body') }
}
