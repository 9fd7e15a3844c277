import { numberOf, optionalTextOf, type Row, textOf } from '#lib/node/sqlite.ts'
import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import type { StoreFile } from './ingest-store.ts'

/** What ingest needs to know of any article in the content folder. */
export type KnownArticle = {
  path: string
  /** Changes when the file does. */
  stamp: string
  locale: Locale
  slug: string
  publisher: string | undefined
  externalId: string | undefined
  title: string
  lead: string
  publishedAt: string
  fingerprint: string | undefined
  isTranslation: boolean
  /** A draft of ingest that no model has written. */
  isExcerpt: boolean
  photo: string | undefined
  /** Addresses of the story, its own and those of others who report it. */
  urls: { urlKey: string; publisher: string }[]
}

export type ArticleRecord = Omit<KnownArticle, 'urls' | 'stamp' | 'photo'>

export type ArticleTable = ReturnType<typeof openArticleTable>

/** The articles of the content folder, as of the last sync. */
export function openArticleTable({ db }: StoreFile) {
  const stamps = db.prepare('SELECT path, stamp FROM article')
  const replace = db.prepare(
    `INSERT OR REPLACE INTO article (path, stamp, locale, slug, publisher, external_id, title, lead,
       published_at, fingerprint, is_translation, is_excerpt, photo)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const remove = db.prepare('DELETE FROM article WHERE path = ?')
  const removeUrls = db.prepare('DELETE FROM article_url WHERE path = ?')
  const addUrl = db.prepare(
    'INSERT OR IGNORE INTO article_url (url_key, path, publisher) VALUES (?, ?, ?)',
  )
  const byStory = db.prepare(
    `SELECT * FROM article WHERE external_id = ? AND publisher = ?
     ORDER BY is_translation, path LIMIT 1`,
  )
  const byUrl = db.prepare(
    `SELECT article.*, article_url.publisher AS url_publisher
     FROM article_url JOIN article USING (path) WHERE url_key = ?
     ORDER BY article_url.publisher = ? DESC, is_translation, path LIMIT 1`,
  )
  const bySlug = db.prepare('SELECT path FROM article WHERE slug = ? LIMIT 1')
  const between = db.prepare(
    'SELECT * FROM article WHERE published_at BETWEEN ? AND ? AND is_translation = 0',
  )
  const photos = db.prepare(
    `SELECT photo FROM (SELECT photo FROM article ORDER BY published_at DESC LIMIT ?)
     WHERE photo IS NOT NULL`,
  )
  return {
    /** The stamp of each file when it was last read, by path. */
    mapStamps(): Map<string, string> {
      const map = new Map<string, string>()
      for (const row of stamps.iterate()) map.set(textOf(row, 'path'), textOf(row, 'stamp'))
      return map
    },
    write(article: KnownArticle): void {
      replace.run(
        article.path,
        article.stamp,
        article.locale,
        article.slug,
        article.publisher ?? null,
        article.externalId ?? null,
        article.title,
        article.lead,
        article.publishedAt,
        article.fingerprint ?? null,
        article.isTranslation ? 1 : 0,
        article.isExcerpt ? 1 : 0,
        article.photo ?? null,
      )
      removeUrls.run(article.path)
      for (const { urlKey, publisher } of article.urls) addUrl.run(urlKey, article.path, publisher)
    },
    remove(path: string): void {
      remove.run(path)
      removeUrls.run(path)
    },
    /** The article of a story: the original before its translations. */
    findByStory(publisher: string, id: string): ArticleRecord | undefined {
      const row = byStory.get(id, publisher)
      return row && toRecord(row)
    },
    findByUrl(
      urlKey: string,
      publisher: string,
    ): (ArticleRecord & { urlPublisher: string }) | undefined {
      const row = byUrl.get(urlKey, publisher)
      return row && { ...toRecord(row), urlPublisher: textOf(row, 'url_publisher') }
    },
    isSlugTaken(slug: string): boolean {
      return bySlug.get(slug) !== undefined
    },
    listPublishedBetween(from: string, to: string): ArticleRecord[] {
      return between.all(from, to).map(toRecord)
    },
    /** The photos of the latest articles. */
    listPhotos(articleCount: number): Set<string> {
      return new Set(photos.all(articleCount).map((row) => textOf(row, 'photo')))
    },
  }
}

function toRecord(row: Row): ArticleRecord {
  const locale = textOf(row, 'locale')
  return {
    path: textOf(row, 'path'),
    locale: isLocale(locale) ? locale : defaultLocale,
    slug: textOf(row, 'slug'),
    publisher: optionalTextOf(row, 'publisher'),
    externalId: optionalTextOf(row, 'external_id'),
    title: textOf(row, 'title'),
    lead: textOf(row, 'lead'),
    publishedAt: textOf(row, 'published_at'),
    fingerprint: optionalTextOf(row, 'fingerprint'),
    isTranslation: numberOf(row, 'is_translation') === 1,
    isExcerpt: numberOf(row, 'is_excerpt') === 1,
  }
}
