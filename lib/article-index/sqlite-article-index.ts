import { type Log, stderrLog } from '#lib/node/log.ts'
import { type ArticleIndex, type QueryName, queryNames, type Suppressed } from './article-index.ts'
import { openIndexReader, type ReaderQueries } from './queries/open-index-reader.ts'
import { type SearchState, searchInWorker, type WorkerSearch } from './search/search-in-worker.ts'
import { indexPath, isUnusableIndex } from './store/database-file.ts'
import { openWriteQueue, type WriteQueue } from './writes/write-queue.ts'

/** An index that can be written to as well; `syncArticles` is what writes. */
export type WritableArticleIndex = ArticleIndex &
  Pick<WriteQueue, 'write' | 'rebuild' | 'startReplacement'>

/** An index that is only read, and for those who are served from it. */
export type ServedArticleIndex = ArticleIndex & {
  /**
   * Replaces the list of what must not be served although the file holds it: it was taken back while
   * nothing could be written (`startContentSync`, `onSuppressed`). No method answers it any more, and
   * `epoch` is another number.
   */
  suppress(suppressed: Suppressed[]): void
  /** The state of the search thread; undefined where there is none. */
  searchState(): SearchState | undefined
}

export type OpenOptions = {
  /** The folder of everything generated; the index is `articles.sqlite` in it. Made if missing. */
  dataDir: string
  /** The clock that decides what is visible. */
  now?: () => Date
  /** Gets one line when the file was unusable and is rebuilt. */
  log?: Log
}

export type ReadOptions = OpenOptions & {
  readOnly: true
  /** Called when a query found damage in the file. The writer should rebuild it. */
  onDamage?: (reason: string) => void
  /** Searches in a thread of its own, which is worth its memory where others are served meanwhile. */
  searchInWorker?: boolean
}

/**
 * The article index in one SQLite file, which is rebuilt from the content folder whenever it is
 * missing, damaged or of another version. Any number of connections and processes may have it open.
 *
 * With `readOnly` the file is never made, changed or deleted: until some other connection has made a
 * usable one the index is empty, and when the file is replaced the new one is read within a second.
 */
export function openArticleIndex(options: ReadOptions): ServedArticleIndex
export function openArticleIndex(options: OpenOptions): WritableArticleIndex
export function openArticleIndex(
  options: OpenOptions | ReadOptions,
): ServedArticleIndex | WritableArticleIndex {
  const { dataDir, now = () => new Date(), log = stderrLog } = options
  const path = indexPath(dataDir)
  if ('readOnly' in options) {
    const searching = options.searchInWorker ? searchInWorker({ path, log }) : undefined
    const { onDamage } = options
    const reads = openIndexReader(path, { now, onDamage })
    return {
      ...toIndex(reads, { onDamage, now, searching }),
      suppress(suppressed) {
        reads.suppress(suppressed)
        searching?.suppress(suppressed)
      },
      searchState: () => searching?.state(),
    }
  }
  const queue = openWriteQueue({ path, now, log, onReplaced: () => reader.lookAgain() })
  const onDamage = (reason: string) => void queue.rebuild(reason).catch(() => undefined)
  const reader = openIndexReader(path, { now, onDamage })
  const index = toIndex(reader, { onDamage, now })
  return {
    ...index,
    write: queue.write,
    rebuild: queue.rebuild,
    startReplacement: queue.startReplacement,
    close() {
      index.close()
      queue.close()
    },
  }
}

/** Every query asks for the current reader, which checks the clock and the file. */
function toIndex(
  { current, close }: Pick<ReturnType<typeof openIndexReader>, 'current' | 'close'>,
  {
    onDamage = () => {},
    now,
    searching,
  }: { onDamage?: (reason: string) => void; now: () => Date; searching?: WorkerSearch },
): ArticleIndex {
  const report = (error: unknown) => {
    if (isUnusableIndex(error)) onDamage(`it cannot be read (${error})`)
    return error
  }
  const toQuery =
    (name: QueryName) =>
    (...parameters: unknown[]) => {
      try {
        const query = current()[name] as (...parameters: unknown[]) => unknown
        return query(...parameters)
      } catch (error) {
        throw report(error)
      }
    }
  const queries = Object.fromEntries(
    queryNames.map((name) => [name, toQuery(name)]),
  ) as unknown as ReaderQueries
  return {
    ...queries,
    async search(query) {
      if (!searching) return queries.search(query)
      try {
        return await searching.search(query, now())
      } catch (error) {
        throw report(error)
      }
    },
    close() {
      searching?.close()
      close()
    },
  }
}
