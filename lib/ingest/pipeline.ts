import type { IngestReport, SourceReport } from '#lib/ingest-report/ingest-report.ts'
import { judgeStories } from './dedupe/judge-stories.ts'
import type { Desk } from './ingest-context.ts'
import type { SourceConfig } from './settings/ingest-config.ts'
import { askSources, type KeepAnswer } from './sources/ask-sources.ts'
import { gather } from './sources/gather.ts'
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

/** How long stories that are there wait for those of sources that answer later, in ms. */
const patienceMs = 1000

/**
 * One pass from sources to files. Each stage leaves what it has done in the ledger before the next
 * begins, so that a pass may end anywhere and the next one goes on from there. What a slow source
 * sends is worked off later in the pass, after the others. An error that no stage expects, such as a
 * full disk, ends the pass, and the report says so.
 */
export async function runPass(desk: Desk, options: PassOptions): Promise<IngestReport> {
  const startedAt = desk.now().toISOString()
  const tally = openTally()
  const sources: SourceReport[] = []
  const twins = new Map<string, number>()
  let { limit } = options
  async function workOn(answers: KeepAnswer[]): Promise<void> {
    for (const keep of answers) sources.push(keep())
    if (desk.ledger.stories.listUnjudged().length > 0) await desk.syncArticles()
    for (const [source, count] of judgeStories(desk.ledger, desk.config.sameEvent)) {
      twins.set(source, (twins.get(source) ?? 0) + count)
    }
    if (options.isRehearsal || !desk.ledger.hasWork()) return
    // What reads and writes articles is loaded when there is something to write: mostly there is not.
    const { workOff } = await import('./work-off.ts')
    const begun = await workOff(desk, limit, tally)
    if (limit !== undefined) limit = Math.max(0, limit - begun)
  }
  try {
    const answers = askSources(desk, options.sources, options)
    if (answers.length === 0) await workOn([])
    for await (const arrived of gather(answers, patienceMs)) await workOn(arrived)
  } catch (cause) {
    tally.failure = cause instanceof Error ? cause.message : String(cause)
    desk.log.error(`The pass ended early: ${tally.failure}`, { err: cause })
  }
  tally.problems.push(...desk.unreadFiles())
  return toReport(desk, { startedAt, sources, twins, tally, isRehearsal: options.isRehearsal })
}
