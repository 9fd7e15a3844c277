import { fork } from 'node:child_process'
import type { Log } from '#lib/node/log.ts'
import type { ContentFolders, ContentMessage, ContentRequest } from './content-messages.ts'
import type { IndexProgress, Synced } from './follow-content.ts'
import type { SyncReport } from './sync.ts'

/** A running process that keeps an index in step with a content folder. */
export type Follower = {
  pid: number | undefined
  syncNow(paths?: string[]): Promise<SyncReport>
  beginAgain(reason: string): void
  /** Ends it once what it was asked is answered. */
  stop(): void
}

export type FollowerOptions = ContentFolders & {
  log: Log
  onProgress: (progress: IndexProgress) => void
  onSynced: ((synced: Synced) => void) | undefined
  onWorn: () => void
  /** It has ended without being asked to, after it was ready. */
  onEnd: (reason: string) => void
}

type Pending = { resolve: (report: SyncReport) => void; reject: (error: Error) => void }

/**
 * What a sync leaves behind is short-lived: a small young generation, in MB, keeps it from memory.
 * Flags of the process that serves, of a profiler say, are not handed on.
 */
const execArgv = ['--max-semi-space-size=8']

/** Resolves when the process has verified the index; rejects when it gives up before. */
export function startFollower(options: FollowerOptions): Promise<Follower> {
  const { dataDir, contentDir, manyFiles, log, onProgress, onSynced, onWorn, onEnd } = options
  const child = fork(new URL('./content-process.ts', import.meta.url), {
    execArgv,
    serialization: 'advanced',
  })
  const pending = new Map<number, Pending>()
  let lastNumber = 0
  let isStopped = false
  // One that has ended meanwhile is told of by its exit.
  const ask = (request: ContentRequest) => child.send(request, () => {})

  const follower: Follower = {
    pid: child.pid,
    syncNow: (paths) =>
      new Promise((resolve, reject) => {
        lastNumber += 1
        pending.set(lastNumber, { resolve, reject })
        ask({ kind: 'sync', number: lastNumber, paths })
      }),
    beginAgain: (reason) => void ask({ kind: 'begin-again', reason }),
    stop() {
      isStopped = true
      if (pending.size === 0) ask({ kind: 'stop' })
    },
  }

  function settle(number: number, act: (waiting: Pending) => void): void {
    const waiting = pending.get(number)
    pending.delete(number)
    if (waiting) act(waiting)
    if (isStopped && pending.size === 0) ask({ kind: 'stop' })
  }

  return new Promise((resolve, reject) => {
    let isReady = false
    child.on('message', (message: ContentMessage) => {
      switch (message.kind) {
        case 'ready':
          isReady = true
          return resolve(follower)
        case 'failed':
          return reject(new Error(message.reason))
        case 'worn':
          return onWorn()
        case 'log':
          return log[message.level](message.line)
        case 'progress':
          return onProgress(message.progress)
        case 'changed':
          return onSynced?.(message.synced)
        case 'synced':
          return settle(message.number, (waiting) => waiting.resolve(message.report))
        case 'sync-failed':
          return settle(message.number, (waiting) => waiting.reject(new Error(message.reason)))
      }
    })
    const end = (reason: string) => {
      reject(new Error(reason))
      for (const { reject } of pending.values()) reject(new Error('Interrupted; ask again'))
      pending.clear()
      if (isReady && !isStopped) onEnd(reason)
    }
    child.once('error', (error) => end(error.message))
    child.once('exit', (code, signal) => end(`it ended with ${signal ?? `code ${code}`}`))
    ask({ kind: 'follow', dataDir, contentDir, manyFiles })
    // Neither it nor its channel keeps a process alive that has nothing else to do.
    child.unref()
    child.channel?.unref()
  })
}
