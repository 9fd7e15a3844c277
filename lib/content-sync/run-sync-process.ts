import { statSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Suppressed } from '#lib/article-index/article-index.ts'
import { indexPath, largestChecked } from '#lib/article-index/store/database-file.ts'
import {
  openWriteQueue,
  type WriteQueue,
  type WriteQueueOptions,
} from '#lib/article-index/writes/write-queue.ts'
import { createWorkerPool, type WorkerPool } from '#lib/node/call-worker.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { lowerPriority, niceness } from '#lib/node/priority.ts'
import { isBusy } from '#lib/node/sqlite.ts'
import type { ContinuousSync, IndexProgress, Synced, SyncState } from './sync-continuously.ts'
import {
  type ContentFolders,
  type FleetOutbox,
  type FleetState,
  heartbeatMs,
  type SyncProcessMessage,
  type SyncProcessRequest,
} from './sync-messages.ts'

/** What keeps the index right is given, besides where to work. */
type FollowOptions = ContentFolders & {
  log: Log
  onSynced(synced: Synced): void
  onProgress(progress: IndexProgress): void
  onState(state: SyncState): void
  onSuppressed(suppressed: Suppressed[]): void
  onFleet(fleet: FleetState): void
  /** Sets what is called when an index that was open is empty again. */
  setOnEmptied(onEmptied: () => void): void
}

/** Resolves once nothing that is served is out of date. */
export type Follow = (
  index: WriteQueue,
  options: FollowOptions,
) => Promise<
  Pick<ContinuousSync, 'syncNow' | 'state'> & {
    /** What it holds elsewhere is given back; resolves when that is done. */
    stop(): void | Promise<void>
    /** In a fleet. */
    outbox?: FleetOutbox
  }
>

const send = (message: SyncProcessMessage) => void (process.connected && process.send?.(message))
/** Every message goes to the process that serves, which holds the log. */
const log: Log = {
  debug: (line) => send({ kind: 'log', level: 'debug', line }),
  info: (line) => send({ kind: 'log', level: 'info', line }),
  warn: (line) => send({ kind: 'log', level: 'warn', line }),
  error: (line) => send({ kind: 'log', level: 'error', line }),
}

/** What is held elsewhere is being given back, which the process that serves does not wait for. */
let isStopping = false

/**
 * Runs in a process of its own: the only place of a server that writes to its index, which `follow`
 * keeps right. It ends with the process that started it, however that ends.
 */
export function runSyncProcess(follow: Follow): void {
  setInterval(() => send({ kind: 'alive' }), heartbeatMs).unref()
  process.once('disconnect', () => {
    if (!isStopping) process.exit()
  })
  // A terminal's Ctrl-C reaches every process; the one that serves says when to stop.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
  process.once('message', (request: SyncProcessRequest) => {
    if (request.kind !== 'watch') throw new Error('The first message must say where to work')
    run(follow, request).catch((error) => {
      send({ kind: 'failed', reason: reasonOf(error) })
      process.disconnect()
    })
  })
}

async function run(follow: Follow, folders: ContentFolders): Promise<void> {
  let onEmptied = () => {}
  const path = indexPath(folders.dataDir)
  const now = () => new Date()
  const index = await openPatiently({ path, now, log, onEmptied: () => onEmptied() })
  let suppressed: Suppressed[] = []
  const follower = await follow(index, {
    ...folders,
    log,
    onSynced: (synced) => send({ kind: 'changed', synced }),
    onProgress: createProgressReporter({
      manyFiles: folders.manyFiles,
      send,
      onManyFiles: () => lowerPriority(niceness.following),
    }),
    onState: (state) => send({ kind: 'state', state }),
    onSuppressed: (list) => {
      suppressed = list
      send({ kind: 'suppressed', suppressed })
    },
    onFleet: (fleet) => send({ kind: 'fleet', fleet }),
    setOnEmptied: (next) => {
      onEmptied = next
    },
  })
  checkLater(path, index.rebuild)

  const { outbox = noOutbox } = follower
  const answer = (number: number, asked: Promise<unknown>) =>
    asked.then(
      (answer) => send({ kind: 'answer', number, answer }),
      (error) => send({ kind: 'refusal', number, reason: reasonOf(error) }),
    )
  process.on('message', (request: SyncProcessRequest) => {
    if (request.kind === 'rebuild') void index.rebuild(request.reason)
    if (request.kind === 'stop') {
      isStopping = true
      Promise.resolve(follower.stop()).finally(() => {
        index.close()
        process.exit()
      })
    }
    if (request.kind === 'sync') answer(request.number, follower.syncNow(request))
    if (request.kind === 'take-outbox') answer(request.number, outbox.take())
    if (request.kind === 'save-outbox') {
      answer(request.number, outbox.save(request.content, request.revision))
    }
  })

  // The process before this one may have suppressed others, which are right in the index by now.
  send({ kind: 'suppressed', suppressed })
  send({ kind: 'state', state: follower.state() })
  send({ kind: 'ready' })
}

/** Whoever asks is answered, also on a machine that is in no fleet. */
const refuse = async () => {
  throw new Error('This machine is in no fleet.')
}
const noOutbox: FleetOutbox = { take: refuse, save: refuse }

/**
 * Sends progress on. When this process itself has many files to read, `onManyFiles` is called, and as
 * soon as it is done the message that another process should go on is sent. Once each.
 */
export function createProgressReporter({
  manyFiles,
  send,
  onManyFiles,
}: {
  manyFiles: number
  send: (message: SyncProcessMessage) => void
  onManyFiles: () => void
}): (progress: IndexProgress) => void {
  let hasManyFiles = false
  let isReplaceable = false
  return (progress) => {
    const { state, filesSeen, filesTotal, isInThread } = progress
    send({ kind: 'progress', progress })
    if (!hasManyFiles && !isInThread && filesTotal - filesSeen >= manyFiles) {
      hasManyFiles = true
      onManyFiles()
    }
    if (!hasManyFiles || isReplaceable || state !== 'ready') return
    isReplaceable = true
    send({ kind: 'replaceable' })
  }
}

/** A server that has just started has other work to do first. In ms. */
const checkAfter = 15_000

/**
 * Checks an index that was too large to be checked when it was opened, once and in another thread.
 * `onDamage` is called with what is wrong, in a phrase.
 */
function checkLater(path: string, onDamage: (reason: string) => void): void {
  const timer = setTimeout(async () => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size <= largestChecked) return
    const pool: WorkerPool<string, string | undefined> = createWorkerPool({
      url: new URL('../article-index/store/database-file.ts', import.meta.url),
      answer: 'findDamageIn',
      niceness: niceness.following,
      size: 1,
      timeLimitMs: 600_000,
      maxWaiting: 0,
    })
    try {
      const damage = await pool.call(path)
      if (damage) onDamage(`it is damaged (${damage})`)
    } catch (error) {
      onDamage(`it cannot be read (${reasonOf(error)})`)
    } finally {
      await pool.close()
    }
  }, checkAfter)
  timer.unref()
}

/** Waits for another process that has locked the file, such as a backup, and logs that once. */
async function openPatiently(options: WriteQueueOptions): Promise<WriteQueue> {
  for (let tries = 0; ; tries += 1) {
    try {
      return openWriteQueue(options)
    } catch (error) {
      if (!isBusy(error)) throw error
      if (tries === 0) log.warn(`Another process has locked ${options.path}; waiting for it.`)
    }
    await wait(500)
  }
}
