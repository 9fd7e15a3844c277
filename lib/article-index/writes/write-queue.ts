import type { DatabaseSync } from 'node:sqlite'
import { setTimeout } from 'node:timers/promises'
import { beginAgain, inodeOf, isUnusable, openDatabaseFile } from '../database-file.ts'
import {
  type ArticleAddress,
  type ArticleWriter,
  createArticleWriter,
  type FileChange,
} from './article-writer.ts'
import { createPauses } from './pauses.ts'

/** How long one process waits for another that writes to the same index. */
const longestWait = 120_000

/** What one piece of writing may do, a few ms at a time, while no other writes through the same index. */
export type WriteSession = Pick<ArticleWriter, 'listFiles' | 'findFile'> & {
  /** Makes a change, beginning a transaction if none is open. */
  apply(change: FileChange): Promise<ArticleAddress[]>
  /** Makes the changes since the last commit visible to readers. Does nothing when there are none. */
  commit(): Promise<void>
}

/**
 * Work on the index, one piece at a time and in the order of asking. What it changed is committed
 * and given a revision when it ends, also when it ends by throwing. Should the file turn out to be
 * damaged or gone, it is begun again and the work done once more from the start: it must not assume
 * anything from its first attempt.
 */
export type WriteQueue = {
  write<Result>(work: (session: WriteSession) => Promise<Result>): Promise<Result>
  close(): void
}

type Connection = { db: DatabaseSync; inode: number | undefined; writer: ArticleWriter }

export function openWriteQueue(options: {
  path: string
  now: () => Date
  log: (line: string) => void
}): WriteQueue {
  let connection = connect(options)
  let lastTurn: Promise<unknown> = Promise.resolve()

  async function attempt<Result>(work: (session: WriteSession) => Promise<Result>) {
    if (inodeOf(options.path) !== connection.inode) {
      connection.db.close()
      connection = connect(options)
    }
    return await runSession(connection, work)
  }

  async function takeTurn<Result>(work: (session: WriteSession) => Promise<Result>) {
    try {
      return await attempt(work)
    } catch (error) {
      if (!isUnusable(error)) throw error
      // Damage inside full-text tables, say, which the check on opening does not see.
      const { path, now, log } = options
      connection.db.close()
      connection = toConnection(beginAgain(path, now().getTime(), log, error), path)
      return await attempt(work)
    }
  }

  return {
    write(work) {
      const turn = lastTurn.then(() => takeTurn(work))
      lastTurn = turn.catch(() => undefined)
      return turn
    },
    close: () => connection.db.close(),
  }
}

function connect({ path, now, log }: Parameters<typeof openWriteQueue>[0]): Connection {
  return toConnection(openDatabaseFile(path, now().getTime(), log), path)
}

function toConnection(db: DatabaseSync, path: string): Connection {
  // From here on a busy file is waited for without blocking the event loop. Checkpoints wait for the
  // disk: one every 16 MB, rather than every 4, costs a first sync fewer stops.
  db.exec('PRAGMA busy_timeout = 20; PRAGMA wal_autocheckpoint = 4000')
  return { db, inode: inodeOf(path), writer: createArticleWriter(db) }
}

async function runSession<Result>(
  { db, writer }: Connection,
  work: (session: WriteSession) => Promise<Result>,
): Promise<Result> {
  const countChange = db.prepare('UPDATE state SET generation = generation + 1')
  const pause = createPauses()
  let hasChanges = false

  async function commit(): Promise<void> {
    if (!db.isTransaction) return
    for (const _ of writer.end()) await pause()
    if (hasChanges) countChange.run()
    hasChanges = false
    db.exec('COMMIT')
    await pause()
  }

  async function apply(change: FileChange): Promise<ArticleAddress[]> {
    if (!db.isTransaction) {
      await begin(db)
      writer.begin()
    }
    if (change.kind !== 'touched') hasChanges = true
    const addresses = writer.apply(change)
    await pause()
    return addresses
  }

  try {
    const { listFiles, findFile } = writer
    const result = await work({ listFiles, findFile, apply, commit })
    await commit()
    return result
  } finally {
    if (db.isTransaction) db.exec('ROLLBACK')
    await revise(db)
  }
}

/** A revision for everything committed since the last one, by this work or one that was cut short. */
async function revise(db: DatabaseSync): Promise<void> {
  const behind = 'generation > revised_generation'
  if (!db.prepare(`SELECT 1 FROM state WHERE ${behind}`).get()) return
  await begin(db)
  db.exec(`
    UPDATE state SET revision = revision + 1, revised_generation = generation WHERE ${behind};
    COMMIT;
  `)
}

async function begin(db: DatabaseSync): Promise<void> {
  const deadline = performance.now() + longestWait
  for (;;) {
    try {
      db.exec('BEGIN IMMEDIATE')
      return
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error
    }
    await setTimeout(30)
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5
}
