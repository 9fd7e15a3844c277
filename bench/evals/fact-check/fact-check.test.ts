import { describe, expect, it } from 'vitest'
import { findMissingFacts } from '#lib/ingest/fact-check/find-missing-facts.ts'
import { listNumbers } from '#lib/ingest/fact-check/lists/list-numbers.ts'
import { toNameKey } from '#lib/ingest/fact-check/name-key.ts'
import { toSourceFacts } from '#lib/ingest/fact-check/source-facts.ts'
import { measureFactCheck } from './measure-fact-check.ts'

describe('the fact guard', () => {
  it('is on the labelled texts as good as it was', () => {
    const all = measureFactCheck().find(({ name }) => name === 'all')
    expect(all?.precision).toBeGreaterThanOrEqual(0.97)
    expect(all?.recall).toBe(1)
    expect(all?.textsWronglyPassed).toBe(0)
  })

  it.each([
    ['$1.2 billion', '1,2 млрд доларів'],
    ['300 million', '300M'],
    ['23 percent', '23%'],
    ['1,234.5', '1 234,5'],
    ['fifty thousand euros', '50 тис. євро'],
    ['three', 'троє'],
  ])('takes %s and %s for the same number', (one, other) => {
    const [a, b] = [listNumbers(one), listNumbers(other)]
    expect(a).toHaveLength(1)
    expect(a.map(({ value, unit }) => [value, unit])).toEqual(
      b.map(({ value, unit }) => [value, unit]),
    )
  })

  it.each(['ERC-20', 'Web3', 'L2', 'COVID-19', 'x402'])('sees no number in %s', (name) => {
    expect(listNumbers(name)).toEqual([])
  })

  it('tells units apart', () => {
    const base = toSourceFacts('It paid 5 million euros and 7% more.')
    const missing = (text: string) => findMissingFacts(text, base, { isTranslation: false }).length
    expect(missing('It paid €5M.')).toBe(0)
    expect(missing('It paid $5 million.')).toBe(1)
    expect(missing('It is 7 percent more.')).toBe(0)
    expect(missing('It is $7 more.')).toBe(1)
  })

  it('compares quotations by their words, and lets them be shortened', () => {
    const base = toSourceFacts('“We will not, under any circumstances, sell our coins,” she said.')
    const missing = (text: string) => findMissingFacts(text, base, { isTranslation: false }).length
    expect(missing('She said: "We will not … sell our coins".')).toBe(0)
    expect(missing('She said: "We will sell our coins".')).toBe(1)
  })
})

it.each([
  ['Kraken', 'Кракен'],
  ['Coinbase', 'Коїнбейс'],
  ['Solana', 'Солана'],
  ['Armstrong', 'Армстронг'],
])('hears that %s and %s are one name', (latin, cyrillic) => {
  expect(toNameKey(latin)).toBe(toNameKey(cyrillic))
})
