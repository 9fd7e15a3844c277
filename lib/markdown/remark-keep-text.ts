import type { Emphasis, PhrasingContent, Root, Table, Text } from 'mdast'
import { visit } from 'unist-util-visit'

/** One tilde is a tilde (10~20 gwei); two strike text out. */
export const gfmOptions = { singleTilde: false }

/**
 * Keeps what GFM would take away: cells beyond the last column of a table's head get a column, and the
 * stars of `2*3*4` are signs of multiplication, not emphasis.
 */
export function remarkKeepText() {
  return (tree: Root): void => {
    visit(tree, 'table', widen)
    visit(tree, 'emphasis', (node, index, parent) => {
      if (!parent || index === undefined) return
      const before = parent.children[index - 1]
      if (!isMultiplication(node, before)) return
      const star: Text = { type: 'text', value: '*' }
      parent.children.splice(index, 1, star, ...node.children, { ...star })
    })
  }
}

/** Cells that the table's head has no column for, by row. */
export function findExcessCells(table: Table): { line: number; cells: number }[] {
  const width = table.children[0]?.children.length ?? 0
  return table.children.flatMap((row) => {
    const cells = row.children.length - width
    return cells > 0 ? [{ line: row.position?.start.line ?? 1, cells }] : []
  })
}

function widen(table: Table): void {
  const width = table.children.reduce((most, row) => Math.max(most, row.children.length), 0)
  const [head] = table.children
  if (!head || head.children.length === width) return
  while (head.children.length < width) head.children.push({ type: 'tableCell', children: [] })
  const align = table.align ?? []
  table.align = Array.from({ length: width }, (_, column) => align[column] ?? null)
}

function isMultiplication(
  { children: [first] }: Emphasis,
  before: Root['children'][number] | PhrasingContent | undefined,
): boolean {
  return (
    before?.type === 'text' &&
    /\d$/.test(before.value) &&
    first?.type === 'text' &&
    /^\d/.test(first.value)
  )
}
