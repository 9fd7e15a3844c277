import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseArticleInWorker } from './parse-article-in-worker.ts'
import { InvalidArticleError, type Problem } from './problem.ts'

const frontMatter = `---\ntitle: A\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n---\n`

/** What previews, the check and the index refuse alike. */
async function read(body: string): Promise<Problem[]> {
  const bytes = new TextEncoder().encode(`${frontMatter}${body}\n`)
  try {
    await parseArticleInWorker({ path: 'articles/en/a.md', bytes })
    return []
  } catch (error) {
    if (error instanceof InvalidArticleError) return error.problems
    throw error
  }
}

const lines = (count: number, toLine: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => toLine(at)).join('\n')

describe('a body is refused for the time that it takes, whatever it is made of', () => {
  it.each<[what: string, body: string]>([
    ['a megabyte of words', `${'word '.repeat(20)}\n\n`.repeat(10_000)],
    [
      'code with asterisks in a fence after HTML',
      `<br>\n\n\`\`\`c\n${lines(800, () => `mov eax, 1${' '.repeat(50)}/* a\n${' '.repeat(50)} * b */`)}\n\`\`\``,
    ],
    [
      'a meeting log with 250 bold names',
      lines(250, (at) => `**Name ${at}:** said *that* and _this_ of 5 * 3.\n`),
    ],
    ['one paragraph with 700 marks', lines(175, (at) => `**Name ${at}:** said *that*`)],
    ['a table of 10,000 cells', `|a|b|c|d|\n|-|-|-|-|\n${'|1|2|3|4|\n'.repeat(2500)}`],
    ['a thousand definitions', `${lines(1000, (at) => `[${at}]: https://a.example/${at}`)}\n\n[1]`],
    [
      'three hundred footnotes',
      `${lines(300, (at) => `Text.[^${at}]\n`)}\n${lines(300, (at) => `[^${at}]: Note.\n`)}`,
    ],
    ['a list of 3,000 items', lines(3000, (at) => `- item ${at}`)],
    ['mail addresses without an end', 'a@'.repeat(20_000)],
    ['quotes in thirty levels', lines(30, (at) => `${'> '.repeat(at + 1)}level ${at}`)],
    ['three thousand headings', lines(3000, (at) => `## Heading ${at}\n`)],
  ])('reads %s', async (_, body) => {
    expect(await read(body)).toEqual([])
  })

  it.each<[what: string, body: string, found: RegExp]>([
    [
      '50,000 marks of emphasis',
      '*a_'.repeat(50_000),
      /^146 KB of text that takes longer than 3 s of CPU time/,
    ],
    ['100,000 brackets that close nothing', ']'.repeat(100_000), /^98 KB of text that takes/],
    ['100,000 quotes in each other', '>'.repeat(100_000), /too deeply$|takes longer|cannot be/],
    ['lists in each other', '1. '.repeat(20_000), /too deeply$|takes longer|cannot be/],
    [
      'underlined headings',
      'a\n=\n'.repeat(60_000),
      /^234 KB of text that takes longer than 3 s of CPU time/,
    ],
  ])('refuses %s, by its size and time, at the line where it begins', async (_, body, found) => {
    expect(await read(`Intro.\n\n${body}`)).toEqual([
      {
        severity: 'error',
        file: 'articles/en/a.md',
        line: 6,
        field: 'body',
        found: expect.stringMatching(found),
        expected: 'a text that is rendered in less time, for example in several articles',
      },
    ])
  })

  it('reads 100,000 brackets that open nothing, or refuses them for their time', async () => {
    const problems = await read('['.repeat(100_000))
    // Reading them takes about as long as a file may, and compiling them about as long as a body may.
    for (const { field, found } of problems) {
      expect(['file', 'body']).toContain(field)
      expect(found).toMatch(/text that takes longer than \d s of CPU time/)
    }
  })

  it('refuses 4.8 MB of prose for its size, before anything is done with it', async () => {
    expect(await read('word '.repeat(1_000_000))).toEqual([
      expect.objectContaining({ field: 'body', found: 'more than 2 MB', expected: 'at most 2 MB' }),
    ])
  })

  it('reads the articles of the sample edition without compiling one', async () => {
    const path = 'content/articles/en/2026/06/celsius-withdrawal-pause.md'
    const { mayTakeLong } = await import('#lib/markdown/compile-limits.ts')
    expect(mayTakeLong(readFileSync(path, 'utf8'))).toBe(false)
  })
})
