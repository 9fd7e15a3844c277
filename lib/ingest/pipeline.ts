import type { IngestReport, SourceReport } from '#lib/ingest-report/ingest-report.ts'
import { dedupeStories } from './dedupe/dedupe-stories.ts'
import type { IngestContext } from './ingest-context.ts'
import { newPassResults } from './pass-results.ts'
import type { SourceConfig } from './settings/ingest-config.ts'
import { batchResults } from './sources/batch-results.ts'
import { fetchSources, type StoreResult } from './sources/fetch-sources.ts'
import { toReport } from './to-report.ts'

/** Which sources a pass asks, and how far it goes. */
export type PassOptions = {
  sources: SourceConfig[]
  /** Ask also those that failed lately. */
  ignoresBackOff: boolean
  /** How many stories are told at most; the others wait for the next pass. */
  limit: number | undefined
  /** Nothing is told: what would be is counted. */
  isDryRun: boolean
}

/** How long stories that are there wait for those of sources that answer later, in ms. */
const patienceMs = 1000

/**
 * One pass from sources to files. Each stage leaves what it has done in the store before the next
 * begins, so that a pass may end anywhere and the next one goes on from there. What a slow source
 * sends is worked off later in the pass, after the others. An error that no stage expects, such as a
 * full disk, ends the pass, and the report says so.
 */
export async function runPass(context: IngestContext, options: PassOptions): Promise<IngestReport> {
  const startedAt = context.now().toISOString()
  const results = newPassResults()
  const sources: SourceReport[] = []
  const duplicates = new Map<string, number>()
  let { limit } = options
  async function workOn(answers: StoreResult[]): Promise<void> {
    for (const keep of answers) sources.push(keep())
    if (context.store.stories.listUndeduped().length > 0) await context.syncKnownArticles()
    for (const [source, count] of dedupeStories(context.store, context.config.sameEvent)) {
      duplicates.set(source, (duplicates.get(source) ?? 0) + count)
    }
    if (options.isDryRun || !context.store.hasWork()) return
    // What reads and writes articles is loaded when there is something to write: mostly there is not.
    const { workOff } = await import('./work-off.ts')
    const begun = await workOff(context, limit, results)
    if (limit !== undefined) limit = Math.max(0, limit - begun)
  }
  try {
    const answers = fetchSources(context, options.sources, options)
    if (answers.length === 0) await workOn([])
    for await (const arrived of batchResults(answers, patienceMs)) await workOn(arrived)
  } catch (cause) {
    results.failure = cause instanceof Error ? cause.message : String(cause)
    context.log.error(`The pass ended early: ${results.failure}`, { err: cause })
  }
  results.problems.push(...context.unreadFiles())
  return toReport(context, { startedAt, sources, duplicates, results, isDryRun: options.isDryRun })
}
