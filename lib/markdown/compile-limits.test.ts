import { describe, expect, it } from 'vitest'
import { compileBody } from './compile-body.ts'
import { compileLimits, mayTakeLong } from './compile-limits.ts'

/** As much of a pattern as `mayTakeLong` lets pass, in eight long paragraphs of prose. */
function fillUp(pattern: string): string {
  const prose = 'The exchange opened a vault in Lviv and said so. '
  const toParagraph = (count: number) => {
    const hostile = pattern.repeat(count).replace(/\S{900}/g, '$& ')
    return hostile + prose.repeat(Math.max(0, Math.floor((7900 - hostile.length) / prose.length)))
  }
  const toBody = (count: number) =>
    Array.from({ length: 8 }, (_, at) => toParagraph(Math.floor((count + at) / 8))).join('\n\n')
  let [fits, exceeds] = [0, 8192]
  while (exceeds - fits > 1) {
    const middle = Math.floor((fits + exceeds) / 2)
    if (mayTakeLong(toBody(middle))) exceeds = middle
    else fits = middle
  }
  return toBody(fits)
}

function cpuMsOf(body: string): number {
  const siteUrl = 'https://dateline.test'
  const before = process.threadCpuUsage()
  compileBody({ body, locale: 'en', siteUrl, articleUrl: siteUrl })
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1000
}

describe('what is not tried when it is read', () => {
  it.each([
    ...['a@', 'a@b.', '*a_', '**a ', '_a__b', '~~a', '[', ']', '[a](', '![a](b', '[^a]', '](', '<'],
    ...['<a b="', '<!--', '&', '`', '`a``b', '\\', '|a', '|a\n', 'a.', 'https://a.b/.', '(', '"a'],
    ...["'a", '- ', '> a\nb\n', 'a\n=\n', '- a\n', '# a\n', 'a\n\n', '[a]: x\n', '[^a]: x\n'],
  ])('is compiled well within the limit: %j', (pattern) => {
    expect(cpuMsOf(fillUp(pattern))).toBeLessThan(compileLimits.cpuMs)
  })
})

describe('what is tried', () => {
  it.each([
    ['a body above 64 KB', 'word '.repeat(14_000)],
    ['a long word', `One ${'a'.repeat(1001)} more`],
    ['a long paragraph', `One\n\n${'word '.repeat(1600)}\n\nmore`],
    ['steps of lists', '- '.repeat(12)],
    ['many lines', 'a\n'.repeat(500)],
    ['many marks', '*a'.repeat(500)],
    ['many cells', '|a'.repeat(250)],
  ])('is %s', (_, body) => expect(mayTakeLong(body)).toBe(true))

  it.each([
    ['a word', `One ${'a'.repeat(1000)} more ${'b'.repeat(1000)}`],
    ['a paragraph', `One\n\n${'word '.repeat(1599)}\n\n${'word '.repeat(1599)}`],
    ['marks', '[a]'.repeat(100)],
  ])('is not %s that may be so long', (_, body) => expect(mayTakeLong(body)).toBe(false))
})
