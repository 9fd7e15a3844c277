import { formatProblem } from '#lib/content/problem.ts'
import type { Log } from '#lib/node/log.ts'
import type { SyncReport } from './sync.ts'

/** Problems told of one change; `npm run content:check` tells them all. */
const mostProblemsTold = 20

/** Tells what a sync has changed, and what is wrong with that. Says nothing of nothing. */
export function tellReport(report: SyncReport, log: Log): void {
  const { added, changed, removed, problems } = report
  if (added + changed + removed === 0) return
  log.info(`Content: ${added} new, ${changed} changed, ${removed} removed.`)
  for (const problem of problems.slice(0, mostProblemsTold)) {
    log.warn(`  ${problem.severity}: ${formatProblem(problem)}`)
  }
  if (problems.length > mostProblemsTold) {
    log.info(`  … ${problems.length - mostProblemsTold} more: npm run content:check`)
  }
}
