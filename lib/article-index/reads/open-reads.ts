import { DatabaseSync } from 'node:sqlite'
import type { ArticleIndex } from '../article-index.ts'
import { createHighlighter } from '../search/excerpts.ts'
import { readSearch, type Search } from '../search/search-articles.ts'
import { inodeOf, isBusy, openDatabaseReader, UnusableIndexError } from '../store/database-file.ts'
import { createSchema } from '../store/schema.ts'
import { installVisibility } from '../store/visibility.ts'
import { readCorrections } from './corrections.ts'
import { createEpoch, lasting } from './lasting.ts'
import { readListings } from './listings.ts'
import { readLookups } from './lookups.ts'
import { readMatches } from './matches.ts'
import { readMood } from './mood.ts'
import { readOffered } from './offered.ts'
import { readRelated } from './related.ts'
import { readReports } from './reports.ts'
import { readScopes } from './scopes.ts'
import { readSourceFacts } from './source-facts.ts'
import { readTopics } from './topics.ts'

/** How often the file is looked at for another that took its place, in ms; and for a first one. */
const timeBetweenLooks = { replaced: 1000, made: 20 }

export type Reads = Omit<ArticleIndex, 'search' | 'close'> & { search: Search }

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
  let connection = connect(path) ?? connectToNothing()
  let nextLookAt = 0
  lookLater()

  function lookLater(): void {
    const { replaced, made } = timeBetweenLooks
    nextLookAt = performance.now() + (connection.inode === undefined ? made : replaced)
  }

  function followFile(): void {
    if (performance.now() < nextLookAt) return
    const inode = inodeOf(path)
    const another = inode === undefined || inode === connection.inode ? undefined : connect(path)
    if (another) {
      connection.close()
      connection = another
    }
    lookLater()
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

function connect(path: string): Connection | undefined {
  const inode = inodeOf(path)
  try {
    return prepareReads(openDatabaseReader(path), inode)
  } catch (error) {
    // Whoever holds the file for itself, a backup say, lets go of it some time.
    if (!(error instanceof UnusableIndexError || isBusy(error))) throw error
    return undefined
  }
}

/** Stands in for a file that is not there yet. */
function connectToNothing(): Connection {
  const db = new DatabaseSync(':memory:')
  createSchema(db, 0)
  return prepareReads(db, undefined)
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
      ...readMatches(db, scopes),
      ...readRelated(db, scopes),
      ...readOffered(db),
      ...readMood(db, clock, scopes),
      ...readCorrections(db),
      ...readSourceFacts(db, scopes),
      ...reports,
      listCategories: lasting(epoch, topics.listCategories),
      listTags: lasting(epoch, topics.listTags),
      listSources: lasting(epoch, topics.listSources),
      listMonths: lasting(epoch, topics.listMonths),
      listDays: topics.listDays,
      epoch,
      search: readSearch(db, { clock, scopes, highlight }),
    },
    close() {
      close()
      db.close()
    },
  }
}
