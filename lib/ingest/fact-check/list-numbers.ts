import { listWordNumbers } from './number-words.ts'
import { currencies, factorsOfUnits, readUnit, signs, type Unit } from './units.ts'

/** A number in a text: `$1.2 billion` and `1,2 млрд доларів` are both 1,200,000,000 `$`. */
export type FoundNumber = {
  /** As it is written, with its scale and unit. */
  text: string
  value: number
  /**
   * Every value that the writing may stand for, `value` first: `2,626` is 2626 or 2.626, `5.30pm` also
   * 17:30, `a third` 3 or 1/3.
   */
  values: number[]
  unit: Unit | undefined
  /** What the scale after it multiplies it by: 1e6 for million, else 1. */
  scale: number
  /** Half of the last written digit's place: what rounding may have taken. */
  precision: number
  isInDigits: boolean
  isOrdinal: boolean
  /** It says how many times: doubled, вдвічі. Only the same word, or `2 times`, says so too. */
  isMultiple: boolean
  /** `double` alone: to double, or a room for two. */
  mayBeMultiple?: true
  at: number
  end: number
}

/**
 * The numbers of an English or Ukrainian text in the order of the text: digits with any separators,
 * cardinals from two on, ordinals from two on, fractions and multiples, with scale and unit. Digits that
 * are part of a name (`Web3`, `ERC-20`, `L2`) are not among them.
 */
export function listNumbers(text: string): FoundNumber[] {
  const found = [...listDigits(text), ...listWordNumbers(text)]
  return found.toSorted((a, b) => a.at - b.at)
}

/** The same value, as far as binary fractions can be the same. */
export function isSameValue(a: number, b: number): boolean {
  return Math.abs(a - b) <= Math.max(Math.abs(a), Math.abs(b)) * 1e-6
}

/** The same amount in other units: 18 months and a year and a half, 10 miles and 16 km. */
export function isSameAmount(a: number, unitA: Unit, b: number, unitB: Unit): boolean {
  // Degrees are those of Celsius or of Fahrenheit; translators convert and round them.
  if (unitA === 'degree' && unitB === 'degree')
    return isSameValue(a, b) || isNear(a * 1.8 + 32, b) || isNear(b * 1.8 + 32, a)
  if (unitA === unitB) return isSameValue(a, b)
  const [one, other] = [factorsOfUnits[unitA], factorsOfUnits[unitB]]
  if (!one || !other || one.dimension !== other.dimension) return false
  const [amountA, amountB] = [a * one.factor, b * other.factor]
  return Math.abs(amountA - amountB) <= Math.max(amountA, amountB) * 0.04
}

const isNear = (a: number, b: number) => Math.abs(a - b) <= 1

