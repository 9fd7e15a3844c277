import type { DatabaseSync } from 'node:sqlite'
import type { ArticleIndex } from '../article-index.ts'
import { toScopeKey } from '../store/placements.ts'
import { numberOf, toArticle, toSummary } from '../store/rows.ts'
import type { Scopes } from './scopes.ts'

export type Listings = Pick<ArticleIndex, 'listArticles' | 'listFullArticles' | 'listPinned'>

/** The order of every listing; `slug` makes it total. */
export const newestFirst = 'published_at DESC, slug'
const oldestFirst = 'published_at, slug DESC'

export function pageSql(order: string): string {
  return `SELECT article_id FROM visible_placements WHERE scope_id = ?
    ORDER BY ${order} LIMIT ? OFFSET ?`
}

export function readListings(db: DatabaseSync, { findScope, countVisible }: Scopes): Listings {
  const listFromNewest = db.prepare(pageSql(newestFirst))
  const listFromOldest = db.prepare(pageSql(oldestFirst))
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')
  const findArticle = db.prepare('SELECT summary, body FROM visible_texts WHERE id = ?')
  const listPinned = db.prepare(`SELECT summary FROM visible_summaries
    WHERE locale = ? AND sticky_weight > 0 ORDER BY sticky_weight DESC, ${newestFirst} LIMIT ?`)

  /** Skipping costs by the row, so the later half of a listing is reached from its end. */
  function listIds(scopeId: number, count: number, offset: number, limit: number): number[] {
    const size = Math.min(limit, count - offset)
    if (size <= 0) return []
    const fromEnd = count - offset - size
    const rows =
      fromEnd < offset
        ? listFromOldest.all(scopeId, size, fromEnd).reverse()
        : listFromNewest.all(scopeId, size, offset)
    return rows.map((row) => numberOf(row, 'article_id'))
  }

  return {
    listArticles({ locale, scope, page, pageSize }) {
      const found = findScope(locale, toScopeKey(scope))
      const articleCount = found ? countVisible(found) : 0
      const pageCount = Math.ceil(articleCount / pageSize)
      const isPage = Number.isInteger(page) && page >= 1 && page <= pageCount
      const ids =
        found && isPage ? listIds(found.id, articleCount, (page - 1) * pageSize, pageSize) : []
      const articles = ids
        .map((id) => findSummary.get(id))
        .filter((row) => row !== undefined)
        .map(toSummary)
      return { articles, page, pageCount, articleCount }
    },

    listFullArticles({ locale, scope, limit }) {
      const found = findScope(locale, toScopeKey(scope))
      if (!found) return []
      return listFromNewest
        .all(found.id, Math.max(0, limit), 0)
        .map((row) => findArticle.get(numberOf(row, 'article_id')))
        .filter((row) => row !== undefined)
        .map(toArticle)
    },

    listPinned: (locale, limit) => listPinned.all(locale, Math.max(0, limit)).map(toSummary),
  }
}
