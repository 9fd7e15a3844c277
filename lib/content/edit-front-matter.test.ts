import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { editFrontMatter, type FieldEdit } from './edit-front-matter.ts'
import { parseArticle } from './parse-article.ts'

const toBytes = (text: string) => new TextEncoder().encode(text)
const toText = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
const edit = (text: string, change: FieldEdit) => toText(editFrontMatter(toBytes(text), change))
const withFields = (fields: string) => `---\ntitle: A\n${fields}category: B\n---\nText.\n`

const changes: FieldEdit[] = [
  { field: 'withdrawn', set: true, comment: "Withdrawn: the source's figure was wrong" },
  { field: 'publishedAt', set: '2099-01-02T03:04:05.000Z' },
  { field: 'stickyWeight', set: 7 },
  { field: 'aliases', append: 'a-former-name' },
  { field: 'corrections', append: { at: '2026-11-30T09:00:00.000Z', text: "It's: #1, [not] {2}" } },
]

describe('over every file of the sample edition and of the journeys', () => {
  const paths = ['content', 'e2e/content'].flatMap((folder) =>
    globSync('**/articles/**/*.md', { cwd: folder }).map((path) => `${folder}/${path}`),
  )

  it.each(changes)('changes $field and not a byte besides', (change) => {
    expect(paths.length).toBeGreaterThan(50)
    for (const path of paths) {
      const bytes = readFileSync(path)
      let before: ReturnType<typeof parseArticle>['article']
      try {
        before = parseArticle({ path, bytes }).article
      } catch {
        // The journeys have files that cannot become articles.
        continue
      }
      const edited = editFrontMatter(bytes, change)
      const { article } = parseArticle({ path, bytes: edited })
      const value = article[change.field as 'aliases']
      const expected =
        'append' in change
          ? [...before[change.field as 'aliases'], change.append]
          : 'set' in change && change.set
      expect(value, path).toEqual(expected)
      const changed = { [change.field]: value, updatedAt: article.updatedAt }
      expect(article, path).toEqual({ ...before, ...changed })
      const lines = toText(edited).split('\n')
      const lost = toText(bytes)
        .split('\n')
        .filter((line) => !lines.includes(line))
      expect(
        lost.filter((line) => !line.startsWith(change.field)),
        path,
      ).toEqual([])
    }
  })
})

describe('a field that is there', () => {
  it.each([
    ['plain', 'stickyWeight: 1  # for now\n', 'stickyWeight: 7  # for now\n'],
    ['in quotes', "stickyWeight: '1'\n", "stickyWeight: '7'\n"],
    ['empty', 'stickyWeight:\n', 'stickyWeight: 7\n'],
    ['null', 'stickyWeight: ~ # none\n', 'stickyWeight: 7 # none\n'],
    ['folded', 'stickyWeight: >-\n  1\n', 'stickyWeight: 7\n'],
    ['with a quoted name', '"stickyWeight" : 1\n', '"stickyWeight" : 7\n'],
  ])('%s keeps its surroundings', (_form, before, after) => {
    expect(edit(withFields(before), { field: 'stickyWeight', set: 7 })).toBe(withFields(after))
  })

  it.each([
    ['a list in lines', 'aliases:\n- a # first\n# end\n', 'aliases:\n- a # first\n- new\n# end\n'],
    ['an indented list', 'aliases:\n    - a\n', 'aliases:\n    - a\n    - new\n'],
    ['a list in brackets', "aliases: [a, 'b']  # two\n", "aliases: [a, 'b', new]  # two\n"],
    ['brackets over lines', 'aliases: [\n  a, # x\n  ]\n', 'aliases: [\n  a, new # x\n  ]\n'],
    ['an empty list', 'aliases: []\n', 'aliases: [new]\n'],
    ['a single text', 'aliases: a\n', 'aliases: [a, new]\n'],
    ['nothing', 'aliases:\n', 'aliases: [new]\n'],
    ['null', 'aliases: null\n', 'aliases: [new]\n'],
  ])('%s grows', (_form, before, after) => {
    expect(edit(withFields(before), { field: 'aliases', append: 'new' })).toBe(withFields(after))
  })
})

it('keeps a byte order mark and the line ends of Windows', () => {
  const before = '\uFEFF---\r\ntitle: A\r\n# note\r\n---\r\nText.\r\n'
  expect(edit(before, { field: 'draft', set: true })).toBe(
    '\uFEFF---\r\ntitle: A\r\n# note\r\ndraft: true\r\n---\r\nText.\r\n',
  )
})

it('keeps the indentation of fields', () => {
  const before = '---\n  title: A\n---\nText.\n'
  expect(edit(before, { field: 'aliases', append: 'a' })).toBe(
    '---\n  title: A\n  aliases:\n    - a\n---\nText.\n',
  )
})

it.each([
  ['braces', '---\n{ title: A }\n---\nText.\n'],
  ['no front matter', 'Text.\n'],
  ['an anchor that others use', withFields('withdrawn: &no false\ndraft: *no\n')],
  ['a list with an anchor', withFields('withdrawn: [&a b, *a]\n')],
])('refuses %s and says to use an editor', (_form, text) => {
  expect(() => edit(text, { field: 'withdrawn', set: true })).toThrow(
    /^withdrawn cannot be changed here: .* Change it in an editor\.$/,
  )
})

it('refuses bytes that are not UTF-8', () => {
  const bytes = Uint8Array.from([...toBytes('---\ntitle: '), 0xe9, ...toBytes('\n---\nText.\n')])
  expect(() => editFrontMatter(bytes, { field: 'draft', set: true })).toThrow(/not UTF-8/)
})
