import { Worker } from 'node:worker_threads'
import type { Look, LookedFor } from './file-look.ts'
import type { ReadRequest } from './read-worker.ts'

export type ReadWorker = {
  /** Rejects when the thread has died; it does not come back. */
  read(files: LookedFor[]): Promise<Look[]>
  stop(): void
}

type Waiting = { resolve: (looks: Look[]) => void; reject: (error: Error) => void }

/** Starts a thread that reads and parses files of one content folder. */
export function startReadWorker(contentDir: string): ReadWorker {
  const worker = new Worker(new URL('./read-worker.ts', import.meta.url))
  const waiting = new Map<number, Waiting>()
  let lastNumber = 0
  let failure: Error | undefined

  worker.on('message', ({ number, looks }: { number: number; looks: Look[] }) => {
    waiting.get(number)?.resolve(looks)
    waiting.delete(number)
  })
  const fail = (error: Error) => {
    failure ??= error
    for (const { reject } of waiting.values()) reject(failure)
    waiting.clear()
  }
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The reading thread has ended')))

  return {
    read: (files) =>
      new Promise((resolve, reject) => {
        if (failure) return reject(failure)
        lastNumber += 1
        waiting.set(lastNumber, { resolve, reject })
        worker.postMessage({ number: lastNumber, contentDir, files } satisfies ReadRequest)
      }),
    stop: () => void worker.terminate(),
  }
}
