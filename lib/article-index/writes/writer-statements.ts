import type { DatabaseSync } from 'node:sqlite'
import { type Locale, locales } from '#lib/site/locales.ts'
import { searchTable } from '../store/schema.ts'

/** Everything that is ever written to the tables of the index. */
export function prepareStatements(db: DatabaseSync) {
  const searchStatements = (locale: Locale) => {
    const table = searchTable(locale)
    const findSize = db.prepare(`SELECT sz FROM ${searchTable(locale, '_docsize')} WHERE id = ?`)
    const data = searchTable(locale, '_data')
    const findTotals = db.prepare(`SELECT block FROM ${data} WHERE id = 1`)
    const remove = db.prepare(`DELETE FROM ${table} WHERE rowid = ?`)
    return {
      add: db.prepare(`INSERT INTO ${table} (rowid, title, description, tags, body, scopes)
        VALUES (?, ?, ?, ?, ?, ?)`),
      /** Answers how many words it had, to be taken from the totals after `flush`. */
      remove(id: number): number[] {
        const size = readVarints(findSize.get(id)?.sz)
        remove.run(id)
        return size
      },
      /**
       * FTS5 of a table without content goes on counting rows that were deleted, and their words
       * (SQLite 3.53). bm25 weighs by both, so two copies of one revision would rank hits differently,
       * depending on what each has deleted on its way. The first row of its data are the totals: of
       * rows, and of words in each column (`fts5_index.c`).
       */
      subtract(removed: number[][]): void {
        const totals = readVarints(findTotals.get()?.block)
        for (const size of removed) {
          for (const [i, count] of [1, ...size].entries())
            totals[i] = Math.max(0, (totals[i] ?? 0) - count)
        }
        const block = Uint8Array.from(totals.flatMap(toVarint))
        db.enableDefensive(false)
        try {
          db.prepare(`UPDATE ${data} SET block = ? WHERE id = 1`).run(block)
        } finally {
          db.enableDefensive(true)
        }
      },
      flush: db.prepare(`INSERT INTO ${table} (${table}) VALUES ('flush')`),
    }
  }
  return {
    listFiles: db.prepare(`SELECT path, fingerprint FROM files WHERE path > ?
      ORDER BY path LIMIT ?`),
    findFile: db.prepare(`SELECT path, fingerprint, digest, article_id, error_count, warning_count
      FROM files WHERE path = ?`),
    findArticleOf: db.prepare(`SELECT locale, slug, indexable FROM files
      JOIN articles ON id = article_id WHERE files.path = ?`),
    fileCount: db.prepare('SELECT file_count FROM state'),
    writeFile: db.prepare(`INSERT OR REPLACE INTO files
      (path, fingerprint, digest, article_id, refused_slug, error_count, warning_count, problems)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)`),
    setFingerprint: db.prepare('UPDATE files SET fingerprint = ? WHERE path = ?'),
    removeFile: db.prepare('DELETE FROM files WHERE path = ?'),
    countFiles: db.prepare(`UPDATE state SET file_count = file_count + ?,
      article_count = article_count + ?, error_count = error_count + ?,
      warning_count = warning_count + ?`),

    findArticle: db.prepare(
      'SELECT locale, slug, published_at, sentiment FROM articles WHERE id = ?',
    ),
    lastId: db.prepare('SELECT max(id) AS id FROM articles WHERE id >= ? AND id < ?'),
    addArticle: db.prepare(`INSERT INTO articles
      (id, path, locale, slug, translation_key, published_at, updated_at, sentiment, sticky_weight,
        pinned_until, breaking_until, draft, withdrawn,
        shadowed, indexable, summary_crc, reviewed, category_scope, source_scope, sentiment_scope)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    addSummary: db.prepare('INSERT INTO summaries (article_id, summary, scopes) VALUES (?, ?, ?)'),
    addBody: db.prepare('INSERT INTO bodies (article_id, body) VALUES (?, ?)'),
    addAlias: db.prepare('INSERT INTO aliases (locale, alias, article_id) VALUES (?, ?, ?)'),
    addCorrection: db.prepare(`INSERT INTO corrections (locale, corrected_at, article_id, place)
      VALUES (?, ?, ?, ?)`),
    removeArticle: [
      db.prepare('DELETE FROM articles WHERE id = ?'),
      db.prepare('DELETE FROM summaries WHERE article_id = ?'),
      db.prepare('DELETE FROM bodies WHERE article_id = ?'),
      db.prepare('DELETE FROM aliases WHERE article_id = ?'),
      db.prepare('DELETE FROM corrections WHERE article_id = ?'),
    ],
    addEntry: db.prepare(`INSERT INTO entries (kind, key, locale, path, place, value)
      VALUES (?, ?, ?, ?, ?, ?)`),
    listEntriesOf: db.prepare('SELECT key, value FROM entries WHERE path = ?'),
    removeEntries: db.prepare('DELETE FROM entries WHERE path = ?'),
    findScopes: db.prepare('SELECT scopes FROM summaries WHERE article_id = ?'),

    listClaims: db.prepare(`SELECT id, path, published_at, sentiment, draft, withdrawn, shadowed
      FROM articles WHERE slug = ? AND locale = ?`),
    setShadowed: db.prepare('UPDATE articles SET shadowed = ? WHERE id = ?'),
    addScope: db.prepare('INSERT OR IGNORE INTO scopes (locale, kind, segment) VALUES (?, ?, ?)'),
    findScope: db.prepare('SELECT id FROM scopes WHERE locale = ? AND kind = ? AND segment = ?'),
    findScopeKey: db.prepare('SELECT locale, kind, segment FROM scopes WHERE id = ?'),
    setRemovedAt:
      db.prepare(`INSERT INTO scopes (locale, kind, segment, removed_at) VALUES (?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET removed_at = excluded.removed_at`),
    findPosition: db.prepare('SELECT origin, origin_revision FROM state'),
    setPosition: db.prepare('UPDATE state SET origin = ?, origin_revision = ?'),
    forgetFiles: db.prepare("UPDATE files SET fingerprint = '', digest = ''"),
    countGain: db.prepare('UPDATE scopes SET served_count = served_count + ? WHERE id = ?'),
    countWeek: db.prepare(`INSERT INTO scope_weeks (scope_id, week, served_count) VALUES (?, ?, ?)
      ON CONFLICT DO UPDATE SET served_count = served_count + excluded.served_count`),
    removeEmptyWeeks: db.prepare('DELETE FROM scope_weeks WHERE scope_id = ? AND served_count = 0'),
    countDay: db.prepare(`INSERT INTO scope_days (scope_id, day, positive, neutral, negative)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT DO UPDATE SET positive = positive + excluded.positive,
        neutral = neutral + excluded.neutral, negative = negative + excluded.negative`),
    removeEmptyDays: db.prepare(`DELETE FROM scope_days
      WHERE scope_id = ? AND positive = 0 AND neutral = 0 AND negative = 0`),
    addPlacement:
      db.prepare(`INSERT INTO placements (scope_id, published_at, slug, article_id, name, sentiment)
      VALUES (?, ?, ?, ?, ?, ?)`),
    findPlacement: db.prepare(
      'SELECT 1 FROM placements WHERE scope_id = ? AND published_at = ? AND slug = ? LIMIT 1',
    ),
    removePlacement: db.prepare(`DELETE FROM placements
      WHERE scope_id = ? AND published_at = ? AND slug = ? AND article_id = ?`),
    search: new Map(locales.map((locale) => [locale, searchStatements(locale)])),
  }
}

/** Numbers as SQLite stores them in a row of FTS5, those of up to 49 bits: seven bits a byte. */
function readVarints(bytes: unknown): number[] {
  const numbers: number[] = []
  let number = 0
  for (const byte of bytes instanceof Uint8Array ? bytes : []) {
    number = number * 128 + (byte % 128)
    if (byte >= 128) continue
    numbers.push(number)
    number = 0
  }
  return numbers
}

function toVarint(number: number): number[] {
  const bytes = [number % 128]
  for (let rest = Math.floor(number / 128); rest > 0; rest = Math.floor(rest / 128)) {
    bytes.unshift(128 + (rest % 128))
  }
  return bytes
}
