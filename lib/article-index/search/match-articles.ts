import type { DatabaseSync } from 'node:sqlite'
import { numberOf, type Row } from '#lib/node/sqlite.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchTable, toScopeWord } from '../store/schema.ts'
import type { Expression } from './complete-words.ts'

/** If a search matches more, only the newest are ranked, so that its cost is limited. */
const mostCandidates = 1000

/** Older ones that have all words in their title are ranked beside them. */
const mostOlder = 200

/** Of title, description, tags, body, scopes. */
const weights = '10, 3, 6, 1, 0'

const titleAdvantage = 3

/** How many of the newest articles show how common a word is. */
const sampleSize = 500

/** A word in a larger share of the sample is common. If all are, the `mostCommonWords` rarest count. */
const commonShare = 0.2
const mostCommonWords = 2

/** What a search counts its matches by. */
export const facetNames = ['category', 'source', 'sentiment'] as const
export type FacetName = (typeof facetNames)[number]

/**
 * A visible match. `score` is the higher the better; `publishedAt` in ms since 1970; `scopes` are the
 * ids of the listings that it is counted in.
 */
export type Match = {
  id: number
  publishedAt: number
  score: number
  scopes: Partial<Record<FacetName, number>>
}

export type Matches = {
  matches: Match[]
  /** There are more than these. */
  isCapped: boolean
}

/** Listings that a match has to stand in, by their ids, and the ids it may have, both inclusive. */
export type Bounds = { scopeIds: number[]; lowest: number; highest: number }

/** What is looked for, and the newest of what meets it. */
export type PreparedQuery = {
  expression: string
  bounds: Bounds
  newest: Matches
  /** By what the matches are weighed; undefined when they are not. */
  toSelective: (() => string) | undefined
  /** Whether those with every word in the title count, however old. */
  isOfAllWords: boolean
}

/**
 * Finds and weighs matches in one full-text table. FTS5's bm25 begins by looking at every match there
 * is of every word, a tenth of a second for a query of common ones. So the newest candidates are
 * listed first, without it, and then weighed by the words that are not common.
 */
