import type { IngestReport } from '#lib/ingest-report/ingest-report.ts'
import type { IngestContext } from './ingest-context.ts'

/** What the stages of a pass count and complain of; it becomes the report. */
export type PassResults = {
  articles: IngestReport['articles']
  problems: string[]
  /** Why the pass ended early; undefined when it did not. */
  failure: string | undefined
}

export function newPassResults(): PassResults {
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
export function addProblem(
  { log }: Pick<IngestContext, 'log'>,
  results: PassResults,
  sentence: string,
): void {
  if (results.problems.includes(sentence)) return
  results.problems.push(sentence)
  log.warn(sentence)
}
