import type { DatabaseSync } from 'node:sqlite'
import { type Locale, locales } from '#lib/site/locales.ts'
import { searchTable } from '../schema.ts'

/** Everything that is ever written to the tables of the index. */
export function prepareStatements(db: DatabaseSync) {
  const searchStatements = (locale: Locale) => ({
    add: db.prepare(`INSERT INTO ${searchTable(locale)} (rowid, title, description, tags, body)
      VALUES (?, ?, ?, ?, ?)`),
    remove: db.prepare(`DELETE FROM ${searchTable(locale)} WHERE rowid = ?`),
    flush: db.prepare(
      `INSERT INTO ${searchTable(locale)} (${searchTable(locale)}) VALUES ('flush')`,
    ),
  })
  return {
    listFiles: db.prepare(`SELECT path, fingerprint, digest FROM files WHERE path > ?
      ORDER BY path LIMIT ?`),
    findFile: db.prepare('SELECT path, fingerprint, digest FROM files WHERE path = ?'),
    writeFile: db.prepare(`INSERT OR REPLACE INTO files
      (path, fingerprint, digest, error_count, warning_count, problems) VALUES (?, ?, ?, ?, ?, ?)`),
    setFingerprint: db.prepare('UPDATE files SET fingerprint = ? WHERE path = ?'),
    removeFile: db.prepare('DELETE FROM files WHERE path = ?'),

    findByPath: db.prepare('SELECT id, locale, slug FROM articles WHERE path = ?'),
    lastId: db.prepare('SELECT max(id) AS id FROM articles WHERE id >= ? AND id < ?'),
    addArticle: db.prepare(`INSERT INTO articles
      (id, path, locale, slug, published_at, sticky_weight, draft, withdrawn, shadowed)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    removeArticle: db.prepare('DELETE FROM articles WHERE id = ?'),
    addContent: db.prepare(
      'INSERT INTO contents (article_id, summary, places, body) VALUES (?, ?, ?, ?)',
    ),
    addAlias: db.prepare('INSERT INTO aliases (locale, alias, article_id) VALUES (?, ?, ?)'),
    findPlaces: db.prepare('SELECT places FROM contents WHERE article_id = ?'),

    listClaims: db.prepare(`SELECT id, shadowed FROM articles WHERE slug = ? AND locale = ?
      ORDER BY draft, path`),
    setShadowed: db.prepare('UPDATE articles SET shadowed = ? WHERE id = ?'),
    addScope: db.prepare('INSERT OR IGNORE INTO scopes (locale, kind, segment) VALUES (?, ?, ?)'),
    findScope: db.prepare('SELECT id FROM scopes WHERE locale = ? AND kind = ? AND segment = ?'),
    countGain: db.prepare('UPDATE scopes SET served_count = served_count + ? WHERE id = ?'),
    place: db.prepare(`INSERT INTO placements (scope_id, published_at, slug, article_id, name)
      SELECT ?, published_at, slug, id, ? FROM articles WHERE id = ? AND served = 1`),
    displace: db.prepare(`DELETE FROM placements WHERE scope_id = ?1 AND article_id = ?2
      AND (published_at, slug) = (SELECT published_at, slug FROM articles WHERE id = ?2)`),
    search: new Map(locales.map((locale) => [locale, searchStatements(locale)])),
  }
}
