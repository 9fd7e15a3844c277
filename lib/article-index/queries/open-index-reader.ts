import { DatabaseSync } from 'node:sqlite'
import { reasonOf } from '#lib/node/describe-error.ts'
import { isBusy, numberOf, UnusableDatabaseError } from '#lib/node/sqlite.ts'
import { startOfTomorrowIn } from '#lib/site/day-in.ts'
import { millisecondsPerHour } from '#lib/site/mood.ts'
import { site } from '#lib/site/site.ts'
import type { ArticleIndex, QueryName, Suppressed } from '../article-index.ts'
import { createHighlighter } from '../search/highlighter.ts'
import { readSearch, type Search } from '../search/search-articles.ts'
import { inodeOf, isUnusableIndex, openDatabaseReader } from '../store/database-file.ts'
import { installVisibility } from '../store/install-visibility.ts'
import { createSchema } from '../store/schema.ts'
import { readCorrections } from './corrections.ts'
import { readEntries } from './entries.ts'
import { readIndexable } from './indexable.ts'
import { readListings } from './listings.ts'
import { readLookups } from './lookups.ts'
import { readMatches } from './matches.ts'
import { readMood } from './mood.ts'
import { readRelated } from './related.ts'
import { readReports } from './reports.ts'
import { readScopes } from './scopes.ts'
import { readSourceFacts, readTopics } from './topics.ts'

/** How often the file is looked at for another that took its place, in ms; and for a first one. */
const timeBetweenLooks = { replaced: 100, made: 20 }

/** How often damage is reported, in ms. */
const timeBetweenReports = 1000

/** Every query of the index; the search answers at once. */
export type ReaderQueries = Omit<Pick<ArticleIndex, QueryName>, 'search'> & { search: Search }

type Connection = {
  queries: ReaderQueries
  inode: number | undefined
  setNow: (now: number) => void
  /** Suppresses what is suppressed from this state of the file. Quick when nothing has changed. */
  suppress: (suppressed: Suppressed[], version: number) => void
  close: () => void
}

/** What reading takes from its surroundings. */
export type IndexReaderOptions = {
  now: () => Date
  /** Called when the file can be opened and not be read, at most once a second. */
  onDamage?: (reason: string) => void
}

/** Counted across connections and lists, so that no state of two is taken for the same. */
let lastSuppressedVersion = 0

/**
 * Reading from the file at `path`, wherever it comes from and whenever. `current` answers a reader
 * that knows the time; it is to be used at once and not kept. `suppress` replaces the list of
 * what is not served although the file holds it.
 */
export function openIndexReader(
  path: string,
  { now, onDamage = () => {} }: IndexReaderOptions,
): {
  current: () => ReaderQueries
  suppress: (suppressed: Suppressed[]) => void
  /** Has the next query look whether another file took the place of this one. */
  lookAgain: () => void
  close: () => void
} {
  let damage: string | undefined
  let connection = tryConnecting() ?? connectToEmpty()
  let suppressed: Suppressed[] = []
  let suppressedVersion = 0
  let nextLookAt = 0
  let nextReportAt = 0
  lookLater()

  function tryConnecting(): Connection | undefined {
    damage = undefined
    try {
      return connect(path)
    } catch (error) {
      if (!isUnusableIndex(error)) throw error
      damage = reasonOf(error)
      return undefined
    }
  }

  function lookLater(): void {
    const { replaced, made } = timeBetweenLooks
    nextLookAt = performance.now() + (connection.inode === undefined ? made : replaced)
  }

  function followFile(): void {
    if (performance.now() < nextLookAt) return
    const inode = inodeOf(path)
    const isAnother = inode !== undefined && inode !== connection.inode
    const another = isAnother ? tryConnecting() : undefined
    if (another) {
      connection.close()
      connection = another
    }
    lookLater()
    if (damage === undefined || performance.now() < nextReportAt) return
    nextReportAt = performance.now() + timeBetweenReports
    onDamage(`it cannot be read (${damage})`)
  }

  return {
    current() {
      followFile()
      connection.setNow(now().getTime())
      connection.suppress(suppressed, suppressedVersion)
      return connection.queries
    },
    suppress(list) {
      suppressed = list
      lastSuppressedVersion += 1
      suppressedVersion = lastSuppressedVersion
    },
    lookAgain() {
      nextLookAt = 0
    },
    close: () => connection.close(),
  }
}

