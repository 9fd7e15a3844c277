import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { makeDataFolder } from '#lib/node/data-folder.ts'
import type { Log } from '#lib/node/log.ts'
import { createTransact, openDatabase, type Transact } from '#lib/node/sqlite.ts'
import { type ArticleTable, openArticleTable } from './article-table.ts'
import { type HoldTable, openHoldTable } from './hold-table.ts'
import { openResponseTable, type ResponseTable } from './response-table.ts'
import { type SharedState, shareStore } from './shared-state.ts'
import { openSourceTable, type SourceTable } from './source-table.ts'
import { noModelReason, openStoryTable, type StoryTable } from './story-table.ts'
import { openTranslationTable, type TranslationTable } from './translation-table.ts'

/** Everything that ingest keeps from pass to pass. */
export type IngestStore = {
  sources: SourceTable
  stories: StoryTable
  articles: ArticleTable
  translations: TranslationTable
  responses: ResponseTable
  holds: HoldTable
  /**
   * Whether anything is to be published, updated, withdrawn, credited or translated; with a model, also
   * whether excerpts are to be rewritten.
   */
  hasWork(hasModel: boolean): boolean
  transact: StoreFile['transact']
  /**
   * Where several machines share the state: what has changed is theirs as well. Rejects when another
   * machine ingests now, or what they share cannot be written. On one machine it has nothing to do.
   */
  save(): Promise<void>
  close(): void
}

type StoreOptions = { now: Date; log: Log; isDryRun: boolean }

/** Opens the store of a data folder; see `openStoreFile`. */
export function openIngestStore(dataDir: string, options: StoreOptions): IngestStore {
  const file = openStoreFile(dataDir, options)
  file.prune()
  return toStore(file, async () => {})
}

/** The same as a copy of what several machines share; see `shareStore`. */
export async function openSharedStore(
  dataDir: string,
  options: StoreOptions & { contentDir: string; state: SharedState },
): Promise<IngestStore> {
  const file = openStoreFile(dataDir, options)
  try {
    const { save } = await shareStore(file, { ...options, storeVersion: version })
    file.prune()
    return toStore(file, options.isDryRun ? async () => {} : save)
  } catch (cause) {
    file.close()
    throw cause
  }
}

function toStore(file: StoreFile, save: IngestStore['save']): IngestStore {
  const stories = openStoryTable(file)
  const translations = openTranslationTable(file)
  return {
    sources: openSourceTable(file),
    stories,
    articles: openArticleTable(file),
    translations,
    responses: openResponseTable(file),
    holds: openHoldTable(file),
    hasWork: (hasModel) => stories.hasWork(hasModel) || translations.hasWork(),
    transact: file.transact,
    save,
    close: file.close,
  }
}

/**
 * One SQLite file of the data folder. Losing it loses no article: what has been published is read from
 * the content folder again (`sync-known-articles.ts`).
 *
 * A story's `state`: `new`, `changed` and `retracted` are work to do; `published`, `duplicate`,
 * `rejected`, `withdrawn` and `manual` (a person has the file, so ingest does not write it) are done.
 * `excerpt` is a draft that was written because no model was configured: work to do once there is one.
 * `path` is the file of the article in the story's language, reserved before anything is written.
 * `duplicate_of` is the article about the same event.
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
    -- retry_at comes from the server's Retry-After, not from our back-off.
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
    -- The whole story, as JSON, while there is work to do or may be.
    story TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    retry_at TEXT,
    seen_at TEXT NOT NULL,
    changed_at TEXT,
    -- The text that the article was written from, for a while: what has changed is found by it. Last,
    -- so that no other column lies behind a long text.
    text TEXT,
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
    -- A draft of ingest that no model has written.
    is_excerpt INTEGER NOT NULL DEFAULT 0,
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

/** What version 3 adds. */
const tablesOf3 = `
  -- What waits for a person or for its source: see hold-table.ts.
  CREATE TABLE hold (
    kind TEXT NOT NULL,
    source_key TEXT NOT NULL,
    publisher TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    why TEXT NOT NULL,
    path TEXT,
    difference TEXT,
    file_digest TEXT,
    since TEXT NOT NULL,
    PRIMARY KEY (publisher, id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX story_with_text ON story (seen_at) WHERE text IS NOT NULL;
`

