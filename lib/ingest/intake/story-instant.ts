import {
  fillers,
  findMonth,
  findWeekday,
  findZone,
  foldDateText,
  isWeekday,
  toUtc,
  type Zone,
} from './date-words.ts'

/** What a date is read with. `language` decides in which order day and month stand where both could. */
export type DateContext = { language: string; seenAt: string }

/** When a story was published as a UTC instant, or why that is unknown: a sentence for the report. */
export type StoryInstant = { at: string } | { unknown: string }

/** Feeds write dates up to so far ahead by naming a wrong zone, in ms. */
const largestZoneMistake = 26 * 3600_000

/**
 * When a story was published: its date, else the date of its last change. A date up to 26 hours ahead
 * of `seenAt` has a wrong zone, and the story was there at `seenAt`; one further ahead counts as
 * unreadable. What is unknown is never guessed: the answer says which spelling could not be read.
 */
export function toStoryInstant(
  { publishedAt, updatedAt }: { publishedAt: string | undefined; updatedAt: string | undefined },
  context: DateContext,
): StoryInstant {
  const faults: string[] = []
  for (const written of [publishedAt, updatedAt]) {
    if (written === undefined || written.trim() === '') continue
    const at = parseStoryDate(written, context)
    const isAhead = at !== undefined && at > addMs(context.seenAt, largestZoneMistake)
    if (at !== undefined && !isAhead) return { at: earlierOf(at, context.seenAt) }
    const spelling = `“${written.trim().slice(0, maxLength)}”`
    faults.push(
      isAhead
        ? `has the date ${spelling}, which lies in the future`
        : `has the date ${spelling}, which cannot be read`,
    )
  }
  return { unknown: faults[0] ?? 'has no date' }
}

function earlierOf(a: string, b: string): string {
  if (a < b) return a
  return b
}

function addMs(instant: string, ms: number): string {
  return new Date(Date.parse(instant) + ms).toISOString()
}

/** No format of a date is longer. */
const maxLength = 100

/**
 * A date as feeds and their programs write it → a UTC instant; undefined when the spelling is unknown,
 * has two meanings, names a day or an hour that does not exist, or a year before 1990 or after 2200.
 * Reads RFC 822 and its relatives, ISO 8601 with all its precisions, seconds and milliseconds since
 * 1970, asctime, what JavaScript and databases print, and dates in the words of thirteen languages. A
 * missing time is midnight; a missing zone, or an offset that no place has, is UTC; a wrong day of the
 * week is ignored.
 */
export function parseStoryDate(written: string, context: DateContext): string | undefined {
  if (written.length > maxLength) return undefined
  const { text, comment } = withoutComments(foldDateText(written))
  const parsed = parseDigits(text) ?? parseIso(text) ?? parseWords(text, comment, context)
  if (!parsed) return undefined
  const at = toInstant(parsed)
  return at !== undefined && at >= '1990' && at < '2201' ? at : undefined
}

type Clock = { hour: number; minute: number; second: number; ms: number }
type Parsed = { date: number; clock: Clock; zone: Zone } | { ms: number }

const midnight: Clock = { hour: 0, minute: 0, second: 0, ms: 0 }
const utc: Zone = { minutes: 0 }
const korea: Zone = { minutes: 9 * 60 }

function toInstant(parsed: Parsed): string | undefined {
  if ('ms' in parsed) return toIso(parsed.ms)
  const { date, clock, zone } = parsed
  const { hour, minute, second, ms } = clock
  return toIso(toUtc(date + ((hour * 60 + minute) * 60 + second) * 1000 + ms, zone))
}

function toIso(ms: number): string | undefined {
  const date = new Date(ms)
  const year = date.getUTCFullYear()
  return year >= 1000 && year <= 9999 ? date.toISOString() : undefined
}

/** RFC 822 allows comments in brackets. The last one is kept: JavaScript names its zone there. */
function withoutComments(text: string): { text: string; comment: string } {
  let kept = ''
  let comment = ''
  let depth = 0
  for (const character of text) {
    if (character === '(') {
      if (depth === 0) comment = ''
      depth += 1
    } else if (character === ')' && depth > 0) depth -= 1
    else if (depth === 0) kept += character
    else comment += character
  }
  return depth > 0 ? { text, comment: '' } : { text: kept.replace(/\s+/g, ' ').trim(), comment }
}

