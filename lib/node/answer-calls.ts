import { parentPort, type Transferable } from 'node:worker_threads'

/** What a pool sends to its threads. */
export type CallMessage = { request: unknown }

/**
 * What a thread sends back: that its modules are loaded, then one message for each call, and before it
 * one for each stage that the call names. `cpuMs` is the CPU time that the thread has used so far.
 */
export type WorkerMessage = { cpuMs: number } & (
  | { kind: 'ready' }
  | { kind: 'stage'; stage: unknown; cpuScale: number }
  | { kind: 'answer'; answer: unknown }
  | { kind: 'failure'; name: string; message: string; stack: string | undefined }
)

/**
 * Says what the call does from now on. The limits of the pool count from here, and the error of a call
 * that exceeds one, or ends its thread, carries the stage. `undefined` ends a stage. `cpuScale`
 * multiplies the limit of CPU time, 1 when left out.
 */
export type BeginStage = (stage: unknown, cpuScale?: number) => void

/**
 * The thread's half of `createWorkerPool`: answers every request with what the function returns, or
 * with the error it throws. Call it once, at the end of the module that the thread runs. `listMoved`
 * names what is handed over instead of copied.
 */
export function answerCalls<Request, Answer>(
  answer: (request: Request, beginStage: BeginStage) => Answer | Promise<Answer>,
  listMoved: (answer: Answer) => Transferable[] = () => [],
): void {
  const port = parentPort
  if (!port) throw new Error('answerCalls works in a worker thread only.')
  const send = (message: Message, moved: Transferable[] = []) =>
    port.postMessage({ ...message, cpuMs: toMilliseconds(process.threadCpuUsage()) }, moved)
  const beginStage: BeginStage = (stage, cpuScale = 1) => send({ kind: 'stage', stage, cpuScale })
  port.on('message', async ({ request }: CallMessage) => {
    try {
      const given = await answer(request as Request, beginStage)
      send({ kind: 'answer', answer: given }, listMoved(given))
    } catch (cause) {
      const { name, message, stack } = cause instanceof Error ? cause : new Error(String(cause))
      send({ kind: 'failure', name, message, stack })
    }
  })
  send({ kind: 'ready' })
}

type Message = WorkerMessage extends infer One
  ? One extends unknown
    ? Omit<One, 'cpuMs'>
    : never
  : never

/** What Node measures of a thread, in microseconds → ms. */
export function toMilliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000
}
