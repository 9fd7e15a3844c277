import { parentPort } from 'node:worker_threads'
import type { LookedFor } from './file-look.ts'
import { readChange } from './read-change.ts'

/** Runs in a thread of its own: reads and parses the files it is sent, one answer for each request. */
export type ReadRequest = { number: number; contentDir: string; files: LookedFor[] }

parentPort?.on('message', ({ number, contentDir, files }: ReadRequest) => {
  const looks = files.map((file) => readChange(contentDir, file))
  parentPort?.postMessage({ number, looks })
})
