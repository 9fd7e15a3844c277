import type { DatabaseSync } from 'node:sqlite'
import type { Locale } from '#lib/site/locales.ts'
import { numberOf } from '../store/rows.ts'
import { searchTable } from '../store/schema.ts'
import type { Expression } from './expand-words.ts'

/** Of a search that matches more, the newest are ranked, so that its cost is bounded. */
const mostCandidates = 1000

/** Older ones that have all words in their title are ranked beside them. */
const mostOlder = 200

/** Of title, description, tags, body. */
const weights = '10, 3, 6, 1'

const titleAdvantage = 3

/** The newest articles, among which it is counted how common a word is. */
const sampleSize = 500

/** A word that more of the sample have says little; so many of these are weighed when all are such. */
const commonShare = 0.2
const mostCommonWords = 2

/** A visible match. `score` is the higher the better; `publishedAt` in ms since 1970. */
export type Match = { id: number; publishedAt: number; score: number }

export type Matches = {
  matches: Match[]
  /** There are more than these. */
  isCapped: boolean
}

/**
 * Finds and weighs matches in one full-text table. FTS5's bm25 begins by looking at every match there
 * is of every word, a tenth of a second for a query of common ones. So the newest candidates are
 * listed first, without it, and then weighed by the words that tell them apart.
 */
export function prepareMatching(db: DatabaseSync, locale: Locale) {
  const table = searchTable(locale)
  // Numbers reach FTS5 as floating-point ones, of which it takes no notice; hence the casts.
  const between = 'AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)'
  const listNewest = db.prepare(`SELECT id,
      (SELECT published_at FROM visible_articles WHERE visible_articles.id = candidate.id) AS due
    FROM (
      SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? ORDER BY rowid DESC LIMIT ?
    ) AS candidate`)
  const count = db.prepare(`SELECT count(*) AS count FROM (
    SELECT 1 FROM ${table} WHERE ${table} MATCH ? LIMIT ?)`)
  const countBetween = db.prepare(`SELECT count(*) AS count FROM (
    SELECT 1 FROM ${table} WHERE ${table} MATCH ? ${between} ORDER BY rowid DESC)`)
  const weighBetween = db.prepare(`SELECT rowid AS id, bm25(${table}, ${weights}) AS score
    FROM ${table} WHERE ${table} MATCH ? ${between} ORDER BY rowid DESC LIMIT ${2 * mostCandidates}`)
  const findSampleStart = db.prepare(
    `SELECT min(id) AS id FROM (SELECT id FROM main.articles ORDER BY id DESC LIMIT ${sampleSize})`,
  )

  /** The newest matches, the visible ones of so many. */
  function list(expression: string, limit: number): Matches {
    const rows = listNewest.all(expression, limit)
    const matches = rows.flatMap((row) =>
      row.due === null
        ? []
        : [{ id: numberOf(row, 'id'), publishedAt: numberOf(row, 'due'), score: 0 }],
    )
    return { matches, isCapped: rows.length === limit }
  }

  /** The words that are not all too common; when all are, the least common ones. */
  function chooseTelling(words: Expression[]): Expression[] {
    if (words.length === 1) return words
    const start = Number(findSampleStart.get()?.id ?? 0)
    const counted = words
      .map((word) => {
        // Looking for a phrase does not stop at the sample's end. It is rare enough.
        const isPhrase = word.matches !== word.loosely
        const row = isPhrase ? undefined : countBetween.get(word.matches, start, endOfIds)
        return { word, found: row ? numberOf(row, 'count') : 0 }
      })
      .sort((a, b) => a.found - b.found)
    const telling = counted.filter(({ found }) => found <= sampleSize * commonShare)
    const chosen = telling.length > 0 ? telling : counted.slice(0, mostCommonWords)
    return chosen.map(({ word }) => word)
  }

  /** Gives candidates, the newest first, their scores. */
  function weigh(candidates: Match[], expression: string): Match[] {
    const [highest, lowest] = [candidates[0]?.id ?? 0, candidates.at(-1)?.id ?? 0]
    const scores = new Map(
      weighBetween
        .all(expression, lowest, highest)
        // bm25 is the smaller the better the match.
        .map((row) => [numberOf(row, 'id'), -numberOf(row, 'score')]),
    )
    return candidates.map((match) => ({ ...match, score: scores.get(match.id) ?? 0 }))
  }

  /**
   * Articles older than the candidates that have every word in their title. They count as much as the
   * best candidate that has; where none has, they are far better.
   */
  function listOlder(all: string, candidates: Match[]): Match[] {
    const known = new Map(candidates.map((match) => [match.id, match.score]))
    const inTitle = list(`{title} : (${all})`, mostOlder).matches
    const scores = inTitle.map(({ id }) => known.get(id)).filter((score) => score !== undefined)
    const score =
      scores.length > 0
        ? Math.max(...scores)
        : titleAdvantage * Math.max(0, ...candidates.map((candidate) => candidate.score))
    return inTitle.filter(({ id }) => !known.has(id)).map((match) => ({ ...match, score }))
  }

  return {
    /** What has every word. */
    matchAll(words: Expression[]): Matches {
      const all = words.map(({ matches }) => matches).join(' AND ')
      const { matches, isCapped } = list(all, mostCandidates)
      if (matches.length === 0) return { matches, isCapped }
      const telling = chooseTelling(words).map(({ loosely }) => loosely)
      const weighed = weigh(matches, telling.join(' AND '))
      return { matches: isCapped ? [...weighed, ...listOlder(all, weighed)] : weighed, isCapped }
    },

    /**
     * What has any of the words. The rarest come first and common ones are left out once there are
     * candidates enough: otherwise the newest articles with “the” would push out those with the word
     * that counts.
     */
    matchAny(words: Expression[]): Matches {
      const counted = words
        .map((word) => {
          const row = count.get(word.matches, mostCandidates + 1)
          return { word, found: row ? numberOf(row, 'count') : 0 }
        })
        .filter(({ found }) => found > 0)
        .sort((a, b) => a.found - b.found)
      const chosen: Expression[] = []
      let total = 0
      for (const { word, found } of counted) {
        if (chosen.length > 0 && total + found > mostCandidates) break
        chosen.push(word)
        total += found
      }
      if (chosen.length === 0) return { matches: [], isCapped: false }
      const any = chosen.map(({ matches }) => matches).join(' OR ')
      const { matches, isCapped } = list(any, mostCandidates)
      const weighed = weigh(matches, chosen.map(({ loosely }) => loosely).join(' OR '))
      return { matches: weighed, isCapped: isCapped || chosen.length < counted.length }
    },
  }
}

/** Above every id there is; see `firstIdAt`. */
const endOfIds = Number.MAX_SAFE_INTEGER
