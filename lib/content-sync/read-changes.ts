import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { parseLimits, toUnreadProblem } from '#lib/content/parse-limits.ts'
import type { Problem } from '#lib/content/problem.ts'
import { createWorkerPool, WorkerClosedError, type WorkerPool } from '#lib/node/call-worker.ts'
import type { ReadRequest } from './read-change.ts'
import {
  type FileToRead,
  type FoundChange,
  findFingerprint,
  type ReadOutcome,
  settleMilliseconds,
} from './read-outcome.ts'

/** Some 50 ms of work. */
const filesPerCall = 32

/** So many files are worth threads of their own: a start takes a quarter of a second. */
const manyFiles = 2000

/** Two even on two processors: where files come from a disk, one waits while the other parses. */
const mostThreads = Math.max(2, Math.min(3, availableParallelism() - 1))

/** Calls made ahead of the one that is waited for: some 20 MB of articles. */
const mostCallsAhead = 64

/** How often a file is tried that no thread could read: a slow disk or lack of memory may pass. */
const mostTries = 3

type ReadPool = WorkerPool<ReadRequest, ReadOutcome[]>

/** For few files: its threads wait for the next ones and keep no process alive. */
let shared: ReadPool | undefined

function openPool(size = mostThreads): ReadPool {
  return createWorkerPool({
    url: new URL('./read-change.ts', import.meta.url),
    answer: 'readInThread',
    size,
    maxWaiting: Number.POSITIVE_INFINITY,
    ...parseLimits,
  })
}

function sharedPool(): ReadPool {
  shared ??= openPool()
  return shared
}

/** Starts the thread that reads files, so that the first one need not wait for it. */
export async function startReading(): Promise<void> {
  await sharedPool().call({ contentDir: '', files: [], isPatient: true, takesLarge: false })
}

/** A file that is written to without end is taken as it is after this time, in ms. */
const longestPatience = 2000

/** What has become of a file that came to rest. */
export type SettledLook = { file: FileToRead; look: FoundChange | 'unchanged' }

/**
 * Reads and parses files, some at a time: those at rest in their order, then those that are being
 * written to, as soon as they come to rest, and large ones last. An empty answer says that the next one
 * may take longer. See `readChanges` and `readLargeChanges`.
 */
export async function* readSettledChanges(
  contentDir: string,
  files: FileToRead[],
  { keepsBytes }: { keepsBytes?: boolean | undefined } = {},
): AsyncGenerator<SettledLook[]> {
  const unsettled: FileToRead[] = []
  const large: FileToRead[] = []

  function sort(looks: { file: FileToRead; look: ReadOutcome }[]): SettledLook[] {
    return looks.flatMap(({ file, look }) => {
      if (look !== 'unsettled' && look !== 'large') return [{ file, look }]
      if (look === 'unsettled') unsettled.push(file)
      else large.push(file)
      return []
    })
  }

  for await (const looks of readChanges(contentDir, files, { keepsBytes })) yield sort(looks)
  yield []
  const deadline = performance.now() + longestPatience
  while (unsettled.length > 0) {
    await setTimeout(settleMilliseconds)
    const isPatient = performance.now() < deadline
    for await (const looks of readChanges(contentDir, unsettled.splice(0), {
      isPatient,
      keepsBytes,
    })) {
      yield sort(looks)
    }
    yield []
  }
  for await (const look of readLargeChanges(contentDir, large, { keepsBytes })) {
    yield sort([look])
    yield []
  }
}

/**
 * Reads and parses files in other threads and answers in their order, some at a time. A file that
 * takes longer than a second of CPU time, or ends its thread, becomes an `invalid` change that says so; the
 * others are read in the meantime. Such a file is read again at the next two syncs. Of large files it
 * only says that they are: they are for `readLargeChanges`.
 *
 * Rejects when no thread can be started: then nothing is known of any file.
 */
