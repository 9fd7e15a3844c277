import type { DatabaseSync } from 'node:sqlite'
import { type Locale, locales } from '#lib/site/locales.ts'
import type { ArticleIndex, SearchResults } from '../article-index.ts'
import { numberOf, toArticle } from '../rows.ts'
import { searchTable } from '../schema.ts'
import type { Highlighter } from './excerpts.ts'
import { parseQueryWords } from './query-words.ts'

/** Of a search that matches more, the newest are ranked, so that its cost is bounded. */
const mostCandidates = 1000

/** Of title, description, tags, body. */
const weights = '10, 3, 6, 1'

/** A new article ranks as one that matches half as well again but is very old. */
const recencyBonus = 0.5
const recencyHalfLife = 180 * 86_400_000

type SearchQuery = Parameters<ArticleIndex['search']>[0]

export function readSearch(db: DatabaseSync, clock: { now: number }, highlight: Highlighter) {
  const statements = new Map(locales.map((locale) => [locale, prepareSearch(db, locale)]))
  const findArticle = db.prepare('SELECT summary, body FROM visible_contents WHERE id = ?')

  /** Ids of visible matches, the best first. */
  function rank(locale: Locale, expression: string): number[] {
    const rows = statements.get(locale)?.listCandidates.all(expression) ?? []
    return rows
      .map((row) => {
        const age = Math.max(0, clock.now - numberOf(row, 'published_at'))
        const recency = 1 + recencyBonus * 2 ** (-age / recencyHalfLife)
        // bm25 is the smaller the better the match.
        return { id: numberOf(row, 'id'), score: -numberOf(row, 'score') * recency }
      })
      .sort((a, b) => b.score - a.score || b.id - a.id)
      .map(({ id }) => id)
  }

  /**
   * Any of the words. The rarest come first and common ones are left out once there are candidates
   * enough: otherwise the newest articles with “the” would push out those with the word that counts.
   */
  function toAnyOf(locale: Locale, words: string[]): string {
    const count = statements.get(locale)?.countUpToMost
    const counted = words
      .map((word) => ({ word, matches: Number(count?.get(word)?.matches ?? 0) }))
      .filter(({ matches }) => matches > 0)
      .sort((a, b) => a.matches - b.matches)
    const chosen: string[] = []
    let total = 0
    for (const { word, matches } of counted) {
      if (chosen.length > 0 && total + matches > mostCandidates) break
      chosen.push(word)
      total += matches
    }
    return chosen.join(' OR ')
  }

  function findMatches(locale: Locale, words: string[]): number[] {
    const all = words.length > 0 ? rank(locale, words.join(' AND ')) : []
    if (all.length > 0 || words.length < 2) return all
    const anyOf = toAnyOf(locale, words)
    return anyOf ? rank(locale, anyOf) : []
  }

  return function search({ locale, text, page, pageSize }: SearchQuery): SearchResults {
    const words = parseQueryWords(text)
    const ids = findMatches(locale, words)
    const isPage = Number.isInteger(page) && page >= 1
    const articles = (isPage ? ids.slice((page - 1) * pageSize, page * pageSize) : [])
      .map((id) => findArticle.get(id))
      .filter((row) => row !== undefined)
      .map(toArticle)
    const marked = articles.length > 0 ? highlight(articles, words.join(' OR ')) : []
    const hits = articles.flatMap(({ body: _, ...article }, i) => {
      const highlighted = marked[i]
      return highlighted ? [{ article, ...highlighted }] : []
    })
    return { hits, page, pageCount: Math.ceil(ids.length / pageSize), hitCount: ids.length }
  }
}

function prepareSearch(db: DatabaseSync, locale: Locale) {
  const table = searchTable(locale)
  return {
    listCandidates: db.prepare(`SELECT id, score, published_at
      FROM (
        SELECT rowid, bm25(${table}, ${weights}) AS score FROM ${table}
        WHERE ${table} MATCH ? ORDER BY rowid DESC LIMIT ${mostCandidates}
      ) AS candidate
      CROSS JOIN visible_articles ON id = candidate.rowid`),
    countUpToMost: db.prepare(`SELECT count(*) AS matches FROM (
      SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT ${mostCandidates + 1})`),
  }
}
