import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { closeToOthers, makeDataFolder } from '#lib/node/data-folder.ts'
import type { Log } from '#lib/node/log.ts'

/**
 * What ingest remembers, in one SQLite file of the data folder. Losing it loses no article: what was
 * told is read from the content folder again (`sync-articles.ts`).
 *
 * A story's `state`: `new`, `changed` and `gone` are work to do; `told`, `twin`, `refused`,
 * `withdrawn` and `left` (a person's file, not to be touched) are done. `path` is the file of the
 * article in the story's language, reserved before anything is written. `twin_path` is the article
 * that tells of the same event.
 */
const schema = `
  CREATE TABLE source (
    key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    memory TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    last_error TEXT,
    retry_at TEXT,
    -- The server said so itself; else it is our own back-off.
    is_told_to_wait INTEGER NOT NULL DEFAULT 0,
    asked_at TEXT,
    fetched_at TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE story (
    publisher TEXT NOT NULL,
    id TEXT NOT NULL,
    feed TEXT NOT NULL,
    url_key TEXT,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    path TEXT,
    -- Of the reserved path, so that no other story takes it.
    slug TEXT,
    twin_path TEXT,
    -- The twin stands in the article's alsoReportedBy.
    is_noted INTEGER NOT NULL DEFAULT 0,
    is_judged INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    gist TEXT NOT NULL,
    language TEXT NOT NULL,
    published_at TEXT NOT NULL,
    url TEXT,
    publisher_name TEXT NOT NULL,
    publisher_type TEXT NOT NULL,
    -- The whole story while there is work to do with it.
    story TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT,
    seen_at TEXT NOT NULL,
    changed_at TEXT,
    PRIMARY KEY (publisher, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX story_by_url ON story (url_key) WHERE url_key IS NOT NULL;
  CREATE INDEX story_at_work ON story (state, published_at)
    WHERE state IN ('new', 'changed', 'gone');
  CREATE INDEX story_unjudged ON story (published_at) WHERE state = 'new' AND is_judged = 0;
  CREATE INDEX story_by_slug ON story (slug) WHERE slug IS NOT NULL;
  CREATE INDEX story_by_path ON story (path) WHERE path IS NOT NULL;
  CREATE INDEX story_unnoted ON story (seen_at) WHERE state = 'twin' AND is_noted = 0;
  CREATE INDEX story_twins ON story (twin_path) WHERE twin_path IS NOT NULL;
  CREATE INDEX story_by_time ON story (published_at);

  CREATE TABLE article (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    locale TEXT NOT NULL,
    slug TEXT NOT NULL,
    publisher TEXT,
    external_id TEXT,
    title TEXT NOT NULL,
    gist TEXT NOT NULL,
    published_at TEXT NOT NULL,
    -- Of the story it was written from; absent when a person wrote it.
    fingerprint TEXT,
    is_translation INTEGER NOT NULL,
    photo TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_by_story ON article (external_id, publisher)
    WHERE external_id IS NOT NULL;
  CREATE INDEX article_by_slug ON article (slug);
  CREATE INDEX article_by_time ON article (published_at);

  CREATE TABLE article_url (
    url_key TEXT NOT NULL,
    path TEXT NOT NULL,
    publisher TEXT NOT NULL,
    PRIMARY KEY (url_key, path)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX article_url_by_path ON article_url (path);

  CREATE TABLE translation (
    path TEXT NOT NULL,
    locale TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT,
    PRIMARY KEY (path, locale)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX translation_wanted ON translation (path) WHERE state = 'wanted';

  -- Answers that cost something, kept so that none is asked for twice.
  CREATE TABLE answer (
    digest TEXT PRIMARY KEY,
    made_at TEXT NOT NULL,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE spending (
    day TEXT PRIMARY KEY,
    requests INTEGER NOT NULL,
    tokens INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`

/** Raise it when the tables change: a ledger of another version is begun anew from the content. */
const version = 1

/** How long answers are kept, in days. */
const answersKept = 30

export type LedgerFile = {
  db: DatabaseSync
  /** Runs work that is kept whole or not at all; may stand inside another. */
  transact<Result>(work: () => Result): Result
  close(): void
}

/**
 * Opens or makes the ledger in the data folder. One that is damaged or of another version is put
 * aside. With `isRehearsal` everything that is written is forgotten on closing.
 */
export function openLedgerFile(
  dataDir: string,
  { now, log, isRehearsal }: { now: Date; log: Log; isRehearsal: boolean },
): LedgerFile {
  makeDataFolder(dataDir)
  const db = openOrBeginAgain(join(dataDir, 'ingest.sqlite'), log)
  if (isRehearsal) db.exec('BEGIN IMMEDIATE')
  const oldest = new Date(now.getTime() - answersKept * 86_400_000).toISOString()
  db.prepare('DELETE FROM answer WHERE made_at < ?').run(oldest)
  let depth = 0
  return {
    db,
    transact(work) {
      const name = `work_${depth}`
      depth += 1
      db.exec(`SAVEPOINT ${name}`)
      try {
        const result = work()
        db.exec(`RELEASE ${name}`)
        return result
      } catch (cause) {
        db.exec(`ROLLBACK TO ${name}; RELEASE ${name}`)
        throw cause
      } finally {
        depth -= 1
      }
    },
    close() {
      if (isRehearsal) db.exec('ROLLBACK')
      db.close()
    },
  }
}

function openOrBeginAgain(file: string, log: Log): DatabaseSync {
  try {
    return openDatabase(file)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    if (/locked|busy|readonly|unable to open/i.test(reason)) throw cause
    log.warn(`The ledger ${file} cannot be used (${reason}); a new one is made from the content.`)
    renameSync(file, `${file}.damaged`)
    for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true })
    return openDatabase(file)
  }
}

function openDatabase(file: string): DatabaseSync {
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000')
    const found = Number(db.prepare('PRAGMA user_version').get()?.user_version)
    if (found === 0) {
      db.exec(`BEGIN IMMEDIATE; ${schema} PRAGMA user_version = ${version}; COMMIT`)
    } else if (found !== version) {
      throw new Error(`version ${found}, not ${version}`)
    } else if (db.prepare('PRAGMA quick_check(1)').get()?.quick_check !== 'ok') {
      throw new Error('it is damaged')
    }
    closeToOthers(file)
    return db
  } catch (cause) {
    db.close()
    throw cause
  }
}
