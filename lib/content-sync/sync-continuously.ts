import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import type { Suppressed } from '#lib/article-index/article-index.ts'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { IndexUnwrittenError } from './apply-changes.ts'
import { startReading } from './read-changes.ts'
import { largeFileBytes } from './read-outcome.ts'
import {
  createRemovalGuard,
  formatHeldRemovals,
  type HeldRemovals,
  type RemovalGuard,
} from './removal-guard.ts'
import { type SyncProgress, type SyncTarget, syncArticles, syncPaths } from './sync.ts'
import { logReport, type SyncReport } from './sync-report.ts'
import { createUnwrittenChanges } from './unwritten-changes.ts'
import {
  FolderGoneError,
  type FolderWatch,
  type MovedFiles,
  type Watch,
  watchFolder,
  watchFolderIdentity,
} from './watch-folder.ts'

/**
 * How often everything is looked at again, in ms: beside a working watcher, without one, and while
 * the last look failed or removals wait. A scan takes at most a tenth of the time, however long it
 * takes.
 */
const scanMilliseconds = { watched: 60_000, unwatched: 2_000, unsettled: 2_000 }

/** How long a folder that could not be watched is only scanned before watching is tried again, in ms. */
const watchAgainAfter = 60_000

/** When the thread that reads files is started, if nothing was to be read before; in ms. */
const startReadingAfter = 3000

/** How far the index is with the files that it does not know yet. */
export type IndexProgress = {
  /** `ready` once the index has been whole: what is saved later waits for its turn, and all else is served. */
  state: 'indexing' | 'ready'
  filesSeen: number
  filesTotal: number
  /** They are read in a thread of its own, behind other work, which gives its memory back. */
  isInThread?: boolean
}

/** What the process that watches the content folder is doing, and in a sentence why it is not `ready`. */
export type SyncState =
  | { state: 'indexing' | 'ready'; reason?: undefined }
  /**
   * `failed`: the folder cannot be read, or the index not be written; what is known stays served, and
   * it is tried again every 2 s. `waiting-for-confirmation`: so many files are missing that they are
   * removed only after a minute, or when an operator confirms it.
   */
  | { state: 'failed' | 'waiting-for-confirmation'; reason: string }

export type SyncNowOptions = {
  /** Relative to the content folder; all files when left out. */
  paths?: string[] | undefined
  /** Large removals need not wait. */
  confirmRemovals?: boolean | undefined
}

/** A sync that changed something; `isWhole` when it looked at all files and not at some that were named. */
export type Synced = { report: SyncReport; isWhole: boolean }

export type ContinuousSyncOptions = {
  contentDir: string
  log: Log
  onSynced?: (synced: Synced) => void
  onProgress?: (progress: IndexProgress) => void
  /** Called whenever the state is another one. */
  onState?: (state: SyncState) => void
  /**
   * Called with all that was taken back and is still in the index because nothing can be written;
   * the server must suppress it. Empty once everything was written.
   */
  onSuppressed?: (suppressed: Suppressed[]) => void
  watch?: Watch
  guard?: RemovalGuard
  /** An index that takes longer to mend, in ms, is rebuilt. 10,000 when left out. */
  longestVerification?: number
}

export type ContinuousSync = {
  /** Syncs on demand. Rejects when the folder cannot be read or the index not be written. */
  syncNow(options?: SyncNowOptions): Promise<SyncReport>
  progress(): IndexProgress
  state(): SyncState
  /** Looks at everything soon. */
  scan(): void
  /** The same for an index that was emptied, which is not whole until then. */
  refill(): void
  stop(): void
}

/**
 * Keeps an index in step with its content folder until stopped: at once, on every change the
 * platform reports, and by a scan now and then (often, where watching fails). What changed, and what
 * is wrong with it, goes to `log`.
 *
 * Resolves as soon as nothing that is served is out of date and the newest of what is new is in the
 * index; the rest follows. Rejects when the folder cannot be read to begin with. A folder that goes
 * missing later takes nothing down; one that is emptied does, after a minute (`RemovalGuard`).
 */
