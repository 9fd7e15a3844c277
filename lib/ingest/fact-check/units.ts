/** What a number counts: a currency sign, `%`, `pp` for percentage points, `km`, `day`, `BTC`. */
export type Unit = string

export const signs: Record<string, Unit> = { $: '$', '€': '€', '£': '£', '₴': '₴', '¥': '¥' }

/** Money: never left out or exchanged unnoticed. */
export const currencies = new Set([
  '$',
  '€',
  '£',
  '₴',
  '¥',
  'CNY',
  'RUB',
  'PLN',
  'kr',
  'CHF',
  'INR',
  'TRY',
])

/** Units that are names of assets too. */
export const coins = new Set(['BTC', 'ETH', 'sat'])

const units: [unit: Unit, words: string][] = [
  [
    'pp',
    'percentage points?|p\\.p\\.|відсотков\\p{L}+ пункт\\p{L}*|процентн\\p{L}+ пункт\\p{L}*|в\\. ?п\\.',
  ],
  ['%', '%|percent(?:age)?|per cent|відсотк\\p{L}*|відсоток|процент\\p{L}*'],
  ['$', '\\$|dollars?|usd(?!-)|bucks|долар\\p{L}*|дол\\.'],
  ['€', '€|euros?(?!-)|eur(?!-)|євро'],
  ['£', '£|gbp|pounds?(?: sterling)?|фунт\\p{L}*'],
  ['₴', '₴|hryvni?as?|uah|гривень|гривн\\p{L}*|грн\\.?'],
  ['¥', '¥|yen|jpy|єн[аиу]?'],
  ['CNY', 'yuan|renminbi|юан\\p{L}*'],
  ['RUB', 'rubles?|roubles?|рубл\\p{L}*|руб\\.'],
  ['PLN', 'zlot(?:y|ys)|злот\\p{L}*'],
  ['kr', 'crowns|krone[rn]?|kron[ao]r?|крон\\p{L}{0,3}'],
  ['CHF', 'francs?|chf|франк(?:и|ів|а|у|ом|ами)?'],
  ['INR', 'rupees?|рупі\\p{L}*'],
  ['TRY', 'liras?|лір\\p{L}?'],
  ['BTC', 'btc|bitcoins?|біткоїн\\p{L}*|біткойн\\p{L}*'],
  ['ETH', 'eth|ether|етер\\p{L}{0,3}|ефір\\p{L}{0,3}'],
  ['sat', 'satoshis?|сатоші'],
  ['second', 'seconds?|secs?|секунд\\p{L}*|сек\\.?'],
  ['minute', 'minutes?|mins?|хвилин\\p{L}*|хв\\.?'],
  ['hour', 'hours?|hrs?|годин(?!ник)\\p{L}*|год\\.?'],
  [
    'day',
    'days?|daily|день|дні\\p{L}*|дня\\p{L}*|днем|дню|денн\\p{L}*|доб[аиуі]|добою|діб|добов\\p{L}*|денно',
  ],
  ['week', 'weeks?|weekly|тижн\\p{L}*|тиждень'],
  ['month', 'months?|monthly|місяц\\p{L}*|місяч\\p{L}*'],
  ['year', 'years?|рік|ро[кц][аиуіо]\\p{L}*|річч?\\p{L}*|літт?[яі]|annual\\p{L}*|yearly'],
  ['decade', 'decades?|десятиліт\\p{L}*|десятиріч\\p{L}*'],
  ['century', 'centur(?:y|ies)|століт\\p{L}*|сторіч\\p{L}*'],
  ['km', 'km|kilomet(?:re|er)s?|км|кілометр\\p{L}*'],
  ['m', 'met(?:re|er)s?|м|метр\\p{L}*'],
  ['cm', 'cm|centimet(?:re|er)s?|см|сантиметр\\p{L}*'],
  ['mm', 'millimet(?:re|er)s?|мм|міліметр\\p{L}*'],
  ['mile', 'miles?|мил[яіьею]\\p{L}*'],
  ['foot', 'feet|foot|ft|фут\\p{L}*'],
  ['inch', 'inch(?:es)?|дюйм\\p{L}*'],
  ['kg', 'kg|kilos?|kilogram(?:me)?s?|кг|кілограм\\p{L}*'],
  ['g', 'grams?|г|грам\\p{L}{0,3}'],
  ['t', 'tons?|tonnes?|т|тонн\\p{L}*'],
  ['oz', 'oz|ounces?|унці\\p{L}*'],
  ['l', 'lit(?:re|er)s?|л|літр\\p{L}*'],
  ['kW', 'kw|kilowatts?|квт|кіловат\\p{L}*'],
  ['MW', 'mw|megawatts?|мвт|мегават\\p{L}*'],
  ['GW', 'gw|gigawatts?|гвт|гігават\\p{L}*'],
  ['bit', 'bits?|біт\\p{L}{0,3}'],
  ['byte', 'bytes?|байт\\p{L}*'],
  ['KB', 'kb|kilobytes?|кб|кілобайт\\p{L}*'],
  ['MB', 'mb|megabytes?|мб|мегабайт\\p{L}*'],
  ['GB', 'gb|gigabytes?|гб|гігабайт\\p{L}*'],
  ['TB', 'tb|terabytes?|тб|терабайт\\p{L}*'],
  ['degree', '°|degrees?|градус\\p{L}*'],
  ['hectare', 'hectares?|га|гектар\\p{L}*'],
  ['barrel', 'barrels?|барел\\p{L}*'],
]