export async function* readChanges(
  contentDir: string,
  files: FileToRead[],
  { isPatient = true, keepsBytes }: { isPatient?: boolean; keepsBytes?: boolean | undefined } = {},
): AsyncGenerator<{ file: FileToRead; look: ReadOutcome }[]> {
  const own = files.length < manyFiles ? undefined : openPool()
  const pool = own ?? sharedPool()
  const request = { contentDir, isPatient, takesLarge: false, keepsBytes }
  const groups = toGroups(files)
  const reading: Promise<ReadOutcome[]>[] = []
  let started = 0
  try {
    for (const [at, group] of groups.entries()) {
      for (const next of groups.slice(started, at + mostCallsAhead)) {
        const looks = readGroup(pool, { ...request, files: next })
        // The caller gets the error when it awaits the result.
        looks.catch(() => undefined)
        reading.push(looks)
        started += 1
      }
      const looks = (await reading.shift()) ?? []
      yield group.flatMap((file, i) => {
        const look = looks[i]
        return look ? [{ file, look }] : []
      })
    }
  } finally {
    await own?.close()
  }
}

/**
 * The same for large files, one after the other, in a thread of their own: hostile ones are among them,
 * and whatever else has changed meanwhile must not wait for a thread. One that is being written to is
 * taken as it is: its next event asks for it again.
 */
export async function* readLargeChanges(
  contentDir: string,
  files: FileToRead[],
  { keepsBytes }: { keepsBytes?: boolean | undefined } = {},
): AsyncGenerator<{ file: FileToRead; look: ReadOutcome }> {
  if (files.length === 0) return
  const pool = openPool(1)
  try {
    for (const file of files) {
      const request = { contentDir, files: [file] as [FileToRead], takesLarge: true, keepsBytes }
      yield { file, look: await readOne(pool, { ...request, isPatient: false }) }
    }
  } finally {
    await pool.close()
  }
}

/** When a group fails, its files are read one by one to find the one that fails. */
async function readGroup(pool: ReadPool, request: ReadRequest): Promise<ReadOutcome[]> {
  const { files } = request
  const [first] = files
  if (files.length === 1 && first) return [await readOne(pool, { ...request, files: [first] })]
  try {
    return await pool.call(request)
  } catch (error) {
    if (error instanceof WorkerClosedError) throw error
    const one = (file: FileToRead) => readOne(pool, { ...request, files: [file] })
    return await Promise.all(files.map(one))
  }
}

async function readOne(
  pool: ReadPool,
  request: ReadRequest & { files: [FileToRead] },
): Promise<ReadOutcome> {
  const [file] = request.files
  // Taken before the file is read: one that changes meanwhile has another and is read again.
  const fingerprint = findFingerprint(request.contentDir, file.path)
  try {
    const [look] = await pool.call(request)
    return look ?? 'unchanged'
  } catch (error) {
    const problem = await toUnreadProblem(file.path, error, () =>
      pool.call({ ...request, files: [] }),
    )
    return toRefusal(file, fingerprint, problem)
  }
}

/** Without a fingerprint the next sync tries again. The digest counts the tries. */
function toRefusal(
  { path, known }: FileToRead,
  fingerprint: string,
  problem: Problem,
): ReadOutcome {
  const [, count, of] = /^unread (\d+) (.*)$/.exec(known?.digest ?? '') ?? []
  const tries = of === fingerprint ? Number(count) + 1 : 1
  const file = {
    path,
    fingerprint: tries < mostTries ? '' : fingerprint,
    digest: `unread ${tries} ${fingerprint}`,
  }
  return { path, known, change: { kind: 'invalid', file, problems: [problem] } }
}

function toGroups(files: FileToRead[]): FileToRead[][] {
  const count = Math.ceil(files.length / filesPerCall)
  return Array.from({ length: count }, (_, i) =>
    files.slice(i * filesPerCall, (i + 1) * filesPerCall),
  )
}
