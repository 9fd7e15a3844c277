/** The dates that a text names, as keys that are the same in both languages. */
export type FoundDate = { text: string; key: string; at: number }

/** What a text says of dates: those it surely names, and every one that it may name. */
export type Dates = { named: FoundDate[]; possible: Set<string> }

const months = [
  'jan(?:uary)?|січ(?:ень|ня|ні|нем|ню)|січнев\\p{L}+',
  'feb(?:ruary)?|лют(?:ий|ого|ому|им)|лютнев\\p{L}+',
  'mar(?:ch)?|берез(?:ень|ня|ні|нем|ню)|березнев\\p{L}+',
  'apr(?:il)?|квіт(?:ень|ня|ні|нем|ню)|квітнев\\p{L}+',
  'may|трав(?:ень|ня|ні|нем|ню)|травнев\\p{L}+',
  'june?|черв(?:ень|ня|ні|нем|ню)|червнев\\p{L}+',
  'july?|лип(?:ень|ня|ні|нем|ню)|липнев\\p{L}+',
  'aug(?:ust)?|серп(?:ень|ня|ні|нем|ню)|серпнев\\p{L}+',
  'sept?(?:ember)?|верес(?:ень|ня|ні|нем|ню)|вереснев\\p{L}+',
  'oct(?:ober)?|жовт(?:ень|ня|ні|нем|ню)|жовтнев\\p{L}+',
  'nov(?:ember)?|листопад(?:а|і|ом|у)?|листопадов\\p{L}+',
  'dec(?:ember)?|груд(?:ень|ня|ні|нем|ню)|груднев\\p{L}+',
]
const weekdays = [
  'mon(?:days?)?|понеділ(?:ок|ка|ку|ком|ки|ків|ков\\p{L}+)',
  'tue(?:s|sdays?)?|вівтор(?:ок|ка|ку|ком|ки|ків|ков\\p{L}+)',
  'wed(?:nesdays?)?|серед(?:а|у|и|ою)',
  'thu(?:rs|rsdays?)?|четвер(?:га|гу|гом|ги|гов\\p{L}+)?',
  'fri(?:days?)?|п[’]ятни(?:ц(?:я|ю|і|ею|ь)|чн\\p{L}+)',
  'sat(?:urdays?)?|sabbaths?|субот(?:а|у|и|ою|і|н\\p{L}+)?',
  'sun(?:days?)?|неділ(?:я|ю|і|ею|ь|ьн\\p{L}*)',
]
/** Days that are named from the day of writing. A change of these is a change of the date. */
const relative = [
  'yesterday(?:[’]s)?|last night|(?:[ву]чора|минул(?:ого|ої)) (?:вечор[аі]|ввечері|ночі|вночі)|[ву]чора|[ву]чорашн\\p{L}*',
  'tomorrow(?:[’]s)?|завтра|завтрашн\\p{L}*',
  '(?:last|(?:the )?previous|past) week(?:end)?|(?:минул|попередн)\\p{L}+ (?:тиж\\p{L}+|уїк-?енд\\p{L}*|вихідн\\p{L}+)',
  '(?:last|(?:the )?previous|past) month|(?:минул|попередн)\\p{L}+ (?:місяц\\p{L}+)',
  '(?:last|(?:the )?previous|past) year|(?:минул|попередн)\\p{L}+ (?:ро[кц]\\p{L}+|рік)|торік|торішн\\p{L}+|минулорічн\\p{L}+',
  '(?:last|(?:the )?previous|past) quarter|(?:минул|попередн)\\p{L}+ (?:кварта\\p{L}+)',
  '(?:last|(?:the )?previous|past) (?:summer|winter|spring|autumn|fall)|(?:минул|попередн)\\p{L}+ (?:літ\\p{L}+|зим\\p{L}+|весн\\p{L}+|ос[еі]н\\p{L}+)',
  '(?:next|(?:the )?following|coming) week(?:end)?|(?:наступн|майбутн)\\p{L}+ (?:тиж\\p{L}+|уїк-?енд\\p{L}*|вихідн\\p{L}+)',
  '(?:next|(?:the )?following|coming) month|(?:наступн|майбутн)\\p{L}+ (?:місяц\\p{L}+)',
  '(?:next|(?:the )?following|coming) year|(?:наступн|майбутн)\\p{L}+ (?:ро[кц]\\p{L}+|рік)',
  '(?:next|(?:the )?following|coming) quarter|(?:наступн|майбутн)\\p{L}+ (?:кварта\\p{L}+)',
  '(?:next|(?:the )?following|coming) (?:summer|winter|spring|autumn|fall)|(?:наступн|майбутн)\\p{L}+ (?:літ\\p{L}+|зим\\p{L}+|весн\\p{L}+|ос[еі]н\\p{L}+)',
]

