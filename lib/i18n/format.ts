import type { Locale } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import { messagesFor, type PluralForms } from './messages.ts'

type Formatters = Record<
  | 'date'
  | 'calendarDate'
  | 'shortDate'
  | 'edition'
  | 'time'
  | 'dateTime'
  | 'dayAndTime'
  | 'day'
  | 'hour'
  | 'month',
  Intl.DateTimeFormat
> & {
  weekday: Intl.DateTimeFormat
  names: Intl.Collator
  percent: Intl.NumberFormat
  number: Intl.NumberFormat
  plural: Intl.PluralRules
  ages: AgePhrases
}

const tagOf = (locale: Locale) => messagesFor(locale).languageTag

const formatters = new Map<Locale, Formatters>()

function formattersFor(locale: Locale): Formatters {
  const known = formatters.get(locale)
  if (known) return known
  const tag = tagOf(locale)
  // Times say their zone: pages are the same for every reader.
  const { timeZone } = site()
  const utc = { timeZone: 'UTC' } as const
  const clock = { hour: '2-digit', minute: '2-digit', timeZone } as const
  const made = {
    date: new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone }),
    shortDate: new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone }),
    edition: new Intl.DateTimeFormat(tag, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      timeZone,
    }),
    time: new Intl.DateTimeFormat(tag, { ...clock, timeZoneName: 'short' }),
    dateTime: new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'long',
      year: 'numeric',
      ...clock,
      timeZoneName: 'short',
    }),
    dayAndTime: new Intl.DateTimeFormat(tag, {
      day: 'numeric',
      month: 'short',
      ...clock,
      timeZoneName: 'short',
    }),
    // A day without a time, such as `2026-11-30`, is midnight UTC to a formatter; so is a month.
    calendarDate: new Intl.DateTimeFormat(tag, { dateStyle: 'long', ...utc }),
    day: new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short', ...utc }),
    hour: new Intl.DateTimeFormat(tag, clock),
    month: new Intl.DateTimeFormat(tag, { month: 'long', year: 'numeric', ...utc }),
    weekday: new Intl.DateTimeFormat(tag, { weekday: 'short', ...utc }),
    names: new Intl.Collator(tag, { numeric: true, sensitivity: 'base' }),
    percent: new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 }),
    number: new Intl.NumberFormat(tag),
    plural: new Intl.PluralRules(tag),
    ages: listAges(tag),
  }
  formatters.set(locale, made)
  return made
}

/** For each unit, `[from, phrase]`: the phrase for so many and more, with `#` for their number. */
export type AgePhrases = Record<'minute' | 'hour', [from: number, phrase: string][]>

/**
 * How old something of the last day is, as a list of short phrases: `# min ago`. A browser would need
 * its own data of the language, which take it a tenth of a second of a phone to load.
 */
export const agePhrases = (locale: Locale): AgePhrases => formattersFor(locale).ages

function listAges(tag: string): AgePhrases {
  const format = new Intl.RelativeTimeFormat(tag, { style: 'short' })
  const list = (unit: 'minute' | 'hour', most: number) => {
    const found: AgePhrases['minute'] = []
    for (let count = 1; count <= most; count += 1) {
      const phrase = format.format(-count, unit).replace(String(count), '#')
      if (phrase !== found.at(-1)?.[1]) found.push([count, phrase])
    }
    return found
  }
  return { minute: list('minute', 59), hour: list('hour', 23) }
}

/** `31 October 2026` */
export const formatDate = (locale: Locale, instant: string) =>
  formattersFor(locale).date.format(new Date(instant))

/** The same for a day without a time: `2026-10-31`. */
export const formatCalendarDate = (locale: Locale, date: string) =>
  formattersFor(locale).calendarDate.format(new Date(date))

/** `31 Oct 2026`: for lists. */
export const formatShortDate = (locale: Locale, instant: string) =>
  formattersFor(locale).shortDate.format(new Date(instant))

