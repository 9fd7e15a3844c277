import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ukParts, ukSentences } from './desk/uk-sentences.ts'
import { toDeskPhrase, toDeskSentence } from './desk-sentences.ts'

const root = join(import.meta.dirname, '../..')
const files = globSync('lib/{content,desk,i18n,import,ingest,markdown}/**/*.ts', {
  cwd: root,
}).filter((file) => !/\.test\.|i18n\/desk\//.test(file))
const code = files.map((file) => readFileSync(join(root, file), 'utf8')).join('\n')
/** `{}` takes the place of values, in the code and in the table. */
const written = code.replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, '{}').replace(/\\'/g, "'")

it('translates sentences that the code writes', () => {
  // Sentences are written in pieces where the code chooses between words.
  const pieces: [RegExp, string][] = [
    [/ of the (?:story|original) is missing/, ' of {} is missing'],
    [/ not in the (?:story|original)(?=[.:])/, ' not in {}'],
    [/ where the (?:story|original) (has|says)/, ' where {} $1'],
    [/too many (?:names|numbers, dates and quotations) to/, 'too many {} to'],
    [/is much (?:shorter|longer) than/, 'is {} than'],
    [/^Articles(?: from \{\})? are published/, '{} are published'],
    [/^The story (has changed at|was taken back by) its source/, '$1 its source'],
    [/^Reviewed by \{\}(?:, to appear at \{\})?$/, 'Reviewed by {}{}'],
    [/edited the article\.$/, 'edited the article'],
  ]
  const lost = Object.keys({ ...ukSentences, ...ukParts }).filter((sentence) => {
    const wanted = pieces.reduce(
      (text, [from, to]) => text.replace(from, to),
      sentence.replace(/\{\d\}/g, '{}'),
    )
    return !written.includes(wanted)
  })
  expect(lost).toEqual([])
})

it('keeps what differs from sentence to sentence, and says what is not translated', () => {
  const uk = (sentence: string) => toDeskSentence('uk', sentence)
  expect(uk('The text has the number “$1.5 (a) million” where the story has “2.5.*”.').text).toBe(
    'У тексті число «$1.5 (a) million», а в джерелі «2.5.*».',
  )
  expect(uk('The field title is not in Ukrainian: it reads as Russian.').text).toBe(
    'Заголовок: потрібна мова українська, а схоже на мову російська.',
  )
  const field = 'The field whyItMatters repeats the words “The field title”.'
  expect(uk(field).text).toBe('Частина «Чому це важливо»: повторюються слова «The field title».')
  expect(toDeskSentence('en', field).text).toBe(
    'The part “Why it matters” repeats the words “The field title”.',
  )
  expect(uk('There is no version in English.').text).toBe('Немає версії мовою: англійська.')
  expect(uk('Appears at 2026-11-30T12:00:00.000Z.').text).toMatch(/^З’явиться: 30 листопада 2026/)
  const own = 'Olha asked 2026-11-30T12:00:00Z for “2026-11-30T12:00:00Z” again.'
  expect(uk(own)).toEqual({
    text: expect.stringMatching(/^Olha asked 30 листопада .* for “2026-11-30T12:00:00Z” again\.$/),
    language: 'en',
  })
  expect(toDeskSentence('en', 'Say why.')).toEqual({ text: 'Say why.', language: 'en' })
})

it('says what the check finds and expects, and leaves what is of the file', () => {
  const uk = (phrase: string) => toDeskPhrase('uk', phrase)
  expect(uk('a category with a letter or a digit in it')).toBe('розділ, у якому є літера чи цифра')
  expect(uk('a title of at most 300 characters')).toBe('заголовок, не довший за 300 знаків')
  expect(uk('a known field: did you mean title?')).toBe('відоме поле, можливо, title')
  expect(uk('"true or false"')).toBe('"true or false"')
  expect(uk('what nobody has translated')).toBe('what nobody has translated')
  expect(toDeskPhrase('en', 'true or false')).toBe('true or false')
})

it('does not take long with a hostile sentence', () => {
  const hostile = ' is not in x: it reads as '.repeat(40)
  const before = process.threadCpuUsage().user
  expect(toDeskSentence('uk', hostile).text).toBe(hostile)
  expect(toDeskSentence('uk', hostile.repeat(1000)).language).toBe('en')
  expect(process.threadCpuUsage().user - before).toBeLessThan(200_000)
})