const space = '[ \\u00a0\\u2009\\u202f\\u2007]'
const written = new RegExp(
  `(?<![\\p{L}\\p{N}_])(?<!\\p{Lu}[-–])(?<!\\d[.,:/])([-−–+]?)((?:US|A|C|HK)?[$€£₴¥])?${space}?` +
    `(\\d{1,3}(?:${space}\\d{3})+(?!\\d)(?:[.,]\\d+)?|\\d+(?:[.,:/’']\\d+)*)`,
  'gu',
)
/** What may follow digits without a space. Other letters make them part of a name. */
const attached =
  /^(?:[ap]\.?m(?!\p{L})|[-–]?(?:st|nd|rd|th|s|x|х|х|го|му|ма|м|ти|й|ій|ої|ою|ю|та|те|а|е|і|их|ми|річ\p{L}*|year|month|week|day|hour|minute|point|percent|foot|mile|km|story|man|member|page|bit|inch|метр\p{L}*|день\p{L}*|денн\p{L}*|мільйон\p{L}*|відсотков\p{L}*)(?!\p{L})|[’']s(?!\p{L})|%)/iu

function listDigits(text: string): FoundNumber[] {
  const found: FoundNumber[] = []
  for (const match of text.matchAll(written)) {
    const [whole, sign = '', currency = '', digits = ''] = match
    const before = text[match.index - 1] ?? ' '
    if (sign !== '' && /[\p{L}\p{N}]/u.test(before)) continue
    const end = match.index + whole.length
    const rest = text.slice(end, end + 24)
    const scaled = readScale(text, end)
    const unitAfter = readUnit(text, scaled.end)
    const isName = /^\p{L}/u.test(rest) && scaled.end === end && unitAfter === undefined
    if (isName && !attached.test(rest)) continue
    const { values, places } = toValues(digits)
    const isYear = /^(?:19|20)\d\d$/.test(digits) && scaled.factor === 1
    const after =
      isYear && unitAfter?.unit !== '%' && !currencies.has(unitAfter?.unit ?? '')
        ? undefined
        : unitAfter
    const unit = signs[currency.slice(-1)] ?? after?.unit
    const isMetres = currency === '' && /^m(?!\p{L})/iu.test(rest)
    const scaledValues = values.map((value) => value * scaled.factor)
    found.push({
      text: text.slice(match.index, Math.max(unitAfter?.end ?? 0, scaled.end)).trim(),
      value: scaledValues[0] ?? 0,
      values: [
        ...scaledValues,
        // 60m without a currency may be metres.
        ...(isMetres ? values : []),
        // 5.30 may be a time or a day; 5.30 million and $5.30 may not.
        ...(scaled.factor === 1 && unit === undefined
          ? [...listParts(digits), ...listTimes(digits, text.slice(end, end + 8))]
          : []),
        ...(unit === '%' ? values.map((value) => value / 100) : []),
      ],
      unit,
      scale: scaled.factor,
      precision: 0.5 * 10 ** -places * scaled.factor,
      isInDigits: true,
      isOrdinal: unit === undefined && /^[-–]?\p{L}{1,3}(?!\p{L})/u.test(rest),
      isMultiple: /^(?:x|х|-?fold)/iu.test(rest),
      at: match.index,
      end: Math.max(unitAfter?.end ?? 0, scaled.end),
    })
  }
  return carryUnitsBack(found, text)
}

/** `5–10%`, `$5 to 10 million`: what stands at the second number belongs to the first as well. */
function carryUnitsBack(found: FoundNumber[], text: string): FoundNumber[] {
  for (let number = found.length - 2; number >= 0; number -= 1) {
    const [one, next] = [found[number], found[number + 1]]
    if (
      !one ||
      !next ||
      !/^-?\s*(?:[-–—]|to|до|and|та|і|or|або|чи)\s*$/u.test(text.slice(one.end, next.at))
    )
      continue
    if (one.unit === undefined) one.unit = next.unit
    if (next.scale > one.scale) one.values.push(...one.values.map((value) => value * next.scale))
    if (next.unit === undefined) next.unit = one.unit
  }
  return found
}

/** The hour and minute that digits may be, in minutes as a negative value: of 12 hours, for am and pm. */
function listTimes(digits: string, after: string): number[] {
  const half = /^\s?([ap])\.?m\b/iu.exec(after)?.[1]?.toLowerCase()
  const [, hour = '', minute = ''] = /^(\d{1,2})(?:[.:](\d\d))?$/.exec(digits) ?? []
  // 0.51 is a number: midnight is 0:51 or 00.51.
  if (hour === '' || Number(hour) > 24 || Number(minute) > 59 || /^0\./.test(digits)) return []
  if (half === undefined) return minute === '' ? [] : [Number(hour), -toTime(hour, minute)]
  const other = half === 'p' ? Number(hour) + 12 : Number(hour)
  return [other, Number(hour), ...(minute === '' ? [] : [-toTime(hour, minute)])]
}

function toTime(hour: string, minute: string): number {
  return ((Number(hour) % 12) * 60 + Number(minute) + 1) / 10_000
}

const scaleWords: [pattern: RegExp, factor: number][] = [
  [/^(?:thousands?|k|тис(?:яч\p{L}*|\.)?)(?!\p{L})/iu, 1e3],
  [/^(?:millions?|mln|mn|m|mm|млн|мільйон\p{L}*)(?!\p{L})/iu, 1e6],
  [/^(?:billions?|bln|bn|b|млрд|мільярд\p{L}*)(?!\p{L})/iu, 1e9],
  [/^(?:trillions?|trn|tn|t|трлн|трильйон\p{L}*)(?!\p{L})/iu, 1e12],
]

function readScale(text: string, from: number): { factor: number; end: number } {
  const rest = text.slice(from, from + 24)
  const gap = /^[\s -]?/u.exec(rest)?.[0].length ?? 0
  for (const [pattern, factor] of scaleWords) {
    const match = pattern.exec(rest.slice(gap))
    // A letter alone is a scale only when it stands at the number: `5 m` may be metres.
    if (match && (gap === 0 || match[0].length > 2)) {
      return { factor, end: from + gap + match[0].length }
    }
  }
  return { factor: 1, end: from }
}

/** `1,234.5`, `1 234,5`, `1.5` and `1,5`; three digits after one mark may be thousands or decimals. */
function toValues(digits: string): { values: number[]; places: number } {
  const plain = digits.replace(new RegExp(`${space}|[’']`, 'gu'), '')
  // A score: 16,5:10,5.
  if (/[.,]\d+:/.test(plain)) {
    const values = plain.split(':').flatMap((part) => toValues(part).values)
    return { values, places: 0 }
  }
  const parts = plain.split(/[.,:/]/)
  const marks = plain.replace(/\d/g, '')
  const whole = Number(parts.join(''))
  if (parts.length === 1) return { values: [whole], places: 0 }
  const last = parts.at(-1) ?? ''
  const isGrouped = parts.slice(1).every((part) => part.length === 3)
  const decimal = Number(`${parts.slice(0, -1).join('')}.${last}`)
  const isOneMark = new Set(marks).size === 1
  if (marks === '/') {
    const [over, under] = parts.map(Number)
    return { values: [(over ?? 0) / (under || 1), ...parts.map(Number)], places: 0 }
  }
  if (isGrouped && isOneMark && /^[.,]+$/.test(marks)) {
    const isOne = parts.length === 2
    const isComma = marks.startsWith(',')
    return {
      values: !isOne ? [whole] : isComma ? [whole, decimal] : [decimal, whole],
      places: isOne && !isComma ? 3 : 0,
    }
  }
  // 1.234,5 and 1,234.5: other marks before the last one group thousands.
  const isDecimal = parts.length === 2 || parts.slice(1, -1).every((part) => part.length === 3)
  const isTime = /[:]/.test(marks)
  if (isTime || !isDecimal) return { values: parts.map(Number), places: 0 }
  return { values: [decimal], places: last.length }
}

/** The hours and minutes, or day and month, that `5.30` may be. */
function listParts(digits: string): number[] {
  return /^[1-9]\d?[.,]\d\d$/.test(digits) ? digits.split(/[.,]/).map(Number) : []
}
