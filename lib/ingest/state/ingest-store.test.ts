import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished } from 'vitest'
import { logTo } from '#lib/node/log.ts'
import { describeIngestStore } from './ingest-store.contract.ts'
import { openIngestStore } from './ingest-store.ts'

/** The tables of version 1, as it created them. */
const version1 = `
  CREATE TABLE source (
    key TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    memory TEXT,
    failures INTEGER NOT NULL DEFAULT 0,
    failing_since TEXT,
    last_error TEXT,
    retry_at TEXT,
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
    slug TEXT,
    twin_path TEXT,
    is_noted INTEGER NOT NULL DEFAULT 0,
    is_judged INTEGER NOT NULL DEFAULT 0,
    title TEXT NOT NULL,
    gist TEXT NOT NULL,
    language TEXT NOT NULL,
    published_at TEXT NOT NULL,
    url TEXT,
    publisher_name TEXT NOT NULL,
    publisher_type TEXT NOT NULL,
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
  PRAGMA user_version = 1;
`

const now = new Date('2026-11-20T12:00:00.000Z')

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-store-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function describeTables(dataDir: string) {
  const db = new DatabaseSync(join(dataDir, 'ingest.sqlite'))
  const names = db
    .prepare("SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")
    .all()
  const tables = names.map(({ type, name }) => ({
    name: `${type} ${name}`,
    columns: db
      .prepare(`PRAGMA ${type === 'table' ? 'table_info' : 'index_info'}(${name})`)
      .all()
      .map((column) => String(column.name))
      .sort(),
  }))
  db.close()
  return tables.sort((a, b) => (a.name < b.name ? -1 : 1))
}

describeIngestStore('on one machine', async () => {
  const dataDir = makeFolder()
  const open = () => openIngestStore(dataDir, { now, log: logTo([]), isDryRun: false })
  let store = open()
  onTestFinished(() => store.close())
  return {
    store,
    async hand() {
      await store.save()
      store.close()
      store = open()
      return store
    },
  }
})

it('migrates a store of version 1 and loses nothing of it', () => {
  const dataDir = makeFolder()
  mkdirSync(dataDir, { recursive: true })
  const old = new DatabaseSync(join(dataDir, 'ingest.sqlite'))
  old.exec(version1)
  const story = old.prepare(
    `INSERT INTO story (publisher, id, feed, fingerprint, state, path, slug, twin_path, is_noted,
       is_judged, title, gist, language, published_at, publisher_name, publisher_type, seen_at)
     VALUES ('wire', ?, 'feed', 'f', ?, ?, ?, ?, 0, 1, 'A title', 'Its lead', 'en',
       '2026-11-20T09:00:00.000Z', 'Wire', 'RSS', '2026-11-20T09:05:00.000Z')`,
  )
  const states = ['new', 'changed', 'gone', 'told', 'twin', 'refused', 'withdrawn', 'left']
  for (const state of states) {
    const path = state === 'twin' ? null : `articles/en/2026/11/${state}.md`
    const twinPath = state === 'twin' ? 'articles/en/2026/11/told.md' : null
    story.run(state, state, path, path && state, twinPath)
  }
  old.exec(`
    INSERT INTO source (key, address, memory, is_told_to_wait, retry_at, asked_at)
      VALUES ('wire', 'https://wire.example', 'etag', 1, '2026-11-20T13:00:00.000Z', 'x');
    INSERT INTO translation (path, locale, state) VALUES ('a.md', 'uk', 'wanted'),
      ('b.md', 'uk', 'left'), ('c.md', 'uk', 'done');
    INSERT INTO answer VALUES ('d', '2026-11-20T09:00:00.000Z', 'paid for');
    INSERT INTO article (path, stamp, locale, slug, title, gist, published_at, is_translation)
      VALUES ('a.md', 's', 'en', 'a', 'A', 'Its lead', '2026-11-20T09:00:00.000Z', 0);
  `)
  old.close()

  const lines: string[] = []
  const store = openIngestStore(dataDir, { now, log: logTo(lines), isDryRun: false })
  const stateOf = (id: string) => store.stories.find('wire', id)?.state
  expect(states.map(stateOf)).toEqual([
    'new',
    'changed',
    'retracted',
    'published',
    'duplicate',
    'rejected',
    'withdrawn',
    'manual',
  ])
  expect(store.stories.find('wire', 'told')).toMatchObject({ sourceKey: 'feed', lead: 'Its lead' })
  expect(store.stories.listUndeduped()).toEqual([])
  expect(store.stories.listUncreditedDuplicates()).toMatchObject([
    { id: 'twin', duplicateOf: 'articles/en/2026/11/told.md' },
  ])
  expect(store.sources.find('wire', 'https://wire.example')).toMatchObject({
    checkpoint: 'etag',
    hasRetryAfter: true,
    retryAt: '2026-11-20T13:00:00.000Z',
  })
  expect(store.translations.listPending(now.toISOString())).toMatchObject([{ path: 'a.md' }])
  expect(store.responses.find('d')?.content).toBe('paid for')
  expect(store.articles.listPublishedBetween('2026', '2027')).toMatchObject([{ lead: 'Its lead' }])
  store.close()
  expect(lines).toEqual([])

  const fresh = makeFolder()
  openIngestStore(fresh, { now, log: logTo(lines), isDryRun: false }).close()
  expect(describeTables(dataDir)).toEqual(describeTables(fresh))
})

