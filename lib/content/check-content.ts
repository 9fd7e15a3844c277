import { createWorkerPool, type WorkerPool } from '#lib/node/call-worker.ts'
import { type CheckRequest, type FileReport, toRefusedClaim } from './check-file.ts'
import { writeContentFile } from './content-file.ts'
import { parseLimits, toUnreadProblem } from './parse-limits.ts'
import { type Problem, toFileProblem } from './problem.ts'
import { type ContentFile, listContentFiles, type UnreadFile } from './read-content-folder.ts'
import { type Claim, findConflicts, type PlacedEntry, type RefusedClaim } from './slug-conflicts.ts'

/** Files that wait for a thread or are being checked. */
const mostAtOnce = 16

export type ContentReport = {
  files: number
  /** Files that `fix` changed. */
  mended: string[]
  /** Files with errors first; in each file the errors first. */
  problems: Problem[]
}

/**
 * Reads every file of a content folder and reports all that is wrong with each, and between them.
 * With `fix`, broken encodings are mended in the files themselves and then no longer reported. Files
 * are read in worker threads: one that takes longer than a second of CPU time is a problem, and holds up no other.
 * What is passed over, hidden or of another kind, is named. Keeps nothing of an article but its names. Throws when the folder is missing.
 */
export async function checkContent(
  contentDir: string,
  options: { publicDir: string; fix: boolean },
): Promise<ContentReport> {
  const pool: WorkerPool<CheckRequest, FileReport | undefined> = createWorkerPool({
    url: new URL('./check-file.ts', import.meta.url),
    answer: 'checkInThread',
    size: 2,
    maxWaiting: Number.POSITIVE_INFINITY,
    ...parseLimits,
  })
  const claims: (Claim | RefusedClaim)[] = []
  const entries: PlacedEntry[] = []
  const problems: Problem[] = []
  const mended: string[] = []
  let files = 0

  async function check(file: ContentFile): Promise<void> {
    files += 1
    const report = await callPool(pool, { file, ...options })
    problems.push(...report.problems)
    if (report.claim) claims.push(report.claim)
    entries.push(...(report.entries ?? []).map((entry) => ({ ...entry, path: file.path })))
    if (!report.repaired) return
    // Somebody may have saved the file since it was read; then their text stays.
    const { bytes, from } = report.repaired
    const { kind } = await writeContentFile(contentDir, file.path, bytes, from)
    if (kind === 'written') mended.push(file.path)
    else {
      const expected = 'a second run: it was not mended'
      problems.push(toFileProblem('warning', file.path, 'another text than a moment ago', expected))
    }
  }

  const noteUnread = ({ path, found, expected }: UnreadFile) => {
    problems.push(toFileProblem('warning', path, found, expected))
  }

  try {
    const running = new Set<Promise<void>>()
    for await (const file of listContentFiles(contentDir, noteUnread)) {
      const one = check(file)
      running.add(one)
      void one.then(() => running.delete(one)).catch(() => undefined)
      if (running.size >= mostAtOnce) await Promise.race(running)
    }
    await Promise.all(running)
  } finally {
    await pool.close()
  }
  problems.push(...findConflicts(claims, entries))
  return { files, mended: mended.sort(), problems: sortProblems(problems) }
}

async function callPool(
  pool: WorkerPool<CheckRequest, FileReport | undefined>,
  request: CheckRequest & { file: ContentFile },
): Promise<FileReport> {
  try {
    const report = await pool.call(request)
    if (report) return report
    throw new Error('The file was not checked')
  } catch (error) {
    const tryWithoutFile = () => pool.call({ ...request, file: undefined })
    const { path } = request.file
    const problem = await toUnreadProblem(path, error, tryWithoutFile)
    return { problems: [problem], claim: toRefusedClaim(path) }
  }
}

function sortProblems(problems: Problem[]): Problem[] {
  const broken = new Set(problems.filter(isError).map(({ file }) => file))
  const rank = (problem: Problem) => (broken.has(problem.file) ? 0 : 2) + (isError(problem) ? 0 : 1)
  const byFile = (a: Problem, b: Problem) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)
  const brokenFirst = (a: Problem, b: Problem) => Math.floor(rank(a) / 2) - Math.floor(rank(b) / 2)
  return problems.sort(
    (a, b) => brokenFirst(a, b) || byFile(a, b) || rank(a) - rank(b) || a.line - b.line,
  )
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}
