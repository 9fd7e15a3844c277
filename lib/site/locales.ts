import { site } from './site.ts'

/** A code of one of the languages that the site is read in; `isLocale` says whether a text is one. */
export type Locale = string

/** In a browser, the page names the languages; the default one is the first. */
function listLanguages(): string[] {
  if (typeof document !== 'undefined') {
    return document.documentElement.dataset.languages?.split(' ') ?? []
  }
  const { languages, defaultLanguage } = site()
  return [defaultLanguage, ...languages.filter((language) => language !== defaultLanguage)]
}

/** The languages of the site, the default one first. */
export const locales: readonly Locale[] = listLanguages()

/** Served without a prefix in the path, and the `x-default` of translated pages. */
export const defaultLocale: Locale = locales[0] ?? ''

/** Something for each language. */
export function byLocale<Value>(of: (locale: Locale) => Value): Record<Locale, Value> {
  return Object.fromEntries(locales.map((locale) => [locale, of(locale)]))
}

export function isLocale(value: unknown): value is Locale {
  return typeof value === 'string' && locales.includes(value)
}
