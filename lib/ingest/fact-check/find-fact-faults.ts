import { type DictionaryLanguage, hasDictionary, listLemmas } from '#lib/node/dictionary.ts'
import type { Story } from '../story.ts'
import { alignSentences, splitSentences } from './align-sentences.ts'
import {
  type Amounts,
  type Budget,
  type Fault,
  findAmountFaults,
  findPolarityFaults,
  findRewrittenQuotationFaults,
  findTranslatedQuotationFaults,
  isOpposite,
  readAmounts,
  spend,
} from './compare-facts.ts'
import { findRewrittenNames, findTranslatedNames, toNameBase } from './compare-names.ts'
import { isSameValue } from './list-numbers.ts'
import { listContinued, toPlainWords } from './list-quotations.ts'
import { type Polarity, readPolarity } from './polarity.ts'

/**
 * Sentences about every fact of the texts that does not stand in the story, or that says the contrary
 * of it: for the model that is to repair them, and for the editor who finds the draft. The story's own
 * source, authors and day of publication count as said.
 */
export function findFactFaults(texts: string[], story: Story): string[] {
  const { source, authors, publishedAt, title, text } = story
  const days = [toDay(publishedAt), toWeekday(publishedAt), ...toUkrainianDays(publishedAt)]
  const said = [title, text, source.name, ...authors, ...days].join('\n')
  const language = toLanguage(story.language, text)
  const base = toNameBase(said, withDictionary(language))
  const amounts = readAmounts(said)
  const plain = ` ${toPlainWords(said)} `
  const budgets = openBudgets()
  const sentences = language ? toComparable(`${title}\n${text}`, language) : []
  const faults = toPassages(texts).flatMap((passage) => [
    ...findAmountFaults(amounts, readAmounts(passage), { isAligned: false, budget: budgets.facts }),
    ...findRewrittenNames(passage, base, budgets.names).map(
      (name): Fault => ({ kind: 'name', text: name.text }),
    ),
    ...findRewrittenQuotationFaults(plain, passage),
    ...(language ? findContradictions(passage, sentences, language, budgets.facts) : []),
  ])
  return toSentences(withExcess(faults, budgets), 'the story')
}

/** Where a translation was made from and into what; `names` are said outside its text. */
export type TranslationContext = { from?: string; to?: string; names?: string[] }

/** A hint is half a reason to hold a text. */
const fewestHints = 2

/**
 * The same for a translation, paragraph by paragraph; as a whole where it has not as many paragraphs as
 * the original. Languages are recognised by script where none are given. One hint alone is no fault.
 */
export function findTranslationFaults(
  texts: string[],
  original: string,
  { from, to, names: known = [] }: TranslationContext = {},
): string[] {
  const [passages, originals] = [toPassages(texts), toPassages([original])]
  const languages = {
    from: toLanguage(from, original),
    to: toLanguage(to, texts.join('\n')),
  }
  const isAligned = passages.length === originals.length
  const pairs = isAligned
    ? passages.map((text, number) => ({ text, source: originals[number] ?? '', number }))
    : [{ text: passages.join('\n'), source: originals.join('\n'), number: -1 }]
  const [here, there] = [passages, originals].map(listContinued)
  const dictionaries = {
    from: withDictionary(languages.from),
    to: withDictionary(languages.to),
  }
  const article = toNameBase([original, ...known].join('\n'), dictionaries.from)
  const budgets = openBudgets()
  const faults = pairs.flatMap(({ text, source, number }) => [
    ...findAmountFaults(readAmounts(source), readAmounts(text), {
      isAligned,
      budget: budgets.facts,
    }),
    ...findTranslatedQuotationFaults(
      { text: source, continued: there?.get(number) },
      { text, continued: here?.get(number) },
      budgets.facts,
    ),
    ...(isAligned ? comparePolarity(source, text, languages) : []),
  ])
  const named = pairs.map(({ text, source }) => ({
    text,
    base: pairs.length === 1 ? article : toNameBase(source, dictionaries.from),
  }))
  const names = findTranslatedNames(named, dictionaries.to, { article, budget: budgets.names })
  const all = withExcess(
    [...faults, ...names.map((name): Fault => ({ kind: 'name', ...name }))],
    budgets,
  )
  const isHeld = all.some(({ isHint }) => !isHint) || all.length >= fewestHints
  return isHeld ? toSentences(all, 'the original') : []
}

/** Of comparisons by sound for one text: a second of work. */
const mostNameComparisons = 150_000
/** Of comparisons of numbers, units, dates, quotations and sentences, which are quicker. */
const mostFactComparisons = 400_000

type Budgets = { names: Budget; facts: Budget }

function openBudgets(): Budgets {
  return { names: { left: mostNameComparisons }, facts: { left: mostFactComparisons } }
}

/** What could not be checked is never fine. */
function withExcess(faults: Fault[], { names, facts }: Budgets): Fault[] {
  return [
    ...faults,
    ...(names.left < 0 ? [{ kind: 'excess' as const, text: 'names' }] : []),
    ...(facts.left < 0 ? [{ kind: 'excess' as const, text: 'numbers, dates and quotations' }] : []),
  ]
}

function comparePolarity(
  source: string,
  text: string,
  { from, to }: { from: DictionaryLanguage | undefined; to: DictionaryLanguage | undefined },
): Fault[] {
  if (!from || !to) return []
  return alignSentences(source, text).flatMap((pair) =>
    findPolarityFaults(
      { text: pair.source, polarity: readPolarity(pair.source, from) },
      { text: pair.text, polarity: readPolarity(pair.text, to) },
      from,
    ),
  )
}

/** A sentence with what it is recognised by and compared by. */
type Comparable = {
  text: string
  words: Set<string>
  amounts: Amounts
  /** The values of its numbers in digits. */
  numbers: number[]
  polarity: Polarity
}

