import { expect, it } from 'vitest'
import { listSources } from './source-version.ts'

it('follows everything that shapes rows, and no types', () => {
  const { modules, packages } = listSources(['lib/content-sync/read-change.ts'])
  expect(modules).toEqual(
    expect.arrayContaining([
      'lib/article-index/store/placements.ts',
      'lib/article-index/store/rows.ts',
      'lib/article-index/writes/prepared-article.ts',
      'lib/content-sync/read-outcome.ts',
      'lib/content/encoding/repair-encoding.ts',
      'lib/content/parse-article.ts',
      'lib/content/plain-text.ts',
      'lib/markdown/compile-body.ts',
      'lib/site/locales.ts',
      'lib/site/segment.ts',
    ]),
  )
  expect(modules).not.toContain('lib/article-index/article-index.ts')
  expect(packages).toEqual(
    // The last are of the compiler, which decides what is refused for its time.
    expect.arrayContaining(['gray-matter', 'js-yaml', 'sharp', 'zod', 'remark-parse', 'unified']),
  )
})

it('follows the writer, and the thread that reads', () => {
  const { modules } = listSources([
    'lib/content-sync/read-changes.ts',
    'lib/article-index/writes/article-writer.ts',
  ])
  expect(modules).toEqual(
    expect.arrayContaining([
      'lib/article-index/writes/placement-writer.ts',
      'lib/article-index/writes/placement-writer.ts',
      'lib/article-index/store/schema.ts',
      'lib/content-sync/read-change.ts',
      'lib/content/article-identity.ts',
    ]),
  )
})
