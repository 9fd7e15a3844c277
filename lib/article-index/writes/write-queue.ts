import { randomUUID } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Log } from '#lib/node/log.ts'
import { isBusy, removeDatabase } from '#lib/node/sqlite.ts'
import { locales } from '#lib/site/locales.ts'
import {
  inodeOf,
  installDatabaseFile,
  isUnusableIndex,
  openDatabaseFile,
  readKept,
  rebuildDatabaseFile,
  removeUnusedFiles,
  toReplacementPath,
} from '../store/database-file.ts'
import { searchTable } from '../store/schema.ts'
import { type ArticleWriter, createArticleWriter } from './article-writer.ts'
import { runSession, type WriteSession } from './write-session.ts'

/**
 * Work on the index, one piece at a time and in the order of asking; between two pieces, when nobody
 * waits, full-text tables are tidied up. If the file is damaged or gone, it is
 * rebuilt and the work runs again from the start, so it must not rely on anything from its first
 * attempt.
 */
export type WriteQueue = {
  write<Result>(work: (session: WriteSession) => Promise<Result>): Promise<Result>
  /** Throws the index away and begins an empty one, after the work that waits already. */
  rebuild(reason: string): Promise<void>
  /** Begins to make another file that is going to take the place of this one. One at a time. */
  startReplacement(): Replacement
  close(): void
}

/** Another index that is made while this one is written and read as ever. */
type Replacement = {
  /** Where it is to be made; there is no file yet. */
  path: string
  /** Opens the file that was made. */
  open(): WriteQueue
  /**
   * Waits for its turn, lets `catchUp` bring the opened file up to date with the content files that this
   * index was asked about since the replacement was begun, and puts the file in place. Readers see it within a tenth
   * of a second, with a greater revision. When `catchUp` throws, everything stays as it was.
   */
  install(catchUp: (session: WriteSession, paths: string[]) => Promise<void>): Promise<void>
  /** Deletes the file unless it was installed. */
  discard(): void
}

type Connection = {
  db: DatabaseSync
  inode: number | undefined
  writer: ArticleWriter
  rebuildCount: number
}

let rebuilds = 0

/** Quiet time, in ms, before and between steps of tidying up: a sync writes many pieces in a row. */
const quiet = { before: 1500, between: 10 }

export type WriteQueueOptions = {
  path: string
  now: () => Date
  log: Log
  /** Called when an open index was emptied. Everything has to be synced again. */
  onEmptied?: () => void
  /** Called when another file was put in place of the index. */
  onReplaced?: () => void
}

export function openWriteQueue(options: WriteQueueOptions): WriteQueue {
  let connection = connect(options)
  removeUnusedFiles(options.path)
  let lastTurn: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let isClosed = false
  let tidying: NodeJS.Timeout | undefined
  let replacing: { paths: Set<string>; discard: () => void } | undefined

  function replaceFile(reason: unknown): void {
    const { path, now, log } = options
    connection.db.close()
    connection = toConnection(rebuildDatabaseFile(path, now().getTime(), log, reason), options)
    options.onEmptied?.()
  }

  async function attempt<Result>(work: (session: WriteSession) => Promise<Result>) {
    if (inodeOf(options.path) !== connection.inode) {
      connection.db.close()
      connection = connect(options)
      options.onEmptied?.()
    }
    return await runSession(connection, work, (path) => replacing?.paths.add(path))
  }

  async function takeTurn<Result>(work: (session: WriteSession) => Promise<Result>) {
    try {
      return await attempt(work)
    } catch (error) {
      if (!isUnusableIndex(error)) throw error
      // Damage that the check on opening did not see.
      replaceFile(error)
      return await attempt(work)
    }
  }

  function enqueue<Result>(work: () => Promise<Result>): Promise<Result> {
    waiting += 1
    const turn = lastTurn.then(work).finally(() => {
      waiting -= 1
      tidyIn(quiet.before)
    })
    lastTurn = turn.catch(() => undefined)
    return turn
  }

  /** Nothing waits for this: it neither delays other work nor keeps the process alive. */
  function tidyIn(milliseconds: number): void {
    clearTimeout(tidying)
    if (isClosed) return
    tidying = setTimeout(() => {
      if (waiting > 0 || isClosed) return
      try {
        if (mergeStep(connection.db)) tidyIn(quiet.between)
      } catch (error) {
        if (isUnusableIndex(error)) replaceFile(error)
      }
    }, milliseconds)
    tidying.unref()
  }

  function startReplacement(): Replacement {
    if (replacing) throw new Error('The index is being replaced already')
    const path = toReplacementPath(options.path, randomUUID())
    const paths = new Set<string>()
    let opened: WriteQueue | undefined
    let isInstalled = false
    const end = () => {
      opened?.close()
      opened = undefined
      replacing = undefined
    }
    function discard(): void {
      end()
      if (!isInstalled) removeDatabase(path)
    }
    replacing = { paths, discard }
    return {
      path,
      open() {
        opened = openWriteQueue({ ...options, path, onEmptied: undefined, onReplaced: undefined })
        return opened
      },
      install: (catchUp) =>
        enqueue(async () => {
          await attempt((session) => catchUp(session, [...paths]))
          if (isClosed || !opened) throw new Error('The index was closed before it was replaced')
          const kept = readKept(connection.db)
          end()
          // So that whoever is just opening the former file finds all in it, with or without its log.
          connection.db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
          const removeFormer = installDatabaseFile(path, options.path, kept)
          isInstalled = true
          connection.db.close()
          removeFormer()
          connection = connect(options)
          options.onReplaced?.()
        }),
      discard,
    }
  }

  return {
    write: (work) => enqueue(() => takeTurn(work)),
    rebuild: (reason) => enqueue(async () => replaceFile(reason)),
    startReplacement,
    close() {
      isClosed = true
      clearTimeout(tidying)
      replacing?.discard()
      connection.db.close()
    },
  }
}

function connect({ path, now, log }: WriteQueueOptions): Connection {
  return toConnection(openDatabaseFile(path, now().getTime(), log), { path, now })
}

function toConnection(
  db: DatabaseSync,
  { path, now }: Pick<WriteQueueOptions, 'path' | 'now'>,
): Connection {
  // From here on a busy file is waited for without blocking the event loop. Checkpoints wait for the
  // disk: one every 64 MB, rather than every 4, costs a first sync fewer stops.
  db.exec('PRAGMA busy_timeout = 20; PRAGMA wal_autocheckpoint = 16000')
  rebuilds += 1
  return {
    db,
    inode: inodeOf(path),
    writer: createArticleWriter(db, { now }),
    rebuildCount: rebuilds,
  }
}

/** Pages written at a time, some 10 ms of work. */
const pagesPerStep = 64

/**
 * Every commit leaves one more piece of each full-text table, and a search looks into all of them.
 * One step of merging pieces of like size; false when there is nothing to merge, or someone else
 * writes. Answers of the index stay the same.
 */
function mergeStep(db: DatabaseSync): boolean {
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
