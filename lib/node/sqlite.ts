import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite'
import { closeToOthers } from './data-folder.ts'
import { codeOf, reasonOf } from './describe-error.ts'

/** A database file, and what to do when it cannot be used as it is. */
export type DatabaseOptions = {
  file: string
  /** Written to `PRAGMA user_version`; at least 1. Raise it when the tables change. */
  version: number
  /** Creates the tables in an empty database. Runs in a transaction. */
  create(db: DatabaseSync): void
  /**
   * Brings a database of another version to `version` and returns true, or returns false when it
   * cannot. Runs in a transaction. Without it every other version is unusable.
   */
  migrate?(db: DatabaseSync, from: number): boolean
  /**
   * `NORMAL`: a power cut may undo the last transactions, never tear one. `OFF`: it may destroy the
   * file. For content that is easily made again.
   */
  synchronous: 'NORMAL' | 'OFF'
  /** How long to wait for the lock of another connection, in ms. */
  busyTimeoutMs: number
  /** Further settings of the connection, such as `PRAGMA cache_size = -16384`. */
  pragmas?: string
  /** Says what is damaged; undefined when nothing is. The default is SQLite's `quick_check`. */
  findDamage?(db: DatabaseSync): string | undefined
  /** Larger files, in bytes, are not checked for damage on opening. The default checks every file. */
  checkUpToBytes?: number
  /** Whether an unusable file is deleted, or renamed: see `setAside`. */
  whenUnusable: 'delete' | 'set aside'
  /** Called with the reason before an unusable file is deleted or renamed. */
  onUnusable(reason: string): void
}

/** The file holds no database that this code can use. The message says why. */
export class UnusableDatabaseError extends Error {
  override name = 'UnusableDatabaseError'
}

/**
 * Opens a database for writing, in WAL mode and readable only by its owner. A missing file is
 * created, and so is its folder; the mode of a folder that exists is the caller's (`makeDataFolder`). A file that is damaged, that is no database or that has a version without migration is
 * replaced by a new one. Other errors, such as a full disk or a lock, are thrown, and the file stays.
 */
export function openDatabase(options: DatabaseOptions): DatabaseSync {
  mkdirSync(dirname(options.file), { recursive: true, mode: 0o700 })
  try {
    return openOrCreate(options)
  } catch (cause) {
    if (!isUnusable(cause)) throw cause
    return rebuildDatabase(options, cause)
  }
}

/** Deletes the file, or sets it aside, and creates a new one. `cause` is why. */
export function rebuildDatabase(options: DatabaseOptions, cause: unknown): DatabaseSync {
  const { file, whenUnusable, onUnusable } = options
  onUnusable(reasonOf(cause))
  if (whenUnusable === 'set aside') setAside(file)
  removeDatabase(file)
  return openOrCreate(options)
}

/**
 * Renames a database file to `<file>.damaged`, or to `<file>.damaged-2` and so on where an earlier one is
 * kept. What SQLite had beside it is in it since it was closed.
 */
function setAside(file: string): void {
  let name = `${file}.damaged`
  for (let number = 2; existsSync(name); number += 1) name = `${file}.damaged-${number}`
  renameSync(file, name)
}

/** The paths of the files that were set aside in the place of a database, oldest first. */
export function listSetAside(file: string): string[] {
  const first = `${basename(file)}.damaged`
  const isOne = (name: string) =>
    name.startsWith(first) && /^(?:-\d+)?$/.test(name.slice(first.length))
  return readdirSync(dirname(file))
    .filter(isOne)
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(dirname(file), name))
}

/**
 * Deletes a database file with the files that SQLite keeps beside it. Of a link, what it leads to as
 * well: that is where SQLite keeps them.
 */
export function removeDatabase(file: string): void {
  const target = linkTargetOf(file)
  if (target !== undefined) removeDatabase(target)
  rmSync(file, { force: true })
  removeJournals(file)
}

