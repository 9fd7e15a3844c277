import type { Definition, Html, Nodes, Root, Text } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { visit } from 'unist-util-visit'
import { attributes, droppedWhole } from './allowed-html.ts'
import { gfmOptions } from './remark-keep-text.ts'

/** Something in a body that an editor should know of. `line` counts from 1 in the body. */
export type BodyFinding = {
  severity: 'error' | 'warning'
  line: number
  found: string
  expected: string
}

/** What is private to the authors or never shown, in the order of the source. Offsets in UTF-16 units. */
type Cut = { start: number; end: number }

const worthParsing =
  /<!--|%%|<\/?(?:script|style|iframe|object|embed|applet|svg|math|template)\b|^[ \t>]*\[(?:\/\/|comment)\]:/im
const conflictMark = /^<{7}(?:[ \t].*)?$/m
const conflictEnd = /^={7}\n(?:.*\n){0,2000}?>{7} .*$/m

/**
 * A body without what no reader may see: comments (`<!-- -->`, `%% %%` of Obsidian and
 * `[//]: # (…)`), scripts, styles and embedded documents. It is what is kept, so page, feeds, search
 * and the Markdown of an article hold the same. Every line stays where it is, and an empty comment
 * stays in each gap: it separates lists and paragraphs like the one that was there.
 *
 * A warning names each element that was left out. Errors: the marks of an unsolved merge, and a comment or
 * an element that is never closed, because its end is unknown.
 */
export function cleanBody(source: string): { body: string; findings: BodyFinding[] } {
  const hasConflict = conflictMark.test(source) || conflictEnd.test(source)
  if (!hasConflict && !worthParsing.test(source)) return { body: source, findings: [] }
  const tree = parser.parse(source)
  const findings = hasConflict ? findConflictMarks(tree, source) : []
  const cuts = [
    ...findHtmlCuts(tree, source, findings),
    ...findNoteCuts(tree, source, findings),
    ...findDefinitionCuts(tree),
  ].sort((a, b) => a.start - b.start)
  let body = ''
  let end = 0
  for (const cut of cuts) {
    if (cut.start < end) continue
    body += source.slice(end, cut.start) + emptyComment(source.slice(cut.start, cut.end))
    end = cut.end
  }
  return { body: body + source.slice(end), findings: findings.sort((a, b) => a.line - b.line) }
}

const parser = unified().use(remarkParse).use(remarkGfm, gfmOptions).freeze()

/** Keeps the line ends, and what quotes and lists have put before each line. */
function emptyComment(text: string): string {
  const [, ...lines] = text.split('\n')
  const prefixes = lines.map((line) => `\n${/^[ \t>]*/.exec(line)?.[0] ?? ''}`)
  return `<!--${prefixes.join('')}-->`
}

/** A mark at the start of a line that is no code. */
function findConflictMarks(tree: Root, source: string): BodyFinding[] {
  const at = Math.min(
    ...[conflictMark, conflictEnd].map((mark) => mark.exec(source)?.index ?? Infinity),
  )
  const code: [number, number][] = []
  visit(tree, 'code', ({ position }) => {
    code.push([position?.start.offset ?? 0, position?.end.offset ?? 0])
  })
  if (code.some(([start, end]) => start <= at && at < end)) return []
  const found = JSON.stringify(source.slice(at, source.indexOf('\n', at)).slice(0, 40))
  const expected = 'one text: this is a merge of two versions that nobody has finished'
  return [{ severity: 'error', line: lineAt(source, at), found, expected }]
}

const hidden = new RegExp(
  `<!--(?:-?>|[\\s\\S]*?--!?>)|<(/?)(${droppedWhole.join('|')})\\b(${attributes})>`,
  'gi',
)

const endTag = new RegExp(`</(${droppedWhole.join('|')})\\b`, 'gi')

