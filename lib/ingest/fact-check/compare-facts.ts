import type { DictionaryLanguage } from '#lib/node/dictionary.ts'
import { splitSentences } from './align-sentences.ts'
import { type Dates, listDates } from './list-dates.ts'
import { type FoundNumber, isSameAmount, isSameValue, listNumbers } from './list-numbers.ts'
import {
  listQuotations,
  listTitles,
  type Quotation,
  sayings,
  splitQuotation,
  toPlainWords,
} from './list-quotations.ts'
import { listImpliedValues } from './number-words.ts'
import type { Polarity } from './polarity.ts'
import { currencies, type FoundUnit, factorsOfUnits, listUnits, sureUnits } from './units.ts'

/** What is wrong in a text, and what the text that it was made from has instead. */
export type Fault = {
  kind: 'number' | 'unit' | 'date' | 'name' | 'quotation' | 'denial' | 'direction' | 'excess'
  /** As it is written in the text, or the sentence that says something else. */
  text: string
  /** As it is written in the source; undefined where the source has nothing of the kind. */
  source?: string
  /** Honest texts have it now and then: it holds no text alone. */
  isHint?: true
}

/** What a text says of amounts and dates. Read once for each text, however often it is compared. */
export type Amounts = {
  numbers: FoundNumber[]
  implied: number[]
  units: FoundUnit[]
  dates: Dates
}

export function readAmounts(text: string): Amounts {
  return {
    numbers: listNumbers(text),
    implied: listImpliedValues(text),
    units: listUnits(text),
    dates: listDates(text),
  }
}

/** A count of the comparisons that are still allowed for a text; below 0 not all of it was checked. */
export type Budget = { left: number }

/** Takes the work of comparing so many with so many; false where too little is left for it. */
export function spend(budget: Budget, some: number, others: number): boolean {
  budget.left -= some * others
  return budget.left >= 0
}

/**
 * Numbers, units, currencies and dates of a text that its source does not have. With `isAligned` both
 * are the same passage, and what is exchanged or missing is found too. Nothing where the budget is used up.
 */
export function findAmountFaults(
  source: Amounts,
  text: Amounts,
  { isAligned, budget }: { isAligned: boolean; budget: Budget },
): Fault[] {
  const countOf = ({ numbers, implied, units, dates }: Amounts) =>
    numbers.length + implied.length + units.length + dates.named.length
  if (!spend(budget, countOf(source) + countOf(text), countOf(text) + 1)) return []
  const [inSource, inText] = [source.numbers, text.numbers]
  const faults: Fault[] = []
  const lost = isAligned ? listMissing(inSource, inText, text.implied) : []
  const missing = lost.filter(({ isInDigits }) => isInDigits)
  for (const number of inText) {
    const same = inSource.filter((other) => haveSameValue(number, other))
    if (same.length > 0) {
      const wrong = findWrongUnit(number, same, { inText, isAligned })
      if (wrong) faults.push({ kind: 'unit', text: number.text, source: wrong.text })
      continue
    }
    if (
      !number.isMultiple &&
      number.values.some((value) => source.implied.some((other) => isSameValue(value, other)))
    )
      continue
    if (inSource.some((other) => haveSameAmount(number, other))) continue
    if (isAligned && lost.length === 0 && isTurnOfPhrase(number)) continue
    // Translators write both for he and his brother.
    const isHint = !number.isInDigits && lost.length === 0 && number.value <= 2
    faults.push({
      ...{ kind: 'number', text: number.text, ...toSource(lost, number) },
      ...(isHint && { isHint }),
    })
  }
  if (faults.length === 0 && isAligned) {
    faults.push(...findExchanged(source, text))
    if (faults.length === 0) {
      faults.push(
        ...missing.map(
          ({ text: source }): Fault => ({ kind: 'number', text: '', source, isHint: true }),
        ),
      )
    }
  }
  return [
    ...faults,
    ...findUnitFaults(source, text, faults, isAligned),
    ...findDateFaults(source.dates, text.dates),
    ...(isAligned ? findLostDays(source.dates, text.dates) : []),
  ]
}

/** A second term, the second half: where no number of the source is missing, they replace none. */
function isTurnOfPhrase({ text }: FoundNumber): boolean {
  return /^(?:second|half|друг\p{L}+|половин\p{L}+)$/iu.test(text)
}

