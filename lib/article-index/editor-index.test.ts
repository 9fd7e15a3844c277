import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import type { Problem } from '#lib/content/problem.ts'
import { type EditorIndex, openEditorIndex } from './editor-index.ts'
import { openArticleIndex } from './sqlite-article-index.ts'
import { indexPath } from './store/database-file.ts'
import { prepareArticle } from './writes/prepared-article.ts'

const now = () => new Date('2026-11-22T12:00:00.000Z')
const ai = { rewritten: true, expandedAt: undefined, version: undefined, translatedFrom: undefined }

async function indexOf(articles: Partial<Article>[], broken: Problem[] = []) {
  const dataDir = mkdtempSync(join(tmpdir(), 'editor-index-'))
  const index = openArticleIndex({ dataDir, now })
  const editors = openEditorIndex(indexPath(dataDir), now)
  onTestFinished(() => {
    editors.close()
    index.close()
    rmSync(dataDir, { recursive: true })
  })
  await index.write(async ({ apply }) => {
    for (const [at, overrides] of articles.entries()) {
      const article = articleWith({ slug: `a${at}`, ...overrides })
      const path = `${article.locale}/${article.slug}-${at}.md`
      const file = { path, fingerprint: '', digest: path }
      await apply({ kind: 'article', file, article: prepareArticle(article), warnings: [] })
    }
    for (const problem of broken) {
      const file = { path: problem.file, fingerprint: '', digest: problem.file }
      await apply({ kind: 'invalid', file, problems: [problem] })
    }
  })
  return editors
}

const pathsOf = (index: EditorIndex, query: Parameters<EditorIndex['list']>[0]) =>
  index.list(query).articles.map(({ path }) => path)

it('lists articles in every state, by state, language, section, review and words', async () => {
  const index = await indexOf([
    { title: 'Court rules', publishedAt: '2026-11-20T00:00:00.000Z' },
    { publishedAt: '2026-11-19T00:00:00.000Z', draft: true, ai },
    { publishedAt: '2026-12-01T00:00:00.000Z', category: 'LAW & ORDER' },
    { publishedAt: '2026-11-18T00:00:00.000Z', withdrawn: true },
    { publishedAt: '2026-11-17T00:00:00.000Z', draft: true, withdrawn: true },
    { publishedAt: '2026-11-16T00:00:00.000Z', slug: 'a0', title: 'Shadow' },
    { publishedAt: '2026-11-15T00:00:00.000Z', locale: 'uk', title: 'Рішення суду', ai },
    { publishedAt: '2026-11-14T00:00:00.000Z', ai, reviewedBy: 'Olha', reviewedAt: 'x' },
  ])
  const states = index.list({}).articles.map(({ state }) => state)
  expect(states.toSorted()).toEqual([
    'draft',
    'published',
    'published',
    'published',
    'rejected',
    'scheduled',
    'shadowed',
    'withdrawn',
  ])
  for (const state of ['draft', 'rejected', 'scheduled', 'withdrawn', 'shadowed'] as const) {
    expect(index.list({ state })).toMatchObject({ articleCount: 1, articles: [{ state }] })
  }
  expect(pathsOf(index, { locale: 'uk' })).toEqual(['uk/a6-6.md'])
  expect(pathsOf(index, { category: 'law-order' })).toEqual(['en/a2-2.md'])
  expect(pathsOf(index, { isReviewed: true })).toEqual(['en/a7-7.md'])
  expect(pathsOf(index, { isReviewed: false })).toEqual(['en/a1-1.md', 'uk/a6-6.md'])
  expect(pathsOf(index, { text: 'court' })).toEqual(['en/a0-0.md'])
  expect(pathsOf(index, { text: 'суд', state: 'published' })).toEqual(['uk/a6-6.md'])
  expect(pathsOf(index, { text: '" OR * -"' })).toEqual([])
})

it('lists page by page, and every article once', async () => {
  const index = await indexOf(Array.from({ length: 23 }, () => ({})))
  const seen: string[] = []
  let after: number | undefined
  do {
    const { articles, next, articleCount } = index.list({ limit: 5, after })
    expect(articleCount).toBe(23)
    seen.push(...articles.map(({ path }) => path))
    after = next
  } while (after !== undefined)
  expect(new Set(seen).size).toBe(23)
  expect(seen).toHaveLength(23)
})

it('finds what waits: pins, what is due, broken files, versions that lag behind, tagged files', async () => {
  const problem: Problem = {
    ...{ severity: 'error', file: 'en/broken.md', line: 2, field: 'title' },
    ...{ found: 'nothing', expected: 'a title' },
  }
  const recent = '2026-11-20T00:00:00.000Z'
  const index = await indexOf(
    [
      { slug: 'a', publishedAt: recent, updatedAt: '2026-11-21T00:00:00.000Z', tags: ['GOLD'] },
      { slug: 'a', locale: 'uk', publishedAt: recent, ai: { ...ai, translatedFrom: 'en' } },
      { slug: 'b', publishedAt: recent, stickyWeight: 1, pinnedUntil: '2026-11-21T00:00:00.000Z' },
      {
        slug: 'c',
        publishedAt: '2026-11-22T20:00:00.000Z',
        draft: true,
        draftReason: 'No.',
        tags: ['gold'],
      },
      { slug: 'd', publishedAt: '2026-11-22T20:00:00.000Z' },
    ],
    [problem],
  )
  expect(index.listPins('2026-11-20T00:00:00.000Z')).toMatchObject([{ slug: 'b' }])
  expect(index.listScheduled('2026-11-22T00:00:00.000Z', '2026-11-23T00:00:00.000Z')).toMatchObject(
    [{ slug: 'd', state: 'scheduled' }],
  )
  expect(index.listHeld(10)).toMatchObject({ articleCount: 1, articles: [{ slug: 'c' }] })
  expect(index.listBroken(10)).toEqual([{ path: 'en/broken.md', problems: [problem] }])
  expect(index.listTranslationGaps('2026-11-19T00:00:00.000Z', 10)).toMatchObject([
    { article: { slug: 'a', locale: 'en' }, locale: 'uk', translation: { slug: 'a' } },
    { article: { slug: 'b' }, locale: 'uk', translation: undefined },
  ])
  expect(index.listTagged('gold').map(({ slug }) => slug)).toEqual(['a', 'c'])
  expect(index.find('en/c-3.md')).toMatchObject({ state: 'draft' })
  expect(index.listVersions({ slug: 'a' })).toHaveLength(2)
})

it('is empty until there is an index, and reads the one that comes', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'editor-index-'))
  const editors = openEditorIndex(indexPath(dataDir), now)
  onTestFinished(() => {
    editors.close()
    rmSync(dataDir, { recursive: true })
  })
  expect([editors.isReady(), editors.list({}).articleCount, editors.listBroken(1)]).toEqual([
    false,
    0,
    [],
  ])
  openArticleIndex({ dataDir, now }).close()
  expect([editors.isReady(), editors.list({}).articles]).toEqual([true, []])
})
