import type { DatabaseSync } from 'node:sqlite'
import { crc32 } from 'node:zlib'
import { readSourceVersion } from '#lib/node/source-version.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import { servedExpression } from './install-visibility.ts'

/**
 * Words are folded in case and diacritics and, where they are English, cut to their stem. U+02BC is a
 * letter to SQLite and made a separator like the other apostrophes; inside Cyrillic words none of them
 * reaches the tokenizer (see `hideApostrophes`).
 */
export const tokenizer = "porter unicode61 remove_diacritics 2 separators 'ʼ'"

/**
 * A word that stands in the full-text tables for a listing. It begins with a character for private use,
 * which is a letter to the tokenizer and to nobody who types a question.
 */
export const toScopeWord = (scopeId: number): string => `\u{E000}${scopeId}`

/**
 * The full-text table of a locale: word statistics and candidates of one language only. `part` is one of
 * the tables in which FTS5 keeps it.
 */
export function searchTable(locale: Locale, part: '' | '_data' | '_docsize' = ''): string {
  return `"search_${locale}${part}"`
}

/**
 * `articles.id` grows with the publication time (see `firstIdAt`), so that the newest matches of a
 * word are the last ones of its list. `summaries` and `bodies` are apart so that what lists read lies
 * close together. `placements` is every listing of the site in reading order: one range of its key is
 * one listing. `scope_weeks` counts it by weeks, so that a deep page is reached without walking there;
 * `scope_days` counts it by sentiments, so that the mood of a season is some ninety rows.
 *
 * No foreign keys: checking them costs a tenth of a first sync, and one place writes all tables.
 */
const tables = `
  CREATE TABLE state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    revision INTEGER NOT NULL,
    -- Grows with every transaction that changed something; a sync may need many.
    generation INTEGER NOT NULL,
    -- The generation that the revision stands for.
    revised_generation INTEGER NOT NULL,
    -- Counting the files themselves would take a tenth of a second when they are many.
    file_count INTEGER NOT NULL DEFAULT 0,
    article_count INTEGER NOT NULL DEFAULT 0,
    error_count INTEGER NOT NULL DEFAULT 0,
    warning_count INTEGER NOT NULL DEFAULT 0,
    -- Where a replica stands; see Position. NULL when the index is made of a folder alone.
    origin TEXT,
    origin_revision INTEGER
  ) STRICT;

  CREATE TABLE files (
    path TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    digest TEXT NOT NULL,
    article_id INTEGER,
    -- Of a file that cannot become an article: the slug that its name gives it.
    refused_slug TEXT,
    error_count INTEGER NOT NULL,
    warning_count INTEGER NOT NULL,
    problems TEXT
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX files_refused ON files (refused_slug) WHERE refused_slug IS NOT NULL;
  CREATE INDEX files_with_problems ON files (path) WHERE problems IS NOT NULL;

  CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    locale TEXT NOT NULL,
    slug TEXT NOT NULL,
    -- What pairs it with its translations: its own key, else its slug.
    translation_key TEXT NOT NULL,
    published_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- See sentimentCodes; NULL when nobody judged it.
    sentiment INTEGER,
    sticky_weight REAL NOT NULL,
    -- Until when, in ms since 1970; 0 for an article that is not pinned, or no breaking news.
    pinned_until INTEGER NOT NULL,
    breaking_until INTEGER NOT NULL,
    draft INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    shadowed INTEGER NOT NULL,
    -- Search engines may list it: it does not ask to be left out and has no other canonical home.
    indexable INTEGER NOT NULL,
    -- CRC-32 of the summary: another one when anything a list shows of the article is.
    summary_crc INTEGER NOT NULL,
    -- For editors: 1 with a valid review, 0 for what a model wrote without one, NULL for other texts.
    reviewed INTEGER,
    -- Scopes that search counts by.
    category_scope INTEGER NOT NULL,
    source_scope INTEGER,
    sentiment_scope INTEGER,
    served INTEGER NOT NULL GENERATED ALWAYS AS (${servedExpression}) STORED
  ) STRICT;
  CREATE INDEX articles_by_slug ON articles (slug, locale);
  CREATE INDEX articles_pinned
    ON articles (locale, sticky_weight DESC, published_at DESC, slug)
    WHERE served = 1 AND sticky_weight > 0;
  CREATE INDEX articles_breaking ON articles (breaking_until)
    WHERE served = 1 AND breaking_until > 0;
  CREATE INDEX articles_by_end_of_pin ON articles (pinned_until)
    WHERE served = 1 AND pinned_until > 0;
  -- Covers what sitemaps ask of a month, so that its articles need not be read.
  CREATE INDEX articles_indexable
    ON articles (locale, published_at, slug, updated_at, summary_crc, served, indexable)
    WHERE served = 1 AND indexable = 1;
  CREATE INDEX articles_by_translation_key ON articles (translation_key, locale);
  -- All that editors filter by, so that a hundred thousand articles are counted without their rows.
  CREATE INDEX articles_for_editors
    ON articles (locale, draft, withdrawn, shadowed, reviewed, category_scope, published_at);
  CREATE INDEX articles_shadowed ON articles (path) WHERE shadowed = 1;

  CREATE TABLE summaries (
    article_id INTEGER PRIMARY KEY,
    summary TEXT NOT NULL,
    -- Scope ids and names of the article's placements, its sentiment among them, which are there while it is
    -- served.
    scopes TEXT NOT NULL
  ) STRICT;

  CREATE TABLE bodies (
    article_id INTEGER PRIMARY KEY,
    -- Markdown. Compressing it would take a fifth of the time of reading its file.
    body TEXT NOT NULL
  ) STRICT;

  CREATE TABLE aliases (
    locale TEXT NOT NULL,
    alias TEXT NOT NULL,
    article_id INTEGER NOT NULL,
    PRIMARY KEY (locale, alias, article_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX aliases_by_article ON aliases (article_id);

  CREATE TABLE scopes (
    id INTEGER PRIMARY KEY,
    locale TEXT NOT NULL,
    kind TEXT NOT NULL,
    segment TEXT NOT NULL,
    served_count INTEGER NOT NULL DEFAULT 0,
    -- When an article last left it, in ms since 1970; NULL since the index was built.
    removed_at INTEGER,
    UNIQUE (locale, kind, segment)
  ) STRICT;

  CREATE TABLE placements (
    scope_id INTEGER NOT NULL,
    published_at INTEGER NOT NULL,
    slug TEXT NOT NULL,
    article_id INTEGER NOT NULL,
    name TEXT,
    sentiment INTEGER,
    PRIMARY KEY (scope_id, published_at DESC, slug, article_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE scope_weeks (
    scope_id INTEGER NOT NULL,
    -- Weeks since 1970.
    week INTEGER NOT NULL,
    served_count INTEGER NOT NULL,
    PRIMARY KEY (scope_id, week DESC)
  ) STRICT, WITHOUT ROWID;

  -- Served articles that have a sentiment, by the day of their publication (since 1970,
  -- in the publication's time zone).
  CREATE TABLE scope_days (
    scope_id INTEGER NOT NULL,
    day INTEGER NOT NULL,
    positive INTEGER NOT NULL,
    neutral INTEGER NOT NULL,
    negative INTEGER NOT NULL,
    PRIMARY KEY (scope_id, day)
  ) STRICT, WITHOUT ROWID;

  -- Where in an article's list of corrections each one stands.
  CREATE TABLE corrections (
    locale TEXT NOT NULL,
    corrected_at INTEGER NOT NULL,
    article_id INTEGER NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (locale, corrected_at DESC, article_id, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX corrections_by_article ON corrections (article_id);

  -- What content files hold besides articles; see ContentEntry. An empty locale is every language.
  CREATE TABLE entries (
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    locale TEXT NOT NULL,
    path TEXT NOT NULL,
    -- Its place in the file.
    place INTEGER NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (kind, key, locale, path, place)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_by_path ON entries (path);
`