export function prepareMatching(db: DatabaseSync, locale: Locale) {
  const table = searchTable(locale)
  // Numbers are bound as floating-point ones, which FTS5 ignores: they are cast to integers.
  const between = 'AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER)'
  const listNewest = db.prepare(`SELECT candidate.id, published_at AS due,
      ${facetNames.map((name) => `${name}_scope`).join(', ')}
    FROM (
      SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? ${between} ORDER BY rowid DESC LIMIT ?
    ) AS candidate LEFT JOIN visible_articles ON visible_articles.id = candidate.id`)
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
  function list(expression: string, bounds: Bounds, limit = mostCandidates): Matches {
    const { scopeIds, lowest, highest } = bounds
    const rows = listNewest.all(narrow(expression, scopeIds), lowest, highest, limit)
    const matches = rows.filter(({ due }) => due !== null).map(toMatch)
    return { matches, isCapped: rows.length === limit }
  }

  /** The words that are not common; if all are, the least common ones. */
  function chooseSelective(words: Expression[]): Expression[] {
    if (words.length === 1) return words
    const start = Number(findSampleStart.get()?.id ?? 0)
    const counted = words
      .map((word) => {
        // Searching for a phrase does not stop at the end of the sample, but phrases are rare.
        const row = word.isPhrase ? undefined : countBetween.get(word.loosely, start, endOfIds)
        return { word, found: row ? numberOf(row, 'count') : 0 }
      })
      .sort((a, b) => a.found - b.found)
    const selective = counted.filter(({ found }) => found <= sampleSize * commonShare)
    const chosen = selective.length > 0 ? selective : counted.slice(0, mostCommonWords)
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
  function listOlder(all: string, bounds: Bounds, candidates: Match[]): Match[] {
    const known = new Map(candidates.map((match) => [match.id, match.score]))
    const inTitle = list(`{title} : (${all})`, bounds, mostOlder).matches
    const scores = inTitle.map(({ id }) => known.get(id)).filter((score) => score !== undefined)
    const score =
      scores.length > 0
        ? Math.max(...scores)
        : titleAdvantage * Math.max(0, ...candidates.map((candidate) => candidate.score))
    return inTitle.filter(({ id }) => !known.has(id)).map((match) => ({ ...match, score }))
  }

  return {
    /** What has every word. */
    prepareAllWords(words: Expression[], bounds: Bounds): PreparedQuery {
      const expression = words.map(({ matches }) => matches).join(' AND ')
      return {
        expression,
        bounds,
        newest: list(expression, bounds),
        toSelective: () =>
          chooseSelective(words)
            .map(({ loosely }) => loosely)
            .join(' AND '),
        isOfAllWords: true,
      }
    },

    /**
     * What has any of the words. The rarest come first and common ones are left out once there are
     * candidates enough: otherwise the newest articles with “the” would push out those with the word
     * that counts. Undefined when nothing has one.
     */
    prepareAnyWord(words: Expression[], bounds: Bounds): PreparedQuery | undefined {
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
      if (chosen.length === 0) return undefined
      const expression = chosen.map(({ matches }) => matches).join(' OR ')
      const { matches, isCapped } = list(expression, bounds)
      return {
        expression,
        bounds,
        newest: { matches, isCapped: isCapped || chosen.length < counted.length },
        toSelective: () => chosen.map(({ loosely }) => loosely).join(' OR '),
        isOfAllWords: false,
      }
    },

    /** What stands in a listing, whatever its words. */
    prepareScope(scopeId: number, bounds: Bounds): PreparedQuery {
      const expression = `{scopes} : "${toScopeWord(scopeId)}"`
      const newest = list(expression, bounds)
      return { expression, bounds, newest, toSelective: undefined, isOfAllWords: false }
    },

    /** The newest that stand in further listings as well. */
    narrow({ expression, bounds, newest }: PreparedQuery, scopes: Match['scopes']): Matches {
      const wanted = facetNames.filter((name) => scopes[name] !== undefined)
      if (wanted.length === 0) return newest
      if (newest.isCapped) return list(expression, within(bounds, scopes))
      const matches = newest.matches.filter((match) =>
        wanted.every((name) => match.scopes[name] === scopes[name]),
      )
      return { matches, isCapped: false }
    },

    /** Gives what `narrow` found its scores, and adds the older ones that count. */
    weigh(
      prepared: PreparedQuery,
      scopes: Match['scopes'],
      { matches, isCapped }: Matches,
    ): Match[] {
      const { expression, newest, toSelective, isOfAllWords } = prepared
      if (!toSelective || matches.length === 0) return matches
      const bounds = within(prepared.bounds, scopes)
      const selective = toSelective()
      // Where there are few matches their ids alone keep the others out, and counting a listing costs.
      const asked = newest.isCapped ? narrow(selective, bounds.scopeIds) : selective
      const weighed = weigh(matches, asked)
      return isCapped && isOfAllWords
        ? [...weighed, ...listOlder(expression, bounds, weighed)]
        : weighed
    },

    /** Some visible articles that an expression matches, by their ids, the newest first. */
    listSome: (expression: string, limit: number): number[] =>
      list(expression, unbounded, limit).matches.map(({ id }) => id),
  }
}

/** Above every id there is; see `firstIdAt`. */
export const endOfIds = Number.MAX_SAFE_INTEGER

const unbounded: Bounds = { scopeIds: [], lowest: 0, highest: endOfIds }

function within(bounds: Bounds, scopes: Match['scopes']): Bounds {
  const further = Object.values(scopes).filter((id) => id !== undefined)
  return { ...bounds, scopeIds: [...bounds.scopeIds, ...further] }
}

function narrow(expression: string, scopeIds: number[]): string {
  if (scopeIds.length === 0) return expression
  const scopeWords = scopeIds.map((id) => `"${toScopeWord(id)}"`).join(' AND ')
  return `(${expression}) AND {scopes} : (${scopeWords})`
}

function toMatch(row: Row): Match {
  const scopes: Match['scopes'] = {}
  for (const name of facetNames) {
    const id = row[`${name}_scope`]
    if (typeof id === 'number') scopes[name] = id
  }
  return { id: numberOf(row, 'id'), publishedAt: numberOf(row, 'due'), score: 0, scopes }
}