/** Nothing but digits: counted from 1970, or a date without separators. */
function parseDigits(text: string): Parsed | undefined {
  if (/^\d{9,10}(\.\d{1,9})?$/.test(text)) return { ms: Math.floor(Number(text) * 1000) }
  if (/^\d{13}$/.test(text)) return { ms: Number(text) }
  if (/^\d{16}$/.test(text)) return { ms: Math.floor(Number(text) / 1000) }
  const stamp = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?$/.exec(text)
  if (stamp) {
    const [year, month, day, hour, minute, second] = stamp.slice(1).map((part) => Number(part ?? 0))
    const date = toDay(year, month, day)
    const clock = toClock(hour, minute, second)
    return date === undefined || !clock ? undefined : { date, clock, zone: utc }
  }
  const date = parseCompactDate(text)
  return date === undefined ? undefined : { date, clock: midnight, zone: utc }
}

/**
 * `20031231`, `2003335`, `031231`, `03335`, `2003`. Five and six digits may also be the day number of
 * a spreadsheet or a year and a month: they are read where a zero in front leaves one meaning.
 */
function parseCompactDate(text: string): number | undefined {
  const match =
    /^(\d{4})(\d\d)(\d\d)$/.exec(text) ??
    /^(\d{4})()()(\d{3})$/.exec(text) ??
    /^(0\d)(\d\d)(\d\d)$/.exec(text) ??
    /^(0\d)()()(\d{3})$/.exec(text) ??
    /^(\d{4})$/.exec(text)
  if (!match) return undefined
  const [, year = '', month = '', day = '', ordinal = ''] = match
  const fullYear = Number(year.length === 2 ? `20${year}` : year)
  if (ordinal !== '') return toOrdinalDay(fullYear, Number(ordinal))
  return toDay(fullYear, Number(month || 1), Number(day || 1))
}

/** Forms of ISO 8601 that have no words: with weeks, ordinal days, and two-digit years. */
function parseIso(text: string): Parsed | undefined {
  const match =
    /^(\d{4}-?w\d\d(?:-?\d)?|\d{4}-?\d{3}|\d{4}-\d{3}-\d\d|\d{8}|-\d\d-?\d\d)(?:[t ](.+))?$/.exec(
      text,
    )
  if (!match) return undefined
  const [, day = '', rest = ''] = match
  const date = parseIsoDay(day)
  if (date === undefined) return undefined
  if (rest === '') return { date, clock: midnight, zone: utc }
  const time = takeTime(`1t${rest}`)
  if (time?.before !== '1') return undefined
  const zone = time.after === '' ? utc : parseZone(time.after)
  return zone && { date, clock: time.clock, zone }
}

function parseIsoDay(text: string): number | undefined {
  const week = /^(\d{4})-?w(\d\d)(?:-?(\d))?$/.exec(text)
  if (week) return toWeekDay(Number(week[1]), Number(week[2]), Number(week[3] ?? 1))
  const ordinal = /^(\d{4})-?(\d{3})$/.exec(text)
  if (ordinal) return toOrdinalDay(Number(ordinal[1]), Number(ordinal[2]))
  const century = /^-(\d\d)-?(\d\d)$/.exec(text)
  if (century) return toDay(2000 + Number(century[1]), Number(century[2]), 1)
  const [year, month, day] = text.includes('-')
    ? text.split('-')
    : [text.slice(0, 4), text.slice(4, 6), text.slice(6)]
  return toDay(Number(year), Number(month), Number(day))
}

/** Days as UTC ms at midnight; undefined for a day that does not exist: none is rolled over. */
function toDay(year = 0, month = 0, day = 0): number | undefined {
  if (year < 1000 || year > 9999 || month < 1 || month > 12 || day < 1) return undefined
  const ms = Date.UTC(year, month - 1, day)
  return new Date(ms).getUTCMonth() === month - 1 && day <= 31 ? ms : undefined
}

function toOrdinalDay(year: number, day: number): number | undefined {
  const ms = year < 1000 || day < 1 ? Number.NaN : Date.UTC(year, 0, day)
  return new Date(ms).getUTCFullYear() === year ? ms : undefined
}

/** Week 1 is the week of 4 January; weeks start on Monday. */
function toWeekDay(year: number, week: number, day: number): number | undefined {
  if (year < 1000 || week < 1 || week > 53 || day < 1 || day > 7) return undefined
  const fourth = Date.UTC(year, 0, 4)
  const monday = fourth - ((new Date(fourth).getUTCDay() + 6) % 7) * 86_400_000
  return monday + ((week - 1) * 7 + day - 1) * 86_400_000
}

