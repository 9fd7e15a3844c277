import { workerData } from 'node:worker_threads'
import { answerCalls } from '#lib/node/answer-calls.ts'
import { listWordForms } from '#lib/node/dictionary.ts'
import { UnusableDatabaseError } from '#lib/node/sqlite.ts'
import { locales } from '#lib/site/locales.ts'
import { listEntities } from '#lib/site/names.ts'
import type { SearchQuery, SearchResults, Suppressed } from '../article-index.ts'
import { openIndexReader } from '../queries/open-index-reader.ts'
import { isUnusableIndex } from '../store/database-file.ts'

/**
 * A search at an instant, with what is not served although the file holds it;
 * `version` is another number for another list. Undefined only starts the thread.
 */
export type SearchRequest =
  | { query: SearchQuery; now: Date; suppressed: Suppressed[]; version: number }
  | undefined

/** Runs in a thread of its own: answers one search after the other from the index at `workerData`. */
let now = new Date()
let suppressedVersion = 0
const reader = openIndexReader(workerData, { now: () => now })

answerCalls((request: SearchRequest): SearchResults | undefined => {
  if (!request) {
    // What the first search would otherwise wait for.
    listEntities()
    if (locales.includes('uk')) listWordForms('слово', 'uk')
    return undefined
  }
  now = request.now
  if (request.version !== suppressedVersion) {
    reader.suppress(request.suppressed)
    suppressedVersion = request.version
  }
  try {
    return reader.current().search(request.query)
  } catch (error) {
    // The codes of SQLite do not pass from thread to thread; the name of an error does.
    if (isUnusableIndex(error)) throw new UnusableDatabaseError(String(error), { cause: error })
    throw error
  }
})
