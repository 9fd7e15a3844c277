import { expect, it } from 'vitest'
import { parseQueryWords } from './query-words.ts'

const plain = (text: string) => ({ text, isQuoted: false, isBeginning: false })
const quoted = (text: string) => ({ ...plain(text), isQuoted: true })
const beginning = (text: string) => ({ ...plain(text), isBeginning: true })

it('takes words as they stand, and the last one also for the beginning of longer ones', () => {
  expect(parseQueryWords('Bitcoin halving')).toEqual([plain('Bitcoin'), beginning('halving')])
  expect(parseQueryWords('halving of')).toEqual([plain('halving'), plain('of')])
})

it('keeps quoted phrases and words with hyphens, apostrophes or decimals together', () => {
  expect(parseQueryWords('"hard fork" of')).toEqual([quoted('hard fork'), plain('of')])
  expect(parseQueryWords('BIP-341 x')).toEqual([plain('BIP 341'), plain('x')])
  expect(parseQueryWords('840,000 x')).toEqual([plain('840 000'), plain('x')])
  expect(parseQueryWords('a,b x')).toEqual([plain('a'), plain('b'), plain('x')])
  expect(parseQueryWords('x "now"')).toEqual([plain('x'), quoted('now')])
})

it('reads an apostrophe in a Ukrainian word as a part of it', () => {
  for (const text of ["зв'язку", 'зв’язку', 'звʼязку', 'зв`язку', 'звязку']) {
    expect(parseQueryWords(text), text).toEqual([beginning('звязку')])
  }
  expect(parseQueryWords("'біткоїн' і")).toEqual([plain('біткоїн'), plain('і')])
})

it('reads a word with some letters of the other script as one of a single script', () => {
  expect(parseQueryWords('бiткоїн та')).toEqual([plain('біткоїн'), plain('та')])
  expect(parseQueryWords('Вitcoin of')).toEqual([plain('Bitcoin'), plain('of')])
  expect(parseQueryWords('zkдоказ of')).toEqual([plain('zkдоказ'), plain('of')])
})

it('takes ten words at most, each once, and nothing but letters and digits', () => {
  const many = Array.from({ length: 30 }, (_, i) => `w${i}`).join(' ')
  expect(parseQueryWords(many)).toHaveLength(10)
  expect(parseQueryWords('a a a')).toEqual([plain('a')])
  expect(parseQueryWords('\0 * ^ ( ) : - 🚀 ""')).toEqual([])
})
