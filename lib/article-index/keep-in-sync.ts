import { Worker } from 'node:worker_threads'
import type {
  ContentMessage,
  ContentRequest,
  ContentWorkerData,
} from './following/content-messages.ts'
import type { IndexProgress, KeptInSync } from './following/follow-content.ts'
import type { SyncReport } from './sync.ts'

export type { IndexProgress, KeptInSync }

/** A thread that dies is started again after this long, in ms, and longer each time. */
const restartMilliseconds = { first: 1000, most: 60_000 }

/** An index that was just begun again is not blamed for what was read of the former one. */
const blamelessMilliseconds = 5000

type Pending = { resolve: (report: SyncReport) => void; reject: (error: Error) => void }

/**
 * Keeps the index in `dataDir` in step with a content folder, in a thread of its own, so that whoever
 * serves from the index is never held up by what is written to it. See `followContent` for what is
 * noticed and when this resolves: once nothing in the index is out of date. Rejects when the folder
 * cannot be read to begin with. A thread that dies later is started again, which `log` is told.
 */
export async function keepInSync(options: {
  dataDir: string
  contentDir: string
  log: (line: string) => void
}): Promise<
  KeptInSync & {
    /** Throws the index away and builds it anew, for a reader that has found it damaged. */
    beginAgain: (reason: string) => void
  }
> {
  const { log } = options
  const workerData: ContentWorkerData = { dataDir: options.dataDir, contentDir: options.contentDir }
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let lastNumber = 0
  let isStopped = false
  let restartIn = restartMilliseconds.first
  let begunAgainAt = Number.NEGATIVE_INFINITY
  let progress: IndexProgress = { state: 'indexing', filesSeen: 0, filesTotal: 0 }

  function ask(request: ContentRequest): void {
    if (!worker) throw new Error('The thread that follows the content is being started again')
    worker.postMessage(request)
  }

  function take(message: ContentMessage): void {
    if (message.kind === 'log') log(message.line)
    if (message.kind === 'progress') progress = message.progress
    if (message.kind === 'synced') pending.get(message.number)?.resolve(message.report)
    if (message.kind === 'sync-failed') {
      pending.get(message.number)?.reject(new Error(message.reason))
    }
    if ('number' in message) pending.delete(message.number)
  }

  /** Resolves when the thread has verified the index; rejects when it gives up before. */
  function start(): Promise<void> {
    const started = new Worker(new URL('./following/content-worker.ts', import.meta.url), {
      workerData,
      // What a sync leaves behind is short-lived: a small young generation keeps it from memory.
      resourceLimits: { maxYoungGenerationSizeMb: 24 },
    })
    worker = started
    return new Promise((resolve, reject) => {
      let isReady = false
      started.on('message', (message: ContentMessage) => {
        if (message.kind === 'ready') {
          isReady = true
          restartIn = restartMilliseconds.first
          resolve()
        } else if (message.kind === 'failed') reject(new Error(message.reason))
        else take(message)
      })
      started.on('error', (error) => {
        if (isReady) log(`The thread that follows the content has died: ${error.message}`)
        reject(error)
      })
      started.on('exit', () => {
        worker = undefined
        reject(new Error('the thread that follows the content has ended'))
        for (const { reject } of pending.values()) reject(new Error('Interrupted; ask again'))
        pending.clear()
        if (isReady) startLater()
      })
    })
  }

  function startLater(): void {
    if (isStopped) return
    const wait = restartIn
    restartIn = Math.min(restartIn * 2, restartMilliseconds.most)
    setTimeout(() => {
      if (isStopped) return
      start().catch((error) => {
        log(`Content is not followed: ${error.message}`)
        startLater()
      })
    }, wait).unref()
  }

  await start()

  return {
    syncNow: (paths) =>
      new Promise((resolve, reject) => {
        lastNumber += 1
        ask({ kind: 'sync', number: lastNumber, paths })
        pending.set(lastNumber, { resolve, reject })
      }),
    progress: () => progress,
    beginAgain(reason) {
      if (!worker || performance.now() - begunAgainAt < blamelessMilliseconds) return
      begunAgainAt = performance.now()
      ask({ kind: 'begin-again', reason })
    },
    stop() {
      isStopped = true
      if (!worker) return
      ask({ kind: 'stop' })
      worker.unref()
    },
  }
}
