import { globSync, readFileSync, realpathSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Nodes } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { markdownToHtml } from '#lib/markdown/markdown-to-html.ts'
import { readBody } from '#lib/markdown/read-body.ts'
import type { HouseStyle } from '#lib/markdown/rehype-house-style.ts'
import type { Measurement } from '../speed/measurement.ts'

/** A word of the source that the page does not show and no message names; `line` counts from 1. */
type LostWord = { word: string; line: number }

/**
 * What a body loses on its way to the page. The words of the source are found another way than the site
 * finds them: those of all leaves of the Markdown's tree, and what stands between the tags of its HTML.
 * A word counts as named where a finding is on the lines of its block.
 */
export function findLostWords(source: string): { lost: LostWord[]; isRefused: boolean } {
  const { body, findings } = readBody(source)
  if (findings.some(({ severity }) => severity === 'error')) return { lost: [], isRefused: true }
  const shown = countWords(toText(markdownToHtml(body, style, footnoteWords)))
  const named = new Set(findings.map(({ line }) => line))
  const lost: LostWord[] = []
  for (const { text, from, to } of listTexts(source)) {
    for (const word of listWords(text)) {
      const left = shown.get(word) ?? 0
      if (left > 0) shown.set(word, left - 1)
      else if (!isNamed(named, from, to)) lost.push({ word, line: from })
    }
  }
  return { lost, isRefused: false }
}

/**
 * Renders every Markdown file of a folder and counts the words that are lost without a message. `tell`
 * receives a line for each file that loses some or cannot be rendered.
 */
export function measureLostText(folder: string, tell: (line: string) => void): Measurement[] {
  const paths = globSync('**/*.{md,markdown,MD}', { cwd: folder })
  const files = new Set(paths.map((path) => realpathSync(resolve(folder, path))))
  const count = { losing: 0, words: 0, refused: 0, failed: 0 }
  for (const path of files) {
    const source = readFileSync(path, 'utf8').replaceAll('\r\n', '\n')
    try {
      const { lost, isRefused } = findLostWords(source.replace(/^---\n[\s\S]*?\n---\n/, ''))
      if (isRefused) count.refused += 1
      if (lost.length === 0) continue
      count.losing += 1
      count.words += lost.length
      const first = lost.slice(0, 8).map(({ line, word }) => `${line} ${word}`)
      tell(`${path} loses ${lost.length}: ${first.join(', ')}`)
    } catch (error) {
      count.failed += 1
      tell(`${path} cannot be rendered: ${error}`)
    }
  }
  const note = (name: string, value: number) => ({ section: 'bodies', name, value, unit: 'files' })
  return [
    note('Markdown files of others', files.size),
    note('that lose words without a message', count.losing),
    { section: 'bodies', name: 'words lost', value: count.words, unit: 'words' },
    note('refused, with a message', count.refused),
    note('that cannot be rendered', count.failed),
  ]
}

const style: HouseStyle = {
  siteUrl: 'https://dateline.example',
  words: {
    table: 'Table',
    taskDone: 'Done',
    taskOpen: 'Open',
    image: '',
    imageOf: (alt) => alt,
  },
  resolvePath: (path) => path,
}
const footnoteWords = { footnotes: '', backToText: '' }

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).freeze()

type Place = { text: string; from: number; to: number }

function listTexts(source: string): Place[] {
  const places: Place[] = []
  visit(parser.parse(source), (node: Nodes) => {
    const text =
      node.type === 'html'
        ? toText(node.value)
        : node.type === 'text' || node.type === 'code' || node.type === 'inlineCode'
          ? node.value
          : node.type === 'image' || node.type === 'imageReference'
            ? (node.alt ?? '')
            : ''
    const { start, end } = node.position ?? { start: { line: 1 }, end: { line: 1 } }
    if (text.trim() !== '') places.push({ text, from: start.line, to: end.line })
  })
  return places
}

function isNamed(lines: ReadonlySet<number>, from: number, to: number): boolean {
  for (let line = from; line <= to; line += 1) if (lines.has(line)) return true
  return false
}

/** What stands between tags, and what pictures show. */
function toText(html: string): string {
  return html
    .replace(/<!--[\s\S]*?-->/g, ' ')
    .replace(/<img\b[^>]*?\balt="([^"]*)"[^>]*>/g, ' $1 ')
    .replace(/<\/?[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*>/g, ' ')
    .replace(/&(#x?[\da-f]+|[a-z]+\d*);?/gi, (whole, name: string) => toCharacter(name) ?? whole)
}

const names: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

function toCharacter(name: string): string | undefined {
  if (!name.startsWith('#')) return names[name.toLowerCase()] ?? ' '
  const code =
    name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
  return code > 0 && code < 0x110000 ? String.fromCodePoint(code) : ' '
}

const listWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []

function countWords(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const word of listWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1)
  return counts
}
