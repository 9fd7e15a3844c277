import type { DatabaseSync } from 'node:sqlite'
import { textOf } from '#lib/node/sqlite.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { findTypedName, listSpellings } from '#lib/site/names.ts'
import { searchTable } from '../store/schema.ts'
import type { QueryWord } from './query-words.ts'
import { listPossibleStems } from './word-stems.ts'

/** Words that a beginning stands for, and all beginnings of a query together. */
const mostTermsPerBeginning = 48
const mostTerms = 120

/** A word of a query as FTS5 is asked for it. */
export type Expression = {
  matches: string
  /** The same without the order of a phrase's words, which is much cheaper to look for. */
  loosely: string
}

/**
 * Replaces beginnings of words by the words that the index holds. FTS5 has prefix queries of its own,
 * which take all words of the whole index together before the first match: up to half a second.
 */
export function prepareCompletion(db: DatabaseSync) {
  const vocabularies = new Map(locales.map((locale) => [locale, openVocabulary(db, locale)]))

  function expand(locale: Locale, words: QueryWord[]): Expression[] {
    const vocabulary = vocabularies.get(locale)
    let left = mostTerms
    return words.map(({ exact, beginnings }) => {
      const terms = beginnings.flatMap((beginning) => {
        const folded = fold(beginning)
        const stems = exact === undefined ? [] : listPossibleStems(folded)
        const known = vocabulary?.listBeginningWith(folded, Math.min(left, mostTermsPerBeginning))
        return [...(known ?? []), ...stems.filter((stem) => vocabulary?.has(stem))]
      })
      left = Math.max(0, left - terms.length)
      // Without any it is asked for all the same: nothing will be found.
      const typed = exact ?? beginnings[0] ?? ''
      const all = [...new Set([typed, ...terms, ...listSynonyms(typed)])]
      return { matches: anyOf(all.map(quote)), loosely: anyOf(all.map(quoteEachWord)) }
    })
  }

  return {
    expand,
    /** Words that the index holds and that begin so, as it holds them: cut to their stems. */
    listTerms: (locale: Locale, beginning: string, limit: number): string[] =>
      vocabularies.get(locale)?.listBeginningWith(fold(beginning), limit) ?? [],
  }
}

/** What the list of names takes for the same as a word. */
function listSynonyms(typed: string): string[] {
  const { entities } = findTypedName([typed], 0)
  return entities
    .flatMap(listSpellings)
    .map((spelling) => spelling.replace(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim())
    .filter((spelling) => spelling !== typed)
}

/** The words of a full-text table as it holds them: folded, and cut to their stems. */
function openVocabulary(db: DatabaseSync, locale: Locale) {
  const table = searchTable(locale)
  const vocabulary = `temp."vocabulary_${locale}"`
  // Of the three kinds only this one does not count every occurrence of a word to name it.
  db.exec(`CREATE VIRTUAL TABLE ${vocabulary} USING fts5vocab(main, ${table}, instance)`)
  const findFrom = db.prepare(`SELECT term FROM ${vocabulary} WHERE term >= ? LIMIT 1`)
  const find = db.prepare(`SELECT 1 FROM ${vocabulary} WHERE term = ? LIMIT 1`)
  return {
    has: (term: string): boolean => find.get(term) !== undefined,

    listBeginningWith(beginning: string, limit: number): string[] {
      const terms: string[] = []
      let from = beginning
      while (terms.length < limit) {
        const row = findFrom.get(from)
        const term = row && textOf(row, 'term')
        if (!term?.startsWith(beginning)) break
        terms.push(term)
        from = `${term}\0`
      }
      return terms
    },
  }
}

/** As the tokenizer does it: lower case, Latin letters without their diacritics. */
function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/\p{Script=Latin}/gu, (letter) => letter.normalize('NFD').replace(/\p{M}/gu, ''))
}

const quote = (words: string) => `"${words}"`

function quoteEachWord(words: string): string {
  const quoted = words.split(' ').map(quote)
  return quoted.length === 1 ? quoted.join('') : `(${quoted.join(' AND ')})`
}

function anyOf(expressions: string[]): string {
  return expressions.length === 1 ? expressions.join('') : `(${expressions.join(' OR ')})`
}
