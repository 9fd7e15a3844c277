import { Worker } from 'node:worker_threads'
import type { Log } from '#lib/node/log.ts'
import type { SearchQuery, SearchResults, SuppressedArticle } from '../article-index.ts'
import { UnusableIndexError } from '../store/database-file.ts'
import type { SearchAnswer, SearchRequest, SuppressRequest } from './search-worker.ts'

/** Searches that wait for the thread; a reader who comes after so many is told to ask again. */
const mostWaiting = 64

/** After this, in ms, a reader is told to ask again. */
const longestWait = 2000

/** The thread is there before the first reader asks, and not while the server starts. */
const startMilliseconds = 3000

/** A thread that has not answered for this long, in ms, is ended and another one started. */
const longestSilence = 10_000

export type WorkerSearch = {
  search(query: SearchQuery, now: Date): Promise<SearchResults>
  /** Replaces the list of the articles that are not served although the file holds them. */
  suppress(suppressed: SuppressedArticle[]): void
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
  /** How often the thread had to be started again. */
  restarts: number
}

type Waiting = { resolve: (results: SearchResults) => void; reject: (error: Error) => void }

/**
 * Searches an index in a thread of its own, which is started again when it has died. What is not answered in time, or waits with too many, finds nothing and says so (`coverage`).
 * A search of a damaged file rejects with `UnusableIndexError`.
 */
export function searchInWorker({ path, log }: { path: string; log: Log }): WorkerSearch {
  const waiting = new Map<number, Waiting>()
  let worker: Worker | undefined
  let suppressed: SuppressedArticle[] = []
  let lastNumber = 0
  let silence: NodeJS.Timeout | undefined
  let failure: { reason: string; since: string } | undefined
  let restarts = 0

  function fail(reason: string): void {
    failure = { reason, since: failure?.since ?? new Date().toISOString() }
  }

  function start(): Worker {
    const started = new Worker(new URL('./search-worker.ts', import.meta.url), {
      workerData: path,
      resourceLimits: { maxYoungGenerationSizeMb: 16 },
    })
    // A search under way holds the process by its promise's timer; an idle thread does not.
    started.unref()
    if (suppressed.length > 0) started.postMessage({ suppressed } satisfies SuppressRequest)
    started.on('message', (answer: SearchAnswer) => {
      const one = waiting.get(answer.number)
      waiting.delete(answer.number)
      listen()
      if ('results' in answer) {
        failure = undefined
        one?.resolve(answer.results)
      } else {
        fail(answer.failure)
        const sentence = `The search failed: ${answer.failure}`
        one?.reject(answer.isDamage ? new UnusableIndexError(sentence) : new Error(sentence))
      }
    })
    started.on('error', (error) => {
      restarts += 1
      fail(`the thread has died: ${error.message}`)
      log.error(`The search thread has died: ${error.message}`)
    })
    started.on('exit', () => {
      if (worker === started) worker = undefined
    })
    return started
  }

  const starting = setTimeout(() => {
    worker ??= start()
  }, startMilliseconds)
  starting.unref()

  /** Begins to wait for a sign of life, if there is anything to wait for. */
  function listen(): void {
    clearTimeout(silence)
    if (waiting.size === 0) return
    silence = setTimeout(() => {
      restarts += 1
      log.error('The search thread does not answer; another one is started.')
      void worker?.terminate()
      worker = undefined
    }, longestSilence)
    silence.unref()
  }

  return {
    search: (query, now) =>
      new Promise((resolve, reject) => {
        const unanswered = noResults(query.page)
        if (waiting.size >= mostWaiting) return resolve(unanswered)
        lastNumber += 1
        const number = lastNumber
        const timer = setTimeout(() => {
          waiting.delete(number)
          fail(`a search had no answer within ${longestWait / 1000} s`)
          resolve(unanswered)
        }, longestWait)
        waiting.set(number, {
          resolve(results) {
            clearTimeout(timer)
            resolve(results)
          },
          reject(error) {
            clearTimeout(timer)
            reject(error)
          },
        })
        if (waiting.size === 1) listen()
        worker ??= start()
        const uselessAt = Date.now() + longestWait
        worker.postMessage({ number, query, now, uselessAt } satisfies SearchRequest)
      }),
    suppress(articles) {
      suppressed = articles
      worker?.postMessage({ suppressed } satisfies SuppressRequest)
    },
    state: () => ({
      state: failure ? 'failing' : 'ok',
      ...failure,
      waiting: waiting.size,
      restarts,
    }),
    close() {
      clearTimeout(starting)
      clearTimeout(silence)
      void worker?.terminate()
      worker = undefined
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
  }
}