/** Words that are other things too: they name a date only with more beside them. */
const doubtful =
  /^(?:may|mar|march|sep|dec|jan|feb|apr|jun|jul|aug|oct|nov|mon|tue|tues|wed|thu|thurs|fri|sat|sun|серед\p{L}+|лют\p{L}+)$/iu

const toPattern = (words: string[], flag: string) =>
  new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${words.map((one) => `(${one})`).join('|')})(?![\\p{L}\\p{N}])`,
    flag,
  )
const monthPattern = toPattern(months, 'giu')
const weekdayPattern = toPattern(weekdays, 'giu')
const relativePattern = toPattern(relative, 'giu')

/**
 * The dates of an English or Ukrainian text. A day of a month gives
 * the keys `11-22` and `m11`, and with a year `2026-11-22`.
 */
export function listDates(text: string): Dates {
  const plain = text.replace(/['ʼ]/g, '’')
  const named: FoundDate[] = []
  const possible = new Set<string>()
  const add = (key: string, match: { text: string; at: number }, isSure: boolean) => {
    possible.add(key)
    if (isSure) named.push({ ...match, key })
  }
  for (const match of plain.matchAll(monthPattern)) {
    const month = toPlace(match) + 1
    const days = listDaysBeside(plain, match.index, match.index + match[0].length)
    const found = { text: text.slice(match.index, match.index + match[0].length), at: match.index }
    add(`m${month}`, found, isSureMonth(plain, match, days.length > 0))
    const end = match.index + match[0].length
    const [, year] = yearAfter.exec(plain.slice(end, end + 16)) ?? []
    for (const { day, start, end } of days) {
      add(`${month}-${day}`, { text: text.slice(start, end), at: start }, true)
      if (year === undefined || days.length > 1) continue
      add(`${year}-${month}-${day}`, { text: `${text.slice(start, end)} ${year}`, at: start }, true)
    }
  }
  for (const match of plain.matchAll(weekdayPattern)) {
    const found = { text: match[0], at: match.index }
    const isSure = !doubtful.test(match[0]) || isWednesday(plain, match)
    add(`w${toPlace(match) + 1}`, found, isSure)
  }
  for (const match of plain.matchAll(relativePattern)) {
    add(`r${toPlace(match) + 1}`, { text: match[0], at: match.index }, true)
  }
  // Last month and the last three months, in the last few weeks: what is counted may stand apart.
  const spanned = plain.match(
    /(?<!\p{L})(?:(?:last|past|previous|next|coming|following|останн\p{L}+|минул\p{L}+|попередн\p{L}+|наступн\p{L}+|найближч\p{L}+) )(?!(?:week|month|year|тиж|місяц|рок|роц|рік))/iu,
  )
  if (spanned) for (let at = 3; at <= relative.length; at += 1) possible.add(`r${at}`)
  if (/(?:next|following|another) day|day after|наступн\p{L}+ дн/iu.test(plain)) possible.add('r2')
  if (/(?:previous) day|day before|попередн\p{L}+ дн/iu.test(plain)) possible.add('r1')
  for (const match of plain.matchAll(numericPattern)) {
    const [whole, year, isoMonth, isoDay, first, second, day, month] = match
    const pairs =
      year !== undefined
        ? [[Number(isoMonth), Number(isoDay)]]
        : day !== undefined
          ? [[Number(month), Number(day)]]
          : [
              [Number(second), Number(first)],
              [Number(first), Number(second)],
            ]
    for (const [month = 0, day = 0] of pairs) {
      if (month < 1 || month > 12 || day < 1 || day > 31) continue
      add(`m${month}`, { text: whole, at: match.index }, false)
      add(`${month}-${day}`, { text: whole, at: match.index }, year !== undefined)
    }
  }
  return { named, possible }
}

/** The year that follows a month, or the day after it: November 2026, November 22, 2026. */
const yearAfter = /^(?:\s+\d{1,2}(?:st|nd|rd|th)?)?,?\s+((?:19|20)\d\d)(?!\d)/u

/** 2026-11-22, 22.11.2026, 11/22/2026, 22/11/26, 22.11. */
const numericPattern =
  /(?<![\d.,$€£₴])(?:(\d{4})-(\d\d)-(\d\d)|(\d{1,2})[./](\d{1,2})[./](?:\d{4}|\d\d)|(\d{1,2})\.(0[1-9]|1[0-2]))(?![\d%]|\s*(?:%|mil|bil|mln|bn|млн|млрд|тис))/gu

/** Whether a word is a month or a day of the week: a date, and no name. */
export function isDateWord(word: string): boolean {
  return wholeDateWord.test(word.replace(/['ʼ]/g, '’'))
}

const wholeDateWord = new RegExp(`^(?:${[...months, ...weekdays].join('|')})\\.?$`, 'iu')

function toPlace(match: RegExpMatchArray): number {
  return match.slice(1).findIndex((found) => found !== undefined)
}

/** The days before a month (22 and 23 November) or after it (November 22). */
function listDaysBeside(
  text: string,
  start: number,
  end: number,
): { day: number; start: number; end: number }[] {
  const before =
    /(?<![\p{N}.,$€£₴])(\d{1,2})(?:st|nd|rd|th|-?го|-?те|-?му)?(?:\s*(?:[-–—]|and|to|та|і|й|до|по)\s*(\d{1,2})(?:st|nd|rd|th|-?го)?)?(?:th of| of| день)?[\s ]+$/iu.exec(
      text.slice(Math.max(0, start - 24), start),
    )
  const after =
    /^\.?[\s ]+(?:the )?(\d{1,2})(?:st|nd|rd|th)?(?:\s?[-–—]\s?(\d{1,2}))?(?![\p{N}:]|[.,]\d|\s*(?:%|тис|мл|тр|mil|bil|thou|per))/iu.exec(
      text.slice(end, end + 24),
    )
  const days = [...(before?.slice(1) ?? []), ...(after?.slice(1) ?? [])].map(Number)
  return days
    .filter((day) => day > 0 && day < 32)
    .map((day) => ({
      day,
      start: before ? start - before[0].length + (/\d/.exec(before[0])?.index ?? 0) : start,
      end: after ? end + after[0].length : end,
    }))
}

/** `may` and `march` are mostly verbs, `лютий` may be fierce: a preposition or a day decides. */
function isSureMonth(text: string, match: RegExpMatchArray, hasDay: boolean): boolean {
  if (hasDay) return true
  const word = match[0]
  if (!doubtful.test(word)) return true
  const at = match.index ?? 0
  const before = text.slice(Math.max(0, at - 12), at)
  const after = text.slice(at + word.length, at + word.length + 6)
  if (/^лют/iu.test(word))
    return /(?:^|\s)(?:у|в|до|з|від|на)\s+$/iu.test(before) || /^\s+\d{4}/.test(after)
  if (!/^(?:may|march)$/iu.test(word)) return false
  return (
    /^\p{Lu}/u.test(word) &&
    (/\b(?:in|since|by|until|last|of|late|early)\s+$/i.test(before) || /^\s+\d{4}/.test(after))
  )
}

/** `у середу` is a Wednesday; `серед` and `середа` alone need not be. */
function isWednesday(text: string, match: RegExpMatchArray): boolean {
  const at = match.index ?? 0
  return (
    /^серед/iu.test(match[0]) &&
    /(?:^|\s)(?:у|в|до|від)\s+$/iu.test(text.slice(Math.max(0, at - 5), at))
  )
}
