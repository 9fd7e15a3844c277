import { expect, it } from 'vitest'
import { parseQueryWords } from './query-words.ts'

const plain = (exact: string) => ({ exact, beginnings: [] })

it('takes words as they stand, and the last one also for the beginning of longer ones', () => {
  expect(parseQueryWords('Bitcoin halving')).toEqual([
    plain('Bitcoin'),
    { exact: 'halving', beginnings: ['halving'] },
  ])
  expect(parseQueryWords('halving of')).toEqual([plain('halving'), plain('of')])
})

it('keeps quoted phrases and words with hyphens, apostrophes or decimals together', () => {
  expect(parseQueryWords('"hard fork" of')).toEqual([plain('hard fork'), plain('of')])
  expect(parseQueryWords('BIP-341 x')).toEqual([plain('BIP 341'), plain('x')])
  expect(parseQueryWords('840,000 x')).toEqual([plain('840 000'), plain('x')])
  expect(parseQueryWords('a,b x')).toEqual([plain('a'), plain('b'), plain('x')])
  expect(parseQueryWords('x "now"')).toEqual([plain('x'), plain('now')])
})

it('turns Cyrillic words into the beginnings that their forms share', () => {
  expect(parseQueryWords('біткоїном')).toEqual([{ exact: undefined, beginnings: ['біткоїн'] }])
  expect(parseQueryWords('ринку та')).toEqual([
    { exact: undefined, beginnings: ['ринк', 'ринок'] },
    plain('та'),
  ])
})

it('takes ten words at most, each once, and nothing but letters and digits', () => {
  const many = Array.from({ length: 30 }, (_, i) => `w${i}`).join(' ')
  expect(parseQueryWords(many)).toHaveLength(10)
  expect(parseQueryWords('a a a')).toEqual([plain('a')])
  expect(parseQueryWords('\0 * ^ ( ) : - 🚀 ""')).toEqual([])
})
