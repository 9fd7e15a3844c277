import { describe, expect, it } from 'vitest'
import { parseArticle } from './parse-article.ts'
import { InvalidArticleError, type Problem } from './problem.ts'

const required = 'title: Vault opens\npublishedAt: 2026-03-01T09:00:00Z\ncategory: MARKETS\n'

function parse(text: string | Uint8Array, path = 'articles/en/2026/03/vault.md') {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  return parseArticle({ path, bytes })
}

/** Required fields on lines 2 to 4, then `more` from line 5. */
function file(more: string, body = 'A vault opened.\n'): string {
  return `---\n${required}${more}---\n${body}`
}

/** `severity line field` of everything that is wrong with a file. */
function problemsOf(text: string | Uint8Array, path?: string): string[] {
  return listProblems(text, path).map(({ severity, line, field }) => `${severity} ${line} ${field}`)
}

function listProblems(text: string | Uint8Array, path?: string): Problem[] {
  try {
    return parse(text, path).warnings
  } catch (cause) {
    if (cause instanceof InvalidArticleError) return cause.problems
    throw cause
  }
}

describe('a live story', () => {
  const live = file(
    'kind: live\n',
    '- Fact\n\n## 10:00 First\n\nA <b>b</b>.\n\n## Links\n\n## 2026-03-01 11:30 Second\n\nSecret.\n',
  )
  const parseAt = (now?: string) =>
    parseArticle(
      { path: 'articles/en/2026/03/vault.md', bytes: new TextEncoder().encode(live) },
      now === undefined ? undefined : new Date(now),
    )

  it('has its newest update first, and was updated when that was made', () => {
    const { article, writtenBody, warnings } = parseAt('2026-03-01T12:00:00Z')
    expect(article.body.indexOf('Second')).toBeLessThan(article.body.indexOf('First'))
    expect(article.updatedAt).toBe('2026-03-01T11:30:00.000Z')
    expect(writtenBody.indexOf('Second')).toBeGreaterThan(writtenBody.indexOf('First'))
    expect(warnings).toEqual([
      expect.objectContaining({ line: 13, field: 'body', found: 'the heading "Links"' }),
    ])
  })

  it('shows nothing of an update before its time: not in text, words, counts or dates', () => {
    const { article, plainText, warnings, nextDueAt } = parseAt('2026-03-01T10:30:00Z')
    expect(article.body + plainText).not.toContain('Secret')
    expect(article).toMatchObject({ wordCount: 8, updatedAt: '2026-03-01T10:00:00.000Z' })
    expect(nextDueAt).toBe('2026-03-01T11:30:00.000Z')
    expect(warnings.map(({ line, found }) => `${line} ${found}`)).toContain(
      '15 an update of 2026-03-01T11:30:00.000Z',
    )
    expect(parseAt().article.body).toContain('Secret')
  })
})

