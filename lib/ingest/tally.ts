import type { IngestReport } from '#lib/ingest-report/ingest-report.ts'
import type { Desk } from './ingest-context.ts'

/** What the stages of a pass count and complain of; it becomes the report. */
export type Tally = {
  articles: IngestReport['articles']
  problems: string[]
  /** Why the pass ended early; undefined when it did not. */
  failure: string | undefined
}

export function openTally(): Tally {
  return {
    articles: {
      published: 0,
      drafts: 0,
      updated: 0,
      withdrawn: 0,
      translated: 0,
      alsoReported: 0,
      leftToPeople: 0,
    },
    problems: [],
    failure: undefined,
  }
}

/** Puts a sentence into the report, once, and into the log. */
export function addProblem({ log }: Pick<Desk, 'log'>, tally: Tally, sentence: string): void {
  if (tally.problems.includes(sentence)) return
  tally.problems.push(sentence)
  log.warn(sentence)
}