export async function syncContinuously(
  index: SyncTarget & Pick<WritableArticleIndex, 'rebuild'>,
  {
    contentDir,
    log,
    onProgress,
    onState,
    onSynced,
    onSuppressed = () => {},
    watch,
    guard = createRemovalGuard(),
    // So much of it is out of date: rebuilt, it serves the newest at once, and none that is out of date.
    longestVerification = 10_000,
  }: ContinuousSyncOptions,
): Promise<ContinuousSync> {
  let isStopped = false
  let folder: FolderWatch | undefined
  let isWatched = false
  let watchFailure: { reason: string; at: number } | undefined
  let failure: string | undefined
  let held: HeldRemovals | undefined
  let scanTimer: NodeJS.Timeout | undefined
  let readingTimer: NodeJS.Timeout | undefined
  let isScanWaiting = false
  let lastScan: Promise<unknown> = Promise.resolve()
  let progress: IndexProgress = { state: 'indexing', filesSeen: 0, filesTotal: 0 }
  /** Which of the indexes that were emptied has been whole, counted. */
  let wholeIndex: number | undefined
  let emptied = 0
  let state: SyncState = { state: 'indexing' }
  const stopping = new AbortController()
  const unwritten = createUnwrittenChanges(onSuppressed)
  const common = { contentDir, guard, unwritten, log }

  function reportProgress(next: IndexProgress): void {
    progress = next
    onProgress?.(next)
    reportState()
  }

  function reportState(): void {
    const next: SyncState =
      failure !== undefined
        ? { state: 'failed', reason: failure }
        : held
          ? { state: 'waiting-for-confirmation', reason: formatHeldRemovals(held) }
          : { state: progress.state }
    if (next.state === state.state && next.reason === state.reason) return
    state = next
    onState?.(next)
  }

  function publish(synced: SyncReport, isWhole: boolean): void {
    logReport(synced, log)
    const { added, changed, removed } = synced
    if (added + changed + removed > 0) onSynced?.({ report: synced, isWhole })
  }

  function noteHeld(next: HeldRemovals | undefined): void {
    if (next && !held) log.warn(formatHeldRemovals(next))
    if (held && !next) log.info('No missing file waits to be removed any more.')
    held = next
    reportState()
  }

  /** One scan at a time: a second one would read the same new files again. */
  function sync(
    onPhase?: (phase: SyncProgress['phase']) => void,
    confirmRemovals = false,
  ): Promise<SyncReport> {
    const scan = lastScan.then(async () => {
      isScanWaiting = false
      const startedWith = emptied
      const synced = await syncArticles(index, {
        ...common,
        confirmRemovals,
        signal: stopping.signal,
        onProgress: ({ phase, filesSeen, filesTotal, filesAdded }) => {
          const isDone = filesSeen >= filesTotal
          const isReady = isDone || wholeIndex === emptied
          reportProgress({ state: isReady ? 'ready' : 'indexing', filesSeen, filesTotal })
          const areNewestIn = phase === 'adding' && (filesAdded > 0 || isDone)
          onPhase?.(areNewestIn ? 'adding' : 'verifying')
        },
      })
      const filesSeen = synced.added + synced.changed + synced.unchanged
      wholeIndex = startedWith
      reportProgress({
        state: wholeIndex === emptied ? 'ready' : 'indexing',
        filesSeen,
        filesTotal: filesSeen,
      })
      noteHeld(synced.held)
      publish(synced, true)
      return synced
    })
    lastScan = scan.catch(() => undefined)
    return scan
  }

  async function scan(): Promise<SyncReport | undefined> {
    if (isScanWaiting || isStopped) return undefined
    isScanWaiting = true
    clearTimeout(scanTimer)
    const startedAt = performance.now()
    const synced = await sync().catch(noteFailure)
    if (synced) await recover()
    scanLater(performance.now() - startedAt)
    return synced
  }

  /** A scan that nothing asked for. What it finds the watcher has missed: it watches no more. */
  async function scanOnTime(): Promise<void> {
    const wasWatched = isWatched && !held && failure === undefined
    const synced = await scan()
    const hasMissed = synced && synced.added + synced.changed + synced.removed > 0
    if (wasWatched && hasMissed) await startWatching()
  }

  function scanLater(lastTook: number): void {
    if (isStopped) return
    const { watched, unwatched, unsettled } = scanMilliseconds
    const wait = failure !== undefined || held ? unsettled : isWatched ? watched : unwatched
    clearTimeout(scanTimer)
    // A scan that failed may have waited for something that is away, and has not worked for so long.
    const rest = failure === undefined ? lastTook * 9 : 0
    scanTimer = setTimeout(scanOnTime, Math.max(wait, rest))
  }

  /** Logged once, not at every scan. */
  function noteFailure(error: unknown): undefined {
    const reason = reasonOf(error)
    if (isStopped || reason === failure) return
    failure = reason
    log.error(`Content cannot be brought up to date, what is known stays served: ${reason}`)
    reportState()
  }

  /** The folder that is there again may be another one than the one that was watched. */
  async function recover(): Promise<void> {
    if (isStopped) return
    const hasFailed = failure !== undefined
    failure = undefined
    if (hasFailed) log.info('Content is up to date again.')
    reportState()
    const isTimeToWatch =
      watchFailure !== undefined && performance.now() - watchFailure.at > watchAgainAfter
    if (hasFailed || isTimeToWatch) await startWatching()
  }

  async function startWatching(): Promise<void> {
    folder?.stop()
    isWatched = true
    const former = watchFailure
    watchFailure = undefined
    folder = await watchFolder(contentDir, {
      watch,
      onChange: (paths, moved) => void takeChange(paths, moved),
      onFail: (error) => {
        isWatched = false
        const reason = reasonOf(error)
        // That the folder is gone the next scan says, and watching goes on as soon as it is back.
        const isGone = error instanceof FolderGoneError
        watchFailure = { reason, at: isGone ? Number.NEGATIVE_INFINITY : performance.now() }
        if (!isGone && reason !== former?.reason) {
          log.warn(`The content folder cannot be watched (${reason}); it is scanned instead.`)
        }
        scanLater(0)
      },
    })
    if (isStopped) folder.stop()
    if (former && Number.isFinite(former.at) && isWatched && !isStopped)
      log.info('The content folder is watched again.')
  }

  async function takeChange(paths: string[] | undefined, moved: MovedFiles): Promise<void> {
    if (paths === undefined) return void (await scan())
    try {
      for (const some of setLargeApart(contentDir, paths)) {
        const synced = await syncPaths(index, { ...common, paths: some, moved })
        publish(synced, false)
        if (synced.held) await scan()
      }
    } catch {
      await scan()
    }
  }

  /** The first sync; `onVerified` is called while it may still have much to do. */
  async function verify(onVerified: () => void): Promise<void> {
    const deadline = performance.now() + longestVerification
    const onPhase = (phase: SyncProgress['phase']) => {
      if (phase === 'adding') onVerified()
      else if (performance.now() > deadline) throw new TooMuchChangedError()
    }
    try {
      await sync(onPhase)
    } catch (error) {
      // Everything known was looked at, and what was taken back is suppressed.
      if (error instanceof IndexUnwrittenError) onVerified()
      if (!(error instanceof TooMuchChangedError)) throw error
      await index.rebuild('too much of it is out of date')
      await sync((phase) => phase === 'adding' && onVerified())
    }
  }

  const place = watchFolderIdentity(contentDir, () => {
    void startWatching()
    void scan()
  })
  // Watched before it is first read, so that nothing slips in between.
  await startWatching()
  await new Promise<void>((resolve, reject) => {
    let isVerified = false
    const onVerified = () => {
      isVerified = true
      resolve()
    }
    verify(onVerified)
      .catch((error) => (isVerified ? noteFailure(error) : reject(error)))
      .then(() => scanLater(0))
  }).catch((error) => {
    stop()
    throw error
  })
  // If it cannot be started now, the first file that is to be read says why.
  readingTimer = setTimeout(() => startReading().catch(() => undefined), startReadingAfter)
  readingTimer.unref()

  function stop(): void {
    isStopped = true
    stopping.abort()
    folder?.stop()
    place.stop()
    clearTimeout(scanTimer)
    clearTimeout(readingTimer)
  }

  return {
    scan: () => void scan(),
    refill() {
      emptied += 1
      reportProgress({ state: 'indexing', filesSeen: 0, filesTotal: progress.filesTotal })
      void scan()
    },
    syncNow: async ({ paths, confirmRemovals } = {}) => {
      if (!paths) return await sync(undefined, confirmRemovals)
      const synced = await syncPaths(index, { ...common, paths, confirmRemovals })
      publish(synced, false)
      if (synced.held) void scan()
      return synced
    },
    progress: () => progress,
    state: () => state,
    stop,
  }
}

/**
 * Large files may take long, and what was found of the others is reported before. Where a file is
 * missing all stay together: one of the others may be it.
 */
function setLargeApart(contentDir: string, paths: string[]): string[][] {
  const sizes = paths.map(
    (path) => lstatSync(join(contentDir, path), { throwIfNoEntry: false })?.size,
  )
  if (sizes.includes(undefined)) return [paths]
  const isLarge = (at: number) => (sizes[at] ?? 0) > largeFileBytes
  const others = paths.filter((_path, at) => !isLarge(at))
  const large = paths.filter((_path, at) => isLarge(at)).map((path) => [path])
  return others.length > 0 || large.length === 0 ? [others, ...large] : large
}

class TooMuchChangedError extends Error {
  override name = 'TooMuchChangedError'
}
