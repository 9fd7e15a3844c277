import type { DatabaseSync } from 'node:sqlite'
import { type Locale, locales } from '#lib/site/locales.ts'
import type { ArticleIndex, SearchResults } from '../article-index.ts'
import { toArticle } from '../store/rows.ts'
import type { Highlighter } from './excerpts.ts'
import { type Expression, prepareExpansion } from './expand-words.ts'
import { type Matches, prepareMatching } from './match-articles.ts'
import { parseQueryWords } from './query-words.ts'

/** A new article ranks as one that matches half as well again but is very old. */
const recencyBonus = 0.5
const recencyHalfLife = 180 * 86_400_000

export type SearchQuery = Parameters<ArticleIndex['search']>[0]

export type Search = (query: SearchQuery) => SearchResults

export function readSearch(
  db: DatabaseSync,
  clock: { now: number },
  highlight: Highlighter,
): Search {
  const tables = new Map(locales.map((locale) => [locale, prepareMatching(db, locale)]))
  const expand = prepareExpansion(db)
  const findArticle = db.prepare('SELECT summary, body FROM visible_texts WHERE id = ?')

  function match(locale: Locale, words: Expression[]): Matches {
    const table = tables.get(locale)
    if (!table || words.length === 0) return { matches: [], isCapped: false }
    const all = table.matchAll(words)
    return all.matches.length > 0 || words.length < 2 ? all : table.matchAny(words)
  }

  /** Ids of visible matches, the best first. */
  function rank({ matches }: Matches): number[] {
    return matches
      .map(({ id, publishedAt, score }) => {
        const age = Math.max(0, clock.now - publishedAt)
        return { id, score: score * (1 + recencyBonus * 2 ** (-age / recencyHalfLife)) }
      })
      .sort((a, b) => b.score - a.score || b.id - a.id)
      .map(({ id }) => id)
  }

  return function search({ locale, text, page, pageSize }) {
    const words = expand(locale, parseQueryWords(text))
    const found = match(locale, words)
    const ids = rank(found)
    const isPage = Number.isInteger(page) && page >= 1
    const articles = (isPage ? ids.slice((page - 1) * pageSize, page * pageSize) : [])
      .map((id) => findArticle.get(id))
      .filter((row) => row !== undefined)
      .map(toArticle)
    const anyWord = words.map(({ matches }) => matches).join(' OR ')
    const marked = articles.length > 0 ? highlight(articles, anyWord) : []
    const hits = articles.flatMap(({ body: _, ...article }, i) => {
      const highlighted = marked[i]
      return highlighted ? [{ article, ...highlighted }] : []
    })
    return {
      hits,
      page,
      pageCount: Math.ceil(ids.length / pageSize),
      hitCount: ids.length,
      coverage: found.isCapped ? 'newest' : 'all',
    }
  }
}
