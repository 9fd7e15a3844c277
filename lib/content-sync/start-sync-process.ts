import { fork } from 'node:child_process'
import type { Suppressed } from '#lib/article-index/article-index.ts'
import type { Log } from '#lib/node/log.ts'
import { createStuckCheck, readProcessorTime } from '#lib/node/processor-time.ts'
import type { IndexProgress, Synced, SyncNowOptions, SyncState } from './sync-continuously.ts'
import {
  type ContentFolders,
  type FleetOutbox,
  type FleetState,
  heartbeatMs,
  type SyncProcessMessage,
  type SyncProcessRequest,
} from './sync-messages.ts'
import type { SyncReport } from './sync-report.ts'

/** A running process that keeps an index in step with a content folder. */
export type SyncProcess = {
  pid: number | undefined
  syncNow(options: SyncNowOptions): Promise<SyncReport>
  outbox: FleetOutbox
  rebuild(reason: string): void
  /** Ends it once what it was asked is answered. */
  stop(): void
}

export type SyncProcessOptions = ContentFolders & {
  log: Log
  onProgress: (progress: IndexProgress) => void
  onState: (state: SyncState) => void
  onSuppressed: (suppressed: Suppressed[]) => void
  onFleet: (fleet: FleetState) => void
  onSynced: ((synced: Synced) => void) | undefined
  onReplaceable: () => void
  /** It has ended without being asked to, after it was ready. */
  onEnd: (reason: string) => void
}

/**
 * A process that has sent nothing for so many beats is killed: it is stopped, or in an endless loop. One
 * that gets little processor time has longer. One that starts has modules to load and may wait for a
 * locked file.
 */
const mostSilentBeats = { starting: 60, running: 5 }

type Pending = { resolve: (answer: unknown) => void; reject: (error: Error) => void }

/**
 * What a sync leaves behind is short-lived: a small young generation, in MB, keeps it from memory.
 * Flags of the process that serves, of a profiler say, are not handed on.
 */
const execArgv = ['--max-semi-space-size=8']

/** Resolves when the process has verified the index; rejects when it gives up before. */
export function startSyncProcess(options: SyncProcessOptions): Promise<SyncProcess> {
  const { dataDir, contentDir, manyFiles, fleet, log } = options
  const file = fleet ? '../replication/fleet-process.ts' : './sync-process.ts'
  const child = fork(new URL(file, import.meta.url), {
    execArgv,
    serialization: 'advanced',
  })
  const pending = new Map<number, Pending>()
  let lastNumber = 0
  let isStopped = false
  // A process that has ended meanwhile is noticed by its exit event.
  const ask = (request: SyncProcessRequest) => child.send(request, () => {})

  function call<Answer>(toRequest: (number: number) => SyncProcessRequest): Promise<Answer> {
    return new Promise((resolve, reject) => {
      lastNumber += 1
      // The process runs the same code.
      pending.set(lastNumber, { resolve: (answer) => resolve(answer as Answer), reject })
      ask(toRequest(lastNumber))
    })
  }

  const watcher: SyncProcess = {
    pid: child.pid,
    syncNow: (wanted) => call((number) => ({ kind: 'sync', number, ...wanted })),
    outbox: {
      take: () => call((number) => ({ kind: 'take-outbox', number })),
      save: (content, revision) =>
        call((number) => ({ kind: 'save-outbox', number, content, revision })),
    },
    rebuild: (reason) => void ask({ kind: 'rebuild', reason }),
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
    let isSilent = false
    let silentBeats = 0
    let heardAt = performance.now()
    const isStuck = createStuckCheck(() =>
      child.pid === undefined ? undefined : readProcessorTime(child.pid, 'first thread'),
    )
    // Counted in beats of this process: while it sleeps itself, nobody else is silent.
    const listening = setInterval(() => {
      silentBeats += 1
      const beats = isReady ? mostSilentBeats.running : mostSilentBeats.starting
      const [silent, limit] = [silentBeats * heartbeatMs, beats * heartbeatMs]
      if (!isStuck({ since: heardAt, limit, silent })) return
      isSilent = true
      child.kill('SIGKILL')
    }, heartbeatMs)
    listening.unref()
    child.on('message', (message: SyncProcessMessage) => {
      silentBeats = 0
      heardAt = performance.now()
      switch (message.kind) {
        case 'alive':
          return undefined
        case 'ready':
          isReady = true
          return resolve(watcher)
        case 'failed':
          return reject(new Error(message.reason))
        case 'replaceable':
          return options.onReplaceable()
        case 'log':
          return log[message.level](message.line)
        case 'progress':
          return options.onProgress(message.progress)
        case 'state':
          return options.onState(message.state)
        case 'suppressed':
          return options.onSuppressed(message.suppressed)
        case 'fleet':
          return options.onFleet(message.fleet)
        case 'changed':
          return options.onSynced?.(message.synced)
        case 'answer':
          return settle(message.number, (waiting) => waiting.resolve(message.answer))
        case 'refusal':
          return settle(message.number, (waiting) => waiting.reject(new Error(message.reason)))
      }
    })
    const end = (cause: string) => {
      clearInterval(listening)
      const reason = isSilent
        ? `it sent no sign of life for ${silentBeats} s and was killed`
        : cause
      reject(new Error(`The process that reads the content did not start: ${reason}`))
      const answer = 'The process that reads the content has ended and is started again. Ask again.'
      for (const { reject } of pending.values()) reject(new Error(answer))
      pending.clear()
      if (isReady && !isStopped) options.onEnd(reason)
    }
    child.once('error', (error) => end(error.message))
    child.once('exit', (code, signal) => end(`it ended with ${signal ?? `code ${code}`}`))
    ask({ kind: 'watch', dataDir, contentDir, manyFiles, fleet })
    // It and its channel do not keep this process alive.
    child.unref()
    child.channel?.unref()
  })
}
