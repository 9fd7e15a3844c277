import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '#lib/node/sqlite.ts'
import type { SearchFacet } from '../article-index.ts'
import { newestFirst } from '../queries/listings.ts'
import type { FacetName, Match, Matches } from './match-articles.ts'

/** Of each kind, the listings with the most matches; more are no choice but a directory. */
const mostValues = 60

/** What a search offers to choose from, on a connection. */
export function readFacets(db: DatabaseSync) {
  const find = db.prepare(`SELECT segment, (
      SELECT name FROM visible_placements WHERE scope_id = scopes.id ORDER BY ${newestFirst} LIMIT 1
    ) AS name FROM scopes WHERE id = ?`)

  function toValue(id: number, articleCount: number): SearchFacet['values'] {
    const row = find.get(id)
    if (!row) return []
    const segment = textOf(row, 'segment')
    return [{ segment, name: typeof row.name === 'string' ? row.name : segment, articleCount }]
  }

  function countOne(kind: FacetName, chosen: number | undefined, found: Matches): SearchFacet {
    const counts = new Map<number, number>(chosen === undefined ? [] : [[chosen, 0]])
    for (const { scopes } of found.matches) {
      const id = scopes[kind]
      if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1)
    }
    const most = [...counts].sort(([, a], [, b]) => b - a)
    const shown = most.filter(([id], at) => at < mostValues || id === chosen)
    return {
      values: shown.flatMap(([id, articleCount]) => toValue(id, articleCount)),
      coverage: found.isCapped ? 'newest' : 'all',
    }
  }

  return {
    /**
     * How many matches there are of each category, source and sentiment under the other conditions:
     * what choosing it, instead of what is chosen of its kind, would find.
     */
    count(
      chosen: Match['scopes'],
      narrow: (scopes: Match['scopes']) => Matches,
    ): Record<FacetName, SearchFacet> {
      const one = (kind: FacetName) => {
        const { [kind]: own, ...others } = chosen
        return countOne(kind, own, narrow(others))
      }
      return { category: one('category'), source: one('source'), sentiment: one('sentiment') }
    },
  }
}
