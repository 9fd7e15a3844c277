import type { DatabaseSync } from 'node:sqlite'
import type { Locale } from '#lib/site/locales.ts'
import { numberOf } from '../store/rows.ts'
import { searchTable } from '../store/schema.ts'
import type { Expression } from './expand-words.ts'

/** Of a search that matches more, the newest are ranked, so that its cost is bounded. */
const mostCandidates = 1000

/** Older ones that have all words in their title are ranked beside them. */
const mostOlder = 200

/** What a match in a column is worth beside one anywhere. */
const columnWeights = [
  ['title', 10],
  ['tags', 6],
  ['description', 3],
] as const

/** The newest articles, among which it is counted how common a word is. */
const sampleSize = 1000

/** Looking into columns, in ms: what is not known by then counts as a match of the body. */
const longestLook = 40

/** A match by the id of its article. */
export type Matches = {
  scores: Map<number, number>
  /** There are more than these. */
  isCapped: boolean
}

/**
 * Finds and weighs matches in one full-text table. FTS5's own bm25 counts every word in every article
 * before it ranks the first, which takes a quarter of a second for common words; this looks at the
 * candidates alone: in which columns each word stands, and how rare it is among the newest articles.
 */
export function prepareMatching(db: DatabaseSync, locale: Locale) {
  const table = searchTable(locale)
  // Numbers reach FTS5 as floating-point ones, of which it takes no notice; hence the casts.
  const listIn = db.prepare(`SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ?
    AND rowid BETWEEN CAST(? AS INTEGER) AND CAST(? AS INTEGER) ORDER BY rowid DESC LIMIT ?`)
  const listNewest = db.prepare(
    `SELECT rowid AS id FROM ${table} WHERE ${table} MATCH ? ORDER BY rowid DESC LIMIT ?`,
  )
  const findSampleStart = db.prepare(
    `SELECT min(id) AS id FROM (SELECT id FROM main.articles ORDER BY id DESC LIMIT ${sampleSize})`,
  )

  function list(expression: string, limit: number): number[] {
    return listNewest.all(expression, limit).map((row) => numberOf(row, 'id'))
  }

  /** 7 for a word that none of the newest has, below 1 for one that all have. */
  function rarity({ matches, loosely }: Expression, sampleStart: number): number {
    const isPhrase = matches !== loosely
    if (isPhrase) return Math.log(1 + sampleSize)
    const found = listIn.all(matches, sampleStart, Number.MAX_SAFE_INTEGER, sampleSize).length
    return Math.log(1 + sampleSize / (1 + found))
  }

  /** Adds what each word is worth where it stands. `isAll`: every candidate has every word. */
  function weigh(ids: number[], words: Expression[], isAll: boolean): Map<number, number> {
    const scores = new Map(ids.map((id) => [id, 0]))
    const [highest = 0, lowest = highest] = [ids[0], ids.at(-1)]
    const deadline = performance.now() + longestLook
    const sampleStart = Number(findSampleStart.get()?.id ?? 0)
    const weights = words.map((word) => rarity(word, sampleStart))
    const all = words.map(({ loosely }) => loosely).join(' AND ')
    const add = (id: number, score: number) => {
      const former = scores.get(id)
      if (former !== undefined) scores.set(id, former + score)
    }
    const addMatches = (expression: string, score: number) => {
      if (performance.now() > deadline) return
      for (const row of listIn.all(expression, lowest, highest, 2 * mostCandidates)) {
        add(numberOf(row, 'id'), score)
      }
    }
    for (const [i, { loosely }] of words.entries()) {
      const rare = weights[i] ?? 1
      if (isAll) for (const id of ids) add(id, rare)
      else addMatches(loosely, rare)
    }
    for (const [column, weight] of columnWeights) {
      for (const [i, { loosely }] of words.entries()) {
        const inColumn = `({${column}} : ${loosely})`
        addMatches(isAll ? `${inColumn} AND ${all}` : inColumn, weight * (weights[i] ?? 1))
      }
    }
    return scores
  }

  return {
    /** What has every word. */
    matchAll(words: Expression[]): Matches {
      const all = words.map(({ matches }) => matches).join(' AND ')
      const ids = list(all, mostCandidates)
      const scores = weigh(ids, words, true)
      const isCapped = ids.length === mostCandidates
      if (isCapped) {
        const inTitle = list(`{title} : (${all})`, mostOlder).filter((id) => !scores.has(id))
        const sampleStart = Number(findSampleStart.get()?.id ?? 0)
        const score = words.reduce((sum, word) => sum + 11 * rarity(word, sampleStart), 0)
        for (const id of inTitle) scores.set(id, score)
      }
      return { scores, isCapped }
    },

    /**
     * What has any of the words. The rarest come first and common ones are left out once there are
     * candidates enough: otherwise the newest articles with “the” would push out those with the word
     * that counts.
     */
    matchAny(words: Expression[]): Matches {
      const counted = words
        .map((word) => ({ word, count: list(word.matches, mostCandidates + 1).length }))
        .filter(({ count }) => count > 0)
        .sort((a, b) => a.count - b.count)
      const chosen: Expression[] = []
      let total = 0
      for (const { word, count } of counted) {
        if (chosen.length > 0 && total + count > mostCandidates) break
        chosen.push(word)
        total += count
      }
      if (chosen.length === 0) return { scores: new Map(), isCapped: false }
      const ids = list(chosen.map(({ matches }) => matches).join(' OR '), mostCandidates)
      return { scores: weigh(ids, chosen, false), isCapped: ids.length === mostCandidates }
    },
  }
}
