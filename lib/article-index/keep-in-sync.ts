import { formatProblem } from '#lib/content/problem.ts'
import type { WritableArticleIndex } from './sqlite-article-index.ts'
import { type SyncReport, syncArticles, syncPaths } from './sync.ts'
import { watchFolder } from './watch-folder.ts'

/** How often everything is looked at again: beside a working watcher, and without one. */
const scanMilliseconds = { watched: 60_000, unwatched: 2_000 }

/** Problems told of one change; `npm run content:check` tells them all. */
const mostProblemsTold = 20

export type KeptInSync = {
  /**
   * Syncs on demand: the named files, relative to the content folder, or everything. Rejects when the
   * folder cannot be read.
   */
  syncNow(paths?: string[]): Promise<SyncReport>
  stop(): void
}

/**
 * Keeps an index in step with its content folder until stopped: at once, on every change the
 * platform tells of, and by a scan now and then (often, where watching fails). What changed, and what
 * is wrong with it, is told to `log`. Rejects when the folder cannot be read to begin with.
 */
export async function keepInSync(
  index: WritableArticleIndex,
  { contentDir, log }: { contentDir: string; log: (line: string) => void },
): Promise<KeptInSync> {
  let isStopped = false
  let isScanWanted = false
  let scanEvery = scanMilliseconds.watched
  let scanTimer: NodeJS.Timeout | undefined

  function tell(report: SyncReport): void {
    if (report.added + report.changed + report.removed === 0) return
    const { added, changed, removed, problems } = report
    log(`Content: ${added} new, ${changed} changed, ${removed} removed.`)
    for (const problem of problems.slice(0, mostProblemsTold)) {
      log(`  ${problem.severity}: ${formatProblem(problem)}`)
    }
    if (problems.length > mostProblemsTold) {
      log(`  … ${problems.length - mostProblemsTold} more: npm run content:check`)
    }
  }

  async function look(sync: () => Promise<SyncReport>): Promise<void> {
    try {
      tell(await sync())
    } catch (error) {
      log(`Content could not be read, what was known stays served: ${reasonOf(error)}`)
    }
  }

  async function syncNow(paths?: string[]): Promise<SyncReport> {
    const report = await (paths
      ? syncPaths(index, { contentDir, paths })
      : syncArticles(index, { contentDir }))
    tell(report)
    return report
  }

  async function scan(): Promise<void> {
    if (isScanWanted || isStopped) return
    isScanWanted = true
    clearTimeout(scanTimer)
    await look(() => {
      isScanWanted = false
      return syncArticles(index, { contentDir })
    })
    if (!isStopped) scanTimer = setTimeout(scan, scanEvery)
  }

  // Watched before it is first read, so that nothing slips in between.
  const folder = await watchFolder(contentDir, {
    onChange: (paths) => {
      if (paths === undefined) void scan()
      else void look(() => syncPaths(index, { contentDir, paths }))
    },
    onFail: (error) => {
      scanEvery = scanMilliseconds.unwatched
      log(`Watching the content folder failed (${reasonOf(error)}); it is scanned instead.`)
    },
  })
  const first = await syncArticles(index, { contentDir })
  tell(first)
  scanTimer = setTimeout(scan, scanEvery)

  return {
    syncNow,
    stop() {
      isStopped = true
      folder.stop()
      clearTimeout(scanTimer)
    },
  }
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
