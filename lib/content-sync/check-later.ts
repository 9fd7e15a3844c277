import { statSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { largestChecked } from '#lib/article-index/store/database-file.ts'

/** Not while a server that has just started has its hands full. */
const waitMilliseconds = 15_000

/**
 * Has an index that was too large to be checked when it was opened looked through once, beside the
 * work. Damage is told to `onDamage`, in a phrase.
 */
export function checkLater(path: string, onDamage: (reason: string) => void): { stop: () => void } {
  let worker: Worker | undefined
  const timer = setTimeout(() => {
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
    if (size <= largestChecked) return
    worker = new Worker(new URL('../article-index/store/check-worker.ts', import.meta.url), {
      workerData: path,
    })
    worker.on('message', (answer?: string) => answer && onDamage(`it is damaged (${answer})`))
    worker.on('error', (error) => onDamage(`it cannot be read (${error.message})`))
  }, waitMilliseconds)
  timer.unref()
  return {
    stop() {
      clearTimeout(timer)
      void worker?.terminate()
    },
  }
}