/** 24:00 is the end of a day, and a 60th second is a leap second. */
function toClock(hour = 0, minute = 0, second = 0, ms = 0): Clock | undefined {
  const isEnd = hour === 24 && minute === 0 && second === 0 && ms === 0
  if ((hour > 23 && !isEnd) || minute > 59 || second > 60) return undefined
  return { hour, minute, second, ms }
}

const morning = 'a ?\\.? ?m\\.?|오전|π\\.?μ\\.?'
const afternoon = 'p ?\\.? ?m\\.?|오후|μ\\.?μ\\.?'
const halfDay = `${morning}|${afternoon}`

const timeForms = [
  // 오후 11:23:17
  /(?<half>오전|오후) ?(?<hour>\d{1,2}):(?<minute>\d\d)(?::(?<second>\d\d))?(?!\d)/,
  // 15:04, 15:04:05.123, 3:04 p.m., 15h30; the colons at the end are of some programs.
  new RegExp(
    `(?<![\\d:.+-])(?<hour>\\d{1,2}) ?[:h] ?(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})(?:[.,](?<fraction>\\d{1,9}))?)?(?![\\d])(?::00(?!\\d)|:(?=[+-]))?(?!:)(?: ?(?<half>${halfDay})(?![a-z]))?`,
  ),
  // 3 pm
  new RegExp(`(?<![\\d:.+-])(?<hour>\\d{1,2}) ?(?<half>${halfDay})(?![a-z])`),
  // 15.04 Uhr
  /(?<![\d:.+-])(?<hour>\d{1,2})\.(?<minute>\d\d)(?= uhr\b)/,
  // T151405 and T15
  /(?<=\dt)(?<hour>\d\d)(?:(?<minute>\d\d)(?<second>\d\d)?(?:[.,](?<fraction>\d{1,9}))?)?(?=$|[z +-])/,
]

/** The first time of day in a text, and what stands around it. */
function takeTime(text: string): { before: string; clock: Clock; after: string } | undefined {
  for (const form of timeForms) {
    const match = form.exec(text)
    if (!match) continue
    const { hour, minute, second, fraction = '', half } = match.groups ?? {}
    const ms = Number(fraction.padEnd(3, '0').slice(0, 3))
    const clock = toClock(toHour(Number(hour), half), Number(minute ?? 0), Number(second ?? 0), ms)
    const before = text.slice(0, match.index).replace(/(?<=\d)t$/, '')
    return clock && { before, clock, after: text.slice(match.index + match[0].length).trim() }
  }
  return undefined
}

const isAfternoon = new RegExp(`^(?:${afternoon})$`)

/** A clock of 12 hours as one of 24. `15:04 PM` says the same twice; `15:04 AM` contradicts itself. */
function toHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour
  if (isAfternoon.test(half)) return hour < 12 ? hour + 12 : hour
  if (hour > 12) return Number.POSITIVE_INFINITY
  return hour === 12 ? 0 : hour
}

/**
 * A zone and nothing else: `+02:00`, `GMT-0700 (MST)`, `-05:00Z`, `EST`, `Europe/Kyiv`. Where a name
 * and an offset stand together, the offset counts.
 */
function parseZone(text: string): Zone | undefined {
  const match =
    /^(?<before>[a-z]{1,5}|[a-z_]+(?:\/[a-z_]+)+)? ?(?:-{0,1}(?<sign>[+-])(?<digits>\d{1,2}:?\d\d(?::00)?|\d{1,2}|\d{3})|(?<zero>00(?:00)?))? ?(?<after>[a-z]{1,5})?$/.exec(
      text.replace(/(?<=\d)\.$/, ''),
    )
  const { before, sign, digits, zero, after } = match?.groups ?? {}
  if (!match || text === '') return undefined
  for (const name of [before, after]) if (name !== undefined && !findZone(name)) return undefined
  if (zero !== undefined) return utc
  if (digits === undefined)
    return before !== undefined && after !== undefined ? undefined : findZone(before ?? after ?? '')
  const plain = digits
    .replace(/(?<=:?\d\d):00$/, (end) => (digits.split(':').length > 2 ? '' : end))
    .replaceAll(':', '')
  const hours = Number(plain.length > 2 ? plain.slice(0, -2) : plain)
  const minutes = Number(plain.length > 2 ? plain.slice(-2) : 0)
  if (hours > 24 || minutes > 59) return undefined
  // From -12:00 to +14:00 there are places.
  if (hours * 60 + minutes > (sign === '-' ? 12 : 14) * 60) return utc
  return { minutes: (sign === '-' ? -1 : 1) * (hours * 60 + minutes) }
}

