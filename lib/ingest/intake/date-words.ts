/*
 * The words that dates of feeds are written with. Names of months and days come from the language data
 * of Node (CLDR), folded by `foldDateText`.
 */

/** Lower case, without accents, with one kind of apostrophe, hyphen and space. */
export function foldDateText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\p{M}\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]/gu, '')
    .replace(/[ʼ’‘`´]/g, "'")
    .replace(/[‐-―−]/g, '-')
    .replace(/\s+/g, ' ')
    .normalize('NFC')
    .trim()
}

const languages = ['en', 'uk', 'ru', 'de', 'fr', 'es', 'pl', 'el', 'hu', 'it', 'pt', 'nl', 'cs']

/** The least letters that an abbreviation keeps of a name, unless CLDR has a shorter one. */
const leastLetters = 3

type Names = { months: Map<string, number>; weekdays: Map<string, number> }

let names: Names | undefined

/** 1 to 12; undefined for a word that names no month, or two, such as the French `jui`. */
export function findMonth(word: string): number | undefined {
  names ??= listNames()
  return names.months.get(word) || undefined
}

/** 0 (Sunday) to 6; undefined for a word that names no day of the week, or two. */
export function findWeekday(word: string): number | undefined {
  names ??= listNames()
  const found = names.weekdays.get(word)
  return found === ambiguous ? undefined : found
}

/** Whether a word names a day of the week, even if it is another day in another language. */
export function isWeekday(word: string): boolean {
  names ??= listNames()
  return names.weekdays.has(word)
}

/** Stands in a map where two languages mean different things by a word. */
const ambiguous = Number.NaN

function listNames(): Names {
  const whole: Names = { months: new Map(), weekdays: new Map() }
  for (const language of languages) {
    for (const options of monthStyles) {
      const words = formatParts(language, options, 'month', (at) => Date.UTC(2024, at, 1), 12)
      for (const [month, word] of words.entries()) add(whole.months, word, month + 1)
    }
    for (const weekday of ['long', 'short'] as const) {
      // 4 January 1970 was a Sunday.
      const toTime = (at: number) => Date.UTC(1970, 0, 4 + at)
      const words = formatParts(language, { weekday }, 'weekday', toTime, 7)
      for (const [day, word] of words.entries()) add(whole.weekdays, word, day)
    }
  }
  // Joomla's Russian, which no language data has.
  for (const [day, word] of 'вск пнд втр срд чтв птн сбт'.split(' ').entries()) {
    add(whole.weekdays, word, day)
  }
  for (const [month, form] of ukrainianCases) add(whole.months, form, month)
  return { months: withAbbreviations(whole.months), weekdays: withAbbreviations(whole.weekdays) }
}

/** Alone, beside a day (in another case in many languages), and short. */
const monthStyles: Intl.DateTimeFormatOptions[] = [
  { month: 'long' },
  { month: 'long', day: 'numeric' },
  { month: 'short', day: 'numeric' },
]

function formatParts(
  language: string,
  options: Intl.DateTimeFormatOptions,
  kind: 'month' | 'weekday',
  toTime: (at: number) => number,
  count: number,
): string[] {
  const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' })
  return Array.from({ length: count }, (_, at) => {
    const part = format.formatToParts(toTime(at)).find(({ type }) => type === kind)
    return foldDateText(part?.value ?? '').replace(/\.$/, '')
  })
}

function add(map: Map<string, number>, word: string, value: number): void {
  if (word === '' || /^\d/.test(word)) return
  const before = map.get(word)
  map.set(word, before === undefined || before === value ? value : ambiguous)
}

/** A whole name counts before an abbreviation: the Czech `červen` is no short `červenec`. */
function withAbbreviations(whole: Map<string, number>): Map<string, number> {
  const short = new Map<string, number>()
  for (const [word, value] of whole) {
    for (let length = leastLetters; length < word.length; length += 1) {
      add(short, word.slice(0, length).replace(/-$/, ''), value)
    }
  }
  return new Map([...short, ...whole])
}

/** The cases that CLDR lacks: it has `листопад` and `листопада`. */
const ukrainianCases: [month: number, word: string][] = [
  ...(
    [
      'січ',
      '',
      'берез',
      'квіт',
      'трав',
      'черв',
      'лип',
      'серп',
      'верес',
      'жовт',
      '',
      'груд',
    ] as const
  ).flatMap((stem, at): [number, string][] =>
    stem === '' ? [] : ['ню', 'нем', 'ні'].map((end) => [at + 1, foldDateText(stem + end)]),
  ),
  ...['лютому', 'лютим', 'лютім'].map((word): [number, string] => [2, foldDateText(word)]),
  ...['листопаду', 'листопадові', 'листопадом', 'листопаді'].map((word): [number, string] => [
    11,
    foldDateText(word),
  ]),
]

/** Words between the parts of a date that say nothing. */
export const fillers = new Set(
  (
    'at of the on de del a à le el um uhr im am den der dnia godz o r rok roku kl las ' +
    'о об в у на за часом р рік року г год года время час годині година il alle ore às em'
  )
    .split(' ')
    .map(foldDateText),
)

/**
 * Hours from UTC of the zone names that are in use. Where a name has several meanings, the one of RFC
 * 822 or else the most common one counts. The military letters have their meaning of RFC 822.
 */
const zoneHours = new Map<string, number>(
  Object.entries({
    ...{ ut: 0, utc: 0, gmt: 0, z: 0, wet: 0, uct: 0, zulu: 0 },
    ...{ west: 1, bst: 1, cet: 1, met: 1, mez: 1, wat: 1 },
    ...{ cest: 2, mest: 2, mesz: 2, eet: 2, cat: 2, sast: 2 },
    ...{ eest: 3, msk: 3, eat: 3, trt: 3, idt: 3, fet: 3 },
    ...{ irst: 3.5, msd: 4, gst: 4, samt: 4, azt: 4, get: 4, aft: 4.5 },
    ...{ pkt: 5, uzt: 5, yekt: 5, ist: 5.5, npt: 5.75, bdt: 6, omst: 6, mmt: 6.5 },
    ...{
      ict: 7,
      wib: 7,
      krat: 7,
      novt: 7,
      hkt: 8,
      sgt: 8,
      pht: 8,
      awst: 8,
      myt: 8,
      irkt: 8,
      wita: 8,
    },
    ...{ jst: 9, kst: 9, yakt: 9, wit: 9, acst: 9.5, aest: 10, vlat: 10, chst: 10, acdt: 10.5 },
    ...{ aedt: 11, magt: 11, nzst: 12, pett: 12, nzdt: 13 },
    ...{ ndt: -2.5, nst: -3.5, brst: -2, brt: -3, art: -3, uyt: -3, clst: -3, clt: -4, vet: -4 },
    ...{ cot: -5, pet: -5, ecut: -5 },
    ...{ adt: -3, ast: -4, edt: -4, est: -5, cdt: -5, cst: -6, mdt: -6, mst: -7, pdt: -7, pst: -8 },
    ...{ akdt: -8, akst: -9, hadt: -9, hast: -10, hst: -10, sst: -11 },
  }),
)

/** Names that mean standard time in winter and daylight time in summer. */
const zoneRegions = new Map<string, string>(
  Object.entries({
    ...Object.fromEntries(
      ['kyiv', 'kiev', 'київ', 'києвом', 'київським'].map((name) => [
        foldDateText(name),
        'Europe/Kyiv',
      ]),
    ),
    at: 'America/Halifax',
    et: 'America/New_York',
    ct: 'America/Chicago',
    mt: 'America/Denver',
    pt: 'America/Los_Angeles',
  }),
)

/**
 * A time zone: minutes from UTC, or a region whose offset depends on the day. `isAmerican` for names of
 * the United States, where the month stands before the day.
 */
export type Zone = ({ minutes: number } | { region: string }) & { isAmerican?: boolean }

const american = /^(?:[aecmph][sd]?t|ak[sd]t|ha[sd]t|america\/.*|us\/.*)$/

/** The zone of a name, folded: `eet`, `a`, `europe/kyiv`; undefined for a name without a meaning. */
export function findZone(name: string): Zone | undefined {
  const hours = zoneHours.get(name) ?? findMilitaryHours(name)
  const isAmerican = american.test(name)
  if (hours !== undefined) return { minutes: hours * 60, isAmerican }
  const region = zoneRegions.get(name)
  if (region !== undefined)
    return { region, isAmerican: isAmerican && region.startsWith('America/') }
  if (!name.includes('/')) return undefined
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
    return { region: timeZone, isAmerican }
  } catch {
    return undefined
  }
}

/** RFC 822, section 5.1: A is -1 and M -12, N is +1 and Y +12; there is no J. */
function findMilitaryHours(name: string): number | undefined {
  if (!/^[a-ik-y]$/.test(name)) return undefined
  const west = 'abcdefghiklm'.indexOf(name)
  return west >= 0 ? -(west + 1) : 'nopqrstuvwxy'.indexOf(name) + 1
}

/** The UTC time in ms of a clock (as UTC, in ms) in a zone. */
export function toUtc(clock: number, zone: Zone): number {
  if ('minutes' in zone) return clock - zone.minutes * 60_000
  const first = clock - regionOffset(zone.region, clock)
  return clock - regionOffset(zone.region, first)
}

function regionOffset(region: string, at: number): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: region,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const part = Object.fromEntries(
    format.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(at / 1000) * 1000
}
