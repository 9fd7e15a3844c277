import type { DatabaseSync } from 'node:sqlite'
import type { Problem } from '#lib/content/problem.ts'
import { byLocale, type Locale, locales } from '#lib/site/locales.ts'
import type { ArticleIndex } from '../article-index.ts'
import { latest } from '../store/placements.ts'
import { numberOf, type Row, textOf } from '../store/rows.ts'
import type { Scopes } from './scopes.ts'

export type Reports = Pick<ArticleIndex, 'findNextDueAt' | 'listProblems' | 'status'>

export function readReports(db: DatabaseSync, { findScope, countVisible }: Scopes): Reports {
  const findNextDue = db.prepare(
    'SELECT min(published_at) AS due FROM scheduled_placements WHERE scope_id = ?',
  )
  const listFileProblems = db.prepare(
    'SELECT problems FROM files WHERE problems IS NOT NULL ORDER BY path',
  )
  // The article that holds the address is the one that settling it left unshadowed.
  const listShadowed = db.prepare(`SELECT shadow.path, shadow.locale, holder.path AS holder
    FROM articles AS shadow
    JOIN articles AS holder ON holder.slug = shadow.slug AND holder.locale = shadow.locale
      AND holder.shadowed = 0
    WHERE shadow.shadowed = 1 ORDER BY shadow.path`)
  const findState = db.prepare(`SELECT revision, file_count, article_count, error_count,
    warning_count, (SELECT count(*) FROM articles WHERE shadowed = 1) AS shadowed FROM state`)

  function countLatest(locale: Locale): number {
    const scope = findScope(locale, latest)
    return scope ? countVisible(scope) : 0
  }

  return {
    findNextDueAt() {
      const due = locales
        .map((locale) => findScope(locale, latest))
        .map((scope) => scope && findNextDue.get(scope.id)?.due)
        .filter((instant) => typeof instant === 'number')
      return due.length > 0 ? new Date(Math.min(...due)).toISOString() : undefined
    },

    listProblems() {
      const fileProblems = listFileProblems.all().flatMap(toProblems)
      return [...fileProblems, ...listShadowed.all().map(toDuplicateProblem)]
    },

    status() {
      const state = findState.get() ?? {}
      return {
        articleCount: numberOf(state, 'article_count'),
        visibleCount: byLocale(countLatest),
        fileCount: numberOf(state, 'file_count'),
        errorCount: numberOf(state, 'error_count') + numberOf(state, 'shadowed'),
        warningCount: numberOf(state, 'warning_count'),
        revision: numberOf(state, 'revision'),
      }
    },
  }
}

/** The column was written from `Problem`s under the same schema version. */
function toProblems(row: Row): Problem[] {
  return JSON.parse(textOf(row, 'problems'))
}

function toDuplicateProblem(row: Row): Problem {
  const holder = textOf(row, 'holder')
  return {
    severity: 'error',
    file: textOf(row, 'path'),
    line: 1,
    field: 'file',
    found: `the slug and language of ${holder}, which is served instead`,
    expected: `a slug that no other file in “${textOf(row, 'locale')}” has`,
  }
}
