import {
  createWorkerPool,
  WorkerCrashedError,
  type WorkerPool,
  WorkerTimeoutError,
} from '#lib/node/call-worker.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import type { DocumentReader } from './document-worker.ts'
import type { ReadAnswer, Reader, ReadRequest } from './serve-reader.ts'
import type { StoryReader } from './story-worker.ts'

/** How long a thread may work on one document, story, answer or article, in ms. */
export const readingLimitMs = 2000

/** A text could not be read: it took too long, or more memory than there is. */
export class ReadingFailure extends Error {
  override name = 'ReadingFailure'
}

/**
 * Calls a function in a thread and answers with what it returns and the processor time it took, in ms.
 * Throws `ReadingFailure` when it takes longer than `readingLimitMs`, `FetchFailure` when the function
 * does, and an `Error` with the message of anything else that the function throws.
 */
type CallReader<Functions> = <Name extends keyof Functions & string>(
  name: Name,
  ...parameters: Functions[Name] extends (...given: infer Given) => unknown ? Given : never
) => Promise<
  Timed<Functions[Name] extends (...given: never[]) => infer Value ? Awaited<Value> : never>
>

export type Timed<Value> = { value: Value; milliseconds: number }

/**
 * Where text of others is read: in threads that are terminated when one text takes too long, so that
 * no source, story or file keeps the others waiting.
 */
export type Reading = {
  document: CallReader<DocumentReader>
  story: CallReader<StoryReader>
  close(): Promise<void>
}

/** Opens both kinds of threads. They start when they are needed and end when nothing is left to do. */
export function openReading({ limitMs = readingLimitMs }: { limitMs?: number } = {}): Reading {
  const open = (url: URL) =>
    createWorkerPool<ReadRequest, ReadAnswer>({
      url,
      // Two: while one reads something that takes long, the other reads what the others sent.
      size: 2,
      timeLimitMs: limitMs,
      maxWaiting: 100_000,
      startLimitMs: 60_000,
      idleMs: 20_000,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 },
    })
  const documents = open(new URL('./document-worker.ts', import.meta.url))
  const stories = open(new URL('./story-worker.ts', import.meta.url))
  return {
    document: toCall<DocumentReader>(documents, limitMs),
    story: toCall<StoryReader>(stories, limitMs),
    async close() {
      await Promise.all([documents.close(), stories.close()])
    },
  }
}

function toCall<Functions>(
  pool: WorkerPool<ReadRequest, ReadAnswer>,
  limitMs: number,
): CallReader<Functions> {
  const call = async (name: string, ...parameters: unknown[]): Promise<Timed<unknown>> => {
    const answer = await pool.call({ name, parameters }).catch((cause) => {
      throw toFailure(cause, limitMs)
    })
    if ('refusal' in answer) throw new FetchFailure(answer.refusal.message, answer.refusal)
    return answer
  }
  // What a thread answers is what the function of that name returns: `serveReader`.
  return call as CallReader<Functions>
}

function toFailure(cause: unknown, limitMs: number): unknown {
  if (cause instanceof WorkerTimeoutError) {
    return new ReadingFailure(`took longer than ${limitMs / 1000} s to read`, { cause })
  }
  if (cause instanceof WorkerCrashedError) {
    return new ReadingFailure(`cannot be read: ${cause.message}`, { cause })
  }
  return cause
}

export type { Reader }
