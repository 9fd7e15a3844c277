import Negotiator from 'negotiator'
import { en } from './desk/en.ts'
import { uk } from './desk/uk.ts'
import type { PluralForms } from './messages.ts'

/** Languages of the desk's own interface, whatever languages the publication has. */
export const deskLanguages = ['en', 'uk'] as const
export type DeskLanguage = (typeof deskLanguages)[number]

export const isDeskLanguage = (value: unknown): value is DeskLanguage =>
  deskLanguages.some((language) => language === value)

/** The shape of the dictionary, from the English one. */
type Shape<Value> = Value extends string
  ? string
  : Value extends { other: string }
    ? PluralForms
    : { readonly [Key in keyof Value]: Shape<Value[Key]> }

/** Every word of the desk's interface. Phrases with `{0}` are for `fillIn`, plural forms for `formatCount`. */
export type DeskWords = Shape<typeof en>

const dictionaries: Record<DeskLanguage, DeskWords> = { en, uk }

export const deskWordsFor = (language: DeskLanguage): DeskWords => dictionaries[language]

/** The language of the desk that an `Accept-Language` header prefers; English where it has none. */
export function preferredLanguage(accepted: string | undefined): DeskLanguage {
  const negotiator = new Negotiator({ headers: { 'accept-language': accepted ?? '' } })
  const preferred = negotiator.language([...deskLanguages])
  return isDeskLanguage(preferred) ? preferred : 'en'
}