describe('parseArticle', () => {
  it('takes a file with the three required fields and fills in the rest', () => {
    const { article, warnings } = parse(file(''))
    expect(warnings).toEqual([])
    expect(article).toMatchObject({
      slug: 'vault',
      locale: 'en',
      title: 'Vault opens',
      description: '',
      updatedAt: '2026-03-01T09:00:00.000Z',
      tags: [],
      cover: undefined,
      draft: false,
      wordCount: 3,
      body: 'A vault opened.\n',
    })
  })

  it('keeps scalars as they were written', () => {
    const text = file('externalId: 012\n').replace('Vault opens', '2025')
    expect(parse(text).article).toMatchObject({ title: '2025', externalId: '012' })
  })

  it('reports every error and warning of a file at once, each at its line', () => {
    const text = `---
title:
publishedAt: 2026-02-30
category: MARKETS
source:
  name: Wire
  url: javascript:alert(1)
tags:
  - ETF
  - "!"
draft: yes-please
---
`
    expect(problemsOf(text)).toEqual([
      'error 2 title',
      'error 3 publishedAt',
      'warning 7 source.url',
      'warning 10 tags.1',
      'error 11 draft',
      'warning 13 body',
    ])
  })

  it('points at line 1 when a required field is missing', () => {
    expect(problemsOf('---\ntitle: A\ncategory: B\n---\nx')).toEqual(['error 1 publishedAt'])
  })

  it('says what was found and what was expected', () => {
    const [problem] = listProblems(file('withdrawn: perhaps\n'))
    expect(problem).toEqual({
      severity: 'error',
      file: 'articles/en/2026/03/vault.md',
      line: 5,
      field: 'withdrawn',
      found: '"perhaps"',
      expected: 'true or false',
    })
  })

  it('lets the front matter decide the language and warns when the path disagrees', () => {
    const text = file('lang: uk\n')
    expect(parse(text).article.locale).toBe('uk')
    expect(problemsOf(text)).toEqual(['warning 5 lang'])
  })

  it('refuses a language that is not published', () => {
    expect(problemsOf(file('lang: de\n'))).toEqual(['error 5 lang'])
  })

  it('refuses a slug that cannot stand in an address', () => {
    expect(problemsOf(file(''), 'articles/en/what now?.md')).toEqual(['error 1 file'])
  })

  it('publishes an update that is dated too early at the time of publication, with a warning', () => {
    const text = file('updatedAt: 2025-01-01T00:00:00Z\n')
    expect(parse(text).article.updatedAt).toBe('2026-03-01T09:00:00.000Z')
    expect(problemsOf(text)).toEqual(['warning 5 updatedAt'])
  })

  it('counts a correction as an edit', () => {
    const corrections =
      'corrections:\n  - at: 2026-03-05T08:00:00Z\n    text: A name.\n  - at: 2026-03-04T08:00:00Z\n    text: A sum.\n'
    expect(parse(file(corrections)).article.updatedAt).toBe('2026-03-05T08:00:00.000Z')
    const later = `updatedAt: 2026-03-06T08:00:00Z\n${corrections}`
    expect(parse(file(later)).article.updatedAt).toBe('2026-03-06T08:00:00.000Z')
  })

  it('mends broken encoding in front matter and body and names each place', () => {
    const text = file('description: in theâ€¦\n', 'One.\n\nItâ€™s here.\n')
    expect(parse(text).article).toMatchObject({
      description: 'in the…',
      body: 'One.\n\nIt’s here.\n',
    })
    expect(problemsOf(text)).toEqual(['warning 5 description', 'warning 9 body'])
  })

  it('mends broken encoding that hides in YAML escapes', () => {
    const text = file('description: "it\\u00e2\\u20ac\\u2122s"\n')
    expect(parse(text).article.description).toBe('it’s')
    expect(problemsOf(text)).toEqual(['warning 5 description'])
  })

  it('names a few mended lines and counts the others', () => {
    const problems = listProblems(file('', 'itâ€™s\n'.repeat(40)))
    expect(problems).toHaveLength(6)
    expect(problems.at(-1)?.found).toBe('broken encoding in 35 more lines')
  })

  it('reads Windows and old Macintosh line ends', () => {
    const text = file('noindex: perhaps\n')
    expect(parse(file('').replaceAll('\n', '\r\n')).article.body).toBe('A vault opened.\n')
    expect(problemsOf(text.replaceAll('\n', '\r\n'))).toEqual(['error 5 noindex'])
    expect(problemsOf(text.replaceAll('\n', '\r'))).toEqual(['error 5 noindex'])
  })

  it('takes a byte order mark without a word and UTF-16 with a warning', () => {
    expect(problemsOf(`\uFEFF${file('')}`)).toEqual([])
    const utf16 = new Uint8Array(Buffer.from(`\uFEFF${file('tags: [Київ]\n')}`, 'utf16le'))
    expect(parse(utf16).article.tags).toEqual(['Київ'])
    expect(problemsOf(utf16)).toEqual(['warning 1 file'])
  })

  it('names the line of bytes that are not UTF-8', () => {
    const bytes = new TextEncoder().encode(file('', 'Їжа is fine\n\nbroken: ~\n'))
    bytes[bytes.indexOf(0x7e)] = 0xff
    expect(problemsOf(bytes)).toEqual(['error 8 body'])
  })

  it('removes control characters with a warning', () => {
    const text = file('', 'a\0b\x07c\td\n')
    expect(parse(text).article.body).toBe('abc\td\n')
    expect(problemsOf(text)).toEqual(['warning 6 body'])
  })

  it('publishes an article without a text, with a warning', () => {
    expect(problemsOf(file('', ''))).toEqual(['warning 6 body'])
  })

  it('refuses a file of more than 5 MB', () => {
    expect(problemsOf(new Uint8Array(5 * 1024 * 1024 + 1))).toEqual(['error 1 file'])
  })

  it('counts tags that share an address once', () => {
    expect(parse(file('tags: [LAYER 2, ETF, layer-2]\n')).article.tags).toEqual(['LAYER 2', 'ETF'])
  })

  it('drops an alias that is the present slug', () => {
    const text = file('aliases: [vault, old-vault]\n')
    expect(parse(text).article.aliases).toEqual(['old-vault'])
    expect(problemsOf(text)).toEqual(['warning 5 aliases'])
  })
})
