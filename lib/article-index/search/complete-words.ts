import type { DatabaseSync } from 'node:sqlite'
import { listWordForms } from '#lib/node/dictionary.ts'
import { textOf } from '#lib/node/sqlite.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { findTypedName, listSpellings, type NamedEntity } from '#lib/site/names.ts'
import { searchTable } from '../store/schema.ts'
import { hideApostrophes } from './apostrophes.ts'
import type { QueryWord } from './query-words.ts'
import { cyrillicStems, listPossibleStems } from './word-stems.ts'

/** Words that a beginning stands for, and all beginnings of a query together. */
const mostTermsPerBeginning = 48
const mostTerms = 120

/** A word of a query, or several that are a name together, as FTS5 is asked for it. */
export type Expression = {
  matches: string
  /** The same without the order of a phrase's words, which is much cheaper to look for. */
  loosely: string
  /** The reader asked for words that stand together. */
  isPhrase: boolean
}

/**
 * Replaces words by what the index holds of them: their forms, what they may be the beginning of, and
 * other names of the same thing. FTS5 has prefix queries of its own, which take all words of the whole
 * index together before the first match: up to half a second.
 */
export function prepareCompletion(db: DatabaseSync) {
  const vocabularies = new Map(locales.map((locale) => [locale, openVocabulary(db, locale)]))

  function expand(locale: Locale, words: QueryWord[]): Expression[] {
    const vocabulary = vocabularies.get(locale)
    if (!vocabulary) return []
    const budget = { left: mostTerms }
    const typed = words.map(({ text, isQuoted }) => (isQuoted ? '' : text))
    const expressions: Expression[] = []
    for (let i = 0; i < words.length; ) {
      const word = words[i]
      if (!word) break
      const { entities, wordCount } = word.isQuoted
        ? findPhrase(word.text)
        : findTypedName(typed, i)
      const named = words.slice(i, i + Math.max(1, wordCount))
      const itself = allOf(named.map((one) => anyOfTerms(toTerms(one, vocabulary, budget))))
      const others = listOthers(entities, named, vocabulary, budget)
      expressions.push({
        matches: anyOf([itself, ...others].map(({ matches }) => matches)),
        loosely: anyOf([itself, ...others].map(({ loosely }) => loosely)),
        isPhrase: word.text.includes(' '),
      })
      i += named.length
    }
    return expressions
  }

  return {
    expand,
    /** Words that the index holds and that begin so, as it holds them: cut to their stems. */
    listTerms: (locale: Locale, beginning: string, limit: number): string[] =>
      vocabularies.get(locale)?.listBeginningWith(fold(beginning), limit) ?? [],
  }
}

type Vocabulary = ReturnType<typeof openVocabulary>
type Budget = { left: number }
type Term = Pick<Expression, 'matches' | 'loosely'>

/** The word itself, its forms, and what it may be the beginning of. */
function toTerms(word: QueryWord, vocabulary: Vocabulary, budget: Budget): Term[] {
  const { text, isQuoted, isBeginning } = word
  const found = new Set<string>()
  if (!isQuoted && /^\p{Script=Cyrillic}+$/u.test(text)) {
    for (const form of listForms(text, vocabulary, budget)) found.add(form)
  }
  if (isBeginning) {
    const folded = fold(text)
    const limit = Math.min(budget.left, mostTermsPerBeginning)
    const longer = vocabulary.listBeginningWith(folded, limit)
    budget.left -= longer.length
    const stems = listPossibleStems(folded).filter((stem) => vocabulary.has(stem))
    for (const term of [...longer, ...stems]) found.add(term)
  }
  // Without any, the search runs anyway and finds nothing.
  return [...new Set([text, ...found])].map(toTerm)
}

/**
 * The forms of a Ukrainian word that the index holds: by the dictionary, and for a word that it does
 * not have, such as a name, by what it begins with.
 */
function listForms(word: string, vocabulary: Vocabulary, budget: Budget): string[] {
  const limit = () => Math.max(0, Math.min(budget.left, mostTermsPerBeginning))
  const known = listWordForms(word, 'uk')
  const found =
    known.length > 1
      ? known.filter((form) => vocabulary.has(form)).slice(0, limit())
      : cyrillicStems(word).flatMap((stem) => vocabulary.listBeginningWith(stem, limit()))
  budget.left -= found.length
  return found
}

/** What the list of names takes for the same as the words of a query. */
function listOthers(
  entities: NamedEntity[],
  named: QueryWord[],
  vocabulary: Vocabulary,
  budget: Budget,
): Term[] {
  const typed = fold(named.map(({ text }) => text).join(' '))
  const spellings = new Set(
    entities
      .flatMap(listSpellings)
      .map((spelling) => fold(hideApostrophes(spelling)).replace(/\p{M}/gu, ''))
      .map((spelling) => spelling.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()),
  )
  spellings.delete(typed)
  return [...spellings].flatMap((spelling): Term[] => {
    if (!/\p{Script=Cyrillic}/u.test(spelling)) return [toTerm(spelling)]
    // A Ukrainian name is declined word by word. Its short words are the commonest of the language.
    const words = spelling.split(' ').filter((one) => one.length > 2)
    const forms = words.map((one) => listForms(one, vocabulary, budget))
    if (words.length === 0 || forms.some((ofOne) => ofOne.length === 0)) return []
    return [allOf(forms.map((ofOne) => anyOfTerms(ofOne.map(toTerm))))]
  })
}

function findPhrase(text: string): ReturnType<typeof findTypedName> {
  const words = text.split(' ')
  const found = findTypedName(words, 0)
  return { entities: found.wordCount === words.length ? found.entities : [], wordCount: 1 }
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

const toTerm = (words: string): Term => ({
  matches: quote(words),
  loosely: joinBy(' AND ', words.split(' ').map(quote)),
})

const anyOfTerms = (terms: Term[]): Term => join(' OR ', terms)
const allOf = (terms: Term[]): Term => join(' AND ', terms)

const join = (operator: string, terms: Term[]): Term => ({
  matches: joinBy(
    operator,
    terms.map(({ matches }) => matches),
  ),
  loosely: joinBy(
    operator,
    terms.map(({ loosely }) => loosely),
  ),
})

const anyOf = (expressions: string[]) => joinBy(' OR ', expressions)

function joinBy(operator: string, expressions: string[]): string {
  const distinct = [...new Set(expressions)]
  return distinct.length === 1 ? distinct.join('') : `(${distinct.join(operator)})`
}
