import { expect, it } from 'vitest'
import { measureFactCheck, measureWrittenCases, type Share } from './measure-fact-check.ts'

const toPart = ({ count, all }: Share) => count / Math.max(1, all)

// Some points below what was measured, so that a change for the worse shows. The sample edition is
// translated freely: several of its sentences have no counterpart, which is rightly complained of.
it('complains of few honest paragraphs and finds what is changed', { timeout: 300_000 }, () => {
  // `npm run ingest:bench` makes three changes of a kind, and of rewritings as well.
  const figures = measureFactCheck({ maxChanges: { translating: 1, rewriting: 0 } })
  const translations = figures.filter(({ name }) => name.includes(' to '))
  expect(translations).toHaveLength(4)
  for (const { name, isHeldOut, paragraphs, found } of translations) {
    const where = `${name}${isHeldOut ? ', held out' : ''}`
    // Paragraphs of several sentences each.
    expect(toPart(paragraphs), where).toBeLessThanOrEqual(0.09)
    for (const [kind, least] of [
      ['number', 0.95],
      ['number swapped', 0.7],
      ['month', 0.93],
      ['currency', 0.95],
      ['unit', 0.92],
      ['number in words', 0.95],
      ['name added', 0.86],
      ['quotation', 0.97],
      ['negation dropped', 0.72],
    ] as const) {
      expect(toPart(found.get(kind) ?? { count: 0, all: 0 }), `${kind}, ${where}`).toBeGreaterThan(
        least,
      )
    }
  }
  for (const { name, paragraphs } of figures.filter((one) => !translations.includes(one)))
    expect(paragraphs.count, name).toBe(0)
})

it('stops no honest rewriting of the written cases, and finds what they invent', () => {
  const { stopped, found, mistakes } = measureWrittenCases()
  expect(stopped.count, mistakes.join('\n')).toBe(0)
  expect(toPart(found), mistakes.join('\n')).toBeGreaterThan(0.95)
})
