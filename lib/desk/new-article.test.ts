import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { composeNewArticle } from './new-article.ts'

const now = new Date('2026-11-20T09:30:00Z')

it.each([
  // [slug of the original, its key, slug that was asked for, key of the translation]
  ['vault', undefined, undefined, undefined],
  ['vault', undefined, 'skhovyshche', 'vault'],
  ['vault', 'opening', undefined, 'opening'],
  ['vault', 'opening', 'skhovyshche', 'opening'],
  ['vault', 'opening', 'opening', undefined],
])('pairs a translation with its original: %s, %s, %s', (slug, translationKey, asked, key) => {
  const original = articleWith({ slug, ...(translationKey && { translationKey }) })
  const composed = composeNewArticle({ title: 'Сховище', locale: 'uk', slug: asked, original }, now)
  const found = 'text' in composed && composed.text.match(/^translationKey: (.*)$/m)?.[1]
  expect(found).toBe(key)
})
