import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeDataFolder } from '#lib/node/data-folder.ts'
import type { Log } from '#lib/node/log.ts'
import {
  type DatabaseOptions,
  isUnusable as isUnusableFile,
  openDatabase,
  rebuildDatabase,
  removeDatabase,
  UnusableDatabaseError,
  versionOf,
} from '#lib/node/sqlite.ts'
import { createSchema, schemaVersion } from './schema.ts'

/** Files up to this size, in bytes, are checked for damage when they are opened. */
export const largestChecked = 64 * 1024 * 1024

/** Where the index lies in the folder of everything generated. */
export const indexPath = (dataDir: string): string => join(dataDir, 'articles.sqlite')

/**
 * The index is rebuilt from the content files: nothing is lost with it. With `synchronous = NORMAL` a
 * power cut may undo the last transactions, never tear one.
 */
const toOptions = (path: string, now: number, log: Log): DatabaseOptions => ({
  file: path,
  version: schemaVersion,
  create: (db) => createSchema(db, now),
  synchronous: 'NORMAL',
  busyTimeoutMs: 2000,
  pragmas:
    'PRAGMA journal_size_limit = 33554432; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384',
  findDamage,
  checkUpToBytes: largestChecked,
  whenUnusable: 'delete',
  onUnusable: (reason) => log.error(`Article index ${path} is deleted and rebuilt: ${reason}`),
})

/**
 * Opens the index for writing. A file that is missing is made; one that is corrupt, truncated, no
 * database at all or of another version is deleted and rebuilt, which `log` says in one line.
 */
export function openDatabaseFile(path: string, now: number, log: Log): DatabaseSync {
  makeDataFolder(dirname(path))
  // An empty file is replaced, not filled: processes that have it open must see that it is another file.
  if (!inodeOf(path)) removeDatabase(path)
  return openDatabase(toOptions(path, now, log))
}

/** Deletes the file, which `log` says in one line with the reason, and makes a new one. */
export const rebuildDatabaseFile = (
  path: string,
  now: number,
  log: Log,
  cause: unknown,
): DatabaseSync => rebuildDatabase(toOptions(path, now, log), cause)

/**
 * Opens the index for reading only; throws `UnusableDatabaseError` when there is none yet. What another
 * connection or process commits is seen by the next query.
 */
export function openDatabaseReader(path: string): DatabaseSync {
  if (!inodeOf(path)) throw new UnusableDatabaseError('there is no file yet')
  const db = new DatabaseSync(path, { timeout: 5000, readOnly: true })
  try {
    db.exec('PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384')
    const version = versionOf(db)
    if (version === schemaVersion) return db
    throw new UnusableDatabaseError(`it has version ${version}, expected ${schemaVersion}`)
  } catch (error) {
    db.close()
    throw isUnusable(error)
      ? new UnusableDatabaseError('it cannot be read', { cause: error })
      : error
  }
}

/**
 * Identifies a file, so that one that replaces it is recognised. `undefined` for none or an empty one:
 * SQLite opens an empty file as a database without its log.
 */
export function inodeOf(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && stats.size > 0 ? stats.ino : undefined
}

/**
 * Whether an error says that the index is damaged. Beside what SQLite says of every file: one that was
 * cut to nothing is a database without tables, and a full-text table cannot do without its parts.
 */
export function isUnusable(error: unknown): boolean {
  if (isUnusableFile(error)) return true
  const isOfSqlite = error instanceof Error && 'errcode' in error
  return isOfSqlite && /no such table|vtable constructor failed/.test(error.message)
}

/** The tables that pages are made of; full-text tables say themselves when they are damaged. */
const checkedTables = ['state', 'files', 'articles', 'summaries', 'bodies', 'scopes', 'placements']

/**
 * What is wrong with the file, in SQLite's words, or `undefined`. With its first 64 MB mapped into
 * memory for the time of it, some 700 MB are looked through in a second.
 */
export function findDamage(db: DatabaseSync): string | undefined {
  db.exec('PRAGMA mmap_size = 67108864')
  try {
    return checkedTables
      .map((table) => String(db.prepare(`PRAGMA quick_check(${table})`).get()?.quick_check))
      .find((answer) => answer !== 'ok')
  } finally {
    db.exec('PRAGMA mmap_size = 0')
  }
}
