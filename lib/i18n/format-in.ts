import type { PluralForms } from './messages.ts'

/*
 * Formats by a language's tag (BCP 47) and a time zone (IANA) alone: they bring no dictionary along, so that scripts of a
 * page can have them.
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

/** A phrase with values in the places `{0}`, `{1}`, … that are kept free for them. */
export const fillIn = (phrase: string, ...values: string[]) =>
  phrase.replace(/\{(\d)\}/g, (place, at) => values[Number(at)] ?? place)

/** Formatters are dear to make. */
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
