import { expect, it } from 'vitest'
import { parseQueryWords } from './query-words.ts'

it('makes quoted words of what is typed, and a prefix of the last one', () => {
  expect(parseQueryWords('Bitcoin halving')).toEqual(['"Bitcoin"', '("halving" OR "halving"*)'])
  expect(parseQueryWords('halving of')).toEqual(['"halving"', '"of"'])
})

it('keeps quoted phrases and words with hyphens, apostrophes or decimals together', () => {
  expect(parseQueryWords('"hard fork" now')).toEqual(['"hard fork"', '("now" OR "now"*)'])
  expect(parseQueryWords('BIP-341 x')).toEqual(['"BIP 341"', '"x"'])
  expect(parseQueryWords('840,000 x')).toEqual(['"840 000"', '"x"'])
  expect(parseQueryWords('a,b x')).toEqual(['"a"', '"b"', '"x"'])
})

it('turns Cyrillic words into the beginnings that their forms share', () => {
  expect(parseQueryWords('біткоїном')).toEqual(['"біткоїн"*'])
  expect(parseQueryWords('ринку та')).toEqual(['("ринк"* OR "ринок"*)', '"та"'])
})

it('takes ten words at most, each once, and nothing but letters and digits', () => {
  const many = Array.from({ length: 30 }, (_, i) => `w${i}`).join(' ')
  expect(parseQueryWords(many)).toHaveLength(10)
  expect(parseQueryWords('a a a')).toEqual(['"a"'])
  expect(parseQueryWords('\0 * ^ ( ) : - 🚀 ""')).toEqual([])
})
