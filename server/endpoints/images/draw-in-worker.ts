import { Worker } from 'node:worker_threads'
import type { Drawing } from './draw-image.ts'

export type Draw = (drawing: Drawing) => Promise<Buffer>

/** More than a moment's work waits already: to be asked again later. */
export class TooManyDrawingsError extends Error {
  override name = 'TooManyDrawingsError'
}

type Answer = { number: number } & ({ image: Uint8Array } | { reason: string })
type Pending = { resolve: (image: Buffer) => void; reject: (error: Error) => void }

/**
 * Draws in a thread of its own, which is started when it is needed and ends when it has been idle
 * for `idleMilliseconds`: it holds some 100 MB. Rejects at once with `TooManyDrawingsError` when
 * `mostWaiting` are being waited for.
 */
export function drawInWorker({ idleMilliseconds = 30_000, mostWaiting = 20 } = {}): Draw {
  const pending = new Map<number, Pending>()
  let worker: Worker | undefined
  let lastNumber = 0
  let idleTimer: NodeJS.Timeout | undefined

  function start(): Worker {
    const started = new Worker(new URL('./draw-worker.ts', import.meta.url))
    started.unref()
    started.on('message', (answer: Answer) => {
      const asked = pending.get(answer.number)
      pending.delete(answer.number)
      if ('image' in answer) asked?.resolve(Buffer.from(answer.image))
      else asked?.reject(new Error(answer.reason))
      if (pending.size === 0) endLater(started)
    })
    started.on('error', end)
    started.on('exit', () => end(new Error('the thread that draws has ended')))
    worker = started

    function end(error: Error): void {
      if (worker !== started) return
      worker = undefined
      for (const { reject } of pending.values()) reject(error)
      pending.clear()
    }
    return started
  }

  function endLater(started: Worker): void {
    idleTimer = setTimeout(() => {
      if (worker === started) worker = undefined
      void started.terminate()
    }, idleMilliseconds)
    idleTimer.unref()
  }

  return (drawing) =>
    new Promise((resolve, reject) => {
      if (pending.size >= mostWaiting) throw new TooManyDrawingsError()
      clearTimeout(idleTimer)
      lastNumber += 1
      pending.set(lastNumber, { resolve, reject })
      const asked = worker ?? start()
      asked.postMessage({ number: lastNumber, drawing })
    })
}
