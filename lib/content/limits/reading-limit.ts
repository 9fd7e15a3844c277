import { WorkerClosedError, WorkerTimeoutError } from '#lib/node/call-worker.ts'
import type { Problem } from '../problem.ts'

/**
 * How long a thread may take for one content file, in ms: for everything that is done with it.
 * Whoever reads files of others does it in a worker thread under this limit.
 */
export const readingLimitMs = 1000

/** What threads that read content files may hold. */
export const readingLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 8 }

/**
 * What is wrong with a file that took too long or ended its thread. `tryWithoutFile` asks the same
 * pool for no work: where that fails too, the file is not to blame, and it rejects.
 */
export async function toUnreadProblem(
  file: string,
  error: unknown,
  tryWithoutFile: () => Promise<unknown>,
): Promise<Problem> {
  if (error instanceof WorkerClosedError) throw error
  if (!(error instanceof WorkerTimeoutError)) await tryWithoutFile()
  const reason = error instanceof Error ? error.message : String(error)
  return {
    severity: 'error',
    file,
    line: 1,
    field: 'file',
    found:
      error instanceof WorkerTimeoutError
        ? `a text that takes longer than ${readingLimitMs / 1000} s to read`
        : `a text that cannot be read: ${reason}`,
    expected: 'a file that can be read as an article',
  }
}
