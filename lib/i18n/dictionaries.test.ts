import { describe, expect, it } from 'vitest'
import { defaultLocale, locales } from '#lib/site/locales.ts'
import { messagesFor } from './messages.ts'

type Words = { path: string; words: string }

/** Every phrase of a dictionary by its place; phrases with something in them are given samples. */
function listWords(value: unknown, path = ''): Words[] {
  if (typeof value === 'string') return [{ path, words: value }]
  if (typeof value === 'function') return [{ path, words: String(value('~', '~')) }]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => listWords(part, `${path}.${name}`))
}

/** How lines are set is no phrase. */
const isPhrase = ({ path, words }: Words) =>
  !path.startsWith('.typography') && /\p{L}{2}/u.test(words)

/** Plural forms are compared by their place alone: languages have different numbers of them. */
const placesOf = (words: Words[]) =>
  new Set(words.map(({ path }) => path.replace(/\.(zero|one|two|few|many|other)$/, '')))

function listPluralForms(value: unknown, path = ''): { path: string; forms: string[] }[] {
  if (typeof value !== 'object' || value === null) return []
  if ('other' in value) return [{ path, forms: Object.keys(value).sort() }]
  return Object.entries(value).flatMap(([name, part]) => listPluralForms(part, `${path}.${name}`))
}

const others = locales.filter((locale) => locale !== defaultLocale)
const original = listWords(messagesFor(defaultLocale)).filter(isPhrase)

describe.each(others)('the dictionary of %s', (locale) => {
  const translated = listWords(messagesFor(locale)).filter(isPhrase)

  it('has no phrase that is left in the first language', () => {
    const wordsAt = new Map(original.map(({ path, words }) => [path, words]))
    expect(translated.filter(({ path, words }) => wordsAt.get(path) === words)).toEqual([])
  })

  it('has every phrase, and no empty one', () => {
    expect([...placesOf(translated)].sort()).toEqual([...placesOf(original)].sort())
  })
})

describe.each(locales)('plural forms of %s', (locale) => {
  it('are those that its numbers need', () => {
    const rules = new Intl.PluralRules(messagesFor(locale).languageTag)
    const needed = rules.resolvedOptions().pluralCategories.toSorted()
    const wrong = listPluralForms(messagesFor(locale)).filter(
      ({ forms }) => forms.join() !== needed.join(),
    )
    expect(wrong).toEqual([])
  })
})
