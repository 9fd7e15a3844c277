import { DatabaseSync } from 'node:sqlite'
import type { ArticleIndex } from '../article-index.ts'
import { inodeOf, openDatabaseReader, UnusableIndexError } from '../database-file.ts'
import { createSchema } from '../schema.ts'
import { createHighlighter } from '../search/excerpts.ts'
import { readSearch } from '../search/search-articles.ts'
import { installVisibility } from '../visibility.ts'
import { createEpoch, lasting } from './lasting.ts'
import { readListings } from './listings.ts'
import { readLookups } from './lookups.ts'
import { readRelated } from './related.ts'
import { readReports } from './reports.ts'
import { readScopes } from './scopes.ts'
import { readTopics } from './topics.ts'

/** How often the file is looked at for another that took its place, in ms. */
const timeBetweenLooks = 1000

type Reads = Omit<ArticleIndex, 'search' | 'close'> & { search: ReturnType<typeof readSearch> }

type Connection = {
  reads: Reads
  inode: number | undefined
  setNow: (now: number) => void
  close: () => void
}

/**
 * Reading from the file at `path`, wherever it comes from and whenever. `current` answers a reader
 * that has been told the time; it is to be used at once and not kept.
 */
export function openReads(
  path: string,
  now: () => Date,
): { current: () => Reads; close: () => void } {
  let connection = connect(path)
  let nextLookAt = performance.now() + timeBetweenLooks

  function followFile(): void {
    if (performance.now() < nextLookAt) return
    nextLookAt = performance.now() + timeBetweenLooks
    const inode = inodeOf(path)
    if (inode === undefined || inode === connection.inode) return
    connection.close()
    connection = connect(path)
  }

  return {
    current() {
      followFile()
      connection.setNow(now().getTime())
      return connection.reads
    },
    close: () => connection.close(),
  }
}

function connect(path: string): Connection {
  const inode = inodeOf(path)
  try {
    return prepareReads(openDatabaseReader(path), inode)
  } catch (error) {
    if (!(error instanceof UnusableIndexError)) throw error
    const empty = new DatabaseSync(':memory:')
    createSchema(empty, 0)
    return prepareReads(empty, undefined)
  }
}

function prepareReads(db: DatabaseSync, inode: number | undefined): Connection {
  const setClock = installVisibility(db)
  const clock = { now: 0 }
  const scopes = readScopes(db)
  const reports = readReports(db, scopes)
  const epoch = createEpoch(db, clock, reports.findNextDueAt)
  const topics = readTopics(db, scopes)
  const { highlight, close } = createHighlighter()
  return {
    inode,
    setNow(now) {
      clock.now = now
      setClock(now)
    },
    reads: {
      ...readLookups(db, scopes),
      ...readListings(db, scopes),
      ...readRelated(db, scopes),
      ...reports,
      listCategories: lasting(epoch, topics.listCategories),
      listTags: lasting(epoch, topics.listTags),
      listSources: lasting(epoch, topics.listSources),
      listMonths: lasting(epoch, topics.listMonths),
      epoch,
      search: readSearch(db, clock, highlight),
    },
    close() {
      close()
      db.close()
    },
  }
}
