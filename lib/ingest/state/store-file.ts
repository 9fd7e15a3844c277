import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { makeDataFolder } from '#lib/node/data-folder.ts'
import type { Log } from '#lib/node/log.ts'
import { createTransact, openDatabase, type Transact } from '#lib/node/sqlite.ts'

/**
 * What ingest remembers, in one SQLite file of the data folder. Losing it loses no article: what was
 * told is read from the content folder again (`sync-articles.ts`).
 *
 * A story's `state`: `new`, `changed` and `retracted` are work to do; `published`, `duplicate`, `rejected`,
 * `withdrawn` and `manual` (a person's file, not to be touched) are done. `path` is the file of the
 * article in the story's language, reserved before anything is written. `duplicate_of` is the article
 * that tells of the same event.
 */
const tables = `
  CREATE TABLE source (
    key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    checkpoint TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    last_error TEXT,
    retry_at TEXT,
    -- The server said so itself; else it is our own back-off.
    has_retry_after INTEGER NOT NULL DEFAULT 0,
    fetched_at TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE story (
    publisher TEXT NOT NULL,
    id TEXT NOT NULL,
    source_key TEXT NOT NULL,
    url_key TEXT,
    fingerprint TEXT NOT NULL,
    state TEXT NOT NULL,
    reason TEXT,
    path TEXT,
    -- Of the reserved path, so that no other story takes it.
    slug TEXT,
    duplicate_of TEXT,
    -- The duplicate stands in the article's alsoReportedBy.
    is_credited INTEGER NOT NULL DEFAULT 0,
    is_deduped INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
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

  CREATE TABLE article (
    path TEXT PRIMARY KEY,
    stamp TEXT NOT NULL,
    locale TEXT NOT NULL,
    slug TEXT NOT NULL,
    publisher TEXT,
    external_id TEXT,
    title TEXT NOT NULL,
    lead TEXT NOT NULL,
    published_at TEXT NOT NULL,
    -- Of the story it was written from; absent when a person wrote it.
    fingerprint TEXT,
    is_translation INTEGER NOT NULL,
    photo TEXT
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE article_url (
    url_key TEXT NOT NULL,
    path TEXT NOT NULL,
    publisher TEXT NOT NULL,
    PRIMARY KEY (url_key, path)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE translation (
    path TEXT NOT NULL,
    locale TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT,
    PRIMARY KEY (path, locale)
  ) STRICT, WITHOUT ROWID;

  -- Responses of the model and of Unsplash, kept so that no request is paid for twice.
  CREATE TABLE response (
    digest TEXT PRIMARY KEY,
    made_at TEXT NOT NULL,
    content TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE spending (
    day TEXT PRIMARY KEY,
    requests INTEGER NOT NULL,
    tokens INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX story_by_url ON story (url_key) WHERE url_key IS NOT NULL;
  CREATE INDEX story_by_slug ON story (slug) WHERE slug IS NOT NULL;
  CREATE INDEX story_by_path ON story (path) WHERE path IS NOT NULL;
  CREATE INDEX story_by_time ON story (published_at);
  CREATE INDEX article_by_story ON article (external_id, publisher)
    WHERE external_id IS NOT NULL;
  CREATE INDEX article_by_slug ON article (slug);
  CREATE INDEX article_by_time ON article (published_at);
  CREATE INDEX article_url_by_path ON article_url (path);
`

/** Those that name a state. */
const indexes = `
  CREATE INDEX story_pending ON story (state, published_at)
    WHERE state IN ('new', 'changed', 'retracted');
  CREATE INDEX story_undeduped ON story (published_at) WHERE state = 'new' AND is_deduped = 0;
  CREATE INDEX story_uncredited ON story (seen_at) WHERE state = 'duplicate' AND is_credited = 0;
  CREATE INDEX story_duplicates ON story (duplicate_of) WHERE duplicate_of IS NOT NULL;
  CREATE INDEX translation_pending ON translation (path) WHERE state = 'pending';
`

/** Raise it when the tables change, and add a migration: a store without one is rebuilt from the content. */
const version = 2

/** From version 1, which had other names for the same things. */
const migrationFrom1 = `
  DROP INDEX story_at_work;
  DROP INDEX story_unjudged;
  DROP INDEX story_unnoted;
  DROP INDEX story_twins;
  DROP INDEX translation_wanted;
  ALTER TABLE source RENAME COLUMN memory TO checkpoint;
  ALTER TABLE source RENAME COLUMN is_told_to_wait TO has_retry_after;
  ALTER TABLE source DROP COLUMN asked_at;
  ALTER TABLE story RENAME COLUMN feed TO source_key;
  ALTER TABLE story RENAME COLUMN gist TO lead;
  ALTER TABLE story RENAME COLUMN twin_path TO duplicate_of;
  ALTER TABLE story RENAME COLUMN is_noted TO is_credited;
  ALTER TABLE story RENAME COLUMN is_judged TO is_deduped;
  UPDATE story SET state = CASE state
    WHEN 'told' THEN 'published'
    WHEN 'gone' THEN 'retracted'
    WHEN 'twin' THEN 'duplicate'
    WHEN 'refused' THEN 'rejected'
    WHEN 'left' THEN 'manual'
    ELSE state END;
  ALTER TABLE article RENAME COLUMN gist TO lead;
  UPDATE translation SET state = CASE state
    WHEN 'wanted' THEN 'pending'
    WHEN 'left' THEN 'skipped'
    ELSE state END;
  ALTER TABLE answer RENAME TO response;
`

/** How long responses are kept, in days. */
const responsesKept = 30

export type StoreFile = {
  db: DatabaseSync
  transact: Transact
  close(): void
}

/**
 * Opens or creates the store in the data folder. An unusable file is set aside as
 * `ingest.sqlite.damaged`. With `isDryRun` closing undoes everything that was written.
 */
export function openStoreFile(
  dataDir: string,
  { now, log, isDryRun }: { now: Date; log: Log; isDryRun: boolean },
): StoreFile {
  makeDataFolder(dataDir)
  const file = join(dataDir, 'ingest.sqlite')
  const db = openDatabase({
    file,
    version,
    create: (created) => created.exec(tables + indexes),
    migrate(old, from) {
      if (from === 1) old.exec(migrationFrom1 + indexes)
      return from === 1
    },
    synchronous: 'NORMAL',
    busyTimeoutMs: 5000,
    whenUnusable: 'set aside',
    onUnusable: (reason) =>
      log.warn(`${file} cannot be used (${reason}). A new one is made from the content folder.`),
  })
  if (isDryRun) db.exec('BEGIN IMMEDIATE')
  const oldest = new Date(now.getTime() - responsesKept * 86_400_000).toISOString()
  db.prepare('DELETE FROM response WHERE made_at < ?').run(oldest)
  return {
    db,
    transact: createTransact(db),
    close() {
      if (isDryRun) db.exec('ROLLBACK')
      db.close()
    },
  }
}