/** `31 October 2026 at 06:30 UTC` */
export const formatDateTime = (locale: Locale, instant: string) =>
  formattersFor(locale).dateTime.format(new Date(instant))

/** `Saturday, 31 October 2026`: for the line that dates the front page, which it begins. */
export const formatEdition = (locale: Locale, instant: string) =>
  capitalize(locale, formattersFor(locale).edition.format(new Date(instant)))

/** With a capital, as what begins a line. */
export const capitalize = (locale: Locale, text: string) =>
  text.charAt(0).toLocaleUpperCase(locale) + text.slice(1)

/** `06:30 UTC` */
export const formatTime = (locale: Locale, instant: string) =>
  formattersFor(locale).time.format(new Date(instant))

/** `31 Oct, 06:30 UTC`: for lists of recent articles, without the year. */
export const formatDayAndTime = (locale: Locale, instant: string) =>
  formattersFor(locale).dayAndTime.format(new Date(instant))

/** `October 2026` (`жовтень 2026 р.`). `month` counts from 1. */
export const formatMonth = (locale: Locale, { year, month }: { year: number; month: number }) =>
  formattersFor(locale).month.format(new Date(Date.UTC(year, month - 1, 1)))

/** `Mon` to `Sun` (`пн` to `нд`). */
export const formatWeekdays = (locale: Locale): string[] =>
  // The fifth of January 1970 was a Monday.
  Array.from({ length: 7 }, (_, at) =>
    formattersFor(locale).weekday.format(new Date(Date.UTC(1970, 0, 5 + at))),
  )

/** Orders names as the language's alphabet does, and figures in them by their value. */
export const compareNames = (locale: Locale, a: string, b: string): number =>
  formattersFor(locale).names.compare(a, b)

/** The letter that a name is filed under, in capitals; undefined when it begins with none. */
export function initialOf(locale: Locale, name: string): string | undefined {
  const [first = ''] = name.normalize('NFC')
  return /\p{L}/u.test(first) ? first.toLocaleUpperCase(messagesFor(locale).languageTag) : undefined
}

/** `31 Oct`: for the marks of a chart. Of a day without a time: `2026-10-31`. */
export const formatDay = (locale: Locale, date: string) =>
  formattersFor(locale).day.format(new Date(date))

/** `06:00` */
export const formatHour = (locale: Locale, instant: string) =>
  formattersFor(locale).hour.format(new Date(instant))

/** Hundredths, with at most one decimal place: `12.5%`. */
export const formatPercent = (locale: Locale, percent: number) =>
  formattersFor(locale).percent.format(percent / 100)

/** US dollars: `$97,250`, `$97,250.50`; of a price below a dollar six digits that count. */
export const formatUsd = (locale: Locale, usd: number) =>
  new Intl.NumberFormat(tagOf(locale), {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    trailingZeroDisplay: 'stripIfInteger',
    ...(usd < 1 && { maximumSignificantDigits: 6 }),
  }).format(usd)

export const formatNumber = (locale: Locale, value: number) =>
  formattersFor(locale).number.format(value)

/** The phrase for a whole number, with the number in it: `3 articles`, `3 статті`. */
export function formatCount(locale: Locale, forms: PluralForms, count: number): string {
  const form = forms[formattersFor(locale).plural.select(count)] ?? forms.other
  return form.replace('#', formatNumber(locale, count))
}

/** A language's name in another language: `formatLanguage('uk', 'en')` is `англійська`. */
export function formatLanguage(locale: Locale, language: string): string {
  try {
    return (
      new Intl.DisplayNames(messagesFor(locale).languageTag, { type: 'language' }).of(language) ??
      language
    )
  } catch {
    return language
  }
}

/** The same where it begins a line: `Англійська`. */
export const formatLanguageTitle = (locale: Locale, language: string) =>
  capitalize(locale, formatLanguage(locale, language))
