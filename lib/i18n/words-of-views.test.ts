import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSync } from 'vite'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')

/** Attributes that are read to people. */
const spoken = new Set(['aria-label', 'aria-description', 'alt', 'title', 'placeholder', 'label'])

/** Words of no language: names of formats. */
const international = /^(?:RSS|Atom|JSON Feed|OpenAPI|OPML)$/

type Node = { type: string } & Record<string, unknown>

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode)

/** Literal text of a view that readers would see or hear, wherever it stands in the markup. */
function listLiterals(node: Node): string[] {
  const { type } = node
  if (type === 'JSXText') return [String(node.value)]
  if (type === 'JSXAttribute') {
    const [name, value] = [node.name, node.value].filter(isNode)
    return name && value && spoken.has(String(name.name)) ? literalsIn(value) : []
  }
  if (type === 'JSXExpressionContainer') return literalsIn(node)
  return childrenOf(node).flatMap(listLiterals)
}

/** An expression that becomes text: literals in it, also as the two sides of a choice. */
function literalsIn(node: Node): string[] {
  if (node.type === 'Literal' && typeof node.value === 'string') return [node.value]
  if (node.type === 'TemplateLiteral' && Array.isArray(node.quasis)) {
    return node.quasis.filter(isNode).map(({ value }) => cooked(value))
  }
  if (
    ['JSXExpressionContainer', 'ConditionalExpression', 'LogicalExpression'].includes(node.type)
  ) {
    return childrenOf(node).flatMap(literalsIn)
  }
  return listLiterals(node)
}

const cooked = (value: unknown) =>
  typeof value === 'object' && value !== null && 'cooked' in value ? String(value.cooked) : ''

const views = ['components', 'app'].flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
    .map((file) => join(room, file)),
)

it('no view has words of its own: they all come from the dictionaries', () => {
  expect(views.length).toBeGreaterThan(40)
  const found = views.flatMap((file) => {
    const { program } = parseSync(file, readFileSync(join(root, file), 'utf8'))
    const tree: unknown = program
    return (isNode(tree) ? listLiterals(tree) : [])
      .map((words) => words.trim())
      .filter((words) => /\p{L}{2}/u.test(words) && !international.test(words))
      .map((words) => `${file}: ${words}`)
  })
  expect(found).toEqual([])
})
