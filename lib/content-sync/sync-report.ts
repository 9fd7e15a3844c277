import type { ArticleAddress } from '#lib/article-index/article-index.ts'
import { formatProblem, type Problem } from '#lib/content/problem.ts'
import type { Log } from '#lib/node/log.ts'
import type { FoundChange } from './read-outcome.ts'
import type { HeldRemovals } from './removal-guard.ts'

const mostAddresses = 1000
export const mostProblems = 1000

export type SyncReport = {
  /** Files: new, with other bytes than before, gone, and as they were. */
  added: number
  changed: number
  removed: number
  unchanged: number
  /** Errors and warnings of the files that were added or changed; the first thousand. */
  problems: Problem[]
  /** Where something else may be served now. `undefined` when that is more than 1,000 addresses. */
  addresses: ArticleAddress[] | undefined
  /** Files that are missing and not removed yet; see `RemovalGuard`. */
  held?: HeldRemovals | undefined
  /** In a fleet: what its database is at with this, and the nodes that are not there yet. */
  revision?: number | undefined
  nodesBehind?: string[] | undefined
  milliseconds: number
}

export type SyncTally = ReturnType<typeof createSyncTally>

/** Counts what a sync does, and measures its time from here on. */
export function createSyncTally() {
  const startedAt = performance.now()
  const counts = { added: 0, changed: 0, removed: 0, unchanged: 0 }
  const problems: Problem[] = []
  const addresses = new Map<string, ArticleAddress>()
  let held: HeldRemovals | undefined
  let isLoaded = false

  return {
    unchanged(files: number): void {
      counts.unchanged += files
    },

    /** Missing files that stay published for now. They count as unchanged. */
    held(removals: HeldRemovals): void {
      held = removals
      counts.unchanged += removals.missing
    },

    /** A change that was written, and where something else may be served for it. */
    written({ change, known }: FoundChange, places: ArticleAddress[]): void {
      if (change.kind === 'gone') counts.removed += 1
      else if (change.kind === 'touched') counts.unchanged += 1
      else counts[known ? 'changed' : 'added'] += 1
      if (problems.length < mostProblems) problems.push(...problemsOf(change))
      for (const place of places) {
        if (addresses.size <= mostAddresses) addresses.set(`${place.locale} ${place.slug}`, place)
      }
    },

    /** Everything that the index holds now was loaded: so many files, with so many problems. */
    loaded(files: number, found: Problem[]): void {
      const added = new Set(problems.map(({ file }) => file))
      problems.push(...found.filter(({ file }) => !added.has(file)))
      counts.added += files - (counts.added + counts.changed + counts.unchanged)
      isLoaded = true
    },

    counts(): { filesSeen: number; filesAdded: number; filesChanged: number } {
      const filesChanged = counts.added + counts.changed + counts.removed
      const filesSeen = filesChanged + counts.unchanged
      return { filesSeen, filesAdded: counts.added, filesChanged }
    },

    report: (): SyncReport => ({
      ...counts,
      problems: problems.slice(0, mostProblems),
      addresses: isLoaded || addresses.size > mostAddresses ? undefined : [...addresses.values()],
      held,
      milliseconds: Math.round(performance.now() - startedAt),
    }),
  }
}

/** What is to be reported about a change. */
export function problemsOf(change: FoundChange['change']): Problem[] {
  if (change.kind === 'article') return change.warnings
  return 'problems' in change ? change.problems : []
}

/** Problems logged of one sync; `npx dateline check` lists them all. */
const mostLogged = 20

/** Logs what a sync has changed, and what is wrong with that; nothing when nothing has changed. */
export function logReport(report: SyncReport, log: Log): void {
  const { added, changed, removed, problems } = report
  if (added + changed + removed === 0) return
  log.info(`Content: ${added} new, ${changed} changed, ${removed} removed.`)
  for (const problem of problems.slice(0, mostLogged)) {
    log.warn(`  ${problem.severity}: ${formatProblem(problem)}`)
  }
  if (problems.length > mostLogged) {
    log.info(`  … ${problems.length - mostLogged} more: npx dateline check`)
  }
}
