import { describe, expect, it } from 'vitest'
import { parseArticle } from '../parse-article.ts'
import { locateFields } from './locate-fields.ts'

const yaml = `title: A vault
source: { name: Wire, more: [1, { deep: x }] }
tags:
  - 'first'
  -
  - name: third
    key: b
coverImage: &cover
  raw: a
  "full": b
also: *cover
? [a, b]
: c
authors: [one,
  two]
`

describe('locateFields', () => {
  it.each([
    [['title'], 2],
    [['source', 'name'], 3],
    [['source', 'more', 1, 'deep'], 3],
    [['tags', 0], 5],
    [['tags', 2], 7],
    [['tags', 2, 'key'], 8],
    [['coverImage', 'raw'], 10],
    [['coverImage', 'full'], 11],
    [['authors', 1], 16],
  ])('finds %j on line %d', (path, line) => {
    expect(locateFields(yaml).lineOf(path)).toBe(line)
  })

  it('answers with the nearest field around one that is not there', () => {
    expect(locateFields(yaml).lineOf(['coverImage', 'raw', 'deeper'])).toBe(10)
    expect(locateFields(yaml).lineOf(['coverImage', 'thumb'])).toBe(9)
    expect(locateFields(yaml).lineOf(['nothing'])).toBe(1)
  })

  it('names the field that a line belongs to', () => {
    const { fieldAt } = locateFields(yaml)
    expect([2, 5, 8, 10, 16].map(fieldAt)).toEqual([
      'title',
      'tags.0',
      'tags.2.key',
      'coverImage.raw',
      'authors.1',
    ])
  })

  it('names the outermost field where the text is no YAML', () => {
    expect(locateFields('title: {\n  a\ncover: [\n  b\n').fieldAt(5)).toBe('cover')
    expect(locateFields('title: {\n  a\ncover: [\n  b\n').lineOf(['cover', 'raw'])).toBe(4)
  })

  it.each([
    ['{', ''],
    ['[', ''],
    ['{a: ', ''],
    ['[{', '}]'],
    ['? ', ''],
    ['- ', ''],
  ])('takes no longer for %s inside each other than for as much text', (open, close) => {
    const depth = 20_000
    const nested = `description: ${open.repeat(depth)}x${close.repeat(depth)}\n  wrong\u0001line\n`
    const bytes = Buffer.from(`---\n${nested}---\nText.\n`)
    const started = performance.now()
    for (let n = 1; n < 40; n += 1) locateFields(`a: ${open.repeat(n)}x\n  line\n`).fieldAt(3)
    expect(() => parseArticle({ path: 'a.md', bytes })).toThrow(/a\.md:/)
    // The second parser took minutes for thirty brackets.
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
