import { defaultLocale, type Locale, locales } from '#lib/site/locales.ts'
import type { InLanguages } from '#lib/site/plain-pages.ts'
import { site } from '#lib/site/site.ts'
import { ar } from './messages/ar.ts'
import { en } from './messages/en.ts'
import { pl } from './messages/pl.ts'
import { uk } from './messages/uk.ts'

/** A phrase by plural category (CLDR); `#` stands for the number. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** How a typesetter of the language sets a line; see `typeset`. */
export type Typography = {
  /** Outer and inner quotation marks: opening, closing. */
  quotes: readonly [readonly [string, string], readonly [string, string]]
  /** Words, in lower case, that do not stand at the end of a line. Regular expressions. */
  shortWords: readonly string[]
  /** What stays on one line with the number before it. Regular expressions. */
  units: readonly string[]
}

/** The shape of a part of a dictionary, from the English one. */
type Shape<Value> = Value extends string
  ? string
  : Value extends { quotes: unknown }
    ? Typography
    : Value extends { other: string }
      ? PluralForms
      : Value extends readonly (infer Element)[]
        ? readonly Shape<Element>[]
        : { readonly [Key in keyof Value]: Shape<Value[Key]> }

/** A dictionary as its file has it: plain data. */
export type Dictionary = Shape<typeof en>

type Partly<Value> = Value extends Typography | PluralForms | readonly unknown[] | string
  ? Value
  : { readonly [Key in keyof Value]?: Partly<Value[Key]> }

/** A dictionary that may lack phrases: they are shown in the default language. */
export type PartialDictionary = Partly<Dictionary> & { languageName: string; languageTag: string }

/** A part of a dictionary as views use it: what has places for values is a function of them. */
type Filled<Value> = Value extends string
  ? Value extends `${string}{1}${string}`
    ? (first: string, second: string) => string
    : Value extends `${string}{0}${string}`
      ? (value: string) => string
      : string
  : Value extends { quotes: unknown } | { other: string }
    ? Shape<Value>
    : Value extends readonly (infer Element)[]
      ? readonly Filled<Element>[]
      : { readonly [Key in keyof Value]: Filled<Value[Key]> }

/** The words of the interface in one language, with those of the publication itself. */
export type Messages = Filled<typeof en> & {
  tagline: string
  description: string
  direction: 'ltr' | 'rtl'
}

/** The dictionaries that come with the engine: a file in `messages/` and a name here. */
const dictionaries: Record<string, PartialDictionary> = { ar, en, pl, uk }

const filled = new Map<Locale, Messages>()

/** The words of a language; made on the first call. */
export function messagesFor(locale: Locale): Messages {
  const known = filled.get(locale)
  if (known) return known
  const made: Messages = {
    ...fill(en, mergeFor(locale)),
    tagline: site().tagline[locale] ?? '',
    description: site().description[locale] ?? '',
    direction: directionOf(locale),
  }
  filled.set(locale, made)
  return made
}

/** How many of all phrases a language lacks, and their names: `feedPage.intro`. */
export function listMissingPhrases(locale: Locale): { missing: string[]; total: number } {
  const own = new Set(
    [dictionaries[locale], site().words[locale]].flatMap((part) =>
      listPhrases(part).map(({ name }) => name),
    ),
  )
  const all = listPhrases(en).map(({ name }) => name)
  return { missing: all.filter((name) => !own.has(name)), total: all.length }
}

/**
 * Sentences about what is wrong in `words` of the configuration: names that no dictionary has, values
 * of another kind, and phrases without the places that their values need.
 */
export function listWordFaults(): string[] {
  return locales.flatMap((locale) =>
    compare(en, site().words[locale] ?? {}, []).map(
      (fault) => `site.config.ts: words.${locale}.${fault}`,
    ),
  )
}

type Part = Record<string, unknown>

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Plural forms and typography are one phrase, and so is a list. */
const isWhole = (value: unknown) => !isPart(value) || 'other' in value || 'quotes' in value

/** Later parts win, phrase by phrase. */
function merge(...parts: (Part | undefined)[]): Part {
  const merged: Part = {}
  for (const part of parts) {
    for (const [name, value] of Object.entries(part ?? {})) {
      const before = merged[name]
      merged[name] =
        isPart(before) && isPart(value) && !isWhole(value) ? merge(before, value) : value
    }
  }
  return merged
}

