import { rmSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { closeToOthers, makeDataFolder } from '#lib/node/data-folder.ts'
import type { Log } from '#lib/node/log.ts'
import { createSchema, schemaVersion } from './schema.ts'

/** Files up to this size, in bytes, are checked for damage when they are opened. */
export const largestChecked = 64 * 1024 * 1024

/** Where the index lies in the folder of everything generated. */
export const indexPath = (dataDir: string): string => join(dataDir, 'articles.sqlite')

/** The file holds no index that this code can use. Nothing is lost: content files have it all. */
export class UnusableIndexError extends Error {
  override name = 'UnusableIndexError'
}

/**
 * Opens the index for writing. A file that is missing is made; one that is corrupt, truncated, no
 * database at all or of another version is deleted and rebuilt, which `log` is told in one line.
 *
 * `synchronous = NORMAL` in WAL mode: a power cut may undo the last transactions, never tear one.
 */
export function openDatabaseFile(path: string, now: number, log: Log): DatabaseSync {
  makeDataFolder(dirname(path))
  try {
    return openOrCreate(path, now)
  } catch (cause) {
    if (!isUnusable(cause)) throw cause
    return rebuildDatabaseFile(path, now, log, cause)
  }
}

/** Deletes the file, which `log` is told in one line with the reason, and makes a new one. */
export function rebuildDatabaseFile(
  path: string,
  now: number,
  log: Log,
  cause: unknown,
): DatabaseSync {
  const reason = cause instanceof Error ? cause.message : String(cause)
  log.error(`Article index ${path} is deleted and rebuilt: ${reason}`)
  removeFiles(path)
  return openOrCreate(path, now)
}

function removeFiles(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true })
}

function openOrCreate(path: string, now: number): DatabaseSync {
  // What was cut to nothing is not filled again: those who have it open are to notice another file.
  if (!inodeOf(path)) removeFiles(path)
  const db = new DatabaseSync(path, { timeout: 2000 })
  try {
    db.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA journal_size_limit = 33554432;
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -16384;
    `)
    if (isEmpty(db)) createSchema(db, now)
    refuseOtherVersion(db)
    refuseDamage(db, path)
    closeToOthers(path)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * Opens the index for reading only; throws `UnusableIndexError` when there is none yet. What another
 * connection or process commits is seen by the next query.
 */
export function openDatabaseReader(path: string): DatabaseSync {
  if (!inodeOf(path)) throw new UnusableIndexError('there is no file yet')
  const db = new DatabaseSync(path, { timeout: 5000, readOnly: true })
  try {
    db.exec(`
      PRAGMA temp_store = MEMORY;
      PRAGMA cache_size = -16384;
    `)
    refuseOtherVersion(db)
    return db
  } catch (error) {
    db.close()
    throw isUnusable(error) ? new UnusableIndexError('it cannot be read', { cause: error }) : error
  }
}

/**
 * Tells a file from another that took its place. `undefined` when there is none, or an empty one: to
 * whoever opens it that is a database without its log.
 */
export function inodeOf(path: string): number | undefined {
  const stats = statSync(path, { throwIfNoEntry: false })
  return stats && stats.size > 0 ? stats.ino : undefined
}

/**
 * SQLite's words for a damaged file: CORRUPT (11), NOTADB (26) and IOERR_SHORT_READ (522). One that was
 * cut to nothing is a database without tables, and a full-text table cannot do without its parts.
 */
export function isUnusable(error: unknown): boolean {
  if (error instanceof UnusableIndexError) return true
  if (!(error instanceof Error && 'errcode' in error)) return false
  const code = Number(error.errcode)
  const isTableMissing = /no such table|vtable constructor failed/.test(error.message)
  return code === 522 || [11, 26].includes(code & 0xff) || isTableMissing
}

/**
 * Nothing can be written where the file lies: SQLite's READONLY (8), IOERR (10), FULL (13) and
 * CANTOPEN (14). What is there can be read all the same.
 */
export function isUnwritable(error: unknown): boolean {
  if (!(error instanceof Error && 'errcode' in error) || isUnusable(error)) return false
  return [8, 10, 13, 14].includes(Number(error.errcode) & 0xff)
}

/** Another connection writes. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}

function refuseOtherVersion(db: DatabaseSync): void {
  const version = db.prepare('PRAGMA user_version').get()?.user_version
  if (version === schemaVersion) return
  throw new UnusableIndexError(`it has version ${version}, expected ${schemaVersion}`)
}

/** Small files are looked through at once; for larger ones that would hold up the start. */
function refuseDamage(db: DatabaseSync, path: string): void {
  if (statSync(path).size > largestChecked) return
  const damage = findDamage(db)
  if (damage) throw new UnusableIndexError(`it is damaged (${damage})`)
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
