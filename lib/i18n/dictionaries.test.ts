import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { en as deskWords } from './desk/en.ts'
import { ar } from './messages/ar.ts'
import { en } from './messages/en.ts'
import { pl } from './messages/pl.ts'
import { uk } from './messages/uk.ts'
import { listMissingPhrases, listPhrases, messagesFor, textOf } from './messages.ts'

const original = new Map(listPhrases(en).map(({ name, phrase }) => [name, phrase]))

/** How lines are set is no phrase, and neither is what has no words in it. */
const isWords = (phrase: unknown) =>
  typeof phrase === 'string' && /\p{L}{2}/u.test(phrase.replaceAll('{paper}', ''))

describe.each([
  ['uk', uk],
  ['pl', pl],
  ['ar', ar],
])('the dictionary of %s', (_locale, dictionary) => {
  const phrases = listPhrases(dictionary)

  it('has no phrase that is left in English', () => {
    // Many a topic is a name, and the same in every language.
    const left = phrases.filter(
      ({ name, phrase }) =>
        !name.startsWith('topics.') && isWords(phrase) && original.get(name) === phrase,
    )
    expect(left).toEqual([])
  })

  it('has no phrase of its own and no empty one', () => {
    const wrong = phrases.filter(({ name, phrase }) => !original.has(name) || phrase === '')
    expect(wrong).toEqual([])
  })

  it('has the places for values that the English phrases have', () => {
    const placesIn = (phrase: unknown) =>
      JSON.stringify(phrase)
        .match(/\{\d\}/g)
        ?.sort() ?? []
    const wrong = phrases.filter(
      ({ name, phrase }) => String(placesIn(phrase)) !== String(placesIn(original.get(name))),
    )
    expect(wrong).toEqual([])
  })

  it('has the plural forms that its numbers need', () => {
    const rules = new Intl.PluralRules(dictionary.languageTag)
    const needed = rules.resolvedOptions().pluralCategories.toSorted()
    const wrong = phrases.filter(
      ({ phrase }) =>
        typeof phrase === 'object' &&
        phrase !== null &&
        'other' in phrase &&
        Object.keys(phrase).sort().join() !== needed.join(),
    )
    expect(wrong).toEqual([])
  })
})

it.each(['uk', 'pl'])('the dictionary of %s is complete', (locale) => {
  expect(listMissingPhrases(locale).missing).toEqual([])
})

it('lists what a dictionary lacks', () => {
  const { missing, total } = listMissingPhrases('ar')
  expect(missing).toContain('feedPage.intro')
  expect(missing).not.toContain('search')
  expect(total).toBe(original.size)
  expect(listMissingPhrases('xx').missing).toHaveLength(total)
})

/** Topics are looked up by their tag, spans by their length, notices by their kind. */
const namedByValues = /^topics\.|\.\d+-(?:hours|days)$|^(?:missing|gone|broken)(?:Title|Text)$/

it.each([
  ['readers', listPhrases(en).map(({ name }) => name)],
  ['editors', Object.keys(deskWords)],
])('%s are shown every phrase that there is', (_who, names) => {
  const root = resolve(import.meta.dirname, '../..')
  const files = globSync('{app,components,lib,server}/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.|\bi18n\/(?:messages|desk)\//.test(file))
    .map((file) => readFileSync(resolve(root, file), 'utf8'))
  const used = new Set(files.join('\n').match(/\w+/g))
  const unused = names.filter(
    (name) => !namedByValues.test(name) && !used.has(name.split('.').at(-1) ?? ''),
  )
  expect(unused).toEqual([])
})

it('finds a text by its key, or in the words that a page brings itself', () => {
  expect(textOf('uk', 'tools.savedTitle')).toBe(messagesFor('uk').tools.savedTitle)
  const own = { en: 'Glossary', uk: 'Словник' }
  expect([textOf('uk', own), textOf('pl', own)]).toEqual(['Словник', 'Glossary'])
})
