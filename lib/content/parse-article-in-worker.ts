import { createWorkerPool, WorkerBusyError, type WorkerPool } from '#lib/node/call-worker.ts'
import type { ArticleFile, ParseAnswer, ParsedArticle } from './parse-article.ts'
import { parseLimits, toUnreadProblem } from './parse-limits.ts'
import { InvalidArticleError } from './problem.ts'

/** Previews are opened by editors, one or two at a time. */
const mostWaiting = 16

let pool: WorkerPool<ArticleFile | undefined, ParseAnswer> | undefined

/**
 * `parseArticle` in a worker thread, for those who serve meanwhile. Throws `InvalidArticleError` also
 * for a file that takes longer than a second of CPU time or ends the thread. Rejects with `WorkerBusyError` when
 * 16 files wait already.
 */
export async function parseArticleInWorker(file: ArticleFile): Promise<ParsedArticle> {
  pool ??= createWorkerPool({
    url: new URL('./parse-article.ts', import.meta.url),
    answer: 'parseInThread',
    size: 1,
    maxWaiting: mostWaiting,
    ...parseLimits,
  })
  const answer = await callPool(pool, file)
  if ('problems' in answer) throw new InvalidArticleError(answer.problems)
  return answer.parsed
}

async function callPool(
  pool: WorkerPool<ArticleFile | undefined, ParseAnswer>,
  file: ArticleFile,
): Promise<ParseAnswer> {
  try {
    return await pool.call(file)
  } catch (error) {
    if (error instanceof WorkerBusyError) throw error
    return { problems: [await toUnreadProblem(file.path, error, () => pool.call(undefined))] }
  }
}