/** Deletes what SQLite keeps beside a database file that nobody reads through its name any more. */
export function removeJournals(file: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

/** The path that a link leads to, there or not; undefined for what is no link. */
export function linkTargetOf(file: string): string | undefined {
  const isLink = lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink()
  return isLink ? resolve(dirname(file), readlinkSync(file)) : undefined
}

function openOrCreate(options: DatabaseOptions): DatabaseSync {
  const { file, synchronous, busyTimeoutMs, pragmas = '' } = options
  const db = new DatabaseSync(file, { timeout: busyTimeoutMs })
  try {
    db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = ${synchronous}; ${pragmas}`)
    createOrMigrate(db, options)
    refuseDamage(db, options)
    closeToOthers(file)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}

function createOrMigrate(db: DatabaseSync, options: DatabaseOptions): void {
  if (versionOf(db) === options.version) return
  // Looked at again under the lock: another process may have done it meanwhile.
  db.exec('BEGIN IMMEDIATE')
  try {
    const found = versionOf(db)
    if (found !== options.version) {
      if (found === 0 && isEmpty(db)) options.create(db)
      else if (!options.migrate?.(db, found)) {
        throw new UnusableDatabaseError(
          `other code or settings made it (version ${found}, expected ${options.version})`,
        )
      }
      db.exec(`PRAGMA user_version = ${options.version}`)
    }
    db.exec('COMMIT')
  } catch (cause) {
    // SQLite itself rolls back after some errors, such as a full disk.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw cause
  }
}

function refuseDamage(db: DatabaseSync, options: DatabaseOptions): void {
  const { file, findDamage = quickCheck, checkUpToBytes = Number.POSITIVE_INFINITY } = options
  if (statSync(file).size > checkUpToBytes) return
  const damage = findDamage(db)
  if (damage !== undefined) throw new UnusableDatabaseError(`it is damaged (${damage})`)
}

function quickCheck(db: DatabaseSync): string | undefined {
  const found = db.prepare('PRAGMA quick_check(1)').get()?.quick_check
  return found === 'ok' ? undefined : String(found)
}

/** The `PRAGMA user_version` of a database; 0 for one that has none. */
export function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.user_version)
}

function isEmpty(db: DatabaseSync): boolean {
  return db.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined
}

/**
 * Whether an error says that the file is damaged or no database: SQLite's CORRUPT (11), NOTADB (26)
 * and IOERR_SHORT_READ (522).
 */
export function isUnusable(error: unknown): boolean {
  if (error instanceof UnusableDatabaseError) return true
  const code = errorCodeOf(error)
  return code === 522 || [11, 26].includes(code & 0xff)
}

/**
 * Whether an error says that nothing can be written where the file is: SQLite's READONLY (8), IOERR
 * (10), FULL (13) and CANTOPEN (14), and the same of a file beside it. What is there may still be
 * readable.
 */
export function isUnwritable(error: unknown): boolean {
  if (unwritable.has(codeOf(error))) return true
  return !isUnusable(error) && [8, 10, 13, 14].includes(errorCodeOf(error) & 0xff)
}

const unwritable = new Set(['EACCES', 'EDQUOT', 'EIO', 'ENOSPC', 'EPERM', 'EROFS'])

/** Whether an error says that another connection has the lock: SQLite's BUSY (5). */
export function isBusy(error: unknown): boolean {
  return (errorCodeOf(error) & 0xff) === 5
}

/** SQLite's extended result code (https://sqlite.org/rescode.html); 0 for another error. */
function errorCodeOf(error: unknown): number {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) : 0
}

/** Runs work whose writes are kept together or not at all. One call may stand inside another. */
export type Transact = <Result>(work: () => Result) => Result

/** Transactions of a connection, by savepoints. */
export function createTransact(db: DatabaseSync): Transact {
  let depth = 0
  return (work) => {
    const name = `work_${depth}`
    depth += 1
    db.exec(`SAVEPOINT ${name}`)
    try {
      const result = work()
      db.exec(`RELEASE ${name}`)
      return result
    } catch (cause) {
      if (db.isTransaction) db.exec(`ROLLBACK TO ${name}; RELEASE ${name}`)
      throw cause
    } finally {
      depth -= 1
    }
  }
}

export type Row = Record<string, SQLOutputValue>

/** The text in a column; throws a `TypeError` when there is none. */
export function textOf(row: Row, column: string): string {
  const value = row[column]
  if (typeof value !== 'string') throw new TypeError(`Column ${column} holds no text`)
  return value
}

/** The text in a column that may be NULL. */
export function optionalTextOf(row: Row, column: string): string | undefined {
  const value = row[column]
  return typeof value === 'string' ? value : undefined
}

/** The number in a column; throws a `TypeError` when there is none. */
export function numberOf(row: Row, column: string): number {
  const value = row[column]
  if (typeof value !== 'number') throw new TypeError(`Column ${column} holds no number`)
  return value
}
