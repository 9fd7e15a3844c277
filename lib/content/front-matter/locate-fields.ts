import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { FieldPath } from './finding.ts'

/** Where the fields of a front matter stand in the file. Only made when there is something to say. */
export type FieldPlaces = {
  /** Line of the field's key or list element; of the nearest one around it when it is not there. */
  lineOf(path: FieldPath): number
  /** The innermost field that begins on or before a line: `coverImage.raw`. */
  fieldAt(line: number): string
}

/**
 * `yaml` begins on line 2 of the file. In YAML a key of the outermost mapping is the only thing that
 * can stand at the start of a line, so those are found without parsing, which takes a millisecond.
 */
export function locateFields(yaml: string): FieldPlaces {
  const lines = yaml.split('\n')
  const outermost = firstOf(lines.map((line, at) => ({ field: outermostKey(line), line: at + 2 })))
  let places: Place[] | undefined
  let nested: Map<string | undefined, number> | undefined
  const listAll = () => {
    places ??= listPlaces(yaml)
    return places
  }
  return {
    lineOf(path) {
      const line = path.length === 1 ? outermost.get(String(path[0])) : undefined
      if (line !== undefined) return line
      nested ??= firstOf(listAll())
      for (let length = path.length; length > 0; length -= 1) {
        const near = nested.get(path.slice(0, length).join('.'))
        if (near !== undefined) return near
      }
      return 1
    },
    fieldAt(line) {
      const field = outermostKey(lines[line - 2] ?? '')
      return field ?? listAll().findLast((place) => place.line <= line)?.field ?? 'file'
    },
  }
}

function firstOf(places: { field: string | undefined; line: number }[]) {
  return new Map(places.map(({ field, line }) => [field, line] as const).reverse())
}

function outermostKey(line: string): string | undefined {
  return /^([A-Za-z]\w*)[ \t]*:(?:\s|$)/.exec(line)?.[1]
}

type Place = { field: string; line: number }

/** Every key and list element in the order of the file. Text that is not YAML has none. */
function listPlaces(yaml: string): Place[] {
  const counter = new LineCounter()
  const places: Place[] = []
  const add = (node: unknown, field: string) => {
    const start = isNode(node) ? node.range?.[0] : undefined
    if (start !== undefined) places.push({ field, line: counter.linePos(start).line + 1 })
  }
  const visit = (node: unknown, prefix: string, depth: number) => {
    if (depth > 12) return
    if (isMap(node)) {
      for (const { key, value } of node.items) {
        const field = prefix + String(isScalar(key) ? (key.source ?? key.value) : key)
        add(key, field)
        visit(value, `${field}.`, depth + 1)
      }
    }
    if (isSeq(node)) {
      for (const [at, element] of node.items.entries()) {
        add(isPair(element) ? element.key : element, `${prefix}${at}`)
        visit(element, `${prefix}${at}.`, depth + 1)
      }
    }
  }
  try {
    const options = {
      lineCounter: counter,
      uniqueKeys: false,
      schema: 'failsafe',
      logLevel: 'silent',
    } as const
    visit(parseDocument(yaml, options).contents, '', 0)
  } catch {
    return []
  }
  return places
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'range' in value
}