/**
 * Contentless: only the index of the words is kept, the texts are in `bodies`. `scopes` holds the
 * listings that an article stands in, as words, so that a filter is one more word. What is written is
 * merged in small steps afterwards (`mergeStep`) and not while a reader waits for a commit.
 */
const searchTables = locales
  .map((locale) => {
    const table = searchTable(locale)
    const set = (option: string, value: number) =>
      `INSERT INTO ${table} (${table}, rank) VALUES ('${option}', ${value});`
    return `
      CREATE VIRTUAL TABLE ${table} USING fts5(
        title, description, tags, body, scopes,
        content = '', contentless_delete = 1, tokenize = "${tokenizer}"
      );
      ${set('hashsize', 16 * 1024 * 1024)}
      ${set('automerge', 0)}
      ${set('crisismerge', 200)}`
  })
  .join('\n')

const millisecondsPerWeek = 7 * 86_400_000

/** The week of an instant (ms since 1970); weeks count from 1970 and begin on Thursdays. */
export const weekOf = (instant: number): number => Math.floor(instant / millisecondsPerWeek)

export const startOfWeek = (week: number): number => week * millisecondsPerWeek

/** What makes rows: a file is read, prepared and written. What these import shapes rows as well. */
const makersOfRows = [
  'lib/content-sync/read-change.ts',
  'lib/content-sync/read-changes.ts',
  'lib/article-index/writes/article-writer.ts',
  'lib/article-index/writes/bulk-writer.ts',
]

/**
 * Kept in the file's `user_version`. A file with another one was made by other code, or under another
 * list of names or another time zone; and a file that this code refused may be read by it now.
 */
export const schemaVersion =
  crc32(
    `${readSourceVersion(makersOfRows)}${tables}${searchTables}${JSON.stringify([site().names, site().timeZone])}`,
  ) >>> 1

/**
 * Makes the tables of an empty database, without a transaction of its own. The first revision is taken from the clock, in seconds, so
 * that no revision comes twice when an index is thrown away and built again.
 */
export function createSchema(db: DatabaseSync, now: number): void {
  const revision = Math.floor(now / 1000)
  db.exec(`
    ${tables}
    ${searchTables}
    INSERT INTO state (only, revision, generation, revised_generation) VALUES (1, ${revision}, 0, 0);
  `)
}

/** How many ids a minute of publication has; further articles take ids of the next minutes. */
export const idsPerMinute = 1024

const firstMinute = Date.UTC(1900, 0) / 60_000

/**
 * The lowest id for an article published in the minute of `publishedAt` (ms since 1970). Ids that
 * grow with time let full-text search take the newest matches without looking at the others.
 */
export function firstIdAt(publishedAt: number): number {
  return Math.max(1, (Math.floor(publishedAt / 60_000) - firstMinute) * idsPerMinute)
}
