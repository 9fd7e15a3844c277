import { z } from 'zod'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { formatHeldRemovals } from '#lib/content-sync/removal-guard.ts'
import type { SyncNowOptions } from '#lib/content-sync/sync-continuously.ts'
import type { SyncReport } from '#lib/content-sync/sync-report.ts'

const count = z.number().int().min(0)

const problem = z.object({
  severity: z.enum(['error', 'warning']),
  file: z.string(),
  line: count,
  field: z.string(),
  found: z.string(),
  expected: z.string(),
})

const publishReport = z.object({
  /** Files: new, with other bytes than before, gone, and as they were. */
  added: count,
  changed: count,
  removed: count,
  unchanged: count,
  /** What is wrong with the files that were looked at, also with those that did not change. */
  errorCount: count,
  warningCount: count,
  /** The first thousand of these, errors first. */
  problems: z.array(problem),
  /** So many files are missing that they are not removed yet: how many, until when, what to do. */
  held: z.string().optional(),
  /** In a fleet: the revision with which this is published, and the nodes that do not serve it yet. */
  revision: count.optional(),
  nodesBehind: z.array(z.string()).optional(),
  milliseconds: count,
})

/** What publishing came to, as the endpoint answers and the script prints. */
export type PublishReport = z.infer<typeof publishReport>

/** Reads a report back from JSON. Throws a `ZodError` when it is none. */
export const parsePublishReport = (json: unknown): PublishReport => publishReport.parse(json)

const mostProblems = 1000

/** Brings the index up to date. */
export type Sync = (wanted: SyncNowOptions) => Promise<SyncReport>

/**
 * Publishes now. A watcher may have been quicker, so what is wrong is asked of the index and not of
 * what this sync happened to change. Rejects as the sync does, with a sentence.
 */
export async function publish(
  { sync, index }: { sync: Sync; index: Pick<ArticleIndex, 'listProblems'> },
  wanted: SyncNowOptions = {},
): Promise<PublishReport> {
  const { added, changed, removed, unchanged, held, milliseconds, ...fleet } = await sync(wanted)
  const { revision, nodesBehind } = fleet
  const asked = wanted.paths && new Set(wanted.paths)
  const known = index.listProblems().filter(({ file }) => !asked || asked.has(file))
  const errors = known.filter(({ severity }) => severity === 'error')
  const warnings = known.filter(({ severity }) => severity === 'warning')
  return {
    added,
    changed,
    removed,
    unchanged,
    errorCount: errors.length,
    warningCount: warnings.length,
    problems: [...errors, ...warnings].slice(0, mostProblems),
    ...(held ? { held: formatHeldRemovals(held) } : {}),
    ...(revision === undefined ? {} : { revision, nodesBehind }),
    milliseconds,
  }
}
