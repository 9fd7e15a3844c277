import type { DatabaseSync } from 'node:sqlite'

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
const views = `
  CREATE TEMP TABLE clock (now INTEGER NOT NULL) STRICT;
  INSERT INTO clock VALUES (0);

  CREATE TEMP VIEW visible_articles AS
    SELECT id, locale, slug, published_at, sticky_weight, category_scope, source_scope,
      sentiment_scope FROM main.articles
    WHERE served = 1 AND ${isDue};

  -- The plus: see visible_placements.
  CREATE TEMP VIEW offered_articles AS
    SELECT id, locale, slug, published_at, updated_at, summary_crc FROM main.articles
    WHERE served = 1 AND offered = 1 AND +${isDue};

  CREATE TEMP VIEW offered_summaries AS
    SELECT offered_articles.*, summary
    FROM temp.offered_articles JOIN main.summaries ON article_id = id;

  CREATE TEMP VIEW visible_summaries AS
    SELECT visible_articles.*, summary
    FROM temp.visible_articles JOIN main.summaries ON article_id = id;

  CREATE TEMP VIEW visible_texts AS
    SELECT visible_summaries.*, body
    FROM temp.visible_summaries JOIN main.bodies ON article_id = id;

  -- The plus keeps SQLite from taking this for the range to look in: a query may name a narrower one.
  CREATE TEMP VIEW visible_placements AS
    SELECT * FROM main.placements WHERE +${isDue};

  CREATE TEMP VIEW scheduled_placements AS
    SELECT * FROM main.placements WHERE ${isScheduled};

  CREATE TEMP VIEW withdrawn_articles AS
    SELECT id, locale, slug FROM main.articles
    WHERE draft = 0 AND withdrawn = 1 AND shadowed = 0 AND ${isDue};
`

/** Gives a connection the views above. The answer tells them the time, in ms since 1970. */
export function installVisibility(db: DatabaseSync): (now: number) => void {
  db.exec(views)
  const setNow = db.prepare('UPDATE temp.clock SET now = ?')
  let current = 0
  return (now) => {
    if (now === current) return
    setNow.run(now)
    current = now
  }
}
