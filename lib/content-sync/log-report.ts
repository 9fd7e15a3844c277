import { formatProblem } from '#lib/content/problem.ts'
import type { Log } from '#lib/node/log.ts'
import type { SyncReport } from './sync.ts'

/** Problems logged of one sync; `npm run content:check` lists them all. */
const mostProblems = 20

/** Logs what a sync has changed, and what is wrong with that; nothing when nothing has changed. */
export function logReport(report: SyncReport, log: Log): void {
  const { added, changed, removed, problems } = report
  if (added + changed + removed === 0) return
  log.info(`Content: ${added} new, ${changed} changed, ${removed} removed.`)
  for (const problem of problems.slice(0, mostProblems)) {
    log.warn(`  ${problem.severity}: ${formatProblem(problem)}`)
  }
  if (problems.length > mostProblems) {
    log.info(`  … ${problems.length - mostProblems} more: npm run content:check`)
  }
}
