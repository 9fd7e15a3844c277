import type { DatabaseSync } from 'node:sqlite'
import type { ArticleIndex, SpanSlice } from '../article-index.ts'
import { numberOf, textOf, toSummary } from '../store/rows.ts'

export type Offered = Pick<ArticleIndex, 'countOffered' | 'listOffered' | 'digestOffered'>

/** A slug with a character that addresses do not hold as it is: each of its bytes may take three. */
const encodedSlug = "slug GLOB '*[^A-Za-z0-9_.~-]*'"

export function readOffered(db: DatabaseSync): Offered {
  const slice = `SELECT * FROM offered_articles
    WHERE locale = ?1 AND published_at >= ?2 AND published_at < ?3
      AND (published_at > ?2 OR slug > ?4)
    ORDER BY published_at, slug LIMIT ?5 OFFSET ?6`
  const count = db.prepare(`SELECT count(*) AS article_count, max(published_at) AS published_at,
      max(updated_at) AS updated_at, max(length(CAST(slug AS BLOB)) *
        CASE WHEN ${encodedSlug} THEN 3 ELSE 1 END) AS longest_slug
    FROM (${slice})`)
  const list = db.prepare(`SELECT summary FROM (${slice}) AS found
    JOIN visible_summaries USING (id) ORDER BY found.published_at, found.slug`)
  const digest = db.prepare(`SELECT found.published_at, found.slug,
      found.summary_crc + coalesce(sum(other.summary_crc), 0) AS digest, count(other.id) AS others
    FROM (${slice}) AS found LEFT JOIN offered_articles AS other
      ON other.slug = found.slug AND other.locale <> ?1
    GROUP BY found.published_at, found.slug ORDER BY found.published_at, found.slug`)

  return {
    countOffered(asked) {
      const row = count.get(...toParameters(asked)) ?? {}
      return {
        articleCount: numberOf(row, 'article_count'),
        publishedAt: toInstant(row.published_at),
        updatedAt: toInstant(row.updated_at),
        longestSlug: typeof row.longest_slug === 'number' ? row.longest_slug : 0,
      }
    },

    listOffered: (asked) => list.all(...toParameters(asked)).map(toSummary),

    digestOffered(asked) {
      const rows = digest.all(...toParameters(asked))
      const last = rows.at(-1)
      return {
        digest: rows.reduce((sum, row) => sum + numberOf(row, 'digest'), rows.length),
        translationCount: rows.reduce((sum, row) => sum + numberOf(row, 'others'), 0),
        last:
          last && asked.limit !== undefined && rows.length >= asked.limit
            ? {
                publishedAt: new Date(numberOf(last, 'published_at')).toISOString(),
                slug: textOf(last, 'slug'),
              }
            : undefined,
      }
    },
  }
}

/** A negative limit is none to SQLite. */
function toParameters({ locale, from, before, after, skip = 0, limit = -1 }: SpanSlice) {
  const start = Date.parse(after?.publishedAt ?? from)
  return [locale, start, Date.parse(before), after?.slug ?? '', limit, skip] as const
}

const toInstant = (value: unknown) =>
  typeof value === 'number' ? new Date(value).toISOString() : undefined
