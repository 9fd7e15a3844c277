import { toSegment } from '#lib/site/segment.ts'
import type { PluralForms } from './messages.ts'

/*
 * Formats that need only a language tag (BCP 47), a time zone (IANA) and names. They import neither a
 * dictionary nor the configuration, so that browser scripts can use them.
 */

const dates = remember(
  (tag, timeZone) => new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeZone }),
)
const numbers = remember((tag) => new Intl.NumberFormat(tag))
const plurals = remember((tag) => new Intl.PluralRules(tag))

/** `31 October 2026` */
export const formatDateIn = (tag: string, timeZone: string, instant: string) =>
  dates(tag, timeZone).format(new Date(instant))

export const formatNumberIn = (tag: string, value: number) => numbers(tag).format(value)

/** The phrase for a whole number, with the number in it: `3 articles`, `3 статті`. */
export function formatCountIn(tag: string, forms: PluralForms, count: number): string {
  const form = forms[plurals(tag).select(count)] ?? forms.other
  return form.replace('#', formatNumberIn(tag, count))
}

/** A phrase with values in its places `{0}`, `{1}`, … */
export const fillIn = (phrase: string, ...values: string[]) =>
  phrase.replace(/\{(\d)\}/g, (place, at) => values[Number(at)] ?? place)

/**
 * A category or tag for people's eyes, with the names that are known, by segment. Unknown values: a
 * single word of up to five letters is taken for a ticker or an acronym and stays as written, anything
 * longer in capitals becomes sentence case.
 */
export function formatTopicIn(names: Readonly<Record<string, string>>, value: string): string {
  const segment = toSegment(value)
  const known = Object.hasOwn(names, segment) ? names[segment] : undefined
  if (known) return known
  // A ticker may be spaced out, letter by letter.
  const isAcronym = /^(?:\S{1,5}|\S(?: \S)+)$/u.test(value)
  const isShouting = value === value.toUpperCase()
  if (isAcronym || !isShouting) return value
  return value.charAt(0) + value.slice(1).toLowerCase()
}

/** Creating a formatter is expensive. */
function remember<Formatter>(
  make: (tag: string, timeZone?: string) => Formatter,
): (tag: string, timeZone?: string) => Formatter {
  const made = new Map<string, Formatter>()
  return (tag, timeZone) => {
    const key = `${tag} ${timeZone}`
    const formatter = made.get(key) ?? make(tag, timeZone)
    made.set(key, formatter)
    return formatter
  }
}
