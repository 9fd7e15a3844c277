import type { Locale } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import { formatTopicIn } from './format-in.ts'
import { messagesFor } from './messages.ts'

const namesByLocale = new Map<Locale, Record<string, string>>()

/** What readers see for a topic that has a name, by segment: the editor's names before ours. */
export function topicNamesFor(locale: Locale): Readonly<Record<string, string>> {
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

/** A category or tag for people's eyes: see `formatTopicIn`. */
export const formatTopic = (locale: Locale, value: string): string =>
  formatTopicIn(topicNamesFor(locale), value)
