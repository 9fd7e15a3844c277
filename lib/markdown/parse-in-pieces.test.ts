import { globSync, readFileSync } from 'node:fs'
import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { remarkParseInPieces, splitIntoPieces } from './parse-in-pieces.ts'

const whole = unified().use(remarkParse).use(remarkGfm).freeze()

/** Short pieces: many boundaries, and little to parse. */
const pieceLength = 512
const inPieces = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkParseInPieces, pieceLength)
  .freeze()

/** So long that it is split, where it can be. */
const repeat = (text: string) =>
  `${text.trim()}\n\n`.repeat(Math.ceil((5 * pieceLength) / (text.length + 2)))

describe('a text in pieces has the tree of the whole, with its positions', () => {
  it.each([
    'Prose with *emphasis*, [a link](https://a.example) and `code`.\n\nAnother paragraph.',
    'A list:\n\n- one\n\n  with two paragraphs\n- two\n\nText after it.\n\n1. a\n2. b\n\nEnd.',
    '> A quote\n> of two lines\n\nText.\n\n> - a list in it\n\nEnd.',
    '# Heading\n\nText\n====\n\nMore text\nwith a lazy line.\n\n---\n\nEnd.',
    '| a | b |\n|---|---|\n| 1 | 2 |\n\nText after a table.',
    '    indented code\n\n    more of it\n\nText.',
    'Слово за словом.\n\nЩе абзац — з тире.\n\n*',
  ])('%j', (text) => {
    const markdown = repeat(text)
    expect(splitIntoPieces(markdown, pieceLength).length).toBeGreaterThan(1)
    expect(inPieces.parse(markdown)).toEqual(whole.parse(markdown))
  })

  it.each([
    ['definitions', 'A [link].\n\n[link]: https://a.example\n\nText.'],
    ['footnotes', 'A note.[^1]\n\n[^1]: Note.\n\nText.'],
  ])('is not split where %s hold everywhere', (_, text) => {
    const markdown = repeat(text)
    expect(splitIntoPieces(markdown, pieceLength)).toEqual([markdown])
  })

  it.each([
    ['a fence', '```\ncode\n\nText in it\n\n```'],
    ['a comment', '<!-- hidden\n\nText in it\n\n-->'],
    ['a fence in a list', '- a\n\n  ~~~\n  code\n\n  ~~~'],
  ])('is split only before %s', (_, text) => {
    const prose = repeat('Prose.\n\nMore prose.')
    const markdown = `${prose}${text}\n\n${prose}`
    const pieces = splitIntoPieces(markdown, pieceLength)
    expect(pieces.length).toBeGreaterThan(1)
    expect(pieces.at(-1)).toContain(text)
    expect(inPieces.parse(markdown)).toEqual(whole.parse(markdown))
  })

  it('of documents that others wrote', () => {
    const readmes = globSync('node_modules/{m,r,u,z}*/{README,readme}.md').slice(0, 40)
    expect(readmes.length).toBeGreaterThan(20)
    for (const path of readmes) {
      const markdown = readFileSync(path, 'utf8').replaceAll(']:', ']').replace(/[`~<]/g, '')
      const long = repeat(markdown.replace(/\r\n?/g, '\n'))
      const [expected, found] = [whole.parse(long), inPieces.parse(long)] as [Root, Root]
      expect(found.children.length, path).toBe(expected.children.length)
      expect(JSON.stringify(found) === JSON.stringify(expected), path).toBe(true)
    }
  })
})
