/** What a number counts. Percent and money are different units, and so is each currency. */
export type NumberUnit = '%' | '$' | '€' | '£' | '₴' | '¥' | 'kind'

/** A number in a text: `$1.2 billion` and `1,2 млрд доларів` are both 1,200,000,000 `$`. */
export type FoundNumber = {
  /** As it is written, with its unit. */
  text: string
  value: number
  unit: NumberUnit | undefined
  /** Half of the last written digit's place: what rounding may have taken. */
  precision: number
  at: number
}

const scales: [pattern: RegExp, factor: number][] = [
  [/^(?:thousand|k|тис(?:яч\p{L}*|\.)?)(?!\p{L})/iu, 1e3],
  [/^(?:million|millions|mln|mn|m|млн|мільйон\p{L}*)(?!\p{L})/iu, 1e6],
  [/^(?:billion|billions|bln|bn|b|млрд|мільярд\p{L}*)(?!\p{L})/iu, 1e9],
  [/^(?:trillion|trillions|trn|tn|t|трлн|трильйон\p{L}*)(?!\p{L})/iu, 1e12],
]

const unitsAfter: [pattern: RegExp, unit: NumberUnit][] = [
  [/^(?:%|percent(?:age points?)?|per cent|відсот\p{L}*|процент\p{L}*|в\.\s?п\.)/iu, '%'],
  [/^(?:-?dollars?|usd(?![tc\p{L}])|долар\p{L}*|дол\.|\$)/iu, '$'],
  [/^(?:euros?|eur(?!\p{L})|євро|€)/iu, '€'],
  [/^(?:pounds?|gbp(?!\p{L})|фунт\p{L}*|£)/iu, '£'],
  [/^(?:hryvnias?|uah(?!\p{L})|гривень|гривн\p{L}*|грн\.?|₴)/iu, '₴'],
  [/^(?:yen|jpy(?!\p{L})|єн\p{L}*|¥)/iu, '¥'],
]

const signs: Record<string, NumberUnit> = { $: '$', '€': '€', '£': '£', '₴': '₴', '¥': '¥' }

const written =
  /(?<![\p{L}\p{N}_])(?<![\d][.,:/])(?<!\p{Lu}[-–])([-−–+]?)(?:US|A|C|HK)?([$€£₴¥]?)\s?(\d{1,3}(?:[,  '’]\d{3})+(?:[.,]\d+)?|\d+(?:[.,]\d+)?)(?![\d])/gu

/**
 * The numbers of an English or Ukrainian text, in digits and in words from two on, with their scale
 * and unit. Numbers inside words and names (`Web3`, `ERC-20`, `BIP-39`, `L2`) are part of the name.
 */
export function listNumbers(text: string): FoundNumber[] {
  return [...listDigits(text), ...listWords(text)].toSorted((a, b) => a.at - b.at)
}

function listDigits(text: string): FoundNumber[] {
  const found: FoundNumber[] = []
  for (const match of text.matchAll(written)) {
    const [whole, sign = '', currency = '', digits = ''] = match
    const before = text[match.index - 1] ?? ' '
    if (sign !== '' && /[\p{L}\p{N}]/u.test(before)) continue
    const end = match.index + whole.length
    if (
      /^\p{L}/u.test(text.slice(end)) &&
      !/^(k|m|mn|b|bn|t|tn|млн|млрд|тис|трлн|th|st|nd|rd|s|x|х|h|°)/iu.test(text.slice(end))
    )
      continue
    const scaled = readScale(text, end)
    const unitAfter = readUnit(text, scaled.end)
    const { value, places } = toValue(digits)
    const unit = signs[currency] ?? unitAfter?.unit
    found.push({
      text: text.slice(match.index, unitAfter?.end ?? scaled.end).trim(),
      value: value * scaled.factor,
      unit,
      precision: 0.5 * 10 ** -places * scaled.factor,
      at: match.index,
    })
  }
  return found
}

function readScale(text: string, from: number): { factor: number; end: number } {
  const rest = text.slice(from, from + 24)
  const gap = /^[\s -]?/u.exec(rest)?.[0].length ?? 0
  for (const [pattern, factor] of scales) {
    const match = pattern.exec(rest.slice(gap))
    // A letter alone is a scale only when it stands at the number: `5 m` may be metres.
    if (match && (gap === 0 || match[0].length > 1)) {
      return { factor, end: from + gap + match[0].length }
    }
  }
  return { factor: 1, end: from }
}

function readUnit(text: string, from: number): { unit: NumberUnit; end: number } | undefined {
  const rest = text.slice(from, from + 32)
  const gap = /^[\s -]?(?:US )?/u.exec(rest)?.[0].length ?? 0
  for (const [pattern, unit] of unitsAfter) {
    const match = pattern.exec(rest.slice(gap))
    if (match) return { unit, end: from + gap + match[0].length }
  }
  return undefined
}

/** `1,234.5`, `1 234,5`, `1.5` and `1,5`; a comma before exactly three digits groups thousands. */
function toValue(digits: string): { value: number; places: number } {
  const plain = digits.replace(/[  '’]/g, '')
  const grouped = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)
  const normal = grouped
    ? plain.replaceAll(',', '')
    : plain.replace(/,(?=\d{3}\D)/g, '').replace(',', '.')
  return { value: Number(normal), places: normal.split('.')[1]?.length ?? 0 }
}

const words: [pattern: string, value: number][] = [
  ['two|два|дві|двох|двом|двома|двоє|обидва|обидві', 2],
  ['three|три|трьох|трьом|трьома|троє', 3],
  ['four|чотири|чотирьох|чотирьом|чотирма', 4],
  ["five|п[ʼ’']ять|п[ʼ’']яти|п[ʼ’']ятьох", 5],
  ['six|шість|шести|шістьох', 6],
  ['seven|сім|семи|сімох', 7],
  ['eight|вісім|восьми|вісьмох', 8],
  ["nine|дев[ʼ’']ять|дев[ʼ’']яти", 9],
  ['ten|десять|десяти|десятьох', 10],
  ['eleven|одинадцять|одинадцяти', 11],
  ['twelve|dozen|дванадцять|дванадцяти|дюжин\\p{L}*', 12],
  ["fifteen|п[ʼ’']ятнадцять|п[ʼ’']ятнадцяти", 15],
  ['twenty|двадцять|двадцяти', 20],
  ['thirty|тридцять|тридцяти', 30],
  ['forty|сорок|сорока', 40],
  ["fifty|п[ʼ’']ятдесят|п[ʼ’']ятдесяти", 50],
  ['hundred|сто|ста|сотня', 100],
]

const inWords = words.map(
  ([pattern, value]) =>
    [new RegExp(`(?<![\\p{L}-])(?:${pattern})(?![\\p{L}-])`, 'giu'), value] as const,
)

function listWords(text: string): FoundNumber[] {
  return inWords.flatMap(([pattern, value]) =>
    [...text.matchAll(pattern)].map((match) => {
      const end = match.index + match[0].length
      const scaled = readScale(text, end)
      const unit = readUnit(text, scaled.end)
      return {
        text: text.slice(match.index, unit?.end ?? scaled.end).trim(),
        value: value * scaled.factor,
        unit: unit?.unit,
        precision: 0.5 * scaled.factor,
        at: match.index,
      }
    }),
  )
}
