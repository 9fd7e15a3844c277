import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { editFrontMatter, type FieldEdit, replaceBody } from './edit-front-matter.ts'
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
      // The updates of a live story that name no day are of the day on which it is published.
      const isDated = before.kind === 'live' && change.field === 'publishedAt'
      const dated = isDated && { body: article.body }
      expect(article, path).toEqual({ ...before, ...changed, ...dated })
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

describe('what a form changes', () => {
  const article = `---
# By the editor
title: "A vault"   # short
source:
  name: Wire # the agency
  # Its own key.
  key: wire
coverImage: { raw: media/a.jpg, alt: 'A vault' }
tags:
  - GOLD # first
  - 'COINS'
  # the rest
  - BARS
category: BUSINESS
---
Text.
`
  it.each<[string, FieldEdit, string, string]>([
    ['a text', { field: 'title', set: 'A door' }, '"A vault"   # short', '"A door"   # short'],
    ['a text with quotes', { field: 'category', set: "It's: #1" }, 'BUSINESS', "'It''s: #1'"],
    ['a text of lines', { field: 'category', set: 'A\nB' }, 'BUSINESS', '"A\\nB"'],
    ['a part', { field: 'source.name', set: 'Agency' }, 'Wire # the', 'Agency # the'],
    [
      'a new part',
      { field: 'source.url', set: 'https://a.example/' },
      'key: wire\n',
      "key: wire\n  url: 'https://a.example/'\n",
    ],
    [
      'a part in braces',
      { field: 'coverImage.alt', set: 'A door' },
      "{ raw: media/a.jpg, alt: 'A vault' }",
      "{ raw: 'media/a.jpg', alt: A door }",
    ],
    ['a mapping', { field: 'source', set: { name: 'Wire', key: 'w' } }, 'key: wire', 'key: w'],
    ['a mapping without a key', { field: 'source', set: { name: 'Wire' } }, '  key: wire\n', ''],
    ['an element', { field: 'tags', set: ['GOLD', 'COIN', 'BARS'] }, "- 'COINS'", '- COIN'],
    [
      'an element at the end',
      { field: 'tags', set: ['GOLD', 'COINS', 'BARS', 'X Y'] },
      '- BARS\n',
      '- BARS\n  - X Y\n',
    ],
    [
      'an element at the start',
      { field: 'tags', set: ['X', 'GOLD', 'COINS', 'BARS'] },
      '  - GOLD',
      '  - X\n  - GOLD',
    ],
    [
      'a list that is emptied',
      { field: 'tags', set: [] },
      "tags:\n  - GOLD # first\n  - 'COINS'\n  # the rest\n  - BARS\n",
      'tags: []\n',
    ],
    [
      'a text that becomes a list',
      { field: 'category', set: ['A', 'B'] },
      'category: BUSINESS',
      'category:\n  - A\n  - B',
    ],
    ['a flag', { field: 'draft', set: true }, 'coverImage:', 'draft: true\ncoverImage:'],
    [
      'a new mapping',
      { field: 'review', set: { by: 'Olha', at: '2026-11-30T00:00:00.000Z' } },
      '---\nText',
      "review:\n  by: Olha\n  at: '2026-11-30T00:00:00.000Z'\n---\nText",
    ],
    [
      'a new part of what is missing',
      { field: 'ai.version', set: 2 },
      '---\nText',
      'ai:\n  version: 2\n---\nText',
    ],
    ['a removed field', { field: 'category', remove: true }, 'category: BUSINESS\n', ''],
    [
      'a removed list',
      { field: 'tags', remove: true },
      "tags:\n  - GOLD # first\n  - 'COINS'\n  # the rest\n  - BARS\n",
      '',
    ],
    ['a removed part', { field: 'source.key', remove: true }, '  key: wire\n', ''],
    [
      'a removed part in braces',
      { field: 'coverImage.alt', remove: true },
      "{ raw: media/a.jpg, alt: 'A vault' }",
      "{ raw: 'media/a.jpg' }",
    ],
  ])('%s', (_what, change, before, after) => {
    expect(article).toContain(before)
    for (const eol of ['\n', '\r\n']) {
      const toEol = (text: string) => text.replaceAll('\n', eol)
      expect(edit(toEol(article), change)).toBe(toEol(article.replace(before, () => after)))
    }
  })

  it.each(['title', 'tags', 'coverImage', 'source'])('the same %s leaves every byte', (field) => {
    const { [field as 'title']: value } = {
      title: 'A vault',
      tags: ['GOLD', 'COINS', 'BARS'],
      coverImage: { raw: 'media/a.jpg', alt: 'A vault' },
      source: { name: 'Wire', key: 'wire' },
    } as unknown as Record<string, string>
    expect(edit(article, { field, set: value ?? '' })).toBe(article)
  })

  it('removes what is not there without a change', () => {
    for (const field of ['draft', 'ai.version', 'source.url', 'title.part']) {
      expect(edit(article, { field, remove: true })).toBe(article)
    }
  })
})

