import { describe, expect, it } from 'vitest'
import { parseArticle } from '../parse-article.ts'
import { InvalidArticleError, type Problem } from '../problem.ts'

/** The problems of a file whose fields, from line 4 on, are `more`. */
function problemsOf(more: string): Problem[] {
  const text = `---\npublishedAt: 2026-03-01T09:00:00Z\ncategory: MARKETS\n${more}\n---\nText.\n`
  try {
    return parseArticle({ path: 'en/a.md', bytes: new TextEncoder().encode(text) }).warnings
  } catch (error) {
    if (error instanceof InvalidArticleError) return error.problems
    throw error
  }
}

function titleOf(title: string): string {
  const text = `---\ntitle: ${title}\npublishedAt: 2026-03-01T09:00:00Z\ncategory: MARKETS\n---\nText.\n`
  return parseArticle({ path: 'en/a.md', bytes: new TextEncoder().encode(text) }).article.title
}

describe('front matter that YAML reads in another way', () => {
  it.each([
    'title: Bitcoin #1 pick',
    'title: Bitcoin # 1 pick',
    'title: A\ndescription: The best #DeFi #apps',
    'title: A\ntags:\n  - eth #2\n  - b',
    'title: A\ntags:\n  - #btc\n  - b',
    'title: A\nauthors: [Ann, ~]',
    'title: A\ndescription: #1 in the list',
    'title: A\nsource:\n  name: Wire #7\n  key: wire',
    'title: &Rising costs',
    'title: ! Warning of a bank',
    'title: "C:\\new\\temp"',
  ])('warns of %s', (fields) => {
    const problems = problemsOf(fields)
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.every(({ severity, line }) => severity === 'warning' && line > 3)).toBe(true)
  })

  it('names line, field and the whole value', () => {
    expect(problemsOf('title: Bitcoin #1 pick')).toMatchObject([
      { line: 4, field: 'title', found: '"Bitcoin #1 pick"' },
    ])
  })

  it.each([
    'title: "Bitcoin #1 pick"',
    'title: Bitcoin#1',
    'title: A\n# a comment\ndraft: false # until Friday',
    'title: A\ntags: # two\n  - a\n  - b',
    'title: Q&A! AT&T',
    'title: >\n  Folded #1\n  and more',
    'title: "It\\u2019s \\"quoted\\" \\\\ now"',
    'title: A\ndescription: &d Shared text\ndraftReason: *d',
  ])('is silent about %s', (fields) => {
    expect(problemsOf(fields)).toEqual([])
  })

  it.each([
    'no',
    'on',
    '1e3',
    '0x10',
    '12:30',
    '2026-11-30',
    '1_000',
    '012',
    '.5',
    'y',
    '0o7',
    '.inf',
  ])('keeps %s as it is written', (title) => {
    expect(titleOf(title)).toBe(title)
  })

  it.each(['true', 'null', '~', 'True', 'a: b', '[Opinion] b', '*star', '@ann', '% up', '!x b'])(
    'refuses the title %s at its line',
    (title) => {
      const [problem] = problemsOf(`title: ${title}`)
      expect(problem).toMatchObject({ severity: 'error', line: 4 })
    },
  )

  it('names the marks of a merge', () => {
    const fields = 'title: A\n<<<<<<< HEAD\ndraft: true\n=======\ndraft: false\n>>>>>>> x'
    expect(problemsOf(fields)).toMatchObject([
      { severity: 'error', line: 5, expected: expect.stringContaining('merge') },
    ])
  })

  it.each([
    ['source:\n\u00a0\u00a0name: Wire', 'U+00A0'],
    ['\u200btitle2: x', 'U+200B'],
    ['t\u0456tle: x', 'U+0456'],
    ['\u3000draft: true', 'U+3000'],
  ])('names the character that keeps a field from being known: %j', (fields, code) => {
    const problem = problemsOf(`title: A\n${fields}`).find(({ found }) => found.includes(code))
    expect(problem?.severity).toBe(/true$/.test(fields) ? 'error' : 'warning')
  })
})
