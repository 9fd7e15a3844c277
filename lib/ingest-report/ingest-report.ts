import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { makeDataFolder } from '#lib/node/data-folder.ts'
import { escapeControls } from '#lib/node/log.ts'
import { writeWhole } from '#lib/node/write-whole.ts'

const count = z.number().int().min(0)

const sourceReportSchema = z.object({
  key: z.string(),
  /** Stories that the source sent in this pass; 0 when nothing had changed. */
  fetched: count,
  /** Not seen before, neither here nor at another source. */
  new: count,
  /** Published already, under this or another id, from this source or another. */
  duplicate: count,
  changed: count,
  withdrawn: count,
  rejected: count,
  /** Stories of the document that are neither new nor rejected, because something about them is unknown. */
  held: count.default(0),
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

/** Something that many stories need: the model, the photos. */
const serviceSchema = z.object({
  /** What went wrong with the last request, and since when that has been so. */
  error: z.string().optional(),
  failingSince: z.string().optional(),
  /** When it last did what it was asked. */
  succeededAt: z.string().optional(),
})

/** What a pass of ingest did. Instants are UTC ISO strings. */
export const ingestReportSchema = z.object({
  startedAt: z.string(),
  finishedAt: z.string(),
  /** A dry run. Scripts read this name in the output of `--json`. */
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
  /**
   * What waits for a person or for its source, in every report until it is handled: stories of unknown
   * date or identity, and articles that a person has edited and whose story has changed since.
   */
  held: z
    .array(
      z.object({
        source: z.string(),
        title: z.string(),
        why: z.string(),
        /** The file of an article. */
        path: z.string().optional(),
        /** Sentences that went (`- `) and that came (`+ `), one a line. */
        difference: z.string().optional(),
        since: z.string(),
      }),
    )
    .default([]),
  /** Sentences about what did not work out, apart from sources. */
  problems: z.array(z.string()),
  /** Why the pass ended early. */
  failure: z.string().optional(),
  /** How often passes come, in minutes, where one process makes them all (`--watch`). */
  everyMinutes: z.number().positive().optional(),
  covers: serviceSchema.extend({ isConfigured: z.boolean() }).default({ isConfigured: false }),
  model: serviceSchema.extend({
    isConfigured: z.boolean(),
    requests: count,
    tokens: count,
    requestsToday: count,
    tokensToday: count,
    /** Answers that were kept from before and cost nothing. */
    remembered: count,
    /** The most that a day in the publication's time zone may cost. */
    limits: z.object({ requestsPerDay: count, tokensPerDay: count }).optional(),
  }),
})

export type IngestReport = z.output<typeof ingestReportSchema>
export type SourceReport = IngestReport['sources'][number]
export type ServiceReport = z.output<typeof serviceSchema>

/** What is wrong in a report, one sentence each; nothing when all went well. */
export function listFailures(report: IngestReport): string[] {
  const { failure, problems, sources, model, covers } = report
  return [
    ...(failure === undefined ? [] : [`The pass ended early: ${failure}`]),
    ...sources.flatMap(({ key, error }) => (error === undefined ? [] : [`${key}: ${error}`])),
    ...[model.error, covers.error].filter((error) => error !== undefined),
    ...problems,
  ]
}

/** `skipped` of a source that an editor has switched off. */
export const switchedOff = 'is switched off'

/** `skipped` of a source whose `everyMinutes` have not passed. */
export const notDue = 'was not due'

/**
 * The report for people: one line a source, one for the articles, one for what it cost. Nothing that
 * others wrote can steer the terminal.
 */
export function formatReport(report: IngestReport): string {
  const { articles, model, waiting, problems } = report
  const counts = [
    [articles.published, 'published'],
    [articles.drafts, articles.drafts === 1 ? 'draft' : 'drafts'],
    [articles.updated, 'updated'],
    [articles.withdrawn, 'withdrawn'],
    [articles.translated, 'translated'],
    [articles.alsoReported, 'also reported by others'],
    [articles.leftToPeople, 'left to people'],
    [waiting, 'waiting'],
  ] as const
  const words = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`)
  return [
    ...report.sources.filter(({ skipped }) => skipped !== notDue).map(formatSource),
    ...formatHeld(report),
    ...problems,
    ...[
      formatService('Model', model),
      formatService('Photos', report.covers),
      report.failure === undefined ? undefined : `The pass ended early: ${report.failure}`,
    ].filter((line) => line !== undefined),
    `Articles: ${words.join(', ') || 'nothing to do'}`,
    ...(model.isConfigured
      ? [
          `Model: ${model.requests} ${model.requests === 1 ? 'request' : 'requests'}, ${model.tokens} tokens (today ${model.requestsToday}, ${model.tokensToday}); ${model.remembered} remembered`,
        ]
      : []),
    ...(report.isRehearsal ? ['Nothing was written.'] : []),
  ]
    .flatMap((part) => part.split('\n'))
    .map(escapeControls)
    .join('\n')
}

/** How many held stories are printed; the others are counted. */
const printedHolds = 50

function formatHeld({ held }: IngestReport): string[] {
  const lines = held
    .slice(0, printedHolds)
    .map(({ source, title, why, path, difference, since }) => {
      const name = path ?? `${source}: “${title}”`
      const changes = (difference ?? '').split('\n').filter((line) => line !== '')
      return [`${name} ${why} (since ${since})`, ...changes.map((line) => `    ${line}`)].join('\n')
    })
  const rest = held.length - lines.length
  return rest > 0 ? [...lines, `and ${rest} more that are held`] : lines
}

function formatService(name: string, { error, failingSince }: ServiceReport): string | undefined {
  return error === undefined ? undefined : `${name}: FAILS since ${failingSince}: ${error}`
}

function formatSource(source: SourceReport): string {
  if (source.error !== undefined) {
    const later = source.skipped === undefined ? '' : `; ${source.skipped}`
    return `${source.key}: FAILS since ${source.failingSince}: ${source.error}${later}`
  }
  const counts = [
    `${source.fetched} fetched`,
    `${source.new} new`,
    `${source.duplicate} duplicate`,
    ...(source.changed > 0 ? [`${source.changed} changed`] : []),
    ...(source.withdrawn > 0 ? [`${source.withdrawn} withdrawn`] : []),
    `${source.rejected} rejected`,
    ...(source.held > 0 ? [`${source.held} held`] : []),
  ]
  const why = source.rejections.map(
    ({ why: reason, count, example }) => `\n  ${count} × “${example}” ${reason}`,
  )
  const notes = source.notes.map((note) => `\n  it ${note}`)
  return `${source.key}: ${counts.join(', ')}${why.join('')}${notes.join('')}`
}

const fileName = 'ingest-report.json'

/**
 * Keeps the report of the last pass, or its JSON from another machine, in the data folder, whole or not
 * at all, for its owner only. Answers the JSON. Throws what the file system does.
 */
export async function writeIngestReport(
  dataDir: string,
  report: IngestReport | string,
): Promise<string> {
  makeDataFolder(dataDir)
  const text = typeof report === 'string' ? report : `${JSON.stringify(report, undefined, 2)}\n`
  await writeWhole(join(dataDir, fileName), text, { mode: 0o600 })
  return text
}

/** The report of the last pass; undefined when there was none or it cannot be read. */
export function readIngestReport(dataDir: string): IngestReport | undefined {
  try {
    return ingestReportSchema.parse(JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')))
  } catch {
    return undefined
  }
}