function toComparable(text: string, language: DictionaryLanguage): Comparable[] {
  return text
    .split('\n')
    .flatMap(splitSentences)
    .map((sentence) => {
      const amounts = readAmounts(sentence)
      return {
        text: sentence,
        words: toContentWords(sentence, language),
        amounts,
        numbers: amounts.numbers.filter(({ isInDigits }) => isInDigits).map(({ value }) => value),
        polarity: readPolarity(sentence, language),
      }
    })
}

/** Lemmas of the words that carry sense: of four letters and more. */
function toContentWords(sentence: string, language: DictionaryLanguage): Set<string> {
  const words = sentence.match(/\p{L}[\p{L}’'ʼ]{3,}/gu) ?? []
  return new Set(words.map((word) => listLemmas(word, language).at(-1) ?? word))
}

/** Sentences of a rewriting that deny or turn around what the nearest sentence of the source says. */
function findContradictions(
  passage: string,
  source: Comparable[],
  language: DictionaryLanguage,
  budget: Budget,
): Fault[] {
  return toComparable(passage, language).flatMap((sentence) => {
    if (!spend(budget, sentence.words.size + 1, source.length)) return []
    const nearest = findNearest(sentence, source)
    if (nearest) {
      return [
        ...findPolarityFaults(nearest, sentence),
        // What the sentence has instead of the source's own; what it leaves out is its right.
        ...findAmountFaults(nearest.amounts, sentence.amounts, { isAligned: true, budget }).filter(
          ({ text, source }) => text !== '' && source !== undefined,
        ),
      ]
    }
    const { polarity: here, numbers } = sentence
    if (here.up + here.down === 0) return []
    const same = source.filter((other) =>
      other.numbers.some((value) => numbers.some((its) => isSameValue(value, its))),
    )
    const moving = same.filter(({ polarity }) => polarity.up + polarity.down > 0)
    const isTurned = moving.length > 0 && moving.every(({ polarity }) => isOpposite(polarity, here))
    return isTurned
      ? [{ kind: 'direction' as const, text: sentence.text, source: same[0]?.text ?? '' }]
      : []
  })
}

function findNearest(sentence: Comparable, sentences: Comparable[]): Comparable | undefined {
  if (sentence.words.size < 3) return undefined
  let best: { one: Comparable; likeness: number } | undefined
  for (const one of sentences) {
    let common = 0
    for (const word of sentence.words) if (one.words.has(word)) common += 1
    const likeness = common / (sentence.words.size + one.words.size - common)
    if (likeness > (best?.likeness ?? 0)) best = { one, likeness }
  }
  return best && best.likeness >= 0.6 ? best.one : undefined
}

function toPassages(texts: string[]): string[] {
  return texts
    .join('\n')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** Without a dictionary only what cannot be an ordinary word is a name. */
function withDictionary(language: DictionaryLanguage | undefined): DictionaryLanguage | undefined {
  return language !== undefined && hasDictionary(language) ? language : undefined
}

/** English and Ukrainian have dictionaries; without a name of the language the script decides. */
function toLanguage(locale: string | undefined, text: string): DictionaryLanguage | undefined {
  const named = locale?.split('-')[0]?.toLowerCase()
  if (named === 'en' || named === 'uk') return named
  if (named !== undefined) return undefined
  const cyrillic = text.match(/[\u0400-\u04FF]/gu)?.length ?? 0
  const latin = text.match(/[a-z]/giu)?.length ?? 0
  return cyrillic > latin ? 'uk' : 'en'
}

const sentenceOf: Record<
  Fault['kind'],
  (fault: { text: string; source: string | undefined }, where: string) => string
> = {
  number: ({ text, source }, where) =>
    text === ''
      ? `The number “${source}” of ${where} is missing in the text.`
      : source === undefined
        ? `The number “${text}” is not in ${where}.`
        : `The text has the number “${text}” where ${where} has “${source}”.`,
  unit: ({ text, source }, where) =>
    source === undefined
      ? `“${text}” is not in ${where}: it names no such currency or unit.`
      : `The text has “${text}” where ${where} has “${source}”: another unit.`,
  date: ({ text, source }, where) =>
    text === ''
      ? `The date “${source}” of ${where} is missing in the text.`
      : source === undefined
        ? `The date “${text}” is not in ${where}.`
        : `The text has the date “${text}” where ${where} has “${source}”.`,
  name: ({ text }, where) => `The name “${text}” is not in ${where}.`,
  quotation: ({ text }, where) => `The quotation “${text}” is not in ${where}.`,
  denial: ({ text, source }, where) =>
    `The text says “${text}” where ${where} says “${source}”: only one of them denies it.`,
  direction: ({ text, source }, where) =>
    `The text says “${text}” where ${where} says “${source}”: one goes up, the other down.`,
  excess: ({ text }) => `The text has too many ${text} to check them all.`,
}

function toSentences(faults: Fault[], where: string): string[] {
  const shorten = (text: string) => (text.length > 200 ? `${text.slice(0, 200)}…` : text)
  const sentences = faults.map(({ kind, text, source }) =>
    sentenceOf[kind](
      { text: shorten(text), source: source === undefined ? undefined : shorten(source) },
      where,
    ),
  )
  return [...new Set(sentences)]
}

function toDay(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

function toWeekday(at: string): string {
  return new Date(at).toLocaleDateString('en-GB', { weekday: 'long', timeZone: 'UTC' })
}

function toUkrainianDays(at: string): string[] {
  return [{ day: 'numeric', month: 'long' } as const, { weekday: 'long' } as const].map((form) =>
    new Date(at).toLocaleDateString('uk', { ...form, timeZone: 'UTC' }),
  )
}
