import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createArticleFile, findArticlePath, toContentPath } from './article-files.ts'

function contentWith(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, fields] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    const required = `title: A\npublishedAt: '2026-11-01T09:00:00Z'\ncategory: B\n`
    writeFileSync(join(folder, path), `---\n${required}${fields}---\nText.\n`)
  }
  return folder
}

it.each([
  ['content/articles/en/a.md', 'articles/en/a.md'],
  [resolve('content/articles/en/a.md'), 'articles/en/a.md'],
  ['./content/a.md', 'a.md'],
  ['articles/en/a.md', 'articles/en/a.md'],
  ['..a/b.md', '..a/b.md'],
  ['../elsewhere/a.md', '../elsewhere/a.md'],
])('makes of %s the content path %s', (typed, path) => {
  expect(toContentPath(resolve('content'), typed, process.cwd())).toBe(path)
})

describe('an article is found', () => {
  const files = {
    'articles/en/2026/11/oslo.md': 'aliases: [bergen]\n',
    'articles/uk/2026/11/oslo.md': '',
    'articles/uk/2026/11/київ.md': '',
    'notes/lviv.md': 'lang: uk\n',
  }

  it.each([
    ['articles/en/2026/11/oslo.md', undefined, 'articles/en/2026/11/oslo.md'],
    ['oslo', 'uk', 'articles/uk/2026/11/oslo.md'],
    ['київ', undefined, 'articles/uk/2026/11/київ.md'],
    ['/article/oslo', undefined, 'articles/en/2026/11/oslo.md'],
    ['/uk/article/oslo', undefined, 'articles/uk/2026/11/oslo.md'],
    ['https://news.example/uk/article/lviv?x=1#y', undefined, 'notes/lviv.md'],
    [
      'http://localhost:3000/uk/article/%D0%BA%D0%B8%D1%97%D0%B2',
      undefined,
      'articles/uk/2026/11/київ.md',
    ],
    [
      'http://localhost/preview/uk/lviv?file=notes%2Flviv.md&expires=1&signature=x',
      undefined,
      'notes/lviv.md',
    ],
    ['bergen', undefined, 'articles/en/2026/11/oslo.md'],
    ['/article/bergen', undefined, 'articles/en/2026/11/oslo.md'],
  ])('by %s', async (named, lang, path) => {
    const contentDir = contentWith(files)
    expect(await findArticlePath({ contentDir, named, lang })).toBe(path)
  })

  it.each([
    ['oslo', /oslo names several files.*articles\/en\/2026\/11\/oslo\.md.*articles\/uk/s],
    ['ozlo', /There is no article ozlo in .*\. Did you mean oslo\?/],
    ['nope.md', /There is no file nope\.md in /],
    ['../../etc/passwd.md', /There is no file /],
    ['/latest', /is not the address of an article/],
    ['/uk/article/bergen', /There is no article bergen/],
  ])('or not by %s, with a sentence', async (named, sentence) => {
    const contentDir = contentWith(files)
    await expect(findArticlePath({ contentDir, named })).rejects.toThrow(sentence)
  })
})

it('creates a file whole, and never writes over one', async () => {
  const contentDir = contentWith({ 'a/there.md': '' })
  const before = readFileSync(join(contentDir, 'a/there.md'), 'utf8')
  await expect(createArticleFile(contentDir, 'a/there.md', 'x')).rejects.toThrow(
    'a/there.md is there already, and was not touched.',
  )
  expect(readFileSync(join(contentDir, 'a/there.md'), 'utf8')).toBe(before)
  await createArticleFile(contentDir, 'b/new.md', 'x')
  expect(readFileSync(join(contentDir, 'b/new.md'), 'utf8')).toBe('x')
  expect([...readdirSync(join(contentDir, 'a')), ...readdirSync(join(contentDir, 'b'))]).toEqual([
    'there.md',
    'new.md',
  ])
})