it('migrates a store of version 2, whose excerpts wait for a model', () => {
  const dataDir = makeFolder()
  const lines: string[] = []
  const open = () => openIngestStore(dataDir, { now, log: logTo(lines), isDryRun: false })
  open().close()
  const old = new DatabaseSync(join(dataDir, 'ingest.sqlite'))
  old.exec(`
    DROP INDEX story_excerpts;
    ALTER TABLE article DROP COLUMN is_excerpt;
    DROP INDEX story_with_text;
    ALTER TABLE story DROP COLUMN text;
    DROP TABLE hold;
    CREATE TABLE spending (day TEXT PRIMARY KEY, requests INTEGER NOT NULL, tokens INTEGER NOT NULL)
      STRICT, WITHOUT ROWID;
    PRAGMA user_version = 2;
  `)
  const story = old.prepare(
    `INSERT INTO story (publisher, id, source_key, fingerprint, state, reason, title, lead, language,
       published_at, publisher_name, publisher_type, seen_at)
     VALUES ('wire', ?, 'feed', 'f', 'published', ?, 'A title', 'Its lead', 'en',
       '2026-11-20T09:00:00.000Z', 'Wire', 'RSS', '2026-11-20T09:05:00.000Z')`,
  )
  story.run('an excerpt', 'no model is configured; this is an excerpt')
  story.run('an article', null)
  old.close()
  const store = open()
  expect(store.stories.find('wire', 'an excerpt')?.state).toBe('excerpt')
  expect(store.stories.find('wire', 'an article')?.state).toBe('published')
  // Its text is stored when its source sends it again.
  expect(store.stories.listPending('excerpt', now.toISOString())).toEqual([])
  store.close()
  expect(lines).toEqual([])
  const fresh = makeFolder()
  openIngestStore(fresh, { now, log: logTo(lines), isDryRun: false }).close()
  expect(describeTables(dataDir)).toEqual(describeTables(fresh))
})

it('is rebuilt from the content when its version is unknown, and says so', () => {
  const dataDir = makeFolder()
  const lines: string[] = []
  const open = () => openIngestStore(dataDir, { now, log: logTo(lines), isDryRun: false })
  open().close()
  const db = new DatabaseSync(join(dataDir, 'ingest.sqlite'))
  db.exec('PRAGMA user_version = 99')
  db.close()
  open().close()
  expect(lines).toEqual([expect.stringMatching(/version 99.*from the content folder/)])
})
