import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '#lib/content/problem.ts'
import { toAliasProblem, toSlugProblem } from '#lib/content/slug-conflicts.ts'
import { numberOf, type Row, textOf } from '#lib/node/sqlite.ts'
import { byLocale, type Locale, locales } from '#lib/site/locales.ts'
import type { ArticleIndex } from '../article-index.ts'
import { latest } from '../store/placements.ts'
import type { Scopes } from './scopes.ts'

const withoutSuffix = `CASE WHEN alias LIKE '%.md' THEN substr(alias, 1, length(alias) - 3) END`

export type Reports = Pick<ArticleIndex, 'findNextDueAt' | 'listProblems' | 'status'>

export function readReports(db: DatabaseSync, { findScope, countVisible }: Scopes): Reports {
  const findNextDue = db.prepare(
    'SELECT min(published_at) AS due FROM scheduled_placements WHERE scope_id = ?',
  )
  const findNextEnd = db.prepare(`SELECT min(until) AS until FROM (
      SELECT min(pinned_until) AS until FROM articles
      WHERE served = 1 AND pinned_until > 0 AND pinned_until > (SELECT now FROM temp.clock)
      UNION ALL
      SELECT min(breaking_until) FROM articles
      WHERE served = 1 AND breaking_until > 0 AND breaking_until > (SELECT now FROM temp.clock))`)
  const listFileProblems = db.prepare(
    'SELECT problems FROM files WHERE problems IS NOT NULL ORDER BY path',
  )
  // The article that holds the address is the one that settling it left unshadowed.
  const listShadowed =
    db.prepare(`SELECT shadow.path, shadow.slug, shadow.locale, holder.path AS holder
    FROM articles AS shadow
    JOIN articles AS holder ON holder.slug = shadow.slug AND holder.locale = shadow.locale
      AND holder.shadowed = 0
    WHERE shadow.shadowed = 1 ORDER BY shadow.path`)
  // Whatever the state of the file that holds the address; see findAbsence.
  const listAliases = db.prepare(`SELECT owner.path, alias, min(holder) AS holder FROM (
      SELECT aliases.article_id, alias, holder.path AS holder FROM aliases
      JOIN articles AS holder ON holder.locale = aliases.locale
        AND holder.slug IN (alias, ${withoutSuffix}) AND holder.id <> aliases.article_id
      UNION ALL
      SELECT aliases.article_id, alias, holder.path AS holder FROM aliases
      JOIN files AS holder ON refused_slug IN (alias, ${withoutSuffix})
    ) AS taken JOIN articles AS owner ON owner.id = taken.article_id
    GROUP BY owner.path, alias ORDER BY owner.path, alias`)
  const findGeneration = db.prepare('SELECT generation FROM state')
  let conflicts: { generation: unknown; problems: Problem[] } | undefined
  const findState = db.prepare(`SELECT revision, file_count, article_count, error_count,
    warning_count, (SELECT count(*) FROM articles WHERE shadowed = 1) AS shadowed FROM state`)

  /** Looks at every alias, so once for each state of the index. */
  function listAliasConflicts(): Problem[] {
    const generation = findGeneration.get()?.generation
    if (conflicts?.generation !== generation) {
      conflicts = { generation, problems: listAliases.all().map(toConflict) }
    }
    return conflicts?.problems ?? []
  }

  function countLatest(locale: Locale): number {
    const scope = findScope(locale, latest)
    return scope ? countVisible(scope) : 0
  }

  return {
    findNextDueAt() {
      const due = locales
        .map((locale) => findScope(locale, latest))
        .map((scope) => scope && findNextDue.get(scope.id)?.due)
        .concat(findNextEnd.get()?.until)
        .filter((instant) => typeof instant === 'number')
      return due.length > 0 ? new Date(Math.min(...due)).toISOString() : undefined
    },

    listProblems() {
      const fileProblems = listFileProblems.all().flatMap(toProblems)
      return [
        ...fileProblems,
        ...listShadowed.all().map((row) => {
          const [slug, locale] = [textOf(row, 'slug'), textOf(row, 'locale')]
          return toSlugProblem(textOf(row, 'path'), textOf(row, 'holder'), { slug, locale })
        }),
        ...listAliasConflicts(),
      ]
    },

    status() {
      const state = findState.get() ?? {}
      return {
        articleCount: numberOf(state, 'article_count'),
        visibleCount: byLocale(countLatest),
        fileCount: numberOf(state, 'file_count'),
        errorCount: numberOf(state, 'error_count') + numberOf(state, 'shadowed'),
        warningCount: numberOf(state, 'warning_count') + listAliasConflicts().length,
        revision: numberOf(state, 'revision'),
      }
    },
  }
}

/** The column was written from `Problem`s under the same schema version. */
function toProblems(row: Row): Problem[] {
  return JSON.parse(textOf(row, 'problems'))
}

const toConflict = (row: Row): Problem =>
  toAliasProblem(textOf(row, 'path'), textOf(row, 'holder'), { alias: textOf(row, 'alias') })
