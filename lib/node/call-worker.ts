import { type ResourceLimits, type Transferable, Worker } from 'node:worker_threads'
import { type CallMessage, toMilliseconds, type WorkerMessage } from './answer-calls.ts'
import { reasonOf } from './describe-error.ts'

/** The call took longer than its limit, and its thread was terminated. `stage` is what it did. */
export class WorkerTimeoutError extends Error {
  override name = 'WorkerTimeoutError'
  /** Which limit: of CPU time, or of the clock, which a busy machine may exceed by itself. */
  limit: 'cpu' | 'clock' = 'clock'
  stage: unknown
}

/** Too many calls wait already, or the call waited too long. It was not started. */
export class WorkerBusyError extends Error {
  override name = 'WorkerBusyError'
}

/**
 * The thread ended before it answered: out of memory, an error outside the call, no start. `stage` is
 * what it did.
 */
export class WorkerCrashedError extends Error {
  override name = 'WorkerCrashedError'
  stage: unknown
}

/** The pool was closed before the call was answered. */
export class WorkerClosedError extends Error {
  override name = 'WorkerClosedError'
}

export type WorkerPoolOptions = {
  /** The module that the threads run. */
  url: URL
  /**
   * The name of the function that the module exports for calls: it takes a request and, if it likes, a
   * `BeginStage`. Without it the module calls `answerCalls` itself, after what it has to prepare.
   */
  answer?: string
  /** How much the threads of a pool with `answer` yield to others: see `priority.ts`. */
  niceness?: number
  /** How many threads there are at most. Each is started when it is first needed. */
  size: number
  /**
   * How long one call may run by the clock, in ms. Measured from the moment a thread begins with it:
   * neither waiting nor the start of a thread counts.
   */
  timeLimitMs: number
  /**
   * How much CPU time of its thread one call may use, in ms: the limit for work whose cost is its
   * input's, because a busy machine does not shorten it. No limit when left out. `timeLimitMs` still
   * holds, for a thread that waits, and for native code, during which no thread says what it has used.
   */
  cpuLimitMs?: number
  /** How many calls may wait for a thread; one more is refused with `WorkerBusyError`. */
  maxWaiting: number
  /** How long a call may wait for a thread, in ms; then `WorkerBusyError`. No limit when left out. */
  maxWaitMs?: number
  /** How long a thread may take to load its modules, in ms. */
  startLimitMs?: number
  /** After how many ms without a call a thread ends. Never when left out. */
  idleMs?: number
  /** Given to every thread of a module without `answer`, as `workerData`; anything that can be cloned. */
  workerData?: unknown
  /** A thread that needs more memory ends; its call is refused with `WorkerCrashedError`. */
  resourceLimits?: ResourceLimits
}

type CallOptions = {
  /** Ends the call, also one that runs, and rejects with the signal's reason. */
  signal?: AbortSignal
  /** Handed over instead of copied. */
  transfer?: Transferable[]
}

export type WorkerPool<Request, Answer> = {
  /**
   * Has a thread answer a request. What the thread throws rejects with an `Error` of the same name
   * and message. Other rejections: `WorkerTimeoutError`, `WorkerBusyError`, `WorkerCrashedError`,
   * `WorkerClosedError`, and the signal's reason.
   */
  call(request: Request, options?: CallOptions): Promise<Answer>
  /** Terminates all threads. Calls that are not answered are rejected with `WorkerClosedError`. */
  close(): Promise<void>
}

type Call<Request, Answer> = {
  request: Request
  transfer: Transferable[]
  resolve(answer: Answer): void
  reject(error: unknown): void
}

type Thread<Request, Answer> = {
  worker: Worker
  isReady: boolean
  /** Undefined while it is idle. */
  call: Call<Request, Answer> | undefined
  timer: NodeJS.Timeout | undefined
  cpuTimer: NodeJS.Timeout | undefined
  /** The CPU time that the thread had used when the call or its stage began, in ms. */
  cpuMsBefore: number
  stage: unknown
}

const answerWorker = new URL('./answer-worker.ts', import.meta.url)