function mergeFor(locale: Locale): Part {
  const own = merge(dictionaries[locale], site().words[locale])
  const name = nameOf(locale)
  return merge(
    en,
    dictionaries[defaultLocale],
    site().words[defaultLocale],
    // What a language has of its own, whatever else is missing.
    locale === defaultLocale ? {} : { languageName: name, languageTag: locale, typography: plain },
    own,
  )
}

const plain: Typography = {
  quotes: [
    ['“', '”'],
    ['‘', '’'],
  ],
  shortWords: [],
  units: [],
}

/** What a language calls itself: `polski`. */
function nameOf(locale: Locale): string {
  return new Intl.DisplayNames(locale, { type: 'language' }).of(locale) ?? locale
}

function directionOf(locale: Locale): 'ltr' | 'rtl' {
  const language: Intl.Locale & { getTextInfo?: () => { direction?: string } } = new Intl.Locale(
    locale,
  )
  return language.getTextInfo?.().direction === 'rtl' ? 'rtl' : 'ltr'
}

/** A part of a dictionary for views, by the places that the English phrases have. */
function fill<Original>(original: Original, given: unknown): Filled<Original>
function fill(original: unknown, given: unknown): unknown {
  if (typeof original === 'string') {
    const phrase = String(given ?? original).replaceAll('{paper}', site().name)
    if (!/\{\d\}/.test(original)) return phrase
    return (...values: string[]) => fillIn(phrase, ...values)
  }
  if (Array.isArray(original)) {
    return (Array.isArray(given) ? given : original).map((element) => fill(original[0], element))
  }
  if (!isPart(original) || isWhole(original)) return given ?? original
  const part = isPart(given) ? given : {}
  return Object.fromEntries(
    Object.entries(original).map(([name, value]) => [name, fill(value, part[name])]),
  )
}

/** Every phrase of a dictionary by its name. */
export function listPhrases(part: unknown, before = ''): { name: string; phrase: unknown }[] {
  if (!isPart(part)) return []
  return Object.entries(part).flatMap(([key, value]) =>
    isWhole(value)
      ? [{ name: `${before}${key}`, phrase: value }]
      : listPhrases(value, `${before}${key}.`),
  )
}

function compare(original: Part, given: Part, path: string[]): string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    const expected = original[name]
    const place = [...path, name].join('.')
    if (expected === undefined) return [`${place}: no phrase has this name.`]
    if (typeof expected === 'string') {
      if (typeof value !== 'string')
        return [`${place}: found ${JSON.stringify(value)}; expected a text.`]
      const lacking = (expected.match(/\{\d\}/g) ?? []).filter((hole) => !value.includes(hole))
      return lacking.map(
        (hole) => `${place}: found "${value}"; expected a text with ${hole} in it.`,
      )
    }
    if (Array.isArray(expected) !== Array.isArray(value) || isPart(expected) !== isPart(value)) {
      return [`${place}: found ${JSON.stringify(value)}; expected ${kindOf(expected)}.`]
    }
    if (!isPart(expected) || !isPart(value)) return []
    if (!isWhole(expected)) return compare(expected, value, [...path, name])
    return Object.keys(value).includes(Object.keys(expected)[0] ?? '') || 'other' in value
      ? []
      : [`${place}: found ${JSON.stringify(value)}; expected ${kindOf(expected)}.`]
  })
}

function kindOf(expected: unknown): string {
  if (Array.isArray(expected)) return 'a list'
  return isPart(expected) && 'other' in expected
    ? 'plural forms: { one: "…", other: "…" }'
    : 'a group of phrases'
}

/** What names a text of a dictionary: `archive`, or `tools.savedTitle` for one that stands deeper. */
export type TextKey<Words = Messages> = {
  [Key in keyof Words & string]: Words[Key] extends string
    ? Key
    : Words[Key] extends Record<string, unknown>
      ? `${Key}.${TextKey<Words[Key]>}`
      : never
}[keyof Words & string]

/**
 * The text that a key names, or the one of a language among those that are given; a language without
 * one has the English one. Throws for a key that names none, which `TextKey` rules out.
 */
export function textOf(locale: Locale, key: TextKey | InLanguages): string {
  if (typeof key !== 'string') return key[locale] ?? key.en
  const text = key
    .split('.')
    .reduce<unknown>((words, name) => Object(words)[name], messagesFor(locale))
  if (typeof text !== 'string') throw new Error(`There is no text ${key} in “${locale}”.`)
  return text
}

/** A phrase with values in its places `{0}`, `{1}`, … */
export const fillIn = (phrase: string, ...values: string[]) =>
  phrase.replace(/\{(\d)\}/g, (place, at) => values[Number(at)] ?? place)
