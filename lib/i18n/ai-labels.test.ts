import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { listAiLabels } from './ai-labels.ts'

const ai = { rewritten: true, expandedAt: undefined, version: undefined, translatedFrom: undefined }
const review = { reviewedBy: 'the news desk', reviewedAt: '2026-11-30T10:00:00.000Z' }

it('says who has reviewed a text that a model wrote or translated, in the language of the text', () => {
  expect(listAiLabels(articleWith({ ai }))).toEqual(['Written by AI'])
  expect(listAiLabels(articleWith({ ai, ...review }))).toEqual([
    'Written by AI, reviewed by the news desk on 30 November 2026',
  ])
  expect(listAiLabels(articleWith({ locale: 'uk', ai, ...review }))).toEqual([
    'Написав ШІ, перевірено: the news desk, 30 листопада 2026 р.',
  ])
  const translated = { ...ai, translatedFrom: 'uk' }
  expect(listAiLabels(articleWith({ ai: translated, ...review }))).toEqual([
    'Written by AI',
    'Translated by AI, reviewed by the news desk on 30 November 2026',
  ])
  expect(listAiLabels(articleWith(review))).toEqual([])
})
