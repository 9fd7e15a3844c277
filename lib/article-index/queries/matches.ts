import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { numberOf, type Row, textOf } from '#lib/node/sqlite.ts'
import type { ArticleIndex, ListingCursor, Matches, MatchQuery } from '../article-index.ts'
import { listScopeKeys } from '../store/placements.ts'
import { toArticle, toSummary } from '../store/rows.ts'
import { newestFirst } from './listings.ts'
import type { Scope, Scopes } from './scopes.ts'

/** How many articles of the rarest listing are looked at in one call: some ten milliseconds. */
const candidatesPerCall = 10_000

const nothing = { articles: [], next: undefined }

/**
 * Articles that stand in several listings at once. The shortest of them is walked, newest first, and
 * each article on the way looked up in the others: their key begins with its place.
 */
export function readMatches(
  db: DatabaseSync,
  { findScope }: Scopes,
): Pick<ArticleIndex, 'listMatches' | 'listFullMatches'> {
  const findSummary = db.prepare('SELECT summary FROM visible_summaries WHERE id = ?')
  const findArticle = db.prepare('SELECT summary, body FROM visible_texts WHERE id = ?')
  const findPlace = db.prepare(`${walkSql} LIMIT 1 OFFSET ?`)
  const walks = new Map<number, StatementSync>()

  function prepareWalk(others: number): StatementSync {
    const known = walks.get(others)
    const walk = known ?? db.prepare(matchSql(others))
    walks.set(others, walk)
    return walk
  }

  /** The rarest first. None when one of the listings has never held anything. */
  function findScopes({ locale, scope, filter }: MatchQuery): Scope[] {
    const found = listScopeKeys(scope, filter).map((key) => findScope(locale, key))
    const scopes = found.filter((one) => one !== undefined)
    if (scopes.length < found.length) return []
    return scopes.sort((a, b) => a.servedCount - b.servedCount)
  }

  function list<Found>(query: MatchQuery, find: (id: number) => Found | undefined): Matches<Found> {
    const [rarest, ...others] = findScopes(query)
    if (!rarest || query.limit < 1) return nothing
    const start = [
      rarest.id,
      query.after ? Date.parse(query.after.publishedAt) : Number.MAX_SAFE_INTEGER,
      query.after?.slug ?? '',
    ]
    // One more than asked for shows whether there are more.
    const rows = prepareWalk(others.length).all(
      ...start,
      candidatesPerCall,
      ...others.map(({ id }) => id),
      query.limit + 1,
    )
    const taken = rows.slice(0, query.limit)
    const last = taken.at(-1)
    const end = rows.length > query.limit ? last : findPlace.get(...start, candidatesPerCall - 1)
    return {
      articles: taken
        .map((row) => find(numberOf(row, 'article_id')))
        .filter((article) => article !== undefined),
      next: end && toPlace(end),
    }
  }

  return {
    listMatches: (query) =>
      list(query, (id) => {
        const row = findSummary.get(id)
        return row && toSummary(row)
      }),
    listFullMatches: (query) =>
      list(query, (id) => {
        const row = findArticle.get(id)
        return row && toArticle(row)
      }),
  }
}

/** A listing from a place on: its id, the instant in ms and the slug of the place. */
const walkSql = `SELECT article_id, published_at, slug FROM visible_placements
  WHERE scope_id = ?1 AND published_at <= min(?2, (SELECT now FROM temp.clock))
    AND (published_at < ?2 OR slug > ?3)
  ORDER BY ${newestFirst}`

/** Numbered parameters: those of the walk, how much of it is looked at, the other listings, limit. */
function matchSql(others: number): string {
  const conditions = Array.from(
    { length: others },
    (_, at) => `EXISTS (SELECT 1 FROM main.placements AS other WHERE other.scope_id = ?${at + 5}
      AND other.published_at = walked.published_at AND other.slug = walked.slug
      AND other.article_id = walked.article_id)`,
  )
  const condition = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  return `SELECT article_id, published_at, slug FROM (${walkSql} LIMIT ?4) AS walked
    ${condition} ORDER BY ${newestFirst} LIMIT ?${others + 5}`
}

function toPlace(row: Row): ListingCursor {
  return {
    publishedAt: new Date(numberOf(row, 'published_at')).toISOString(),
    slug: textOf(row, 'slug'),
  }
}