/** Days of the source that the text does not name. */
function findLostDays(source: Dates, text: Dates): Fault[] {
  return source.named
    .filter(({ key }) => /^\d{1,2}-/.test(key) && !text.possible.has(key))
    .map((date) => ({ kind: 'date', text: '', source: date.text, isHint: true }))
}

function haveSameValue(one: FoundNumber, other: FoundNumber): boolean {
  if (one.isMultiple && !other.isMultiple && !other.mayBeMultiple) return false
  return one.values.some((value) => other.values.some((there) => isSameValue(value, there)))
}

function haveSameAmount(one: FoundNumber, other: FoundNumber): boolean {
  const [unit, there] = [one.unit, other.unit]
  if (unit === undefined || there === undefined) return false
  return one.values.some((value) =>
    other.values.some((its) => isSameAmount(value, unit, its, there)),
  )
}

/**
 * A number of the source with the same value that counts something else: all of them do, or, in the
 * same passage, one of them whose own amount the text has nowhere.
 */
function findWrongUnit(
  number: FoundNumber,
  same: FoundNumber[],
  { inText, isAligned }: { inText: FoundNumber[]; isAligned: boolean },
): FoundNumber | undefined {
  const { unit } = number
  if (unit === undefined) return undefined
  if (same.some((other) => other.unit === unit)) return undefined
  if (same.every((other) => other.unit !== undefined)) return same[0]
  if (!isAligned) return undefined
  return same.find(
    (other) =>
      other.unit !== undefined &&
      toDimension(other.unit) === toDimension(unit) &&
      !inText.some((one) => one.unit === other.unit && haveSameValue(one, other)),
  )
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

/** Two numbers of one passage that have changed places, or one that stands where another does. */
function findExchanged(source: Amounts, text: Amounts): Fault[] {
  const [inSource, inText] = [source.numbers, text.numbers]
  const days = new Set(
    text.dates.named.map(({ key }) => Number(/^\d{1,2}-(\d+)$/.exec(key)?.[1] ?? Number.NaN)),
  )
  const pairs = listPairs(inSource, inText)
  // By the order of the text: which place each number has in the source.
  const order = pairs.map(({ there }) => there.at)
  const sorted = order.toSorted((a, b) => a - b)
  const moved = pairs.filter((_, place) => order[place] !== sorted[place])
  const [one, other] = moved
  // A translator turns a sentence around: then more than two move, or what they count differs.
  // So does a day of a month that changes places with a number that is none.
  const isDay = (pair: NumberPair) => days.has(pair.here.value)
  if (
    one &&
    other &&
    moved.length === 2 &&
    haveOneUnit(one, other) &&
    isDay(one) === isDay(other)
  ) {
    return [{ kind: 'number', text: one.here.text, source: other.there.text }]
  }
  return findRepeated(inSource, inText)
}

/** What a number of the text and its counterpart in the source are. */
type NumberPair = { here: FoundNumber; there: FoundNumber }

/** Numbers that stand once in either text, without years, which stand anywhere. In order of the text. */
function listPairs(inSource: FoundNumber[], inText: FoundNumber[]): NumberPair[] {
  const counted = (numbers: FoundNumber[]) => numbers.filter((one) => !isYear(one))
  const [source, text] = [counted(inSource), counted(inText)]
  return text.flatMap((here) => {
    const same = source.filter((other) => haveSameValue(here, other))
    const [there] = same
    const isOnce =
      there && same.length === 1 && text.filter((one) => haveSameValue(one, there)).length === 1
    return isOnce ? [{ here, there }] : []
  })
}

function haveOneUnit(one: NumberPair, other: NumberPair): boolean {
  // A count and a place in an order, 3 and 16th, do not stand for each other.
  const isOneForm =
    one.here.isOrdinal === other.here.isOrdinal &&
    one.here.text.includes(':') === other.here.text.includes(':')
  // 18, and 18 years old.
  const isOneUnit = (a: FoundNumber, b: FoundNumber) =>
    a.unit === undefined || b.unit === undefined || a.unit === b.unit
  const isInDigits = [one.here, other.here].every((each) => each.isInDigits)
  return (
    isOneForm && isInDigits && isOneUnit(one.here, other.there) && isOneUnit(other.here, one.there)
  )
}

/** A number that the text has more often than the source, where another of the source is gone. */
function findRepeated(inSource: FoundNumber[], inText: FoundNumber[]): Fault[] {
  const countOf = (numbers: FoundNumber[], number: FoundNumber) =>
    numbers.filter((other) => haveSameValue(other, number) || haveSameAmount(other, number)).length
  const gone = inSource.find((number) => isPlain(number) && countOf(inText, number) === 0)
  if (!gone) return []
  const repeated = inText.find(
    (number) =>
      number.isInDigits === gone.isInDigits &&
      isPlain(number) &&
      countOf(inText, number) > countOf(inSource, number),
  )
  return repeated ? [{ kind: 'number', text: repeated.text, source: gone.text }] : []
}

/** A count of something: no part, multiple or place in an order. */
function isPlain({ value, isMultiple, isInDigits }: FoundNumber): boolean {
  return !isMultiple && value >= 2 && (isInDigits || Number.isInteger(value))
}

function isYear({ text, unit }: FoundNumber): boolean {
  return unit === undefined && /^(?:19|20)\d\d(?!\d)/.test(text)
}

/** Currencies, and in the same passage units of time and measure, that the source names nowhere. */
function findUnitFaults(
  source: Amounts,
  text: Amounts,
  known: Fault[],
  isAligned: boolean,
): Fault[] {
  const [there, here] = [source.units, text.units]
  const isKnown = (found: { text: string }) =>
    known.some((fault) => fault.text.includes(found.text))
  // 10 miles and 16 km.
  const isConverted = ({ unit }: FoundUnit) =>
    text.numbers.some(
      (number) =>
        number.unit === unit && source.numbers.some((other) => haveSameAmount(number, other)),
    )
  const foreign = here
    .filter(({ unit }) => (isAligned ? sureUnits.has(unit) : currencies.has(unit)))
    .filter(({ unit }) => !there.some((other) => other.unit === unit))
    .filter((found) => !isKnown(found) && !isConverted(found))
    .flatMap((found): Fault[] => {
      const like = there.find(({ unit }) => toDimension(unit) === toDimension(found.unit))
      // At the last minute, a rush hour: such a time is none.
      if (!like && toDimension(found.unit) === 'time' && !found.isCounted) return []
      return [
        like
          ? { kind: 'unit', text: found.text, source: like.text }
          : { kind: 'unit', text: found.text },
      ]
    })
  if (foreign.length > 0 || !isAligned) return foreign
  return findExchangedUnits(source, text).filter((fault) => !isKnown(fault))
}

/**
 * Units that stand for another of their kind: as many times, currencies or lengths in both texts, of
 * which the text has one more often and the source another.
 */
function findExchangedUnits(there: Amounts, here: Amounts): Fault[] {
  const countOf = (found: FoundUnit[], unit: string) =>
    found.filter((one) => one.unit === unit).length
  const dimensions = new Set(here.units.map(({ unit }) => toDimension(unit)))
  // A decade is ten years, and five centuries are five hundred.
  const isSpan = ({ unit }: FoundUnit) => unit === 'decade' || unit === 'century'
  if (here.units.some(isSpan) !== there.units.some(isSpan)) dimensions.delete('time')
  // A decade and 10 years, 18 months and a year and a half: the amount is the same in another unit.
  for (const number of here.numbers) {
    const isExact = there.numbers.some((other) => haveSameValue(number, other))
    if (number.unit !== undefined && !isExact) dimensions.delete(toDimension(number.unit))
  }
  return [...dimensions].flatMap((dimension): Fault[] => {
    const [source, text] = [there.units, here.units].map((found) =>
      found.filter(({ unit }) => toDimension(unit) === dimension),
    )
    if (!source || !text || source.length !== text.length) return []
    const added = text.findLast(({ unit }) => countOf(text, unit) > countOf(source, unit))
    const lost = source.find(({ unit }) => countOf(source, unit) > countOf(text, unit))
    return added && lost ? [{ kind: 'unit', text: added.text, source: lost.text }] : []
  })
}

function toDimension(unit: string): string {
  return currencies.has(unit) ? 'money' : (factorsOfUnits[unit]?.dimension ?? unit)
}

function findDateFaults(there: Dates, here: Dates): Fault[] {
  return here.named
    .filter(({ key }) => !there.possible.has(key) && (!isFullDate(key) || hasOtherYear(key, there)))
    .map((date) => {
      const like = there.named.find(({ key }) => key.charAt(0) === date.key.charAt(0))
      // A translator names the day that the source calls this week.
      const isHint = !like && /^[wr]/.test(date.key)
      return { kind: 'date', text: date.text, source: like?.text, ...(isHint && { isHint }) }
    })
}

/** `2026-11-22`: a day of a month with its year. */
function isFullDate(key: string): boolean {
  return /^\d{4}-/.test(key)
}

/** The source has the day in another year. One that it names without a year may be in any. */
function hasOtherYear(key: string, there: Dates): boolean {
  const day = key.slice(5)
  const same = there.named.filter((date) => date.key === day)
  const dated = there.named.filter((date) => isFullDate(date.key) && date.key.slice(5) === day)
  return dated.length > 0 && dated.length === same.length
}

/** A title, a nickname, a word with a distance: quotation marks around so few words quote nobody. */
const minSpeech = 3
/** In words: what has more is no title that another language sets in quotation marks. */
const longestTitle = 4

/** A passage with the part of it that belongs to a quotation of a passage before it. */
export type QuotingPassage = { text: string; continued: Quotation | undefined }

/**
 * Quotations of a translation that are none in the same passage of the original, by their length: one
 * for one.
 */
export function findTranslatedQuotationFaults(
  source: QuotingPassage,
  text: QuotingPassage,
  budget: Budget,
): Fault[] {
  // What stays in its own letters is the name of something.
  const [inSource, inText] = [source, text].map((one) => ` ${toPlainWords(one.text)} `)
  const isIn = (plain: string | undefined, { text }: Quotation) =>
    plain?.includes(` ${toPlainWords(text)} `) === true
  const ratio = text.text.length / Math.max(1, source.text.length)
  // What stands after a colon in the original may stand in quotation marks in the translation.
  const colons = listAfterColons(source.text)
  const own = listAfterColons(text.text)
  if (!spend(budget, own.length, colons.length)) return []
  for (const { other } of pairByLikeness(own, colons, ratio))
    colons.splice(colons.indexOf(other), 1)
  const titles = listTitles(source.text).filter((title) => !isIn(inText, title))
  const made = [
    ...(text.continued ? [text.continued] : []),
    ...listQuotations(text.text).filter((quotation) => !isIn(inSource, quotation)),
  ]
  const left = [
    ...(source.continued ? [source.continued] : []),
    ...listQuotations(source.text).filter((quotation) => !isIn(inText, quotation)),
    ...colons,
  ]
  if (made.length === 0 || !spend(budget, made.length, left.length + titles.length)) return []
  const pairs = pairByLikeness(made, left, ratio)
  const unpaired = made.filter((one) => !pairs.some(({ quotation }) => quotation === one))
  // A sentence more, and text for it: the quotation that is least like its counterpart has none.
  const hasSentenceMore = splitSentences(text.text).length > splitSentences(source.text).length
  const unlike = pairs.slice(hasSentenceMore && ratio >= 1.3 ? -1 : pairs.length)
  return (unpaired.length > 0 ? unpaired : unlike.map(({ quotation }) => quotation))
    .filter(({ length, isWholeLine }) => length >= minSpeech && !isWholeLine)
    .filter(
      (quotation) =>
        quotation !== text.continued &&
        !(quotation.mayBeTitle && quotation.length <= longestTitle && takeTitle(quotation, titles)),
    )
    .map((quotation) => ({
      kind: 'quotation',
      text: quotation.text,
      ...(!hasSentenceMore && isPart(quotation, source.text, text.text) && { isHint: true }),
    }))
}

/**
 * Marks around words that the original has without marks invent no words: the rest of the text is too
 * short for the original.
 */
function isPart({ text: quoted, at }: Quotation, source: string, text: string): boolean {
  const isInSentence =
    /^\p{Ll}/u.test(quoted) || /[\p{L}\p{N}]\s.$/u.test(text.slice(Math.max(0, at - 4), at))
  return isInSentence && text.length - quoted.length < 0.75 * source.length
}

/**
 * Quotations one for one, the likest first; of those that are as like, the first of the text. `ratio` is
 * how much longer the text is than its source.
 */
function pairByLikeness(
  made: Quotation[],
  left: Quotation[],
  ratio: number,
): { quotation: Quotation; other: Quotation }[] {
  const paired = new Set<Quotation>()
  return made
    .flatMap((quotation) =>
      left
        .filter((other) => isLikeLong(quotation, other))
        .map((other) => ({ quotation, other, apart: toDifference(quotation, other, ratio) })),
    )
    .toSorted((a, b) => a.apart - b.apart)
    .filter(({ quotation, other }) => {
      const isFree = !paired.has(quotation) && !paired.has(other)
      if (isFree) paired.add(quotation).add(other)
      return isFree
    })
}

/** By length, where one word is hardly a difference, by place, and by the capital of a sentence. */
function toDifference(quotation: Quotation, other: Quotation, ratio: number): number {
  const apart = Math.abs(quotation.length - other.length)
  const length = Math.max(0.01 * apart, apart - 1) / (quotation.length + other.length)
  const place = Math.abs(quotation.at - other.at * ratio) / (quotation.at + other.at * ratio + 100)
  const isOther = /^\p{Lu}/u.test(quotation.text) !== /^\p{Lu}/u.test(other.text)
  return length + 0.2 * place + (isOther ? 0.2 : 0)
}

function takeTitle(quotation: Quotation, titles: Quotation[]): boolean {
  const at = titles.findIndex(({ length }) => Math.abs(length - quotation.length) <= 1)
  if (at !== -1) titles.splice(at, 1)
  return at !== -1
}

function listAfterColons(source: string): Quotation[] {
  return [...source.matchAll(afterSaying)].map(({ 1: text = '', index }) => ({
    text,
    length: text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length,
    at: index,
  }))
}

const afterSaying = new RegExp(
  `(?<=(?<!\\p{L})(?:${sayings})[^.!?:\n]{0,60}):\\s+(\\p{Lu}[^\n:]{5,300})`,
  'giu',
)

/** In characters: what may stand before a quotation that is the whole of its line, as `She said:` does. */
const longestLeadIn = 40

function isLikeLong({ length, at }: Quotation, other: Quotation): boolean {
  if (other.isWholeLine && at > longestLeadIn) return false
  const ratio = length / other.length
  return (ratio >= 0.4 && ratio <= 2.5) || Math.abs(length - other.length) <= 2
}

/** Quotations of a rewriting that do not stand in the source word for word. `plain`: the source's words. */
export function findRewrittenQuotationFaults(plain: string, text: string): Fault[] {
  return listQuotations(text)
    .filter(({ text: quotation }) =>
      splitQuotation(quotation).some((piece) => !plain.includes(` ${piece} `)),
    )
    .map((quotation) => ({ kind: 'quotation', text: quotation.text }))
}

/**
 * What a text denies that its source asserts, the other way around, and the same for up and down.
 * `from` is the language of the source of a translation: what Ukrainian denies more is a hint.
 */
export function findPolarityFaults(
  source: { text: string; polarity: Polarity },
  made: { text: string; polarity: Polarity },
  from?: DictionaryLanguage,
): Fault[] {
  const [there, here] = [source.polarity, made.polarity]
  const faults: Fault[] = []
  // A word that denies in another way, and stands for none of the source, excuses a denial fewer: unable
  // and не зміг. A denial more is one only where the source has none of either kind, since Ukrainian
  // denies what English affirms.
  const excuses = here.hidden.reduce(
    (sum, count, at) => sum + Math.max(0, count - (there.hidden[at] ?? 0)),
    0,
  )
  const isLost = there.denials > here.mostDenials + excuses
  const isSilent =
    there.firm > 0 && here.mostDenials === 0 && here.hidden.every((count) => count === 0)
  const isAdded = here.denials > there.mostDenials && there.hidden.every((count) => count === 0)
  const sentences = { text: made.text, source: source.text }
  if (isLost || isAdded || isSilent) {
    faults.push({ kind: 'denial', ...sentences, ...(isAdded && from === 'en' && { isHint: true }) })
  }
  if (isOpposite(there, here)) faults.push({ kind: 'direction', ...sentences })
  return faults
}

/** One goes up and the other down; or, where both do both, as many words in all and others of them. */
export function isOpposite(there: Polarity, here: Polarity): boolean {
  const isExchanged =
    there.up + there.down > 1 &&
    there.up + there.down === here.up + here.down &&
    there.up !== here.up
  return (
    isExchanged ||
    (there.up > 0 && there.down === 0 && here.down > 0 && here.up === 0) ||
    (there.down > 0 && there.up === 0 && here.up > 0 && here.down === 0)
  )
}
