import {
  createWorkerPool,
  WorkerCrashedError,
  type WorkerPool,
  WorkerTimeoutError,
} from '#lib/node/call-worker.ts'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import type {
  WorkerAnswer,
  WorkerFunctions,
  WorkerKind,
  WorkerRequest,
} from './worker-functions.ts'

/** How much CPU time a thread may use for one document, story, answer or article, in ms. */
export const workerLimitMs = 2000

/** How long that may take by the clock, in ms, on a machine that is busy with other things. */
const clockLimitMs = 60_000

/** A text could not be read: it took too long or too much memory. */
export class WorkerFailure extends Error {
  override name = 'WorkerFailure'
}

/**
 * Calls a function in a thread and answers with what it returns and the processor time it took, in ms.
 * Throws `WorkerFailure` when it takes longer than `workerLimitMs`, `FetchFailure` when the function
 * does, and an `Error` with the message of anything else that the function throws.
 */
type CallFunction<Functions> = <Name extends keyof Functions & string>(
  name: Name,
  ...parameters: Functions[Name] extends (...given: infer Given) => unknown ? Given : never
) => Promise<
  Timed<Functions[Name] extends (...given: never[]) => infer Value ? Awaited<Value> : never>
>

export type Timed<Value> = { value: Value; milliseconds: number }

/**
 * Threads that read untrusted text. A thread is terminated when one text takes too long, so that no
 * source, story or file delays the others.
 */
export type IngestWorkers = { [Kind in WorkerKind]: CallFunction<WorkerFunctions<Kind>> } & {
  close(): Promise<void>
}

/** Opens the three kinds of threads. They start with the first call and end when they are idle. */
export function openIngestWorkers({
  limitMs = workerLimitMs,
}: {
  limitMs?: number
} = {}): IngestWorkers {
  const open = (kind: WorkerKind) =>
    createWorkerPool<WorkerRequest, WorkerAnswer>({
      url: new URL('./worker-functions.ts', import.meta.url),
      workerData: kind,
      // Two: while one is busy with a long text, the other reads the rest.
      size: 2,
      timeLimitMs: clockLimitMs,
      cpuLimitMs: limitMs,
      maxWaiting: 100_000,
      startLimitMs: 60_000,
      idleMs: 20_000,
      resourceLimits: { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 32 },
    })
  const documents = open('document')
  const stories = open('story')
  const answers = open('answer')
  return {
    document: toCall(documents, limitMs),
    story: toCall(stories, limitMs),
    answer: toCall(answers, limitMs),
    async close() {
      await Promise.all([documents.close(), stories.close(), answers.close()])
    },
  }
}

function toCall<Functions>(
  pool: WorkerPool<WorkerRequest, WorkerAnswer>,
  limitMs: number,
): CallFunction<Functions> {
  const call = async (name: string, ...parameters: unknown[]): Promise<Timed<unknown>> => {
    const answer = await pool.call({ name, parameters }).catch((cause) => {
      throw toFailure(cause, limitMs)
    })
    if ('failure' in answer) throw new FetchFailure(answer.failure.message, answer.failure)
    return answer
  }
  // A thread returns what the function of that name returns: `worker-functions.ts`.
  return call as CallFunction<Functions>
}

function toFailure(cause: unknown, limitMs: number): unknown {
  if (cause instanceof WorkerTimeoutError) {
    return new WorkerFailure(`took longer than ${limitMs / 1000} s to read`, { cause })
  }
  if (cause instanceof WorkerCrashedError) {
    return new WorkerFailure(`cannot be read: ${cause.message}`, { cause })
  }
  return cause
}
