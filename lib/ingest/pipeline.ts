import type { IngestReport } from '#lib/ingest-report/ingest-report.ts'
import type { Desk } from './desk.ts'
import { judgeStories } from './once/judge-stories.ts'
import type { SourceConfig } from './settings/ingest-config.ts'
import { askSources } from './sources/ask-sources.ts'
import { openTally } from './tally.ts'
import { toReport } from './to-report.ts'

/** Which sources a pass asks, and how far it goes. */
export type PassOptions = {
  sources: SourceConfig[]
  /** Ask also those that failed lately. */
  isInsistent: boolean
  /** How many stories are told at most; the others wait for the next pass. */
  limit: number | undefined
  /** Nothing is told: what would be is counted. */
  isRehearsal: boolean
}

/**
 * One pass from sources to files. Each stage leaves what it has done in the ledger before the next
 * begins, so that a pass may end anywhere and the next one goes on from there.
 */
export async function runPass(desk: Desk, options: PassOptions): Promise<IngestReport> {
  const startedAt = desk.now().toISOString()
  const tally = openTally()
  const sources = await askSources(desk, options.sources, options)
  if (desk.ledger.stories.listUnjudged().length > 0) await desk.syncArticles()
  const twins = judgeStories(desk.ledger, desk.config.sameEvent)
  if (!options.isRehearsal && desk.ledger.hasWork()) {
    // What reads and writes articles is loaded when there is something to write: mostly there is not.
    const { workOff } = await import('./work-off.ts')
    await workOff(desk, options.limit, tally)
  }
  return toReport(desk, { startedAt, sources, twins, tally, isRehearsal: options.isRehearsal })
}
