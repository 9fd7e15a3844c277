import type { DatabaseSync } from 'node:sqlite'

/** The tables that pages are made of; full-text tables say themselves when they are damaged. */
const tables = ['state', 'files', 'articles', 'summaries', 'bodies', 'scopes', 'placements']

/**
 * What is wrong with the file, in SQLite's words, or `undefined`. With its first 64 MB mapped into
 * memory for the time of it, some 700 MB are looked through in a second.
 */
export function findDamage(db: DatabaseSync): string | undefined {
  db.exec('PRAGMA mmap_size = 67108864')
  try {
    return tables
      .map((table) => String(db.prepare(`PRAGMA quick_check(${table})`).get()?.quick_check))
      .find((answer) => answer !== 'ok')
  } finally {
    db.exec('PRAGMA mmap_size = 0')
  }
}
