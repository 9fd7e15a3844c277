import { createWorkerPool, WorkerBusyError, type WorkerPool } from '#lib/node/call-worker.ts'
import type { Log } from '#lib/node/log.ts'
import { UnusableDatabaseError } from '#lib/node/sqlite.ts'
import type { SearchQuery, SearchResults, Suppressed } from '../article-index.ts'
import type { SearchRequest } from './search-worker.ts'

/** Searches that may wait for an answer; one more finds nothing at once, and its reader may try again. */
const mostWaiting = 64

/** A search that has no answer after this, in ms, finds nothing, and its reader may try again. */
const longestWait = 2000

/** The thread is there before the first reader asks, and not while the server starts. In ms. */
const startAfter = 3000

/** A search that takes longer, in ms, ends its thread; the next one starts another. */
const timeLimitMs = 10_000

export type WorkerSearch = {
  search(query: SearchQuery, now: Date): Promise<SearchResults>
  /** Replaces the list of the articles that are not served although the file holds them. */
  suppress(suppressed: Suppressed[]): void
  state(): SearchState
  close(): void
}

/** How the search is. `reason` and `since` (UTC ISO instant) say what fails. */
export type SearchState = {
  state: 'ok' | 'failing'
  reason?: string
  since?: string
  /** Searches that wait for an answer now. */
  waiting: number
  /** How often the thread had to be replaced. */
  restarts: number
}

/**
 * Searches an index in a thread of its own. A search that has no answer in time, or waits with too
 * many, finds nothing and says so (`coverage`). One that meets a damaged file rejects with
 * `UnusableDatabaseError`.
 */
export function searchInWorker({ path, log }: { path: string; log: Log }): WorkerSearch {
  const pool: WorkerPool<SearchRequest, SearchResults | undefined> = createWorkerPool({
    url: new URL('./search-worker.ts', import.meta.url),
    size: 1,
    timeLimitMs,
    maxWaiting: mostWaiting,
    maxWaitMs: longestWait,
    workerData: path,
    resourceLimits: { maxYoungGenerationSizeMb: 16 },
  })
  let suppressed: Suppressed[] = []
  let version = 0
  let waiting = 0
  let failure: { reason: string; since: string } | undefined
  let restarts = 0

  function fail(reason: string): void {
    failure = { reason, since: failure?.since ?? new Date().toISOString() }
  }

  /** Undefined when nothing was searched. */
  async function callPool(request: SearchRequest): Promise<SearchResults | undefined> {
    try {
      const results = await pool.call(request)
      failure = undefined
      return results
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error))
      if (name === 'WorkerClosedError') return undefined
      fail(message)
      if (error instanceof WorkerBusyError) return undefined
      if (name === 'WorkerTimeoutError' || name === 'WorkerCrashedError') {
        restarts += 1
        log.error('The search thread is replaced.', { reason: message })
        return undefined
      }
      const sentence = `The search failed: ${message}`
      throw name === 'UnusableDatabaseError'
        ? new UnusableDatabaseError(sentence)
        : new Error(sentence)
    }
  }

  const starting = setTimeout(() => void callPool(undefined).catch(() => undefined), startAfter)
  starting.unref()

  return {
    async search(query, now) {
      const unanswered = noResults(query.page)
      if (waiting >= mostWaiting) return unanswered
      waiting += 1
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<undefined>((resolve) => {
        timer = setTimeout(() => {
          fail(`a search had no answer within ${longestWait / 1000} s`)
          resolve(undefined)
        }, longestWait)
      })
      const searching = callPool({ query, now, suppressed, version })
      // It may fail after its reader has left.
      searching.catch(() => undefined)
      try {
        return (await Promise.race([searching, patience])) ?? unanswered
      } finally {
        clearTimeout(timer)
        waiting -= 1
      }
    },
    suppress(list) {
      suppressed = list
      version += 1
    },
    state: () => ({
      state: failure ? 'failing' : 'ok',
      ...failure,
      waiting,
      restarts,
    }),
    close() {
      clearTimeout(starting)
      void pool.close()
    },
  }
}

function noResults(page: number): SearchResults {
  const nothing = { values: [], coverage: 'all' as const }
  return {
    hits: [],
    page,
    pageCount: 0,
    hitCount: 0,
    coverage: 'none',
    facets: { category: nothing, source: nothing, sentiment: nothing },
    languages: [],
    suggestion: undefined,
    correctedTo: undefined,
  }
}
