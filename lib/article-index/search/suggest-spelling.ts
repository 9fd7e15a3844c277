import type { Article } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { prepareCompletion } from './complete-words.ts'
import type { Highlighter } from './highlighter.ts'
import type { prepareMatching } from './match-articles.ts'
import { parseQueryWords, type QueryWord } from './query-words.ts'

/** Longer words have too many similar spellings. */
const longestWord = 24
const shortestWord = 3

/** Words of a question that are looked at. */
const mostWords = 4

/** Two slips are looked for in words that begin as this one does and are at least so long. */
const beginning = 3
const shortestForTwo = 6
const mostTermsLookedAt = 400

/** Articles in which a spelling is looked up as it is written: the index holds stems. */
const articlesRead = 6

const word = /[\p{L}\p{M}]+(?:['’ʼ-][\p{L}\p{M}]+)*/gu

/** Keys that write a letter in one layout write a comma in the other. */
const keys = /[^\s"“”„«»]+/gu

type Tools = {
  tables: Map<Locale, Pick<ReturnType<typeof prepareMatching>, 'listSome'>>
  expand: ReturnType<typeof prepareCompletion>['expand']
  listTerms: ReturnType<typeof prepareCompletion>['listTerms']
  highlight: Highlighter
  findArticles: (ids: number[]) => Article[]
}

/**
 * Puts words that no visible article has right: each becomes one that stands in an article and is a
 * slip or two away, or what the same keys write in the other keyboard layout. Everything else of the
 * question stays as it was typed. Undefined when there is nothing better to ask.
 */
export function prepareSuggestions({ tables, expand, listTerms, highlight, findArticles }: Tools) {
  const isKnown = (locale: Locale, words: QueryWord[]) =>
    words.length > 0 &&
    expand(locale, words).every(
      ({ matches }) => (tables.get(locale)?.listSome(matches, articlesRead) ?? []).length > 0,
    )

  /** The words that some of the spellings have in the newest articles with one, as they are written. */
  function findWritten(locale: Locale, spellings: string[]): string[] {
    if (spellings.length === 0) return []
    const expression = spellings.map((spelling) => `"${spelling}"`).join(' OR ')
    const articles = findArticles(tables.get(locale)?.listSome(expression, articlesRead) ?? [])
    if (articles.length === 0) return []
    return highlight(articles, expression)
      .flatMap(({ title, excerpt }) => [...title, ...excerpt])
      .filter(({ isMatch }) => isMatch)
      .map(({ text }) => text.toLowerCase())
  }

  function findNearest(locale: Locale, typed: string): string | undefined {
    const near = (written: string[], slips: number) => chooseNearest(typed, written, slips)
    const byOne = near(findWritten(locale, listSpellingVariants(typed)), 2)
    if (byOne !== undefined || typed.length < shortestForTwo) return byOne
    const terms = listTerms(locale, typed.slice(0, beginning), mostTermsLookedAt)
    const close = terms.filter((term) => term.length > 3 && prefixEditDistance(term, typed) <= 2)
    return near(findWritten(locale, close), 2)
  }

  function correct(locale: Locale, typed: string): string | undefined {
    const lower = typed.normalize('NFC').toLowerCase()
    if (lower.length < shortestWord || lower.length > longestWord) return undefined
    if (isKnown(locale, parseQueryWords(lower))) return undefined
    const found = findNearest(locale, lower)
    const isCapital = typed.charAt(0) !== lower.charAt(0)
    return found && isCapital ? found.charAt(0).toUpperCase() + found.slice(1) : found
  }

  function swapKeys(locale: Locale, typed: string): string | undefined {
    const lower = typed.normalize('NFC').toLowerCase()
    const swapped = lower.length >= shortestWord ? swapKeyboardLayout(lower) : undefined
    const isBetter = swapped !== undefined && isKnown(locale, parseQueryWords(swapped))
    return isBetter && !isKnown(locale, parseQueryWords(lower)) ? swapped : undefined
  }

  return function suggest(locale: Locale, text: string): string | undefined {
    const inFirst = (part: RegExp, better: (typed: string) => string | undefined) => {
      let left = mostWords
      return (given: string) =>
        given.replace(part, (typed) => {
          left -= 1
          return left < 0 ? typed : (better(typed) ?? typed)
        })
    }
    const swapped = inFirst(keys, (typed) => swapKeys(locale, typed))(text)
    const better = inFirst(word, (typed) => correct(locale, typed))(swapped)
    return better === text ? undefined : better
  }
}

/** The one with the fewest slips; of several the most frequent. */
function chooseNearest(typed: string, written: string[], mostSlips: number): string | undefined {
  const counts = new Map<string, number>()
  for (const one of written) counts.set(one, (counts.get(one) ?? 0) + 1)
  const near = [...counts]
    .map(([one, count]) => ({ one, count, slips: editDistance(typed, one) }))
    .filter(({ slips }) => slips > 0 && slips <= mostSlips)
    .sort((a, b) => a.slips - b.slips || b.count - a.count)
  return near[0]?.one
}

const alphabets = ['abcdefghijklmnopqrstuvwxyz', 'абвгґдеєжзиіїйклмнопрстуфхцчшщьюя']

/** The keys of the two layouts, in the same order: a word typed in the wrong one is unreadable. */
const latinKeys = "qwertyuiop[]asdfghjkl;'zxcvbnm,."
const ukrainianKeys = 'йцукенгшщзхїфівапролджєячсмитьбю'

/** A word in lower case → what the same keys write in the other keyboard layout. */
export function swapKeyboardLayout(word: string): string | undefined {
  for (const [from, to] of [
    [latinKeys, ukrainianKeys],
    [ukrainianKeys, latinKeys],
  ] as const) {
    const keys = [...word].map((letter) => to[from.indexOf(letter)])
    if (keys.every((key) => key !== undefined)) return keys.join('')
  }
  return undefined
}

/**
 * Every spelling that is one slip away from a word in lower case: a letter left out, put in, another
 * one, or two in the wrong order. None when its letters are of no alphabet of ours.
 */
export function listSpellingVariants(word: string): string[] {
  const alphabet = alphabets.find((letters) => [...word].some((letter) => letters.includes(letter)))
  if (!alphabet) return []
  const spellings = Array.from({ length: word.length + 1 }, (_, at) => {
    const [before, after] = [word.slice(0, at), word.slice(at)]
    const letters = [...alphabet]
    const inserted = letters.map((letter) => before + letter + after)
    if (after === '') return inserted
    const [first = '', second = ''] = after
    const swapped = second === '' ? [] : [before + second + first + after.slice(2)]
    const others = letters.map((letter) => before + letter + after.slice(1))
    return [before + after.slice(1), ...swapped, ...others, ...inserted]
  }).flat()
  return [...new Set(spellings)].filter((spelling) => spelling !== word && spelling !== '')
}

/** In how many slips one word becomes another (Damerau and Levenshtein, neighbours swapped once). */
export function editDistance(a: string, b: string): number {
  const rows = slipTable(a, b)
  return rows[a.length]?.[b.length] ?? 0
}

/** The same for a stem and the beginning of a word that is nearest to it. */
export function prefixEditDistance(stem: string, word: string): number {
  return Math.min(...(slipTable(stem, word)[stem.length] ?? []))
}

function slipTable(a: string, b: string): number[][] {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      const above = rows[i - 1] ?? []
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row[j] = Math.min(
        (above[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (above[j - 1] ?? 0) + cost,
        isSwap ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      )
    }
    rows.push(row)
  }
  return rows
}
