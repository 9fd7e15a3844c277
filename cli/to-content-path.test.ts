import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { toContentPath } from './to-content-path.ts'

it.each([
  ['content/articles/en/a.md', 'articles/en/a.md'],
  [resolve('content/articles/en/a.md'), 'articles/en/a.md'],
  ['./content/a.md', 'a.md'],
  ['articles/en/a.md', 'articles/en/a.md'],
  ['..a/b.md', '..a/b.md'],
  ['../elsewhere/a.md', '../elsewhere/a.md'],
])('makes of %s the content path %s', (typed, path) => {
  expect(toContentPath(resolve('content'), typed)).toBe(path)
})