const anyUnit = new RegExp(
  `^(?:${units.map(([, words]) => `(${words})`).join('|')})(?![\\p{L}\\p{N}])`,
  'iu',
)

/** The unit that follows at a place of a text, after a space, a hyphen, or `US`. */
export function readUnit(text: string, from: number): { unit: Unit; end: number } | undefined {
  const rest = text.slice(from, from + 40)
  const gap = /^[\s -]?(?:US |of |of a )?/u.exec(rest)?.[0].length ?? 0
  const match = anyUnit.exec(rest.slice(gap))
  if (!match) return undefined
  const place = match.slice(1).findIndex((found) => found !== undefined)
  return { unit: units[place]?.[0] ?? '', end: from + gap + match[0].length }
}

/** A currency or unit that a text names. `isCounted`: it follows a number in digits. */
export type FoundUnit = { unit: Unit; text: string; isCounted: boolean }

/** Units that a text may not name at all where its source does not. `Day` and `year` stand in phrases. */
export const sureUnits = new Set([
  ...currencies,
  ...['hour', 'minute', 'week', 'km', 'mile', 'kg', 't', 'MW', 'GW'],
])
/** Units whose words count something wherever they stand; others are other words too. */
const mentioned = new Set([
  ...sureUnits,
  ...['day', 'month', 'year', 'decade', 'century', 'bit', 'byte', 'KB', 'MB', 'GB', 'TB'],
])
const signOrWord = /[$€£₴¥]|(?<!\p{L})\p{L}{2,}(?:\.(?![\p{L}\p{N}])|-(?=\p{L})|(?![\p{L}\p{N}]))/gu

/** The units of words that were met before: a text has few different words. */
const unitsOfWords = new Map<string, Unit | undefined>()

/** The currencies and units that a text names in words or signs. */
export function listUnits(text: string): FoundUnit[] {
  return [...text.matchAll(signOrWord)].flatMap(({ 0: written, index }) => {
    const unit = signs[written] ?? readMention(written.toLowerCase())
    // What follows four digits is the year of a date: 2026 року.
    const isDate = unit === 'year' && /\d{4}\s$/u.test(text.slice(Math.max(0, index - 5), index))
    // 6-та година is six o’clock, and so is о 6 годині.
    const isClock =
      unit === 'hour' &&
      /\d-\p{L}{1,2}\s$|(?:^|\s)об? \d{1,2}\s$/u.test(text.slice(Math.max(0, index - 8), index))
    if (unit === undefined || isDate || isClock) return []
    const isCounted = /\d[^\s\d]{0,3}[\s-]$/u.test(text.slice(Math.max(0, index - 6), index))
    return [{ unit, text: written.replace(/[.-]$/, ''), isCounted }]
  })
}

function readMention(word: string): Unit | undefined {
  if (unitsOfWords.has(word)) return unitsOfWords.get(word)
  // Half an hour and every day are one word: півгодини, щодня.
  // The south, південь, is no half a day.
  const whole = word.replace(/^(?:пів(?!де?н)|що)(?=\p{L}{3})/u, '')
  const match = anyUnit.exec(whole)
  const place = match?.slice(1).findIndex((found) => found !== undefined) ?? -1
  const unit = units[place]?.[0]
  const isWhole = match !== null && match[0].length >= whole.replace(/[.-]$/, '').length
  const found = unit !== undefined && isWhole && mentioned.has(unit) ? unit : undefined
  if (unitsOfWords.size > 20_000) unitsOfWords.clear()
  unitsOfWords.set(word, found)
  return found
}

/** Units of one dimension in its smallest, so that 18 months are a year and a half. */
export const factorsOfUnits: Record<Unit, { dimension: string; factor: number }> = {
  second: { dimension: 'time', factor: 1 },
  minute: { dimension: 'time', factor: 60 },
  hour: { dimension: 'time', factor: 3600 },
  day: { dimension: 'time', factor: 86_400 },
  week: { dimension: 'time', factor: 604_800 },
  month: { dimension: 'time', factor: 2_629_800 },
  year: { dimension: 'time', factor: 31_557_600 },
  decade: { dimension: 'time', factor: 315_576_000 },
  century: { dimension: 'time', factor: 3_155_760_000 },
  mm: { dimension: 'length', factor: 0.001 },
  cm: { dimension: 'length', factor: 0.01 },
  inch: { dimension: 'length', factor: 0.0254 },
  foot: { dimension: 'length', factor: 0.3048 },
  m: { dimension: 'length', factor: 1 },
  km: { dimension: 'length', factor: 1000 },
  mile: { dimension: 'length', factor: 1609.344 },
  g: { dimension: 'mass', factor: 0.001 },
  oz: { dimension: 'mass', factor: 0.02835 },
  '£': { dimension: 'mass', factor: 0.4536 },
  kg: { dimension: 'mass', factor: 1 },
  t: { dimension: 'mass', factor: 1000 },
  kW: { dimension: 'power', factor: 1 },
  MW: { dimension: 'power', factor: 1000 },
  GW: { dimension: 'power', factor: 1e6 },
  bit: { dimension: 'data', factor: 0.125 },
  byte: { dimension: 'data', factor: 1 },
  KB: { dimension: 'data', factor: 1000 },
  MB: { dimension: 'data', factor: 1e6 },
  GB: { dimension: 'data', factor: 1e9 },
  TB: { dimension: 'data', factor: 1e12 },
  BTC: { dimension: 'bitcoin', factor: 1e8 },
  sat: { dimension: 'bitcoin', factor: 1 },
}