it.each<[string, FieldEdit, string]>([
  ['another file', { field: 'coverImage.raw', set: 'b.jpg' }, 'coverImage: b.jpg # x\n'],
  ['no file', { field: 'coverImage.raw', remove: true }, ''],
  [
    'a description',
    { field: 'coverImage.alt', set: 'A door' },
    'coverImage:\n  raw: a.jpg\n  alt: A door # x\n',
  ],
  [
    'a photographer',
    { field: 'coverImage.credit.name', set: 'Olha' },
    'coverImage:\n  raw: a.jpg\n  credit:\n    name: Olha # x\n',
  ],
  ['no description', { field: 'coverImage.alt', remove: true }, 'coverImage: a.jpg # x\n'],
])('gives a cover that is one text %s', (_, change, cover) => {
  expect(edit(withFields('coverImage: a.jpg # x\n'), change)).toBe(withFields(cover))
})

it('replaces the body and no byte of the front matter', () => {
  const before = '\uFEFF---\r\ntitle: A # x\r\n---\r\nOld.\r\n'
  expect(toText(replaceBody(toBytes(before), 'New.\nEnd.\n'))).toBe(
    '\uFEFF---\r\ntitle: A # x\r\n---\r\nNew.\r\nEnd.\r\n',
  )
  expect(toText(replaceBody(toBytes('---\ntitle: A\n---'), 'New.'))).toBe(
    '---\ntitle: A\n---\nNew.',
  )
})

describe('over files in every way of writing', () => {
  const parts: Record<string, string[]> = {
    title: [
      'title: A vault',
      'title: "A vault" # x',
      "'title' : 'A vault'",
      'title: >-\n  A\n  vault',
      'title: |\n  A vault',
    ],
    tags: [
      'tags: [A, "B"] # x',
      'tags:\n- A\n- B # x',
      'tags:\n    - A\n\n    - B',
      'tags: A',
      'tags:',
      'tags: ~',
      '',
    ],
    source: [
      'source: { name: W, key: w }',
      'source:\n  name: W\n  key: w # x',
      'source:\n    key: w\n\n    name: >\n      W',
      '',
    ],
    category: ['category: B', '# c\ncategory: B'],
    rest: ['# end', '', 'unknown: { a: [1, 2] }', 'custom: |+\n  a\n\n'],
  }
  const changes: FieldEdit[] = [
    { field: 'title', set: 'Another: title #1' },
    { field: 'tags', set: ['A', 'C', 'B'] },
    { field: 'tags', append: 'D' },
    { field: 'tags', remove: true },
    { field: 'source.url', set: 'https://a.example/?a=1' },
    { field: 'source', set: { name: 'V', key: 'w' } },
    { field: 'source.key', remove: true },
    { field: 'draft', set: true },
    { field: 'category', set: 'no' },
  ]
  const files = Object.values(parts).reduce<string[][]>(
    (all, ways) => all.flatMap((lines) => ways.map((way) => [...lines, way])),
    [[]],
  )

  // Every seventh: together they have each pair of ways.
  it('changes a field and what it means, and nothing else', () => {
    let changed = 0
    const refused: string[] = []
    for (const [at, lines] of files.entries()) {
      if (at % 7 !== 0) continue
      const eol = at % 2 === 0 ? '\n' : '\r\n'
      const yaml = lines.filter((line) => line !== '').join('\n')
      const text = `${at % 5 === 0 ? '\uFEFF' : ''}---\n${yaml}\n---\nText.\n`.replaceAll('\n', eol)
      for (const change of changes) {
        try {
          const edited = edit(text, change)
          const name = change.field.split('.')[0] ?? ''
          const others = lines.filter((line) => line !== '' && !line.includes(name))
          for (const line of others) expect(edited).toContain(line.replaceAll('\n', eol))
          changed += 1
        } catch (cause) {
          if (!/cannot be changed here/.test(String(cause))) throw cause
          refused.push(`${JSON.stringify(change)} of ${yaml}`)
        }
      }
    }
    expect(changed).toBeGreaterThan(1000)
    expect(refused).toEqual([])
  })
})
