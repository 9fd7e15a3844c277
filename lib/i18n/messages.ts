import type { Locale } from '#lib/site/locales.ts'
import { en } from './messages/en.ts'
import { uk } from './messages/uk.ts'

/** A phrase by plural category (CLDR); `#` stands for the number. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

/** How a typesetter of the language sets a line; see `typeset`. */
export type Typography = {
  /** Outer and inner quotation marks: opening, closing. */
  quotes: [[string, string], [string, string]]
  /** Words, in lower case, that do not stand at the end of a line. */
  shortWords: string[]
  /** What stays on one line with the number before it. */
  units: string[]
}

type Widen<Value> = Value extends (...parameters: infer Parameters) => string
  ? (...parameters: Parameters) => string
  : Value extends { quotes: unknown }
    ? Typography
    : Value extends { other: string }
      ? PluralForms
      : Value extends string
        ? string
        : { [Key in keyof Value]: Widen<Value[Key]> }

/** The interface's words: what a dictionary must have, whole or the compiler refuses it. */
export type Messages = Widen<typeof en>

const dictionaries: Record<string, Messages> = { en, uk }

export function messagesFor(locale: Locale): Messages {
  return dictionaries[locale] ?? en
}

/** What names a text of a dictionary: `archive`, or `tools.savedTitle` for one that stands deeper. */
export type TextKey<Words = Messages> = {
  [Key in keyof Words & string]: Words[Key] extends string
    ? Key
    : Words[Key] extends Record<string, unknown>
      ? `${Key}.${TextKey<Words[Key]>}`
      : never
}[keyof Words & string]

/** The text that a key names. Throws for one that names none, which `TextKey` rules out. */
export function textOf(locale: Locale, key: TextKey): string {
  const text = key
    .split('.')
    .reduce<unknown>((words, name) => Object(words)[name], messagesFor(locale))
  if (typeof text !== 'string') throw new Error(`There is no text ${key} in “${locale}”.`)
  return text
}
