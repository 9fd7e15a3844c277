import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const count = z.number().int().min(0)

const sourceReportSchema = z.object({
  key: z.string(),
  /** Stories that the source sent in this pass; 0 when nothing had changed. */
  fetched: count,
  /** Not seen before, neither here nor at another source. */
  new: count,
  /** Told already, under this or another id, by this source or another. */
  duplicate: count,
  changed: count,
  withdrawn: count,
  rejected: count,
  /** Why stories were rejected, each reason with its number and an example. */
  rejections: z.array(z.object({ why: z.string(), count, example: z.string() })),
  /** What was odd and no failure. */
  notes: z.array(z.string()),
  /** What went wrong last, and since when it has. */
  error: z.string().optional(),
  failingSince: z.string().optional(),
  /** Not asked in this pass, and why. */
  skipped: z.string().optional(),
  fetchedAt: z.string().optional(),
})

/** What a pass of ingest did. Instants are UTC ISO strings. */
export const ingestReportSchema = z.object({
  startedAt: z.string(),
  finishedAt: z.string(),
  isRehearsal: z.boolean(),
  sources: z.array(sourceReportSchema),
  articles: z.object({
    published: count,
    drafts: count,
    updated: count,
    withdrawn: count,
    translated: count,
    alsoReported: count,
    /** Changed upstream, but a person has edited the file. */
    leftToPeople: count,
  }),
  /** Stories that wait for a later pass. */
  waiting: count,
  /** Sentences about what did not work out, apart from sources. */
  problems: z.array(z.string()),
  model: z.object({
    isConfigured: z.boolean(),
    requests: count,
    tokens: count,
    requestsToday: count,
    tokensToday: count,
    /** Answers that were kept from before and cost nothing. */
    remembered: count,
  }),
})

export type IngestReport = z.output<typeof ingestReportSchema>
export type SourceReport = IngestReport['sources'][number]

const fileName = 'ingest-report.json'

/** Keeps the report of the last pass in the data folder, whole or not at all. */
export function writeIngestReport(dataDir: string, report: IngestReport): void {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, fileName)
  writeFileSync(`${file}.tmp`, `${JSON.stringify(report, undefined, 2)}\n`)
  renameSync(`${file}.tmp`, file)
}

/** The report of the last pass; undefined when there was none or it cannot be read. */
export function readIngestReport(dataDir: string): IngestReport | undefined {
  try {
    return ingestReportSchema.parse(JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')))
  } catch {
    return undefined
  }
}
