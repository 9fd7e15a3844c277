import { parentPort, workerData } from 'node:worker_threads'
import type { SearchQuery, SearchResults } from '../article-index.ts'
import type { HiddenArticle } from '../hidden-article.ts'
import { openReads } from '../reads/open-reads.ts'
import { isUnusable } from '../store/database-file.ts'

/** `askedBy` is when the answer is of no use any more, in ms since 1970. */
export type SearchRequest = { number: number; query: SearchQuery; now: Date; uselessAt: number }

/** All articles that are not served although the file holds them. */
export type HideRequest = { hidden: HiddenArticle[] }

/** `isDamage`: the file cannot be read; whoever writes to it should rebuild it. */
export type SearchAnswer = { number: number } & (
  | { results: SearchResults }
  | { failure: string; isDamage: boolean }
)

/** Runs in a thread of its own: answers one search after the other from the index at `workerData`. */
let now = new Date()
const reads = openReads(workerData, { now: () => now })

parentPort?.on('message', (request: SearchRequest | HideRequest) => {
  if ('hidden' in request) return reads.hide(request.hidden)
  const { number, query, uselessAt } = request
  if (Date.now() > uselessAt) return
  now = request.now
  const answer = (given: SearchAnswer) => parentPort?.postMessage(given)
  try {
    answer({ number, results: reads.current().search(query) })
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error)
    answer({ number, failure, isDamage: isUnusable(error) })
  }
})
