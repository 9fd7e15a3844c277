import { describe, expect, it } from 'vitest'
import { findCostlyMarkdown } from './markdown-limits.ts'

function stairs(levels: number, step: string, line: string): string {
  return Array.from({ length: levels }, (_, level) => step.repeat(level) + line).join('\n')
}

describe('findCostlyMarkdown', () => {
  it('lets a megabyte of prose pass', () => {
    const paragraph = 'The market *rose* as [analysts](https://x.example/a_b) had said. '.repeat(12)
    expect(findCostlyMarkdown(`${paragraph}\n\n`.repeat(1200))).toBeUndefined()
  })

  it('lets long lists, tables and code pass', () => {
    const list = '- **A**: see [this](https://x.example) and *that*\n'.repeat(400)
    const steps = Array.from({ length: 400 }, (_, at) => `${at + 1}. **A** and *that*\n`).join('')
    const table = `|a|b|c|\n|-|-|-|\n${'| [1](x) | 2 | 3 |\n'.repeat(400)}`
    const code = `\`\`\`json\n${'[[["*"]]],\n'.repeat(3000)}\`\`\`\n`
    expect(findCostlyMarkdown([list, steps, table, code].join('\n\n'))).toBeUndefined()
  })

  it.each([
    ['open brackets', '['.repeat(100_000)],
    ['open links', '[a]('.repeat(5000)],
    ['nested links', `${'['.repeat(5000)}a${'](b)'.repeat(5000)}`],
    ['emphasis', '*a **b '.repeat(5000)],
    ['emphasis inside words', '_a__b'.repeat(5000)],
    ['nested quotes', '>'.repeat(50_000)],
    ['stairs of quotes', stairs(300, '>', '> a')],
    ['nested list marks', '1. '.repeat(5000)],
    ['stairs of lists', stairs(300, '  ', '- a')],
    ['stairs of footnotes', stairs(300, '    ', '[^a]: b')],
    ['deep lists again and again', `${stairs(20, '  ', '- a')}\n`.repeat(200)],
    ['a list of thousands', '- a\n'.repeat(10_000)],
    ['lazy lines after a quote', `> a\n${'b\n'.repeat(16_000)}`],
    [
      'a wide table with many rows',
      `|${'a|'.repeat(500)}\n|${'-|'.repeat(500)}\n${'|1\n'.repeat(4000)}`,
    ],
    ['lines that could be tables', '|a\n'.repeat(16_000)],
    ['definitions', '[a]: x "t\n'.repeat(16_000)],
    ['underlined headings', 'a\n=\n'.repeat(8000)],
    ['crowded paragraphs', `${'*a_ '.repeat(100)}\n\n`.repeat(1000)],
    ['list marks that begin no item', `x\n${'2. [a](\n'.repeat(4000)}`],
    ['a fence inside an HTML block', `<!--\n\`\`\`\n-->\n${'[a]('.repeat(5000)}`],
  ])('refuses %s', (_, markdown) => {
    expect(findCostlyMarkdown(markdown)).toBeDefined()
  })

  it.each([
    ['headings and table cells', `${'# a\n\n'.repeat(4000)}|a|\n|-|\n${'|1|\n'.repeat(3000)}`],
    ['lists and quotes', `${'- a\n'.repeat(2500)}\n${'> a\n\n'.repeat(9000)}`],
    [
      'some of everything',
      [
        '- a\n'.repeat(1000),
        '> a\n\n'.repeat(3000),
        '# a\n\n'.repeat(1500),
        'a\n=\n\n'.repeat(300),
        '[a]: x\n\n'.repeat(300),
      ].join('\n'),
    ],
    ['paragraphs that each could be a table', `${'|a\n'.repeat(900)}\n\n`.repeat(6)],
    ['quotes that each go on without marks', `> a\n${'b\n'.repeat(600)}\n`.repeat(4)],
  ])('refuses %s, none of which exceeds its own limit', (_, markdown) => {
    expect(findCostlyMarkdown(markdown)?.found).toMatch(/^more than can be rendered/)
  })

  it('names the line', () => {
    expect(findCostlyMarkdown(`One.\n\nTwo.\n${'>'.repeat(40)} deep\n`)).toEqual({
      line: 4,
      found: 'more than 20 quotes and lists inside each other',
      expected: 'fewer',
    })
  })
})
