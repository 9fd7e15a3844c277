import type { DatabaseSync } from 'node:sqlite'
import { isBusy } from '#lib/node/sqlite.ts'
import { locales } from '#lib/site/locales.ts'
import { searchTable } from '../store/schema.ts'

/** Pages written at a time, some 10 ms of work. */
const pagesPerStep = 64

/**
 * Every commit leaves one more piece of each full-text table, and a search looks into all of them.
 * One step of merging pieces of like size; false when there is nothing to merge, or someone else
 * writes. Answers of the index stay the same.
 */
export function mergeStep(db: DatabaseSync): boolean {
  try {
    return locales.some((locale) => {
      const table = searchTable(locale)
      const before = countChanges(db)
      db.exec(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${pagesPerStep})`)
      // As FTS5 documents it: fewer than two changes, and there was nothing to do.
      return countChanges(db) - before >= 2
    })
  } catch (error) {
    if (isBusy(error)) return false
    throw error
  }
}

function countChanges(db: DatabaseSync): number {
  return Number(db.prepare('SELECT total_changes() AS count').get()?.count)
}
