import type { DatabaseSync } from 'node:sqlite'
import type { Log } from '#lib/node/log.ts'
import { isBusy } from '#lib/node/sqlite.ts'
import { locales } from '#lib/site/locales.ts'
import {
  inodeOf,
  isUnusable,
  openDatabaseFile,
  rebuildDatabaseFile,
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
  close(): void
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
}

export function openWriteQueue(options: WriteQueueOptions): WriteQueue {
  let connection = connect(options)
  let lastTurn: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let isClosed = false
  let tidying: NodeJS.Timeout | undefined

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
    return await runSession(connection, work)
  }

  async function takeTurn<Result>(work: (session: WriteSession) => Promise<Result>) {
    try {
      return await attempt(work)
    } catch (error) {
      if (!isUnusable(error)) throw error
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
        if (isUnusable(error)) replaceFile(error)
      }
    }, milliseconds)
    tidying.unref()
  }

  return {
    write: (work) => enqueue(() => takeTurn(work)),
    rebuild: (reason) => enqueue(async () => replaceFile(reason)),
    close() {
      isClosed = true
      clearTimeout(tidying)
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
  return { db, inode: inodeOf(path), writer: createArticleWriter(db, now), rebuildCount: rebuilds }
}

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
