import type { DatabaseSync } from 'node:sqlite'
import type { Suppressed } from '../article-index.ts'

/**
 * What can ever be served: not a draft, not taken back, and not shadowed by another file with the
 * same slug and locale. A generated column of `articles`, so that it follows from the other three.
 */
export const servedExpression = 'draft = 0 AND withdrawn = 0 AND shadowed = 0'

const isDue = 'published_at <= (SELECT now FROM temp.clock)'
/** Said as a comparison: SQLite finds no range of an index in `NOT (… <= …)`. */
const isScheduled = 'published_at > (SELECT now FROM temp.clock)'

/**
 * The visibility rule, and the only way from a query to an article: what can be served and is not
 * dated in the future. Listings read `visible_placements`, an index that holds served articles only,
 * and fetch what they found from `visible_summaries`, which asks the whole rule again.
 */
const tables = `
  CREATE TEMP TABLE clock (now INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0);

  -- Articles that were taken back and are in the index all the same; see SuppressedArticle.
  CREATE TEMP TABLE suppressed (
    article_id INTEGER PRIMARY KEY,
    published_at INTEGER NOT NULL,
    slug TEXT NOT NULL,
    kind TEXT NOT NULL
  ) STRICT;

  -- What else was taken back; see SuppressedEntry. An empty key is every one of the file.
  CREATE TEMP TABLE suppressed_entries (path TEXT NOT NULL, key TEXT NOT NULL) STRICT;

  CREATE TEMP VIEW visible_entries AS
    SELECT kind, key, locale, path, place, value FROM main.entries
    WHERE NOT EXISTS (SELECT 1 FROM temp.suppressed_entries AS suppressed
      WHERE suppressed.path = entries.path AND suppressed.key IN ('', entries.key));
`

const viewNames = [
  'visible_articles',
  'indexable_articles',
  'indexable_summaries',
  'visible_summaries',
  'visible_texts',
  'visible_placements',
  'scheduled_placements',
  'withdrawn_articles',
]

/** Nearly always nothing is suppressed, and then no row is looked up for it. */
const isShown = (id: string, hasSuppressed: boolean) =>
  hasSuppressed ? `AND ${id} NOT IN (SELECT article_id FROM temp.suppressed)` : ''

const isSuppressedAsWithdrawn = `id IN (SELECT article_id FROM temp.suppressed WHERE kind = 'withdrawn')`

const toViews = (hasSuppressed: boolean) => `
  CREATE TEMP VIEW visible_articles AS
    SELECT id, locale, slug, translation_key, published_at, sticky_weight, pinned_until, breaking_until,
      category_scope, source_scope, sentiment_scope FROM main.articles
    WHERE served = 1 AND ${isDue} ${isShown('id', hasSuppressed)};

  -- The plus: see visible_placements.
  CREATE TEMP VIEW indexable_articles AS
    SELECT id, locale, slug, translation_key, published_at, updated_at, summary_crc FROM main.articles
    WHERE served = 1 AND indexable = 1 AND +${isDue} ${isShown('id', hasSuppressed)};

  CREATE TEMP VIEW indexable_summaries AS
    SELECT indexable_articles.*, summary
    FROM temp.indexable_articles JOIN main.summaries ON article_id = id;

  CREATE TEMP VIEW visible_summaries AS
    SELECT visible_articles.*, summary
    FROM temp.visible_articles JOIN main.summaries ON article_id = id;

  CREATE TEMP VIEW visible_texts AS
    SELECT visible_summaries.*, body
    FROM temp.visible_summaries JOIN main.bodies ON article_id = id;

  -- The plus keeps SQLite from taking this for the range to look in: a query may name a narrower one.
  CREATE TEMP VIEW visible_placements AS
    SELECT * FROM main.placements WHERE +${isDue} ${isShown('article_id', hasSuppressed)};

  CREATE TEMP VIEW scheduled_placements AS
    SELECT * FROM main.placements WHERE ${isScheduled};

  CREATE TEMP VIEW withdrawn_articles AS
    SELECT id, locale, slug FROM main.articles
    WHERE draft = 0 AND withdrawn = 1 AND shadowed = 0 AND ${isDue}
      ${hasSuppressed ? `OR (${isDue} AND ${isSuppressedAsWithdrawn})` : ''};
`

export type Visibility = {
  /** Tells the views the time, in ms since 1970. */
  setNow: (now: number) => void
  /** Suppresses these from all views, and no others. */
  suppress: (suppressed: Suppressed[]) => void
  /** How many articles of the index are suppressed. */
  countSuppressed: () => number
}

/** Gives a connection the views above. */
export function installVisibility(db: DatabaseSync): Visibility {
  db.exec(tables + toViews(false))
  const setNow = db.prepare('UPDATE temp.clock SET now = ?')
  const suppressAddress = db.prepare(`INSERT OR REPLACE INTO temp.suppressed
    SELECT id, published_at, slug, ? FROM main.articles WHERE slug = ? AND locale = ?`)
  const suppressEntry = db.prepare('INSERT INTO temp.suppressed_entries VALUES (?, ?)')
  let current = 0
  let suppressedCount = 0

  return {
    setNow(now) {
      if (now === current) return
      setNow.run(now)
      current = now
    },
    suppress(suppressed) {
      db.exec('DELETE FROM temp.suppressed; DELETE FROM temp.suppressed_entries')
      let count = 0
      for (const one of suppressed) {
        if (one.kind === 'entry') suppressEntry.run(one.path, one.key ?? '')
        else count += Number(suppressAddress.run(one.kind, one.slug, one.locale).changes)
      }
      if (count > 0 !== suppressedCount > 0) {
        db.exec(viewNames.map((name) => `DROP VIEW temp.${name};`).join('\n') + toViews(count > 0))
      }
      suppressedCount = count
    },
    countSuppressed: () => suppressedCount,
  }
}
