import { DatabaseSync } from 'node:sqlite'
import type { ArticleIndex } from '../article-index.ts'
import type { HiddenArticle } from '../hidden-article.ts'
import { createHighlighter } from '../search/excerpts.ts'
import { readSearch, type Search } from '../search/search-articles.ts'
import {
  inodeOf,
  isBusy,
  isUnusable,
  openDatabaseReader,
  UnusableIndexError,
} from '../store/database-file.ts'
import { createSchema } from '../store/schema.ts'
import { installVisibility } from '../store/visibility.ts'
import { readCorrections } from './corrections.ts'
import { readEntries } from './entries.ts'
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
  /** Hides what is hidden from this state of the file. Quick when nothing has changed. */
  hide: (hidden: HiddenArticle[], version: number) => void
  close: () => void
}

/** What reading takes from its surroundings. */
export type ReadsOptions = {
  now: () => Date
  /** Called when the file can be opened and not be read, at most once a second. */
  onDamage?: (reason: string) => void
}

/** Counted across connections and lists, so that no state of two is taken for the same. */
let lastHiddenVersion = 0

/**
 * Reading from the file at `path`, wherever it comes from and whenever. `current` answers a reader
 * that knows the time; it is to be used at once and not kept. `hide` replaces the list of the articles
 * that are not served although the file holds them.
 */
export function openReads(
  path: string,
  { now, onDamage = () => {} }: ReadsOptions,
): { current: () => Reads; hide: (hidden: HiddenArticle[]) => void; close: () => void } {
  let damage: string | undefined
  let connection = tryConnecting() ?? connectToNothing()
  let hidden: HiddenArticle[] = []
  let hiddenVersion = 0
  let nextLookAt = 0
  let nextReportAt = 0
  lookLater()

  function tryConnecting(): Connection | undefined {
    damage = undefined
    try {
      return connect(path)
    } catch (error) {
      if (!isUnusable(error)) throw error
      damage = error instanceof Error ? error.message : String(error)
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
    nextReportAt = performance.now() + timeBetweenLooks.replaced
    onDamage(`it cannot be read (${damage})`)
  }

  return {
    current() {
      followFile()
      connection.setNow(now().getTime())
      connection.hide(hidden, hiddenVersion)
      return connection.reads
    },
    hide(articles) {
      hidden = articles
      lastHiddenVersion += 1
      hiddenVersion = lastHiddenVersion
    },
    close: () => connection.close(),
  }
}

/**
 * Undefined while there is no file that this code can read, which whoever writes sees as well. Throws
 * what SQLite says of one that is damaged where only a reader looks.
 */
function connect(path: string): Connection | undefined {
  const inode = inodeOf(path)
  let db: DatabaseSync
  try {
    db = openDatabaseReader(path)
  } catch (error) {
    // Whoever holds the file for itself, a backup say, lets go of it some time.
    if (!(error instanceof UnusableIndexError || isBusy(error))) throw error
    return undefined
  }
  try {
    return prepareReads(db, inode)
  } catch (error) {
    db.close()
    if (isBusy(error)) return undefined
    throw error
  }
}

/** Stands in for a file that is not there yet. */
function connectToNothing(): Connection {
  const db = new DatabaseSync(':memory:')
  createSchema(db, 0)
  return prepareReads(db, undefined)
}

function prepareReads(db: DatabaseSync, inode: number | undefined): Connection {
  const visibility = installVisibility(db)
  const clock = { now: 0, hiddenVersion: 0 }
  const scopes = readScopes(db, visibility)
  const findGeneration = db.prepare('SELECT generation FROM state')
  let hiddenGeneration: unknown
  const reports = readReports(db, scopes)
  const epoch = createEpoch(db, clock, reports.findNextDueAt)
  const topics = readTopics(db, scopes)
  const { highlight, close } = createHighlighter()
  return {
    inode,
    setNow(now) {
      clock.now = now
      visibility.setNow(now)
    },
    hide(hidden, version) {
      if (hidden.length === 0 && version === clock.hiddenVersion) return
      // What is written meanwhile may give the address to another row.
      const generation = findGeneration.get()?.generation
      if (version === clock.hiddenVersion && generation === hiddenGeneration) return
      visibility.hide(hidden)
      clock.hiddenVersion = version
      hiddenGeneration = generation
    },
    reads: {
      ...readLookups(db, scopes),
      ...readListings(db, scopes),
      ...readMatches(db, scopes),
      ...readRelated(db, scopes),
      ...readOffered(db),
      ...readMood(db, clock, scopes),
      ...readCorrections(db),
      ...readEntries(db),
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
