import { parentPort, workerData } from 'node:worker_threads'
import type { SearchQuery, SearchResults, SuppressedArticle } from '../article-index.ts'
import { openIndexReader } from '../queries/open-index-reader.ts'
import { isUnusable } from '../store/database-file.ts'

/** `askedBy` is when the answer is of no use any more, in ms since 1970. */
export type SearchRequest = { number: number; query: SearchQuery; now: Date; uselessAt: number }

/** All articles that are not served although the file holds them. */
export type SuppressRequest = { suppressed: SuppressedArticle[] }

/** `isDamage`: the file cannot be read; whoever writes to it should rebuild it. */
export type SearchAnswer = { number: number } & (
  | { results: SearchResults }
  | { failure: string; isDamage: boolean }
)

/** Runs in a thread of its own: answers one search after the other from the index at `workerData`. */
let now = new Date()
const reader = openIndexReader(workerData, { now: () => now })

parentPort?.on('message', (request: SearchRequest | SuppressRequest) => {
  if ('suppressed' in request) return reader.suppress(request.suppressed)
  const { number, query, uselessAt } = request
  if (Date.now() > uselessAt) return
  now = request.now
  const answer = (given: SearchAnswer) => parentPort?.postMessage(given)
  try {
    answer({ number, results: reader.current().search(query) })
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    answer({ number, failure, isDamage: isUnusable(error) })
  }
})
