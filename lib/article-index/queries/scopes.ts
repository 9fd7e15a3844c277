import type { DatabaseSync } from 'node:sqlite'
import { numberOf, type Row, textOf } from '#lib/node/sqlite.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ListingScope } from '../article-index.ts'
import type { Visibility } from '../store/install-visibility.ts'
import type { ScopeKey } from '../store/placements.ts'

/**
 * A listing of one locale. `servedCount` includes what is dated in the future. `removedAt` is when an
 * article last left it, in ms since 1970; undefined when none has since the index was built.
 */
export type Scope = {
  id: number
  segment: string
  servedCount: number
  removedAt: number | undefined
}

export type Scopes = ReturnType<typeof readScopes>

/** What the other readers need to know about listings. */
export function readScopes(
  db: DatabaseSync,
  { countSuppressed }: Pick<Visibility, 'countSuppressed'>,
) {
  const columns = 'SELECT id, segment, served_count, removed_at FROM scopes'
  const find = db.prepare(`${columns} WHERE locale = ? AND kind = ? AND segment = ?`)
  const list = db.prepare(`${columns} WHERE locale = ? AND kind = ? AND served_count > 0
    ORDER BY segment`)
  const countScheduled = db.prepare(
    'SELECT count(*) AS count FROM scheduled_placements WHERE scope_id = ?',
  )

  const countSuppressedIn = db.prepare(`SELECT count(*) AS count FROM temp.suppressed
    JOIN main.placements AS placed ON placed.scope_id = ?
      AND placed.published_at = suppressed.published_at AND placed.slug = suppressed.slug
      AND placed.article_id = suppressed.article_id
    WHERE suppressed.published_at <= (SELECT now FROM temp.clock)`)
  const countIn = (statement: typeof find, id: number) => {
    const row = statement.get(id)
    return row ? numberOf(row, 'count') : 0
  }

  function findScope(locale: Locale, { kind, segment }: ScopeKey): Scope | undefined {
    const row = find.get(locale, kind, segment)
    return row && toScope(row)
  }

  return {
    findScope,
    listScopes: (locale: Locale, kind: ListingScope['kind']): Scope[] =>
      list.all(locale, kind).map(toScope),
    /**
     * Served articles are counted as they are written, so only the few that are scheduled or suppressed
     * are counted here.
     */
    countVisible({ id, servedCount }: Scope): number {
      const suppressed = countSuppressed() > 0 ? countIn(countSuppressedIn, id) : 0
      return servedCount - countIn(countScheduled, id) - suppressed
    },
    /** What was counted as it was written is right: no article of the index is suppressed. */
    areCountsRight: () => countSuppressed() === 0,
  }
}

function toScope(row: Row): Scope {
  return {
    id: numberOf(row, 'id'),
    segment: textOf(row, 'segment'),
    servedCount: numberOf(row, 'served_count'),
    removedAt: typeof row.removed_at === 'number' ? row.removed_at : undefined,
  }
}