/** How soon the CPU time of a thread is asked for again, in ms. */
const shortestCheckMs = 20

/**
 * Worker threads that answer one call at a time each, under a time limit. A thread that exceeds the
 * limit is terminated, which also ends a loop or a regular expression that never would, and the next
 * call starts another. Idle threads do not keep the process running; calls do.
 *
 * Piscina and Tinypool terminate on an abort signal only and do not say when a task begins, so a limit
 * would count the waiting. That is why this is our own.
 */
export function createWorkerPool<Request, Answer>({
  url,
  answer,
  niceness,
  size,
  timeLimitMs,
  cpuLimitMs,
  maxWaiting,
  maxWaitMs,
  startLimitMs = 30_000,
  idleMs,
  workerData,
  resourceLimits,
}: WorkerPoolOptions): WorkerPool<Request, Answer> {
  type OneCall = Call<Request, Answer>
  type OneThread = Thread<Request, Answer>
  const threads = new Set<OneThread>()
  const waiting = new Set<OneCall>()
  let isClosed = false

  function startThread(): OneThread {
    const worker =
      answer === undefined
        ? new Worker(url, { workerData, resourceLimits })
        : new Worker(answerWorker, {
            workerData: { url: url.href, answer, niceness },
            resourceLimits,
          })
    const thread: OneThread = {
      worker,
      isReady: false,
      call: undefined,
      timer: undefined,
      cpuTimer: undefined,
      cpuMsBefore: 0,
      stage: undefined,
    }
    threads.add(thread)
    worker.on('message', (message: WorkerMessage) => {
      if (!threads.has(thread)) return
      thread.cpuMsBefore = message.cpuMs
      if (message.kind === 'stage') {
        thread.stage = message.stage
        limitCall(thread, message.cpuScale)
        return
      }
      if (message.kind === 'ready') {
        thread.isReady = true
        clearTimeout(thread.timer)
        if (thread.call) send(thread, thread.call)
        return
      }
      const { call } = thread
      release(thread)
      if (message.kind === 'answer') call?.resolve(message.answer as Answer)
      else call?.reject(toError(message))
      assignCalls()
    })
    worker.on('error', (cause) => {
      const reason = reasonOf(cause)
      drop(thread, new WorkerCrashedError(`The worker thread has crashed: ${reason}`, { cause }))
    })
    worker.on('exit', (code) =>
      drop(thread, new WorkerCrashedError(`The worker thread has ended with code ${code}.`)),
    )
    return thread
  }

  /** Gives waiting calls to idle threads, and to new ones up to the size of the pool. */
  function assignCalls(): void {
    for (const call of waiting) {
      const idle = [...threads].find((thread) => !thread.call)
      if (!idle && threads.size >= size) return
      waiting.delete(call)
      begin(idle ?? startThread(), call)
    }
  }

  function begin(thread: OneThread, call: OneCall): void {
    clearTimeout(thread.timer)
    thread.call = call
    thread.worker.ref()
    if (thread.isReady) {
      send(thread, call)
      return
    }
    limit(thread, startLimitMs, () => {
      return new WorkerCrashedError(`The worker thread did not start within ${startLimitMs} ms.`)
    })
  }

  function send(thread: OneThread, call: OneCall): void {
    limitCall(thread)
    try {
      thread.worker.postMessage({ request: call.request } satisfies CallMessage, call.transfer)
    } catch (cause) {
      // The request cannot be cloned: the thread has not seen it.
      release(thread)
      call.reject(cause)
      assignCalls()
    }
  }

  /** Both limits, for a call or a stage that begins. */
  function limitCall(thread: OneThread, cpuScale = 1): void {
    clearTimers(thread)
    limit(thread, timeLimitMs, () => {
      return new WorkerTimeoutError(`The call took longer than ${timeLimitMs} ms.`)
    })
    if (cpuLimitMs === undefined) return
    const limitMs = cpuLimitMs * cpuScale
    checkCpuLater(thread, limitMs, limitMs)
  }

  function limit(thread: OneThread, milliseconds: number, toReason: () => Error): void {
    const { call } = thread
    thread.timer = setTimeout(() => {
      // If this thread was busy, the answer may be here and wait to be read: that comes first.
      setImmediate(() => {
        if (thread.call === call && threads.has(thread)) drop(thread, toReason())
      })
    }, milliseconds)
  }

  /** No thread uses more CPU time than passes by the clock, so nothing is asked before. */
  function checkCpuLater(thread: OneThread, milliseconds: number, limitMs: number): void {
    const { call, stage, cpuMsBefore } = thread
    const isSame = () => thread.call === call && thread.stage === stage && threads.has(thread)
    thread.cpuTimer = setTimeout(async () => {
      // A thread that has ended meanwhile says so by its exit.
      const usage = await thread.worker.cpuUsage().catch(() => undefined)
      if (!usage || !isSame() || thread.cpuMsBefore !== cpuMsBefore) return
      const leftMs = limitMs - (toMilliseconds(usage) - cpuMsBefore)
      if (leftMs > 0) return checkCpuLater(thread, Math.max(shortestCheckMs, leftMs), limitMs)
      setImmediate(() => {
        if (!isSame()) return
        const reason = `The call used more than ${Math.round(limitMs)} ms of CPU time.`
        drop(thread, Object.assign(new WorkerTimeoutError(reason), { limit: 'cpu' }))
      })
    }, milliseconds)
  }

  function clearTimers(thread: OneThread): void {
    clearTimeout(thread.timer)
    clearTimeout(thread.cpuTimer)
  }

  function release(thread: OneThread): void {
    clearTimers(thread)
    thread.call = undefined
    thread.stage = undefined
    thread.worker.unref()
    if (idleMs === undefined) return
    thread.timer = setTimeout(() => drop(thread, undefined), idleMs)
    thread.timer.unref()
  }

  /** Terminates a thread and rejects its call; another thread takes what waits. */
  function drop(thread: OneThread, reason: unknown): Promise<number> | undefined {
    if (!threads.delete(thread)) return undefined
    const { call, stage } = thread
    if (reason instanceof WorkerTimeoutError || reason instanceof WorkerCrashedError) {
      reason.stage = stage
    }
    release(thread)
    clearTimers(thread)
    const ending = thread.worker.terminate()
    call?.reject(reason)
    if (!isClosed) assignCalls()
    return ending
  }

  return {
    call(request, { signal, transfer = [] } = {}) {
      return new Promise<Answer>((resolve, reject) => {
        if (isClosed) return reject(new WorkerClosedError('The worker pool is closed.'))
        if (signal?.aborted) return reject(signal.reason)
        const isFree = threads.size < size || [...threads].some((thread) => !thread.call)
        if (!isFree && waiting.size >= maxWaiting) {
          return reject(new WorkerBusyError(`${maxWaiting} calls wait already.`))
        }
        const cancel = () => endCall(call, signal?.reason)
        const timer =
          maxWaitMs === undefined || isFree
            ? undefined
            : setTimeout(() => {
                if (!waiting.delete(call)) return
                call.reject(new WorkerBusyError(`No thread was free for ${maxWaitMs} ms.`))
              }, maxWaitMs)
        const end = () => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', cancel)
        }
        const call: OneCall = {
          request,
          transfer,
          resolve(answer) {
            end()
            resolve(answer)
          },
          reject(error) {
            end()
            reject(error)
          },
        }
        signal?.addEventListener('abort', cancel, { once: true })
        waiting.add(call)
        assignCalls()
      })
    },
    async close() {
      isClosed = true
      const reason = new WorkerClosedError('The worker pool is closed.')
      for (const call of waiting) call.reject(reason)
      waiting.clear()
      await Promise.all([...threads].map((thread) => drop(thread, reason)))
    },
  }

  function endCall(call: OneCall, reason: unknown): void {
    if (waiting.delete(call)) call.reject(reason)
    const thread = [...threads].find((one) => one.call === call)
    if (thread) void drop(thread, reason)
  }
}

function toError({ name, message, stack }: Extract<WorkerMessage, { kind: 'failure' }>): Error {
  return Object.assign(new Error(message), { name, stack })
}