/** Everything else: a date in words or numbers, with a time and a zone where they may stand. */
function parseWords(text: string, comment: string, context: DateContext): Parsed | undefined {
  const isKorean = /[년월일]|오전|오후/.test(text)
  // A database writes an empty time before the real one.
  const plain = text
    .replace(/^(\d{4}-\d\d-\d\d) 00:00:00\.0 (?=\d\d:)/, '$1 ')
    .replace(/(\d)(?:년|월|일)/g, '$1 ')
  const time = takeTime(plain)
  const clock = time?.clock ?? midnight
  const around = isKorean ? korea : (findZone(comment.trim()) ?? utc)
  if (!time && /\d:\d/.test(plain)) {
    // A time that does not exist, unless it is the offset of a date.
    if (!/[+-]\d\d:\d\d$/.test(plain)) return undefined
  }
  for (const { zone, rest } of listZoneReadings(time?.before ?? plain, time?.after)) {
    const found = parseDateWords(rest, {
      ...context,
      zone: zone ?? around,
      hasTime: time !== undefined,
    })
    if (found)
      return { date: found.date, clock: found.clock ?? clock, zone: found.zone ?? zone ?? around }
  }
  return undefined
}

/** Where a zone may stand: right behind the time, at the end of all, or nowhere. */
function listZoneReadings(
  before: string,
  after: string | undefined,
): { zone: Zone | undefined; rest: string }[] {
  const readings: { zone: Zone | undefined; rest: string }[] = []
  const parts = (after ?? '').split(' ')
  for (let count = Math.min(3, parts.length); count > 0; count -= 1) {
    const zone = parseZone(parts.slice(0, count).join(' '))
    if (zone) readings.push({ zone, rest: `${before} ${parts.slice(count).join(' ')}` })
  }
  const whole = `${before} ${after ?? ''}`.trim()
  const end = /^(.*\d) ?([+-]\d\d:\d\d|(?<= )[+-]\d{4}|(?<=\d)z)$/.exec(whole)
  const zone = end ? parseZone(end[2] ?? '') : undefined
  if (end && zone) readings.push({ zone, rest: end[1] ?? '' })
  return [...readings, { zone: undefined, rest: whole }]
}

type DateWords = { date: number; clock?: Clock; zone?: Zone }

type WordContext = DateContext & { zone: Zone; hasTime: boolean }

