import type { DatabaseSync } from 'node:sqlite'
import { numberOf, textOf } from '#lib/node/sqlite.ts'
import type { ArticleIndex, SpanSlice } from '../article-index.ts'
import { toSummary } from '../store/rows.ts'

export type Indexable = Pick<ArticleIndex, 'countIndexable' | 'listIndexable' | 'digestIndexable'>

/** How many characters a slug has at most when it is percent-encoded: a byte takes three. */
const encodedLength =
  'octet_length(slug) * CASE WHEN octet_length(slug) > length(slug) THEN 3 ELSE 1 END'

const inSlice = `locale = ?1 AND published_at >= ?2 AND published_at < ?3
  AND (published_at > ?2 OR slug > ?4)
  ORDER BY published_at, slug LIMIT ?5 OFFSET ?6`

export function readIndexable(db: DatabaseSync): Indexable {
  const slice = `SELECT * FROM indexable_articles WHERE ${inSlice}`
  const count = db.prepare(`SELECT count(*) AS article_count, max(published_at) AS published_at,
    max(updated_at) AS updated_at, max(${encodedLength}) AS longest_slug FROM (${slice})`)
  const list = db.prepare(`SELECT summary FROM indexable_summaries WHERE ${inSlice}`)
  const findPlace = db.prepare(`SELECT published_at, slug FROM indexable_articles WHERE ${inSlice}`)
  const ofTranslations = (
    expression: string,
  ) => `(SELECT ${expression} FROM indexable_articles AS other
    WHERE other.translation_key = found.translation_key AND other.locale <> ?1)`
  const digest = db.prepare(`SELECT count(*) AS articles, total(summary_crc) AS own,
    total(${ofTranslations('total(other.summary_crc)')}) AS others,
    total(${ofTranslations('count(*)')}) AS translations FROM (${slice}) AS found`)

  return {
    countIndexable(asked) {
      const row = count.get(...toParameters(asked)) ?? {}
      return {
        articleCount: numberOf(row, 'article_count'),
        publishedAt: toInstant(row.published_at),
        updatedAt: toInstant(row.updated_at),
        longestSlug: typeof row.longest_slug === 'number' ? row.longest_slug : 0,
      }
    },

    listIndexable: (asked) => list.all(...toParameters(asked)).map(toSummary),

    digestIndexable(asked) {
      const row = digest.get(...toParameters(asked)) ?? {}
      const { limit = 0, skip = 0 } = asked
      const isFull = limit > 0 && numberOf(row, 'articles') === limit
      const last = isFull
        ? findPlace.get(...toParameters({ ...asked, skip: skip + limit - 1, limit: 1 }))
        : undefined
      return {
        digest: numberOf(row, 'own') + numberOf(row, 'others') + numberOf(row, 'articles'),
        translationCount: numberOf(row, 'translations'),
        last: last && {
          publishedAt: new Date(numberOf(last, 'published_at')).toISOString(),
          slug: textOf(last, 'slug'),
        },
      }
    },
  }
}

/** To SQLite a negative limit is no limit. */
function toParameters({ locale, from, before, after, skip = 0, limit = -1 }: SpanSlice) {
  const start = Date.parse(after?.publishedAt ?? from)
  return [locale, start, Date.parse(before), after?.slug ?? '', limit, skip] as const
}

const toInstant = (value: unknown) =>
  typeof value === 'number' ? new Date(value).toISOString() : undefined