/** Comments and the elements that are dropped with all that is in them, also over several blocks. */
function findHtmlCuts(tree: Root, source: string, findings: BodyFinding[]): Cut[] {
  const cuts: Cut[] = []
  let open: { name: string; start: number } | undefined
  const ranges: [number, number][] = []
  visit(tree, 'html', (node: Html) => {
    ranges.push(rangeOf(node))
  })
  const lastEnds = new Map<string, number>()
  for (const [start, end] of ranges) {
    for (const match of source.slice(start, end).matchAll(endTag)) {
      lastEnds.set(match[1]?.toLowerCase() ?? '', start + match.index)
    }
  }
  for (const [start, end] of ranges) {
    const slice = source.slice(start, end)
    for (const match of slice.matchAll(hidden)) {
      const at = start + match.index
      const after = at + match[0].length
      const name = match[2]?.toLowerCase()
      if (name === undefined) {
        if (!open) cuts.push({ start: at, end: after })
        continue
      }
      const isEnd = match[1] === '/'
      if (open) {
        if (!isEnd || open.name !== name) continue
        cuts.push({ start: open.start, end: after })
        open = undefined
        continue
      }
      if (isEnd) {
        cuts.push({ start: at, end: after })
        continue
      }
      const line = lineAt(source, at)
      const found = JSON.stringify(match[0].slice(0, 60))
      if (name === 'embed') cuts.push({ start: at, end: after })
      else if (match[3]?.trimEnd().endsWith('/') && (name === 'svg' || name === 'math')) {
        cuts.push({ start: at, end: after })
      } else if ((lastEnds.get(name) ?? -1) >= after) open = { name, start: at }
      else {
        const expected = `</${name}> after it: its end is unknown`
        findings.push({ severity: 'error', line, found, expected })
        continue
      }
      const expected = 'Markdown or harmless HTML; the element and all that is in it is left out'
      findings.push({ severity: 'warning', line, found, expected })
    }
    const comment = slice.lastIndexOf('<!--')
    if (comment !== -1 && !open && !/--!?>|^<!---?>/.test(slice.slice(comment))) {
      findings.push(openComment(source, start + comment))
    }
  }
  visit(tree, 'text', (node: Text) => {
    const [start, end] = rangeOf(node)
    const at = source.slice(start, end).search(/(?<!\\)<!--/)
    if (at !== -1) findings.push(openComment(source, start + at))
  })
  return cuts
}

const openComment = (source: string, at: number): BodyFinding => ({
  severity: 'error',
  line: lineAt(source, at),
  found: JSON.stringify(source.slice(at, at + 30)),
  expected: 'a comment that is closed with --> before the paragraph ends',
})

/** `%% private %%`, in a paragraph or over several blocks, and never in code. */
function findNoteCuts(tree: Root, source: string, findings: BodyFinding[]): Cut[] {
  if (!source.includes('%%')) return []
  const marks: number[] = []
  visit(tree, 'text', (node: Text) => {
    const [start, end] = rangeOf(node)
    for (const match of source.slice(start, end).matchAll(/(?<![%\\\d])%%(?!%)/g)) {
      marks.push(start + match.index)
    }
  })
  const cuts: Cut[] = []
  for (let at = 0; at < marks.length; at += 2) {
    const start = marks[at] ?? 0
    const end = marks[at + 1]
    if (end !== undefined) cuts.push({ start, end: end + 2 })
    else if (/^[ \t]*$/.test(source.slice(source.lastIndexOf('\n', start) + 1, start))) {
      const expected = 'a note that is closed with %%'
      findings.push({ severity: 'error', line: lineAt(source, start), found: '"%%"', expected })
    }
  }
  return cuts
}

/** The old way to write a comment: a definition that nothing refers to. */
function findDefinitionCuts(tree: Root): Cut[] {
  const cuts: Cut[] = []
  visit(tree, 'definition', (node: Definition) => {
    const isNote = /^(?:\/\/|comment)$/i.test(node.label ?? '') && /^#?$/.test(node.url)
    const [start, end] = rangeOf(node)
    if (isNote) cuts.push({ start, end })
  })
  return cuts
}

const rangeOf = ({ position }: Nodes): [number, number] => [
  position?.start.offset ?? 0,
  position?.end.offset ?? 0,
]

function lineAt(text: string, offset: number): number {
  let line = 1
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1
  }
  return line
}