/** The text of a date without its time. Every word and number has to have a meaning. */
function parseDateWords(text: string, context: WordContext): DateWords | undefined {
  const tokens = text.match(/[\p{L}'_/]+|\d+(?:st|nd|rd|th|er|-?го|-?те)?(?![\p{L}\d])|\d+/gu) ?? []
  // What is left may only separate.
  if (/[^\p{L}\d\s.,/'_ªº-]/u.test(text)) return undefined
  const numbers: string[] = []
  const names: string[] = []
  let zone: Zone | undefined
  let monthAt = -1
  for (const token of tokens) {
    if (/^\d/.test(token)) {
      numbers.push(/^\d+/.exec(token)?.[0] ?? '')
      continue
    }
    for (const word of token.split('/').length > 1 && !findZone(token)
      ? token.split('/')
      : [token]) {
      if (word === '' || word === 't') continue
      if (findMonth(word) !== undefined || isWeekday(word)) {
        names.push(word)
        if (findMonth(word) !== undefined) monthAt = numbers.length
      } else if (!fillers.has(word)) {
        // A single letter is a zone right behind a time only.
        const found = word.length > 1 ? findZone(word) : undefined
        if (!found || zone) return undefined
        zone = found
      }
    }
  }
  const named = chooseMonth(names)
  if (!named) return undefined
  const { month, weekday } = named
  if (month === undefined) {
    const date = parseNumericDate(text, numbers, { ...context, weekday })
    return date === undefined ? undefined : { date, zone }
  }
  const found = parseNamedDate(month, numbers, monthAt, context.hasTime)
  return found && { ...found, zone }
}

/** The month and the day of the week among words that may be either, such as `mar`. */
function chooseMonth(
  words: string[],
): { month: number | undefined; weekday: number | undefined } | undefined {
  const certain = words.filter((word) => !isWeekday(word))
  const either = words.filter((word) => isWeekday(word) && findMonth(word) !== undefined)
  const days = words.filter((word) => isWeekday(word) && findMonth(word) === undefined)
  const monthWord = certain[0] ?? either.at(-1)
  const others = either.filter((word, at) => word !== monthWord || at !== either.length - 1)
  const dayWords = [...days, ...(certain.length > 0 ? either : others)]
  if (certain.length > 1 || dayWords.length > 1) return undefined
  return {
    month: monthWord === undefined ? undefined : findMonth(monthWord),
    weekday: dayWords[0] === undefined ? undefined : findWeekday(dayWords[0]),
  }
}

/** A day and a year beside the name of a month; without a day it is the first. */
function parseNamedDate(
  month: number,
  numbers: string[],
  monthAt: number,
  hasTime: boolean,
): DateWords | undefined {
  const [first = '', second = '', third] = numbers
  if (numbers.length === 1) {
    const date = first.length === 4 ? toDay(Number(first), month, 1) : undefined
    return date === undefined ? undefined : { date }
  }
  if (third !== undefined) {
    // `02 Jan 2006 15 -0700`: an hour alone.
    const clock = !hasTime && second.length === 4 ? toClock(Number(third)) : undefined
    const day = toDay(Number(second), month, Number(first))
    return clock && day !== undefined && numbers.length === 3 ? { date: day, clock } : undefined
  }
  if (numbers.length !== 2) return undefined
  const isYearFirst = first.length === 4 || (Number(first) > 31 && monthAt === 1)
  const [year, day] = isYearFirst ? [first, second] : [second, first]
  if (day.length > 2) return undefined
  const fullYear = toFullYear(year)
  const date = fullYear === undefined ? undefined : toDay(fullYear, month, Number(day))
  return date === undefined ? undefined : { date }
}

/** RFC 2822, section 4.3: two digits below 50 are of this century. */
function toFullYear(year: string): number | undefined {
  if (year.length === 4) return Number(year)
  if (year.length !== 2) return undefined
  return Number(year) + (Number(year) < 50 ? 2000 : 1900)
}

type Reading = { date: number; order: 'ymd' | 'dmy' | 'mdy' }

/**
 * A date of numbers. Of the orders that give a day that exists, those count that fit the day of the
 * week and do not lie in the future; then the zone and the source's language decide. Dots stand between
 * day, month and year everywhere. In English both other orders are in use: what fits both is unknown.
 */
function parseNumericDate(
  text: string,
  numbers: string[],
  { language, seenAt, weekday, zone }: WordContext & { weekday: number | undefined },
): number | undefined {
  const [first = '', second = '', third] = numbers
  if (numbers.length === 1) return parseCompactDate(first)
  if (numbers.length === 2) {
    const isYearFirst = first.length === 4 && second.length <= 2
    if (!isYearFirst && !(second.length === 4 && first.length <= 2)) return undefined
    return toDay(Number(isYearFirst ? first : second), Number(isYearFirst ? second : first), 1)
  }
  if (third === undefined || numbers.length > 3) return undefined
  // Some programs write a month with three digits.
  if (first.length === 4 && /^(0?\d\d|\d)$/.test(second) && third.length <= 2) {
    return toDay(Number(first), Number(second), Number(third))
  }
  if (first.length > 2 || second.length > 2 || (third.length !== 4 && third.length !== 2)) {
    return undefined
  }
  const hasDots = /\d\.\d/.test(text)
  const readings = listReadings(first, second, third, hasDots)
  if (readings.length < 2) return readings[0]?.date
  const latest = Date.parse(seenAt) + largestZoneMistake
  const likely = narrow(
    narrow(readings, ({ date }) => new Date(date).getUTCDay() === weekday),
    ({ date }) => date <= latest,
  )
  if (likely.length === 1 || isSameDay(likely)) return likely[0]?.date
  const order = language !== 'en' ? 'dmy' : zone.isAmerican ? 'mdy' : undefined
  return likely.find((reading) => reading.order === order)?.date
}

function isSameDay(readings: Reading[]): boolean {
  return readings.every(({ date }) => date === readings[0]?.date)
}

/** Those that fit, or all of them when none does. */
function narrow(readings: Reading[], fits: (reading: Reading) => boolean): Reading[] {
  const fitting = readings.filter(fits)
  return fitting.length > 0 ? fitting : readings
}

function listReadings(a: string, b: string, c: string, hasDots: boolean): Reading[] {
  const year = toFullYear(c)
  const read = (order: Reading['order'], date: number | undefined): Reading[] =>
    date === undefined ? [] : [{ order, date }]
  const dayFirst = read('dmy', toDay(year, Number(b), Number(a)))
  if (hasDots) return dayFirst
  return [
    ...dayFirst,
    ...read('mdy', toDay(year, Number(a), Number(b))),
    ...(c.length === 2
      ? read('ymd', toDay(toFullYear(a.padStart(2, '0')), Number(b), Number(c)))
      : []),
  ]
}
