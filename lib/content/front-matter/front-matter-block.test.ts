import { describe, expect, it } from 'vitest'
import { parseFields, splitFrontMatter } from './front-matter-block.ts'

function read(text: string) {
  const block = splitFrontMatter(text)
  return 'yaml' in block ? parseFields(block) : block
}

describe('splitFrontMatter', () => {
  it('cuts a file into front matter and body', () => {
    expect(splitFrontMatter('---\na: b\n---\nText\n---\nmore')).toMatchObject({
      yaml: 'a: b\n',
      body: 'Text\n---\nmore',
      bodyLine: 4,
    })
  })

  it.each([
    ['an empty file', ' \n\n', 1],
    ['a file without front matter', '# Heading\n', 1],
    ['space before the front matter', '\n---\na: b\n---\n', 1],
    ['four dashes', '----\na: b\n----\n', 1],
    ['a missing closing line, where the text begins', '---\na: b\n\nText\n', 3],
    ['a closing line with something after it', '---\na: b\n--- x\n---\n', 3],
    ['endless white space', `---\na: b\n${'\n'.repeat(50_000)}---\n`, 3],
  ])('refuses %s', (_, text, line) => {
    expect(read(text)).toMatchObject({ severity: 'error', line })
  })

  it.each(['js', 'javascript', 'json', 'coffee', 'toml', ' js'])('never runs ---%s', (language) => {
    const text = `---${language}\n{ title: globalThis.wasRun = true }\n---\n`
    expect(read(text)).toMatchObject({ severity: 'error', line: 1, found: `"---${language}"` })
    expect(globalThis).not.toHaveProperty('wasRun')
  })
})

describe('parseFields', () => {
  it('types only null and booleans', () => {
    const yaml = 'a: 012\nb: 2026-01-01\nc: true\nd: ~\ne: "true"\nf: yes\ng: 1e3\n'
    expect(read(`---\n${yaml}---\n`)).toEqual({
      fields: { a: '012', b: '2026-01-01', c: true, d: null, e: 'true', f: 'yes', g: '1e3' },
    })
  })

  it('answers the same for the same broken text again', () => {
    const text = '---\ntitle: a: b\n---\n'
    expect(read(text)).toEqual(read(text))
    expect(read(text)).toMatchObject({ severity: 'error' })
  })

  it.each([
    ['a field given twice', 'a: 1\nb: 2\na: 3\n', 4, 'each field once'],
    ['a tab', 'source:\n\tname: x\n', 3, 'spaces, not tabs, before a field'],
    [
      'a colon in a value',
      'title: One: two\n',
      2,
      'the value in quotes, because of a character in it',
    ],
    ['a quote that stays open', "title: 'One\nlang: 'en'\n", 2, 'a quote at the end of the value'],
    ['a quote inside quotes', "title: 'it's'\n", 2, "quotes inside the value doubled ('')"],
    ['a bracket that stays open', 'a: 1\ntags: [x, y\nb: 2\n', 3, 'a closing ] or }'],
    ['wrong indentation', 'a:\n  b: 1\n c: 2\n', 4, 'the same indentation as the fields beside it'],
    ['a missing colon', 'title One\nlang: en\n', 2, 'a field name, a colon and a space'],
    ['emphasis', 'title: *One*\n', 2, 'the value in quotes, as it begins with *, & or !'],
    ['a list', '- a\n- b\n', 2, 'fields such as title: …, not a list'],
  ])('explains %s', (_, yaml, line, expected) => {
    expect(read(`---\n${yaml}---\n`)).toMatchObject({ severity: 'error', line, expected })
  })

  it('is not blown up by references to references', () => {
    const names = [...'abcdefghij']
    const lines = names.map((name, at) => {
      const before = names[at - 1]
      return `${name}: &${name} [${Array(9)
        .fill(before ? `*${before}` : 'x')
        .join(', ')}]`
    })
    expect(read(`---\n${lines.join('\n')}\n---\n`)).toMatchObject({ severity: 'error' })
  })

  it('reads __proto__ and constructor as keys like any other', () => {
    const result = read('---\n__proto__: {polluted: x}\nconstructor: y\n---\n')
    expect(result).not.toHaveProperty('polluted')
    expect({}).not.toHaveProperty('polluted')
  })
})
