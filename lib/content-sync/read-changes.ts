import { availableParallelism } from 'node:os'
import { setImmediate } from 'node:timers/promises'
import type { Look, LookedFor } from './file-look.ts'
import { readChange } from './read-change.ts'
import { type ReadWorker, startReadWorker } from './start-read-worker.ts'

const filesPerChunk = 32

/** For fewer files no thread is worth its start, a quarter of a second of processor time. */
const manyFiles = 2000

/** Two even on two processors: where files come from a disk, one waits while the other parses. */
const mostThreads = Math.max(2, Math.min(3, availableParallelism() - 1))

/** Chunks read ahead of the one that is waited for: some 20 MB of articles. */
const mostChunksAhead = 64

/** Chunks that lie before a thread, so that it goes on while this one is busy writing. */
const chunksPerThread = 16

type Chunk = {
  files: LookedFor[]
  looks: Look[] | undefined
  /** Settles when another thread is done with it, or has failed. */
  reading: Promise<void> | undefined
}

/**
 * Reads and parses files and answers in their order, a few at a time. Where they are many, other
 * threads help; this one reads along whenever it would have to wait. A thread that dies costs time
 * and no file.
 */
export async function* readChanges(
  contentDir: string,
  files: LookedFor[],
  threadCount = files.length < manyFiles ? 0 : mostThreads,
): AsyncGenerator<{ file: LookedFor; look: Look }[]> {
  const chunks = toChunks(files)
  const workers = Array.from({ length: threadCount }, () => startReadWorker(contentDir))
  const idle = workers.flatMap((worker) => Array.from({ length: chunksPerThread }, () => worker))
  let taken = 0
  let done = 0

  const readHere = (chunk: Chunk) => {
    chunk.looks = chunk.files.map((file) => readChange(contentDir, file))
  }

  function takeChunk(): Chunk | undefined {
    if (taken >= done + mostChunksAhead) return undefined
    const chunk = chunks[taken]
    taken += 1
    return chunk
  }

  async function readAhead(worker: ReadWorker): Promise<void> {
    for (let chunk = takeChunk(); chunk; chunk = takeChunk()) await readIn(worker, chunk)
    idle.push(worker)
  }

  try {
    for (const chunk of chunks) {
      for (const worker of idle.splice(0)) void readAhead(worker)
      while (!chunk.looks) {
        const next = takeChunk()
        if (next) readHere(next)
        else if (chunk.reading) await chunk.reading
        else readHere(chunk)
        await setImmediate()
      }
      const { looks } = chunk
      const answer = chunk.files.flatMap((file, i) => {
        const look = looks[i]
        return look ? [{ file, look }] : []
      })
      chunks[done] = { files: [], looks: [], reading: undefined }
      done += 1
      yield answer
    }
  } finally {
    for (const worker of workers) worker.stop()
  }
}

function readIn(worker: ReadWorker, chunk: Chunk): Promise<void> {
  chunk.reading = worker.read(chunk.files).then(
    (looks) => {
      chunk.looks = looks
    },
    () => {
      chunk.reading = undefined
    },
  )
  return chunk.reading
}

function toChunks(files: LookedFor[]): Chunk[] {
  const count = Math.ceil(files.length / filesPerChunk)
  return Array.from({ length: count }, (_, i) => ({
    files: files.slice(i * filesPerChunk, (i + 1) * filesPerChunk),
    looks: undefined,
    reading: undefined,
  }))
}
