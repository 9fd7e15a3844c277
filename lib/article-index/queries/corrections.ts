import type { DatabaseSync } from 'node:sqlite'
import type { ArticleIndex, ListedCorrection } from '../article-index.ts'
import { numberOf, type Row, toSummary } from '../store/rows.ts'

/** Corrections of all articles, newest first; those of one instant in the order of their articles. */
export function readCorrections(db: DatabaseSync): Pick<ArticleIndex, 'listCorrections'> {
  const visible = `FROM main.corrections JOIN visible_summaries AS seen ON seen.id = article_id
    WHERE corrections.locale = ?`
  const count = db.prepare(`SELECT count(*) AS count ${visible}`)
  const list = db.prepare(`SELECT place, summary ${visible}
    ORDER BY corrected_at DESC, article_id, place LIMIT ? OFFSET ?`)

  return {
    listCorrections({ locale, page, pageSize }) {
      const row = count.get(locale)
      const correctionCount = row ? numberOf(row, 'count') : 0
      return {
        corrections: list.all(locale, pageSize, (page - 1) * pageSize).flatMap(toListed),
        page,
        pageCount: Math.ceil(correctionCount / pageSize),
        correctionCount,
      }
    },
  }
}

function toListed(row: Row): ListedCorrection[] {
  const article = toSummary(row)
  const place = numberOf(row, 'place')
  const correction = article.corrections[place]
  return correction ? [{ correction, number: place + 1, article }] : []
}
