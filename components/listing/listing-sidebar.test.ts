import { expect, it } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { toSidebar } from './listing-sidebar.tsx'

const articlesOf = (...slugs: string[]) => slugs.map((slug) => articleWith({ slug, tags: [] }))

it('has explainers that the list beside it does not have, five at most', () => {
  const explainers = articlesOf('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
  const sidebar = toSidebar(
    { kind: 'latest' },
    articlesOf('x', 'b', 'y', 'z', 'v', 'w', 'h'),
    explainers,
  )
  expect(sidebar?.explainers.map(({ slug }) => slug)).toEqual(['a', 'c', 'd', 'e', 'f'])
})

it('is none where the list has all explainers and no topics', () => {
  expect(toSidebar({ kind: 'latest' }, articlesOf('a', 'b'), articlesOf('b'))).toBeUndefined()
})
