import type { IngestReport } from '#lib/ingest-report/ingest-report.ts'
import type { Desk } from './desk.ts'
import { judgeStories } from './once/judge-stories.ts'
import type { SourceConfig } from './settings/ingest-config.ts'
import { askSources } from './sources/ask-sources.ts'
import { openTally } from './tally.ts'
import { noteTwins } from './tell/note-twins.ts'
import { tellAll } from './tell/tell-all.ts'
import { toReport } from './to-report.ts'
import { translateAll } from './translate/translate-all.ts'

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
  if (!options.isRehearsal) {
    await tellAll(desk, options.limit, tally)
    await noteTwins(desk, tally)
    await translateAll(desk, tally)
  }
  return toReport(desk, { startedAt, sources, twins, tally, isRehearsal: options.isRehearsal })
}
