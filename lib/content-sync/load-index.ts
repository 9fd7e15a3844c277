import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import type { WriteSession } from '#lib/article-index/writes/write-session.ts'
import type { Problem } from '#lib/content/problem.ts'
import { createWorkerPool, type WorkerPool } from '#lib/node/call-worker.ts'
import { niceness } from '#lib/node/priority.ts'
import type { LoadAnswer, LoadRequest } from './load-worker.ts'
import { formatHeldRemovals, type RemovalGuard } from './removal-guard.ts'

/** The longest time that a timer can have: a million files take minutes. */
const unlimitedMs = 2 ** 31 - 1

type Target = Pick<WritableArticleIndex, 'write'>

export type LoadOptions<Report> = {
  contentDir: string
  /** Every file of the content folder, those of the oldest month first. */
  paths: string[]
  guard?: RemovalGuard | undefined
  confirmRemovals?: boolean | undefined
  signal?: AbortSignal | undefined
  onProgress(filesRead: number): void
  /** Brings an index up to date with the content folder: all of it, or some paths. */
  sync(index: Target, paths?: string[]): Promise<Report>
}

/**
 * Makes a new index of the whole content folder and puts it in place of `index`, which is written and
 * read as ever meanwhile. What changes in the folder meanwhile is in the new one as well before it
 * takes over. Answers what the comparison with the folder found, and what is wrong with the files.
 *
 * Rejects when the new file cannot be made, and when too many files that `index` serves are gone
 * (`RemovalGuard`); then `index` is as it was.
 */
export async function loadIndex<Report>(
  index: Pick<WritableArticleIndex, 'write' | 'startReplacement'>,
  options: LoadOptions<Report>,
): Promise<{ report: Report; problems: Problem[] }> {
  const replacement = index.startReplacement()
  try {
    const { contentDir, paths, signal, onProgress: onCount } = options
    const url = new URL('./load-worker.ts', import.meta.url)
    const request = { contentDir, paths, indexFile: replacement.path, now: Date.now() }
    const running = loadInThread<LoadRequest, LoadAnswer>(url, request, { signal, onCount })
    const { problems } = await running
    const made = replacement.open()
    const report = await options.sync(made)
    await replacement.install(async (session, paths) => {
      options.signal?.throwIfAborted()
      if (paths.length > 0) await options.sync(made, paths)
      await refuseLosses(session, made, options)
    })
    return { report, problems }
  } finally {
    replacement.discard()
  }
}

/**
 * Has the function `load` of a module make a new index, in a thread of its own and behind all other
 * work: what is published meanwhile does not wait for it. `onCount` gets what the thread sends to `port`.
 */
export async function loadInThread<Request extends { port: MessagePort }, Answer>(
  url: URL,
  request: Omit<Request, 'port'>,
  { signal, onCount }: { signal: AbortSignal | undefined; onCount: (count: number) => void },
): Promise<Answer> {
  const pool: WorkerPool<unknown, Answer> = createWorkerPool({
    url,
    answer: 'load',
    niceness: niceness.following,
    size: 1,
    timeLimitMs: unlimitedMs,
    maxWaiting: 0,
    resourceLimits: { maxYoungGenerationSizeMb: 48 },
  })
  const { port1, port2 } = new MessageChannel()
  port1.on('message', onCount)
  try {
    return await pool.call({ ...request, port: port2 }, { signal, transfer: [port2] })
  } finally {
    port1.close()
    await pool.close()
  }
}

/**
 * Files that the former index serves and that are gone are in no comparison of the new one with the
 * folder. Throws when so many are missing that their removal has to wait.
 */
async function refuseLosses(
  { listFingerprints, countFiles }: WriteSession,
  made: Target,
  { contentDir, guard, confirmRemovals }: LoadOptions<unknown>,
): Promise<void> {
  const pause = createPauses()
  const missing = await made.write(async ({ findFile }) => {
    let count = 0
    for (let files = listFingerprints('', 2000); files.length > 0; ) {
      for (const [path] of files) if (!findFile(path) && isGone(contentDir, path)) count += 1
      await pause()
      files = listFingerprints(files.at(-1)?.[0] ?? '', 2000)
    }
    return count
  })
  // Asking about none would end the wait of those that the comparison with the folder holds.
  const held = missing > 0 && guard?.judge(missing, countFiles(), confirmRemovals)
  if (held) throw new Error(formatHeldRemovals(held))
}

const isGone = (contentDir: string, path: string) =>
  lstatSync(join(contentDir, path), { throwIfNoEntry: false }) === undefined
