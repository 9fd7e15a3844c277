import { setTimeout as wait } from 'node:timers/promises'
import { type IngestReport, writeIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { type IngestContextOptions, openIngestContext } from './open-ingest-context.ts'
import { runPass } from './pipeline.ts'
import type { SourceConfig } from './settings/ingest-config.ts'
import { lockContentFolder } from './state/lock-content-folder.ts'
import { type IngestWorkers, openIngestWorkers } from './workers/open-workers.ts'

export type IngestOptions = Omit<IngestContextOptions, 'workers'> & {
  /** Threads that read text of others; this run opens and closes its own when left out. */
  workers?: IngestWorkers
  /** Only this source, by its key. */
  only: string | undefined
  limit: number | undefined
}

type RunOptions = IngestOptions & Pick<IngestContextOptions, 'workers'>

/** How a run went. `busy`: another one has the content folder. */
export type IngestOutcome = { kind: 'done'; report: IngestReport } | { kind: 'busy' }

/** One pass over all sources, or over one. Throws an `Error` when there is no such source. */
export async function ingestOnce(options: IngestOptions): Promise<IngestOutcome> {
  const sources = chooseSources(options)
  const hold = lockContentFolder(options.contentDir)
  if (!hold) return { kind: 'busy' }
  const workers = options.workers ?? openIngestWorkers()
  try {
    return { kind: 'done', report: await runOnce({ ...options, workers }, sources) }
  } finally {
    hold.release()
    if (!options.workers) await workers.close()
  }
}

/**
 * Passes without end, each source at its own pace, until the signal is aborted. `onReport` is given
 * the report of every pass that asked somebody or did something.
 */
export async function ingestForever(
  options: IngestOptions,
  onReport: (report: IngestReport) => void,
): Promise<'busy' | 'stopped'> {
  const sources = chooseSources(options)
  const hold = lockContentFolder(options.contentDir)
  if (!hold) return 'busy'
  const askedAt = new Map<string, number>()
  let lastPass = 0
  const workers = options.workers ?? openIngestWorkers()
  const everyMinutes = Math.min(...sources.map((source) => source.everyMinutes))
  try {
    while (!options.signal.aborted) {
      const now = options.now().getTime()
      const due = sources.filter(({ key, everyMinutes }) => {
        const last = askedAt.get(key)
        return last === undefined || now - last >= everyMinutes * 60_000
      })
      if (due.length > 0 || now - lastPass >= retryMs) {
        lastPass = now
        for (const { key } of due) askedAt.set(key, now)
        try {
          const report = await runOnce({ ...options, workers }, due, everyMinutes)
          const isNews = due.length > 0 || Object.values(report.articles).some((count) => count > 0)
          if (isNews) onReport(report)
        } catch (cause) {
          // Such as a full disk: the next pass may go well.
          options.log.error(`The pass failed: ${toReason(cause)}`)
        }
      }
      await wait(restMs, undefined, { signal: options.signal }).catch(() => {})
    }
    return 'stopped'
  } finally {
    hold.release()
    if (!options.workers) await workers.close()
  }
}

/** How often --watch looks whether anything is due. */
const restMs = 1000

/** How often it works on what waits, such as stories that the model let down. */
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
  const { only, limit, isDryRun, dataDir, log } = options
  const { context, close } = await openIngestContext(options)
  try {
    const ignoresBackOff = only !== undefined
    const pass = await runPass(context, { sources, ignoresBackOff, limit, isDryRun })
    const report = { ...pass, everyMinutes }
    const isIdle =
      sources.length === 0 &&
      report.failure === undefined &&
      Object.values(report.articles).every((count) => count === 0)
    if (isDryRun || isIdle) return report
    try {
      await writeIngestReport(dataDir, report)
      return report
    } catch (cause) {
      const failure = `The report cannot be written: ${toReason(cause)}`
      log.error(failure)
      return { ...report, failure: report.failure ?? failure }
    }
  } finally {
    await close()
  }
}

function toReason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
