import type { IngestReport, SourceReport } from '#lib/ingest-report/ingest-report.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { dedupeStories } from './dedupe/dedupe-stories.ts'
import type { IngestContext } from './ingest-context.ts'
import { newPassResults } from './pass-results.ts'
import { releaseHandledArticles } from './publish/held-articles.ts'
import type { SourceConfig } from './settings/ingest-config.ts'
import { batchResults } from './sources/batch-results.ts'
import { fetchSources, type StoreResult } from './sources/fetch-sources.ts'
import { toReport } from './to-report.ts'

/** Which sources a pass fetches, and how far it goes. */
export type PassOptions = {
  sources: SourceConfig[]
  /** Also fetch sources that failed lately. */
  ignoresBackOff: boolean
  /** How many new stories become articles at most; the others wait for the next pass. */
  limit: number | undefined
  /** Write no article; the report counts the stories that wait. */
  isDryRun: boolean
}

/** How long results of fast sources wait for those of slower ones, in ms. */
const batchDelayMs = 1000

/**
 * One pass from sources to files: fetch, store, dedupe, publish, translate. Each stage writes its
 * results to the store before the next one starts, so a pass may end anywhere and the next pass goes
 * on from there. Sources that answer late are a batch of their own, after the others. An error that no
 * stage expects, such as a full disk, ends the pass, and the report names it.
 */
export async function runPass(context: IngestContext, options: PassOptions): Promise<IngestReport> {
  const startedAt = context.now().toISOString()
  const results = newPassResults()
  const sources: SourceReport[] = []
  const duplicates = new Map<string, number>()
  let { limit } = options

  async function processBatch(batch: StoreResult[]): Promise<void> {
    for (const store of batch) sources.push(store())
    if (context.store.stories.listUndeduped().length > 0) await context.syncKnownArticles()
    for (const [source, count] of dedupeStories(context.store, context.config.sameEvent)) {
      duplicates.set(source, (duplicates.get(source) ?? 0) + count)
    }
    await context.store.save()
    if (options.isDryRun || !context.store.hasWork(context.llm !== undefined)) return
    // Loaded only when there is something to write: most passes write nothing.
    const { publishStories } = await import('./publish/publish-stories.ts')
    const { creditDuplicates } = await import('./publish/credit-duplicates.ts')
    const { translateArticles } = await import('./translate/translate-articles.ts')
    const published = await publishStories(context, limit, results)
    if (limit !== undefined) limit = Math.max(0, limit - published)
    await creditDuplicates(context, results)
    // Last: nobody waits for a translation.
    await translateArticles(context, results)
  }

  try {
    const pending = fetchSources(context, options.sources, options)
    if (pending.length === 0) await processBatch([])
    for await (const batch of batchResults(pending, batchDelayMs)) await processBatch(batch)
  } catch (cause) {
    results.failure = reasonOf(cause)
    context.log.error(`The pass ended early: ${results.failure}`, { err: cause })
  }
  await releaseHandledArticles(context)
  results.problems.push(...context.unreadFiles())
  return toReport(context, { startedAt, sources, duplicates, results, isDryRun: options.isDryRun })
}
