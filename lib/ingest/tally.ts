import type { IngestReport } from '#lib/ingest-report/ingest-report.ts'

/** What the stages of a pass count and complain of; it becomes the report. */
export type Tally = { articles: IngestReport['articles']; problems: string[] }

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
  }
}
