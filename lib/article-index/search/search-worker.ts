import { parentPort, workerData } from 'node:worker_threads'
import type { SearchQuery, SearchResults } from '../article-index.ts'
import { openReads } from '../reads/open-reads.ts'

/** `askedBy` is when the answer is of no use any more, in ms since 1970. */
export type SearchRequest = { number: number; query: SearchQuery; now: Date; uselessAt: number }

export type SearchAnswer = { number: number } & ({ results: SearchResults } | { failure: string })

/** Runs in a thread of its own: answers one search after the other from the index at `workerData`. */
let now = new Date()
const reads = openReads(workerData, () => now)

parentPort?.on('message', (request: SearchRequest) => {
  const { number, query, uselessAt } = request
  if (Date.now() > uselessAt) return
  now = request.now
  const answer = (given: { results: SearchResults } | { failure: string }) =>
    parentPort?.postMessage({ number, ...given } satisfies SearchAnswer)
  try {
    answer({ results: reads.current().search(query) })
  } catch (error) {
    answer({ failure: error instanceof Error ? error.message : String(error) })
  }
})
