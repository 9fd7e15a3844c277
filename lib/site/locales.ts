/**
 * The languages the paper is read in. Adding one means a dictionary in `lib/i18n/messages`, its line
 * in `lib/i18n/messages.ts`, and its code here; nothing else knows how many there are.
 */
export const locales = ['en', 'uk'] as const

/** A BCP 47 language code we publish in. It is also the `lang` of a content file. */
export type Locale = (typeof locales)[number]

/** Served without a prefix in the path, and the `x-default` of translated pages. */
export const defaultLocale: Locale = 'en'

/** Something for each language. */
export function byLocale<Value>(of: (locale: Locale) => Value): Record<Locale, Value> {
  const pairs = locales.map((locale) => [locale, of(locale)])
  return Object.fromEntries(pairs)
}

export function isLocale(value: unknown): value is Locale {
  return locales.includes(value as Locale)
}