/**
 * Undefined while there is no file that this code can read; the writer notices that itself. Throws the
 * error of SQLite for damage that only a reader can find.
 */
function connect(path: string): Connection | undefined {
  const inode = inodeOf(path)
  let db: DatabaseSync
  try {
    db = openDatabaseReader(path)
  } catch (error) {
    // Another process, such as a backup, has locked the file for a while.
    if (!(error instanceof UnusableDatabaseError || isBusy(error))) throw error
    return undefined
  }
  try {
    const connection = prepareConnection(db, inode)
    if (inodeOf(path) === inode) return connection
    // Replaced while it was opened: its log may be gone already.
    connection.close()
    return connect(path)
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

/** Stands in for a file that is not there yet. */
function connectToEmpty(): Connection {
  const db = new DatabaseSync(':memory:')
  createSchema(db, 0)
  return prepareConnection(db, undefined)
}

function prepareConnection(db: DatabaseSync, inode: number | undefined): Connection {
  const visibility = installVisibility(db)
  const clock = { now: 0, suppressedVersion: 0 }
  const scopes = readScopes(db, visibility)
  const findGeneration = db.prepare('SELECT generation FROM state')
  let suppressedGeneration: unknown
  const reports = readReports(db, scopes)
  const epoch = createEpoch(db, clock, reports.findNextDueAt)
  const { highlight, close } = createHighlighter()
  return {
    inode,
    setNow(now) {
      clock.now = now
      visibility.setNow(now)
    },
    suppress(suppressed, version) {
      if (suppressed.length === 0 && version === clock.suppressedVersion) return
      // What is written meanwhile may give the address to another row.
      const generation = findGeneration.get()?.generation
      if (version === clock.suppressedVersion && generation === suppressedGeneration) return
      visibility.suppress(suppressed)
      clock.suppressedVersion = version
      suppressedGeneration = generation
    },
    queries: {
      ...readLookups(db, scopes),
      ...readListings(db, scopes),
      ...readMatches(db, scopes),
      ...readRelated(db, scopes),
      ...readIndexable(db),
      ...readMood(db, clock, scopes),
      ...readCorrections(db),
      ...readEntries(db),
      ...readSourceFacts(db, scopes),
      ...reports,
      ...readTopics(db, scopes, epoch),
      epoch,
      search: readSearch(db, { clock, scopes, highlight }),
    },
    close() {
      close()
      db.close()
    },
  }
}

/** Counted across connections: a file that was replaced must not bring an old number back. */
let lastEpoch = 0

/**
 * A number that changes whenever something was written, suppressed or has become due, and with every
 * full hour: what is counted over the last hours or days is another count then.
 *
 * One short query shows whether another connection has written; `clock.now` is in ms since 1970,
 * `clock.suppressedVersion` another number whenever other articles are suppressed.
 */
function createEpoch(
  db: DatabaseSync,
  clock: { now: number; suppressedVersion: number },
  findNextDueAt: () => string | undefined,
): () => number {
  const findGeneration = db.prepare('SELECT generation FROM state')
  let epoch = 0
  let generation = -1
  let suppressedVersion = -1
  let from = 0
  let until = 0

  return () => {
    const row = findGeneration.get()
    const current = row ? numberOf(row, 'generation') : 0
    const isSame = current === generation && clock.suppressedVersion === suppressedVersion
    if (isSame && clock.now >= from && clock.now < until) return epoch
    const due = findNextDueAt()
    generation = current
    suppressedVersion = clock.suppressedVersion
    from = clock.now
    // The mood is another one in every hour, and on every day, which some zones begin at half past.
    const nextHour = (Math.floor(clock.now / millisecondsPerHour) + 1) * millisecondsPerHour
    const tomorrow = startOfTomorrowIn(site().timeZone, clock.now)
    until = Math.min(due ? Date.parse(due) : nextHour, nextHour, tomorrow)
    lastEpoch += 1
    epoch = lastEpoch
    return epoch
  }
}
