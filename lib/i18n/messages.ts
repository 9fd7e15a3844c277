import type { Locale } from '#lib/site/locales.ts'
import { en } from './messages/en.ts'
import { uk } from './messages/uk.ts'

/** A phrase by plural category (CLDR); `#` stands for the number. */
export type PluralForms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>

type Widen<Value> = Value extends (...parameters: infer Parameters) => string
  ? (...parameters: Parameters) => string
  : Value extends { other: string }
    ? PluralForms
    : Value extends string
      ? string
      : { [Key in keyof Value]: Widen<Value[Key]> }

/** The interface's words: what a dictionary must have, whole or the compiler refuses it. */
export type Messages = Widen<typeof en>

const dictionaries: Record<Locale, Messages> = { en, uk }

export function messagesFor(locale: Locale): Messages {
  return dictionaries[locale]
}
