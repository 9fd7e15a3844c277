import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import type { Log } from '#lib/node/log.ts'
import { startReading } from './read-changes.ts'
import { type SyncProgress, type SyncReport, syncArticles, syncPaths } from './sync.ts'
import { tellReport } from './tell-report.ts'
import { type FolderWatch, type Watch, watchFolder } from './watch-folder.ts'
import { watchPlace } from './watch-place.ts'

/**
 * How often everything is looked at again, in ms: beside a working watcher, without one, and while
 * the folder cannot be read. A scan takes at most a tenth of the time, however long it takes.
 */
const scanMilliseconds = { watched: 60_000, unwatched: 2_000, unreadable: 2_000 }

/**
 * An index so much of which is out of date that it takes longer to mend, in ms, is begun again: then
 * the newest articles are served at once, and none that is out of date.
 */
const longestVerification = 10_000

/** When the thread that reads files is started, if nothing was to be read before; in ms. */
const startReadingAfter = 3000

/** How far the index is with the files that it does not know yet. */
export type IndexProgress = {
  state: 'indexing' | 'ready'
  filesSeen: number
  filesTotal: number
}

export type KeptInSync = {
  /**
   * Syncs on demand: the named files, relative to the content folder, or everything. Rejects when the
   * folder cannot be read.
   */
  syncNow(paths?: string[]): Promise<SyncReport>
  progress(): IndexProgress
  stop(): void
}

/** A sync that changed something; `isWhole` when it looked at all files and not at some that were named. */
export type Synced = { report: SyncReport; isWhole: boolean }

export type FollowOptions = {
  contentDir: string
  onSynced?: (synced: Synced) => void
  log: Log
  onProgress?: (progress: IndexProgress) => void
  watch?: Watch
}

/**
 * Keeps an index in step with its content folder until stopped: at once, on every change the
 * platform tells of, and by a scan now and then (often, where watching fails). What changed, and what
 * is wrong with it, is told to `log`.
 *
 * Resolves as soon as nothing in the index is out of date and the newest of what is new is in it; the
 * rest follows. Rejects when the folder cannot be read to begin with. A folder that goes missing later
 * takes nothing down; one that is emptied does.
 */
export async function followContent(
  index: Pick<WritableArticleIndex, 'write' | 'beginAgain'>,
  { contentDir, log, onProgress, onSynced, watch }: FollowOptions,
): Promise<KeptInSync & { scan: () => void }> {
  let isStopped = false
  let folder: FolderWatch | undefined
  let isWatched = false
  let failure: string | undefined
  let scanTimer: NodeJS.Timeout | undefined
  let readingTimer: NodeJS.Timeout | undefined
  let isScanWaiting = false
  let lastScan: Promise<unknown> = Promise.resolve()
  let progress: IndexProgress = { state: 'indexing', filesSeen: 0, filesTotal: 0 }
  const stopping = new AbortController()

  function report(next: IndexProgress): void {
    progress = next
    onProgress?.(next)
  }

  function tell(synced: SyncReport, isWhole: boolean): void {
    tellReport(synced, log)
    const { added, changed, removed } = synced
    if (added + changed + removed > 0) onSynced?.({ report: synced, isWhole })
  }

  /** One scan at a time: a second one would read the same new files again. */
  function sync(onPhase?: (phase: SyncProgress['phase']) => void): Promise<SyncReport> {
    const scan = lastScan.then(async () => {
      isScanWaiting = false
      const synced = await syncArticles(index, {
        contentDir,
        signal: stopping.signal,
        onProgress: ({ phase, filesSeen, filesTotal, filesAdded }) => {
          const isDone = filesSeen >= filesTotal
          report({ state: isDone ? 'ready' : 'indexing', filesSeen, filesTotal })
          const areNewestIn = phase === 'adding' && (filesAdded > 0 || isDone)
          onPhase?.(areNewestIn ? 'adding' : 'verifying')
        },
      })
      const filesSeen = synced.added + synced.changed + synced.unchanged
      report({ state: 'ready', filesSeen, filesTotal: filesSeen })
      tell(synced, true)
      return synced
    })
    lastScan = scan.catch(() => undefined)
    return scan
  }

  async function scan(): Promise<void> {
    if (isScanWaiting || isStopped) return
    isScanWaiting = true
    clearTimeout(scanTimer)
    const startedAt = performance.now()
    await sync().then(recover, tellFailure)
    scanLater(performance.now() - startedAt)
  }

  function scanLater(lastTook: number): void {
    if (isStopped) return
    const { watched, unwatched, unreadable } = scanMilliseconds
    const wait = failure !== undefined ? unreadable : isWatched ? watched : unwatched
    clearTimeout(scanTimer)
    scanTimer = setTimeout(scan, Math.max(wait, lastTook * 9))
  }

  /** Said once, not at every scan. */
  function tellFailure(error: unknown): void {
    const reason = reasonOf(error)
    if (isStopped || reason === failure) return
    failure = reason
    log.error(`Content cannot be brought up to date, what is known stays served: ${reason}`)
  }

  /** The folder that is there again may be another one than the one that was watched. */
  async function recover(): Promise<void> {
    if (failure === undefined || isStopped) return
    failure = undefined
    log.info('Content is up to date again.')
    await startWatching()
  }

  async function startWatching(): Promise<void> {
    folder?.stop()
    isWatched = true
    folder = await watchFolder(contentDir, {
      watch,
      onChange: (paths) => {
        if (paths === undefined) void scan()
        else syncPaths(index, { contentDir, paths }).then((synced) => tell(synced, false), scan)
      },
      onFail: (error) => {
        isWatched = false
        log.warn(
          `The content folder cannot be watched (${reasonOf(error)}); it is scanned instead.`,
        )
        scanLater(0)
      },
    })
    if (isStopped) folder.stop()
  }

  /** The first sync; `onVerified` is told while it may still have much to do. */
  async function verify(onVerified: () => void): Promise<void> {
    const deadline = performance.now() + longestVerification
    const onPhase = (phase: SyncProgress['phase']) => {
      if (phase === 'adding') onVerified()
      else if (performance.now() > deadline) throw new TooMuchChangedError()
    }
    try {
      await sync(onPhase)
    } catch (error) {
      if (!(error instanceof TooMuchChangedError)) throw error
      await index.beginAgain('too much of it is out of date')
      await sync((phase) => phase === 'adding' && onVerified())
    }
  }

  const place = watchPlace(contentDir, () => {
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
      .catch((error) => (isVerified ? tellFailure(error) : reject(error)))
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
    syncNow: async (paths) => {
      if (!paths) return await sync()
      const synced = await syncPaths(index, { contentDir, paths })
      tell(synced, false)
      return synced
    },
    progress: () => progress,
    stop,
  }
}

class TooMuchChangedError extends Error {
  override name = 'TooMuchChangedError'
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
