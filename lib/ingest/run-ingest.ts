import { setTimeout as wait } from 'node:timers/promises'
import { type IngestReport, writeIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { type IngestContextOptions, openIngestContext } from './ingest-context.ts'
import { type IngestLock, lockContentFolder } from './ingest-lock.ts'
import { runPass } from './pipeline.ts'
import type { SourceConfig } from './settings/ingest-config.ts'
import { type IngestWorkers, openIngestWorkers } from './workers/open-workers.ts'

export type IngestOptions = Omit<IngestContextOptions, 'workers' | 'lock'> & {
  /** Where several machines share the work; undefined on one, whose content folder is locked. */
  takeLock?: (() => Promise<IngestLock | undefined>) | undefined
  /** Threads that read text of others; this run opens and closes its own when left out. */
  workers?: IngestWorkers
  /** Only this source, by its key. */
  only: string | undefined
  limit: number | undefined
}

type RunOptions = IngestOptions & Pick<IngestContextOptions, 'workers' | 'lock'>

/** How a run went. `busy`: another run has the content folder, or another machine ingests. */
export type IngestOutcome = { kind: 'done'; report: IngestReport } | { kind: 'busy' }

/** One pass over all sources, or over one. Throws an `Error` when there is no such source. */
export async function ingestOnce(options: IngestOptions): Promise<IngestOutcome> {
  const sources = chooseSources(options)
  const lock = await takeLock(options)
  if (!lock) return { kind: 'busy' }
  const workers = options.workers ?? openIngestWorkers()
  try {
    return { kind: 'done', report: await runOnce({ ...options, workers, lock }, sources) }
  } finally {
    await lock.release()
    if (!options.workers) await workers.close()
  }
}

const takeLock = (options: IngestOptions) =>
  options.takeLock ? options.takeLock() : lockContentFolder(options.contentDir)

/**
 * Passes until the signal is aborted, with each source at its own interval. `onReport` gets the report
 * of every pass that fetched a source or wrote an article. Where several machines share the work, it
 * waits until no other one ingests.
 */
export async function ingestForever(
  options: IngestOptions,
  onReport: (report: IngestReport) => void,
): Promise<'busy' | 'stopped'> {
  const sources = chooseSources(options)
  const { signal, log } = options
  const workers = options.workers ?? openIngestWorkers()
  let failure: string | undefined
  try {
    while (!signal.aborted) {
      try {
        const lock = await takeLock(options)
        if (!lock && !options.takeLock) return 'busy'
        failure = undefined
        if (lock) await ingestUnderLock({ ...options, workers, lock }, sources, onReport)
      } catch (cause) {
        if (!options.takeLock) throw cause
        const reason = `This machine cannot ingest: ${toReason(cause)}`
        if (reason !== failure) log.error(reason)
        failure = reason
      }
      await wait(checkMs, undefined, { signal }).catch(() => {})
    }
    return 'stopped'
  } finally {
    if (!options.workers) await workers.close()
  }
}

/** Passes until the run is to end or another machine may ingest. */
async function ingestUnderLock(
  options: RunOptions,
  sources: SourceConfig[],
  onReport: (report: IngestReport) => void,
): Promise<void> {
  const { lock } = options
  const signal = lock.lost ? AbortSignal.any([options.signal, lock.lost]) : options.signal
  const fetchedAt = new Map<string, number>()
  let lastPass = 0
  const everyMinutes = Math.min(...sources.map((source) => source.everyMinutes))
  try {
    while (!signal.aborted) {
      const now = options.now().getTime()
      const due = sources.filter(({ key, everyMinutes }) => {
        const last = fetchedAt.get(key)
        return last === undefined || now - last >= everyMinutes * 60_000
      })
      if (due.length > 0 || now - lastPass >= retryMs) {
        lastPass = now
        for (const { key } of due) fetchedAt.set(key, now)
        try {
          const report = await runOnce({ ...options, signal }, due, everyMinutes)
          const isNews = due.length > 0 || Object.values(report.articles).some((count) => count > 0)
          if (isNews) onReport(report)
        } catch (cause) {
          // Such as a full disk: the next pass may succeed.
          options.log.error(`The pass failed: ${toReason(cause)}`)
        }
      }
      await wait(checkMs, undefined, { signal }).catch(() => {})
    }
    if (lock.lost?.aborted) options.log.warn('Another machine may ingest now; this one waits.')
  } finally {
    await lock.release()
  }
}

/** How often --watch checks whether a source is due, in ms. */
const checkMs = 1000

/** How often --watch retries waiting stories, such as those that the model did not answer, in ms. */
const retryMs = 30_000

function chooseSources({ config, only }: IngestOptions): SourceConfig[] {
  if (only === undefined) return config.sources
  const chosen = config.sources.filter(({ key }) => key === only)
  if (chosen.length > 0) return chosen
  const known = config.sources.map(({ key }) => key).join(', ') || 'none'
  throw new Error(`There is no source ${only} in ingest.config.ts; there is ${known}.`)
}

async function runOnce(
  options: RunOptions,
  sources: SourceConfig[],
  everyMinutes?: number,
): Promise<IngestReport> {
  const { only, limit, isDryRun, dataDir, log, lock } = options
  await lock.follow()
  const { context, close } = await openIngestContext({ ...options, contentDir: lock.contentDir })
  try {
    const ignoresBackOff = only !== undefined
    const pass = await runPass(context, { sources, ignoresBackOff, limit, isDryRun })
    await context.store.save()
    const report = { ...pass, everyMinutes }
    const isIdle =
      sources.length === 0 &&
      report.failure === undefined &&
      Object.values(report.articles).every((count) => count === 0)
    if (isDryRun || isIdle) return report
    try {
      await lock.shareReport(await writeIngestReport(dataDir, report))
      return report
    } catch (cause) {
      const failure = `The report cannot be kept: ${toReason(cause)}`
      log.error(failure)
      return { ...report, failure: report.failure ?? failure }
    }
  } finally {
    await close()
  }
}

function toReason(cause: unknown): string {
  return reasonOf(cause)
}