/** The indexes that name a state or a column that version 1 named otherwise. */
const indexes = `
  CREATE INDEX story_pending ON story (state, published_at)
    WHERE state IN ('new', 'changed', 'retracted');
  CREATE INDEX story_undeduped ON story (published_at) WHERE state = 'new' AND is_deduped = 0;
  CREATE INDEX story_uncredited ON story (seen_at) WHERE state = 'duplicate' AND is_credited = 0;
  CREATE INDEX story_duplicates ON story (duplicate_of) WHERE duplicate_of IS NOT NULL;
  CREATE INDEX translation_pending ON translation (path) WHERE state = 'pending';
`

const excerptIndex = `
  CREATE INDEX story_excerpts ON story (published_at) WHERE state = 'excerpt';
`

/**
 * To which article's event a source returns with a story of its own. A table of its own that is made
 * where it is missing: what is in it is a help for editors, and its loss loses nothing.
 */
const relatedTable = `
  CREATE TABLE IF NOT EXISTS related_story (
    publisher TEXT NOT NULL,
    id TEXT NOT NULL,
    earlier_path TEXT NOT NULL,
    PRIMARY KEY (publisher, id)
  ) STRICT, WITHOUT ROWID;
`

/** Raise it when the tables change, and add a migration: without one the store is rebuilt from the content. */
const version = 3

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

/**
 * From version 2, which did not distinguish excerpts from other articles: without a stamp each file is
 * read again. What a day has cost stands in the content folder now (`spending-record.ts`).
 */
const migrationFrom2 = `
  ALTER TABLE article ADD COLUMN is_excerpt INTEGER NOT NULL DEFAULT 0;
  UPDATE article SET stamp = '';
  UPDATE story SET state = 'excerpt' WHERE state = 'published' AND reason = '${noModelReason}';
  DROP TABLE spending;
  ${excerptIndex}
`

/** How long responses are kept, in days. */
const responsesKept = 30

/** How long the text of a story is kept after it was first seen, in days. Later ones seldom change. */
const textsKept = 60

export type StoreFile = {
  db: DatabaseSync
  transact: Transact
  /** Deletes what is kept for a time only. */
  prune(): void
  close(): void
}

/**
 * Opens or creates the store in the data folder. An unusable file is set aside as
 * `ingest.sqlite.damaged`. With `isDryRun` closing undoes everything that was written.
 */
function openStoreFile(dataDir: string, { now, log, isDryRun }: StoreOptions): StoreFile {
  makeDataFolder(dataDir)
  const file = join(dataDir, 'ingest.sqlite')
  const db = openDatabase({
    file,
    version,
    create: (created) => created.exec(tables + tablesOf3 + indexes + excerptIndex),
    migrate(old, from) {
      if (from === 1) old.exec(migrationFrom1 + indexes)
      if (from === 1 || from === 2) {
        old.exec(`ALTER TABLE story ADD COLUMN text TEXT;${tablesOf3}${migrationFrom2}`)
      }
      return from === 1 || from === 2
    },
    synchronous: 'NORMAL',
    busyTimeoutMs: 5000,
    whenUnusable: 'set aside',
    onUnusable: (reason) =>
      log.warn(`${file} cannot be used (${reason}). A new one is made from the content folder.`),
  })
  db.exec(relatedTable)
  if (isDryRun) db.exec('BEGIN IMMEDIATE')
  const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString()
  return {
    db,
    transact: createTransact(db),
    prune() {
      db.prepare('DELETE FROM response WHERE made_at < ?').run(daysAgo(responsesKept))
      db.prepare('UPDATE story SET text = NULL WHERE seen_at < ? AND text IS NOT NULL').run(
        daysAgo(textsKept),
      )
    },
    close() {
      if (isDryRun) db.exec('ROLLBACK')
      db.close()
    },
  }
}
