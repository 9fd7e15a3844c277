import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { numberOf } from '#lib/node/sqlite.ts'
import type { ArticleIndex } from '../article-index.ts'
import { listScopeKeys, toScopeKey } from '../store/placements.ts'
import { toArticle, toSummary } from '../store/rows.ts'
import { startOfWeek } from '../store/schema.ts'
import type { Scopes } from './scopes.ts'

export type Listings = Pick<
  ArticleIndex,
  'findLastRemovalAt' | 'listArticles' | 'listFullArticles' | 'listPinned' | 'listBreaking'
>

/** The order of every listing; `slug` makes it total. */
export const newestFirst = 'published_at DESC, slug'
export const oldestFirst = 'published_at, slug DESC'

/** Listings this short are walked; of longer ones the weeks are looked up. */
const shortWalk = 200

const endOfTime = Number.MAX_SAFE_INTEGER

const beforeBound = 'published_at < min(?, (SELECT now + 1 FROM temp.clock))'

export function pageSql(order: string, condition = beforeBound): string {
  return `SELECT article_id FROM visible_placements WHERE scope_id = ? AND ${condition}
    ORDER BY ${order} LIMIT ? OFFSET ?`
}

export function readListings(
  db: DatabaseSync,
  { findScope, countVisible, areCountsRight }: Scopes,
): Listings {
  const listBefore = db.prepare(pageSql(newestFirst))
  const listFrom = db.prepare(pageSql(oldestFirst, 'published_at >= ?'))
  const listWeeks = db.prepare(
    'SELECT week, served_count FROM scope_weeks WHERE scope_id = ? ORDER BY week',
  )
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')
  const findArticle = db.prepare('SELECT summary, body FROM visible_texts WHERE id = ?')
  const listPinned = db.prepare(`SELECT summary FROM visible_summaries
    WHERE locale = ? AND sticky_weight > 0 AND pinned_until > (SELECT now FROM temp.clock)
    ORDER BY sticky_weight DESC, ${newestFirst} LIMIT ?`)

  const listBreaking = db.prepare(`SELECT summary FROM visible_summaries
    WHERE locale = ? AND breaking_until > 0 AND breaking_until > (SELECT now FROM temp.clock)
    ORDER BY ${newestFirst} LIMIT ?`)

  const toIds = (rows: ReturnType<StatementSync['all']>) =>
    rows.map((row) => numberOf(row, 'article_id'))

  /**
   * Skipping costs by the row. So a deep page is counted from the oldest article on, by weeks, and
   * reached from the nearer end of the week that its newest article stands in.
   */
  function listIds(scopeId: number, count: number, offset: number, limit: number): number[] {
    const size = Math.min(limit, count - offset)
    if (size <= 0) return []
    if (offset <= shortWalk || !areCountsRight())
      return toIds(listBefore.all(scopeId, endOfTime, size, offset))
    // Places are counted from the oldest article, which has the first.
    const newest = count - offset
    const oldest = newest - size + 1
    let before = 0
    for (const row of listWeeks.all(scopeId)) {
      const week = numberOf(row, 'week')
      // What is dated in the future stands in the last weeks, and in no place of a page.
      const last = Math.min(count, before + numberOf(row, 'served_count'))
      if (last >= newest) {
        const skippedAbove = last - newest
        const skippedBelow = oldest - before - 1
        return skippedBelow >= 0 && skippedBelow < skippedAbove
          ? toIds(listFrom.all(scopeId, startOfWeek(week), size, skippedBelow)).reverse()
          : toIds(listBefore.all(scopeId, startOfWeek(week + 1), size, skippedAbove))
      }
      before = last
    }
    return []
  }

  return {
    findLastRemovalAt({ locale, scope, filter = {} }) {
      const instants = listScopeKeys(scope, filter).map((key) => findScope(locale, key)?.removedAt)
      // What leaves the choice leaves each of its listings.
      const removedAt = Math.min(...instants.map((at) => at ?? Number.NaN))
      return Number.isNaN(removedAt) ? undefined : new Date(removedAt).toISOString()
    },

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
      return toIds(listBefore.all(found.id, endOfTime, Math.max(0, limit), 0))
        .map((id) => findArticle.get(id))
        .filter((row) => row !== undefined)
        .map(toArticle)
    },

    listPinned: (locale, limit) => listPinned.all(locale, Math.max(0, limit)).map(toSummary),

    listBreaking: (locale, limit) => listBreaking.all(locale, Math.max(0, limit)).map(toSummary),
  }
}
