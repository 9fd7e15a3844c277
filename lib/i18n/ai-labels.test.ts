import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { formatAiLabel, formatShortAiLabel } from './ai-labels.ts'

const ai = { rewritten: true, expandedAt: undefined, version: undefined, translatedFrom: undefined }
const review = { reviewedBy: 'the news desk', reviewedAt: '2026-11-30T10:00:00.000Z' }

it('says who has reviewed a text that a model wrote or translated, in the language of the text', () => {
  expect(formatAiLabel(articleWith({ ai }))).toBe('Written by AI')
  expect(formatAiLabel(articleWith({ ai, ...review }))).toBe(
    'Written by AI, reviewed by the news desk on 30 November 2026',
  )
  expect(formatAiLabel(articleWith({ locale: 'uk', ai, ...review }))).toBe(
    'Написав ШІ, перевірено: the news desk, 30 листопада 2026 р.',
  )
  const translated = { ...ai, translatedFrom: 'uk' }
  expect(formatAiLabel(articleWith({ ai: translated, ...review }))).toBe(
    'Written and translated by AI, reviewed by the news desk on 30 November 2026',
  )
  const onlyTranslated = { ...translated, rewritten: false }
  expect(formatAiLabel(articleWith({ locale: 'uk', ai: onlyTranslated }))).toBe('Переклав ШІ')
  expect(formatAiLabel(articleWith(review))).toBeUndefined()
})

it('fits a line of a list: what a model did most, and that somebody has reviewed it', () => {
  const both = { ...ai, translatedFrom: 'en' }
  expect(formatShortAiLabel(articleWith({ locale: 'uk', ai: both }))).toBe('Написав ШІ')
  expect(formatShortAiLabel(articleWith({ ai: { ...both, rewritten: false } }))).toBe(
    'Translated by AI',
  )
  expect(formatShortAiLabel(articleWith({ ai, ...review }))).toBe('Written by AI, reviewed')
  expect(formatShortAiLabel(articleWith(review))).toBeUndefined()
})
