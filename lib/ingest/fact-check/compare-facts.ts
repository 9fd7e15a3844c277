import type { DictionaryLanguage } from './dictionary.ts'
import { listDates } from './list-dates.ts'
import {
  type FoundNumber,
  isSameAmount,
  isSameValue,
  listImpliedValues,
  listNumbers,
} from './list-numbers.ts'
import { listQuotations, type Quotation, splitQuotation, toPlainWords } from './list-quotations.ts'
import { type Polarity, readPolarity } from './polarity.ts'
import { currencies, listUnits } from './units.ts'

/** What is wrong in a text, and what the text that it was made from has instead. */
export type Fault = {
  kind: 'number' | 'unit' | 'date' | 'name' | 'quotation' | 'denial' | 'direction'
  /** As it is written in the text, or the sentence that says something else. */
  text: string
  /** As it is written in the source; undefined where the source has nothing of the kind. */
  source?: string
}

/**
 * Numbers, units, currencies and dates of a text that its source does not have. With `isAligned` both
 * are the same passage, and what is exchanged or missing is found too.
 */
export function findAmountFaults(source: string, text: string, isAligned: boolean): Fault[] {
  const [inSource, inText] = [listNumbers(source), listNumbers(text)]
  const implied = listImpliedValues(source)
  const faults: Fault[] = []
  const lost = isAligned ? listMissing(inSource, inText, listImpliedValues(text)) : []
  const missing = lost.filter(({ isInDigits }) => isInDigits)
  for (const number of inText) {
    const same = inSource.filter((other) => haveSameValue(number, other))
    if (same.length > 0) {
      const wrong = findWrongUnit(number, same)
      if (wrong) faults.push({ kind: 'unit', text: number.text, source: wrong.text })
      continue
    }
    if (
      !number.isMultiple &&
      number.values.some((value) => implied.some((other) => isSameValue(value, other)))
    )
      continue
    if (inSource.some((other) => haveSameAmount(number, other))) continue
    faults.push({ kind: 'number', text: number.text, ...toSource(lost, number) })
  }
  if (faults.length === 0 && isAligned) {
    faults.push(...findExchanged(inSource, inText))
    if (faults.length === 0) {
      faults.push(
        ...missing.map((number) => ({ kind: 'number' as const, text: '', source: number.text })),
      )
    }
  }
  return [
    ...faults,
    ...findUnitFaults(source, text, faults, isAligned),
    ...findDateFaults(source, text),
    ...(isAligned ? findLostDays(source, text) : []),
  ]
}

/** Days of the source that the text does not name. */
function findLostDays(source: string, text: string): Fault[] {
  const here = listDates(text).possible
  return listDates(source)
    .named.filter(({ key }) => /^\d+-/.test(key) && !here.has(key))
    .map((date) => ({ kind: 'date', text: '', source: date.text }))
}

function haveSameValue(one: FoundNumber, other: FoundNumber): boolean {
  if (one.isMultiple && !other.isMultiple) return false
  return one.values.some((value) => other.values.some((there) => isSameValue(value, there)))
}

function haveSameAmount(one: FoundNumber, other: FoundNumber): boolean {
  const [unit, there] = [one.unit, other.unit]
  if (unit === undefined || there === undefined) return false
  return one.values.some((value) =>
    other.values.some((its) => isSameAmount(value, unit, its, there)),
  )
}

/** A number of the source with the same value, where all of them count something else. */
function findWrongUnit(number: FoundNumber, same: FoundNumber[]): FoundNumber | undefined {
  const { unit } = number
  if (unit === undefined) return undefined
  const isRight = (other: FoundNumber) => other.unit === undefined || other.unit === unit
  return same.some(isRight) ? undefined : same[0]
}

function toSource(missing: FoundNumber[], number: FoundNumber): { source?: string } {
  const like = missing.find(({ unit }) => unit === number.unit) ?? missing[0]
  return like ? { source: like.text } : {}
}

/** Numbers that the text has in no form. */
function listMissing(
  inSource: FoundNumber[],
  inText: FoundNumber[],
  implied: number[],
): FoundNumber[] {
  return inSource.filter(
    (number) =>
      !inText.some((other) => haveSameValue(number, other) || haveSameAmount(number, other)) &&
      !number.values.some((value) => implied.some((other) => isSameValue(value, other))),
  )
}

