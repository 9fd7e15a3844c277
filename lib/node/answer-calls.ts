import { parentPort, type Transferable } from 'node:worker_threads'

/** What a pool sends to its threads. */
export type CallMessage = { request: unknown }

/** What a thread sends back: that its modules are loaded, then one message for each call. */
export type WorkerMessage =
  | { kind: 'ready' }
  | { kind: 'answer'; answer: unknown }
  | { kind: 'failure'; name: string; message: string; stack: string | undefined }

/**
 * The thread's half of `createWorkerPool`: answers every request with what the function returns, or
 * with the error it throws. Call it once, at the end of the module that the thread runs. `listMoved`
 * names what is handed over instead of copied.
 */
export function answerCalls<Request, Answer>(
  answer: (request: Request) => Answer | Promise<Answer>,
  listMoved: (answer: Answer) => Transferable[] = () => [],
): void {
  const port = parentPort
  if (!port) throw new Error('answerCalls works in a worker thread only.')
  const send = (message: WorkerMessage, moved: Transferable[] = []) =>
    port.postMessage(message, moved)
  port.on('message', async ({ request }: CallMessage) => {
    try {
      const given = await answer(request as Request)
      send({ kind: 'answer', answer: given }, listMoved(given))
    } catch (cause) {
      const { name, message, stack } = cause instanceof Error ? cause : new Error(String(cause))
      send({ kind: 'failure', name, message, stack })
    }
  })
  send({ kind: 'ready' })
}
