import { readdirSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeDataFolder } from '#lib/node/data-folder.ts'
import type { Log } from '#lib/node/log.ts'
import {
  type DatabaseOptions,
  isBusy,
  isUnusable,
  linkTargetOf,
  numberOf,
  openDatabase,
  type Row,
  rebuildDatabase,
  removeDatabase,
  removeJournals,
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
  onUnusable: (reason) =>
    log.warn(`Article index ${path} is deleted and rebuilt from the content files: ${reason}`),
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

const ending = '.sqlite'

/** Where an index is made that is going to replace the one at `path`: beside it. */
export const toReplacementPath = (path: string, id: string): string =>
  `${path.slice(0, -ending.length)}.${id}${ending}`

/** What an index knows that does not follow from the content folder. */
export type Kept = { revision: number; removals: Row[] }

export function readKept(db: DatabaseSync): Kept {
  const state = db.prepare('SELECT revision FROM state').get()
  const removals = db
    .prepare('SELECT locale, kind, segment, removed_at FROM scopes WHERE removed_at IS NOT NULL')
    .all()
  return { revision: state ? numberOf(state, 'revision') : 0, removals }
}

/**
 * Puts an index that nobody has open in the place of the one at `path`, by a link: SQLite keeps its log
 * under the name of the file that a link leads to, so that no log is ever taken for that of another
 * file, whenever the process ends and whoever opens the index meanwhile. Answers what is to be called
 * when this process has closed the former file, of which the new one takes over what is `kept`.
 */
export function installDatabaseFile(
  replacement: string,
  path: string,
  { revision, removals }: Kept,
): () => void {
  const db = new DatabaseSync(replacement)
  try {
    const keepRemoval = db.prepare(`INSERT INTO scopes (locale, kind, segment, removed_at)
      VALUES (:locale, :kind, :segment, :removed_at)
      ON CONFLICT DO UPDATE SET removed_at =
        max(ifnull(removed_at, 0), excluded.removed_at)`)
    db.exec('BEGIN')
    for (const removal of removals) keepRemoval.run(removal)
    db.prepare('UPDATE state SET revision = max(revision, ?)').run(revision + 1)
    db.exec('COMMIT')
  } finally {
    db.close()
  }
  const former = linkTargetOf(path)
  const link = `${replacement}.link`
  symlinkSync(basename(replacement), link)
  renameSync(link, path)
  return () => (former === undefined ? removeJournals(path) : removeDatabase(former))
}

/**
 * Deletes what was left by a process that was ended while it made an index beside the one at `path`, or
 * just after it had put it in place. What another process is making stays.
 */
export function removeUnusedFiles(path: string): void {
  const folder = dirname(path)
  const used = linkTargetOf(path)
  const beginning = `${basename(path, ending)}.`
  try {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith(beginning) || name === basename(path)) continue
      const file = join(folder, name)
      if (name.endsWith(`${ending}.link`)) rmSync(file, { force: true })
      if (name.endsWith(ending) && file !== used && !isInUse(file)) removeDatabase(file)
    }
    if (used !== undefined) removeJournals(path)
  } catch {
    // Where nothing can be deleted they are in nobody's way.
  }
}

/** Whether another connection has a database file open. */
function isInUse(file: string): boolean {
  const db = new DatabaseSync(file, { timeout: 0 })
  try {
    db.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; ROLLBACK')
    return false
  } catch (error) {
    return isBusy(error)
  } finally {
    db.close()
  }
}

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
    throw new UnusableDatabaseError(
      `other code or settings made it (version ${version}, expected ${schemaVersion})`,
    )
  } catch (error) {
    db.close()
    throw isUnusableIndex(error)
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
export function isUnusableIndex(error: unknown): boolean {
  if (isUnusable(error)) return true
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

/** The same of a file, for a thread of its own: it takes seconds for a large one. */
export function findDamageIn(path: string): string | undefined {
  const db = new DatabaseSync(path, { readOnly: true })
  try {
    return findDamage(db)
  } finally {
    db.close()
  }
}
