import type { Locale } from '#lib/site/locales.ts'
import { findEntity, type NamedEntity, nameEntity } from '#lib/site/names.ts'
import { toSegment } from '#lib/site/segment.ts'
import { site } from '#lib/site/site.ts'
import { capitalize } from './format.ts'
import { messagesFor } from './messages.ts'

const namesByLocale = new Map<Locale, Record<string, string>>()

/** What readers see for a topic that has a name, by segment: the editor's names before ours. */
function topicNamesFor(locale: Locale): Readonly<Record<string, string>> {
  const known = namesByLocale.get(locale)
  if (known) return known
  const made: Record<string, string> = { ...messagesFor(locale).topics }
  for (const { segment, names } of site().sections) {
    const name = names[locale]
    if (name !== undefined) made[segment] = name
  }
  namesByLocale.set(locale, made)
  return made
}

/**
 * A category or tag for people's eyes, by its name where it has one. Unknown values: a single word of
 * up to five letters is taken for a ticker or an acronym and stays as written, anything longer in
 * capitals becomes sentence case.
 */
export function formatTopic(locale: Locale, value: string): string {
  const names = topicNamesFor(locale)
  const segment = toSegment(value)
  const known = Object.hasOwn(names, segment) ? names[segment] : undefined
  if (known) return known
  // A ticker may be spaced out, letter by letter.
  const isAcronym = /^(?:\S{1,5}|\S(?: \S)+)$/u.test(value)
  const isShouting = value === value.toUpperCase()
  if (isAcronym || !isShouting) return value
  return value.charAt(0) + value.slice(1).toLowerCase()
}

/** What an asset is called where its name begins a line: `Біткоїн`. */
export const formatAsset = (locale: Locale, asset: NamedEntity): string =>
  capitalize(locale, nameEntity(asset, locale))

/** The same of an asset's key. A key that is not known stays as it is. */
export function formatAssetKey(locale: Locale, key: string): string {
  const asset = findEntity(key)
  return asset ? formatAsset(locale, asset) : key
}
