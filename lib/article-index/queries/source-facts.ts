import type { DatabaseSync } from 'node:sqlite'
import type { ArticleIndex } from '../article-index.ts'
import { latest } from '../store/placements.ts'
import { numberOf, toSummary } from '../store/rows.ts'
import { newestFirst, oldestFirst } from './listings.ts'
import type { Scopes } from './scopes.ts'

/** What is known of a source: its newest article names it, and the listings have counted the rest. */
export function readSourceFacts(
  db: DatabaseSync,
  { findScope, countVisible }: Scopes,
): Pick<ArticleIndex, 'findSourceFacts'> {
  const end = (order: string) =>
    db.prepare(`SELECT article_id FROM visible_placements
      WHERE scope_id = ? ORDER BY ${order} LIMIT 1`)
  const [findNewest, findOldest] = [end(newestFirst), end(oldestFirst)]
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')

  function findEnd(statement: typeof findNewest, scopeId: number) {
    const row = statement.get(scopeId)
    const summary = row && findSummary.get(numberOf(row, 'article_id'))
    return summary && toSummary(summary)
  }

  return {
    findSourceFacts(locale, key) {
      const scope = findScope(locale, { kind: 'source', segment: key })
      const all = findScope(locale, latest)
      const newest = scope && findEnd(findNewest, scope.id)
      const oldest = scope && findEnd(findOldest, scope.id)
      if (!scope || !all || !newest?.source || !oldest) return undefined
      const articleCount = countVisible(scope)
      return {
        source: { ...newest.source, url: undefined },
        siteUrl: newest.source.url && new URL(newest.source.url).origin,
        articleCount,
        sharePercent: Math.round((1000 * articleCount) / countVisible(all)) / 10,
        firstAt: oldest.publishedAt,
        latestAt: newest.publishedAt,
      }
    },
  }
}