/** The same numbers in digits, two of which have changed places; or one that stands for another. */
function findExchanged(inSource: FoundNumber[], inText: FoundNumber[]): Fault[] {
  const [source, text] = [inSource, inText].map((numbers) =>
    numbers.filter((one) => one.isInDigits),
  )
  if (!source || !text || source.length !== text.length || text.length < 2) return []
  const wrong = text.flatMap((number, at) => {
    const there = source[at]
    return there && !haveSameValue(number, there) ? [{ number, there, at }] : []
  })
  const [one, other] = wrong
  if (!one) return []
  // A translator turns a sentence around: then neighbours keep their units. Only a plain exchange counts.
  if (!other) {
    // One number stands where another does, and the other is gone: it was written twice.
    const isGone = !inText.some((number) => haveSameValue(number, one.there))
    return isGone ? [{ kind: 'number', text: one.number.text, source: one.there.text }] : []
  }
  const isExchange =
    wrong.length === 2 &&
    haveSameValue(one.number, other.there) &&
    haveSameValue(other.number, one.there) &&
    one.number.unit === one.there.unit &&
    other.number.unit === other.there.unit &&
    isYear(one.number) === isYear(other.number)
  return isExchange ? [{ kind: 'number', text: one.number.text, source: one.there.text }] : []
}

function isYear({ value, unit }: FoundNumber): boolean {
  return unit === undefined && value >= 1900 && value <= 2100
}

/** Currencies, and in the same passage units of time and measure, that the source names nowhere. */
function findUnitFaults(source: string, text: string, known: Fault[], isAligned: boolean): Fault[] {
  const there = listUnits(source)
  return listUnits(text)
    .filter(({ unit }) => (isAligned ? unit !== 'year' && unit !== 'day' : currencies.has(unit)))
    .filter(({ unit }) => !there.some((other) => other.unit === unit))
    .filter((found) => !known.some((fault) => fault.text.includes(found.text)))
    .map((found) => {
      const isMoney = currencies.has(found.unit)
      const like = there.find(({ unit }) => currencies.has(unit) === isMoney)
      return { kind: 'unit', text: found.text, ...(like ? { source: like.text } : {}) }
    })
}

function findDateFaults(source: string, text: string): Fault[] {
  const there = listDates(source)
  return listDates(text)
    .named.filter(({ key }) => !there.possible.has(key))
    .map((date) => {
      const like = there.named.find(({ key }) => key.charAt(0) === date.key.charAt(0))
      return { kind: 'date', text: date.text, ...(like ? { source: like.text } : {}) }
    })
}

/** A title, a nickname, a word with a distance: quotation marks around so few words quote nobody. */
const minSpeech = 3

/**
 * Quotations of a translation that are none in the same passage of the original, by their length: one
 * for one.
 */
export function findTranslatedQuotationFaults(source: string, text: string): Fault[] {
  // What stands after a colon in the original may stand in quotation marks in the translation.
  const left = [...listQuotations(source), ...listAfterColons(source)]
  const plain = ` ${toPlainWords(source)} `
  const faults: Fault[] = []
  for (const quotation of listQuotations(text)) {
    // A name that stays in its own letters.
    if (plain.includes(` ${toPlainWords(quotation.text)} `)) continue

    const at = left.findIndex((other) => isLikeLong(quotation, other))
    if (at !== -1) left.splice(at, 1)
    else if (quotation.length >= minSpeech) faults.push({ kind: 'quotation', text: quotation.text })
  }
  return faults
}

function listAfterColons(source: string): Quotation[] {
  return [...source.matchAll(/:\s+(\p{Lu}[^\n:]{5,300})/gu)].map(({ 1: text = '', index }) => ({
    text,
    length: text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length,
    at: index,
  }))
}

function isLikeLong({ length }: Quotation, other: Quotation): boolean {
  const ratio = length / other.length
  return (ratio > 0.4 && ratio < 2.5) || Math.abs(length - other.length) <= 2
}

/** Quotations of a rewriting that do not stand in the source word for word. `plain`: the source's words. */
export function findRewrittenQuotationFaults(plain: string, text: string): Fault[] {
  return listQuotations(text)
    .filter(({ text: quotation }) =>
      splitQuotation(quotation).some((piece) => !plain.includes(` ${piece} `)),
    )
    .map((quotation) => ({ kind: 'quotation', text: quotation.text }))
}

/** What a text denies that its source asserts, the other way around, and the same for up and down. */
export function findPolarityFaults(
  source: { text: string; language: DictionaryLanguage },
  made: { text: string; language: DictionaryLanguage },
): Fault[] {
  const [there, here] = [source, made].map(({ text, language }) => readPolarity(text, language))
  if (!there || !here) return []
  const faults: Fault[] = []
  // A hidden denial answers one of the other text: unaware and невідомий, missing and зниклий безвісти.
  const isLost = there.denials > here.mostDenials + Math.max(0, here.hidden - there.hidden)
  const isAdded = here.denials > there.mostDenials + Math.max(0, there.hidden - here.hidden)
  if (isLost || isAdded) faults.push({ kind: 'denial', text: made.text, source: source.text })
  if (isOpposite(there, here))
    faults.push({ kind: 'direction', text: made.text, source: source.text })
  return faults
}

export function isOpposite(there: Polarity, here: Polarity): boolean {
  return (
    (there.up > 0 && there.down === 0 && here.down > 0 && here.up === 0) ||
    (there.down > 0 && there.up === 0 && here.up > 0 && here.down === 0)
  )
}
