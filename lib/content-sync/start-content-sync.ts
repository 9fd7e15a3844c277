import type { Suppressed } from '#lib/article-index/article-index.ts'
import type { Log } from '#lib/node/log.ts'
import { type SyncProcess, startSyncProcess } from './start-sync-process.ts'
import type { IndexProgress, Synced, SyncNowOptions, SyncState } from './sync-continuously.ts'
import type { FleetOutbox, FleetSettings, FleetState } from './sync-messages.ts'
import type { SyncReport } from './sync-report.ts'

/** A process that ends is started again after this long, in ms, and longer each time. */
const restartMilliseconds = { first: 250, most: 60_000 }

/** Damage reports are ignored for this long after a rebuild, in ms: they are about the former file. */
const ignoreDamageFor = 5000

/** How long a sync on demand may take, in ms. What it found then is still being published. */
const syncLimitMs = 30_000

/** The state of the process that syncs the content folder. For health reports. */
type ContentState = {
  /**
   * - `starting`: the first process has not looked at everything yet;
   * - `indexing`: new files are being read; what is served is right;
   * - `ready`: the index is as the content folder is;
   * - `restarting`: the process has died or hung; nothing is published until another one is up;
   * - `failed`: the folder cannot be read, or the index not be written; tried again every 2 s;
   * - `waiting-for-confirmation`: so many files are missing that they are not removed yet.
   */
  state: 'starting' | 'restarting' | SyncState['state']
  /** Since when. UTC ISO instant. */
  since: string
  /** In a sentence, for all but `starting`, `indexing` and `ready`. */
  reason?: string | undefined
}

export type ContentSync = {
  /**
   * Syncs on demand. Rejects with a sentence when the folder cannot be read, the index not be
   * written, no process is at work, or it takes longer than 30 s.
   */
  syncNow(options?: SyncNowOptions): Promise<SyncReport>
  progress(): IndexProgress
  state(): ContentState
  /** How this node stands in its fleet, as its process said last; undefined where there is none. */
  fleet(): FleetState | undefined
  /** Rejects in a node that does not write, and where there is no fleet. */
  outbox: FleetOutbox
  /** Deletes the index and builds it again. For a reader that has found damage. */
  rebuild(reason: string): void
  /** The process at work; undefined while it is being started again. */
  pid(): number | undefined
  stop(): void
}

/**
 * Keeps the index in `dataDir` in step with a content folder, in a process of its own, so that whoever
 * serves from the index is neither held up by what is written to it nor left with the memory that a
 * first index takes, and survives whatever a file does to its reader. See `syncContinuously` for what is
 * noticed and when this resolves: once nothing that is served is out of date. Rejects when the folder
 * cannot be read to begin with. A process that ends later, or sends no sign of life for 5 s, is
 * replaced, which `log` says.
 */
export async function startContentSync(options: {
  dataDir: string
  contentDir: string
  log: Log
  /** Called after every sync that changed something, once that can be read. */
  onSynced?: (synced: Synced) => void
  /**
   * Called with all that must not be served although the index holds it: it was taken back and
   * nothing can be written. Every reader of the index must suppress it (`index.suppress`).
   */
  onSuppressed?: (suppressed: Suppressed[]) => void
  /** After so many new files at once a fresh process goes on. */
  manyFiles?: number
  /** For a node of a fleet, whose index is a copy of a database. */
  fleet?: FleetSettings | undefined
}): Promise<ContentSync> {
  const { log, onSuppressed = () => {}, manyFiles = 5000 } = options
  let watcher: SyncProcess | undefined
  let isStopped = false
  let restartIn = restartMilliseconds.first
  let rebuiltAt = Number.NEGATIVE_INFINITY
  let suppressed: Suppressed[] = []
  let progress: IndexProgress = { state: 'indexing', filesSeen: 0, filesTotal: 0 }
  let fleet: FleetState | undefined
  let state: ContentState = { state: 'starting', since: new Date().toISOString() }
  // Keeps the process that serves alive while it waits for the first one.
  const waiting = setInterval(() => {}, 60_000)

  function setState({ state: name, reason }: Omit<ContentState, 'since'>): void {
    if (name === state.state && reason === state.reason) return
    const since = name === state.state ? state.since : new Date().toISOString()
    state = { state: name, since, reason }
  }

  function setSuppressed(list: Suppressed[]): void {
    const next = [...new Map(list.map((one) => [JSON.stringify(one), one])).values()]
    if (JSON.stringify(next) === JSON.stringify(suppressed)) return
    suppressed = next
    onSuppressed(next)
  }

  /** The new one takes over when it has seen to everything itself. */
  async function start(): Promise<void> {
    const former = watcher
    let isReady = false
    let latest: SyncState = { state: 'indexing' }
    let found: Suppressed[] = []
    const starting = startSyncProcess({
      ...options,
      manyFiles,
      onSynced: options.onSynced,
      onSuppressed: (list) => {
        found = list
        // Until it has looked at everything, what the process before it has suppressed stays suppressed.
        setSuppressed(isReady ? found : [...suppressed, ...found])
      },
      onProgress: (next) => {
        progress = next
      },
      onState: (next) => {
        latest = next
        if (isReady) setState(next)
      },
      onFleet: (next) => {
        fleet = next
      },
      onReplaceable: () => void starting.then(start).catch(() => undefined),
      onEnd: (reason) => {
        log.error(`The process that reads the content has ended: ${reason}`)
        watcher = undefined
        setState({ state: 'restarting', reason })
        startLater()
      },
    })
    const next = await starting
    isReady = true
    setState(latest)
    setSuppressed(found)
    restartIn = restartMilliseconds.first
    watcher = next
    former?.stop()
    if (isStopped) next.stop()
  }

  function startLater(): void {
    if (isStopped) return
    const milliseconds = restartIn
    restartIn = Math.min(restartIn * 2, restartMilliseconds.most)
    setTimeout(() => {
      if (isStopped) return
      start().catch((error) => {
        log.error(`The content folder is not watched: ${error.message}`)
        setState({ state: 'restarting', reason: error.message })
        startLater()
      })
    }, milliseconds).unref()
  }

  /** What a sync that takes too long waits for. */
  function explainDelay(): string {
    const { filesSeen, filesTotal } = progress
    const doing =
      state.reason ??
      (filesSeen < filesTotal
        ? `${filesSeen} of ${filesTotal} files are read; the others are read now.`
        : 'The files are being compared with the index.')
    return `Publishing takes longer than ${syncLimitMs / 1000} s and goes on. ${doing}`
  }

  function current(): SyncProcess {
    if (watcher) return watcher
    throw new Error(
      `The process that reads the content is started again (${state.reason}). Ask again in some seconds.`,
    )
  }

  await start().finally(() => clearInterval(waiting))

  return {
    async syncNow(wanted = {}) {
      const syncing = current().syncNow(wanted)
      return await new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(explainDelay())), syncLimitMs)
        syncing.then(resolve, reject).finally(() => clearTimeout(timer))
      })
    },
    progress: () => progress,
    state: () => state,
    fleet: () => fleet,
    outbox: {
      take: async () => await current().outbox.take(),
      save: async (...saved) => await current().outbox.save(...saved),
    },
    pid: () => watcher?.pid,
    rebuild(reason) {
      if (!watcher || performance.now() - rebuiltAt < ignoreDamageFor) return
      rebuiltAt = performance.now()
      watcher.rebuild(reason)
    },
    stop() {
      isStopped = true
      watcher?.stop()
    },
  }
}
