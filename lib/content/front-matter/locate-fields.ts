import { EVENT_ID, type Event, getScalarValue, parseEvents } from 'js-yaml'
import type { FieldPath } from './finding.ts'

/** Where the fields of a front matter stand in the file. Only made when there is something to say. */
export type FieldPlaces = {
  /** Line of the field's key or list element; of the nearest one around it when it is not there. */
  lineOf(path: FieldPath): number
  /** The innermost field that begins on or before a line: `coverImage.raw`. */
  fieldAt(line: number): string
}

/** As deep as `parseFields` lets values be nested. */
export const maxDepth = 12

/**
 * `yaml` begins on line 2 of the file. In YAML a key of the outermost mapping is the only thing that
 * can stand at the start of a line, so those are found without parsing. For the others the parser
 * that made the values is asked for its events: a second parser may read the same text differently,
 * and may take longer.
 */
export function locateFields(yaml: string): FieldPlaces {
  const lines = yaml.split('\n')
  const outermost = lines.map((line, at) => ({ field: outermostKey(line), line: at + 2 }))
  const lineByKey = firstOf(outermost)
  let places: Place[] | undefined
  let nested: Map<string | undefined, number> | undefined
  const listAll = () => {
    places ??= listPlaces(yaml)
    return places
  }
  return {
    lineOf(path) {
      const line = path.length === 1 ? lineByKey.get(String(path[0])) : undefined
      if (line !== undefined) return line
      nested ??= firstOf(listAll())
      for (let length = path.length; length > 0; length -= 1) {
        const near = nested.get(path.slice(0, length).join('.'))
        if (near !== undefined) return near
      }
      return lineByKey.get(String(path[0])) ?? 1
    },
    fieldAt(line) {
      const field = outermostKey(lines[line - 2] ?? '')
      const before = (place: { line: number }) => place.line <= line
      return (
        field ??
        listAll().findLast(before)?.field ??
        outermost.findLast((place) => before(place) && place.field)?.field ??
        'file'
      )
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

/** A collection that is open while its events are read. What is in a key has no places. */
type Open =
  | { kind: 'document' | 'key' }
  | { kind: 'mapping'; prefix: string; field: string; isKeyNext: boolean }
  | { kind: 'sequence'; prefix: string; count: number }

/** Every key and list element in the order of the file. Text that is not YAML has none. */
function listPlaces(yaml: string): Place[] {
  const toLine = createLineFinder(yaml)
  const places: Place[] = []
  const open: Open[] = []
  const add = (field: string, start: number) => {
    if (start >= 0) places.push({ field, line: toLine(start) })
  }

  /** Notes where a node stands. Answers the path that the nodes inside it begin with. */
  function place(event: Event): string | undefined {
    const parent = open.at(-1)
    if (parent?.kind === 'mapping') {
      parent.isKeyNext = !parent.isKeyNext
      if (parent.isKeyNext) return `${parent.field}.`
      const isScalar = event.type === EVENT_ID.SCALAR
      parent.field = parent.prefix + (isScalar ? getScalarValue(yaml, event) : '')
      if (isScalar) add(parent.field, startOf(event))
      return undefined
    }
    if (parent?.kind === 'sequence') {
      const field = `${parent.prefix}${parent.count}`
      parent.count += 1
      add(field, startOf(event))
      return `${field}.`
    }
    return parent?.kind === 'document' ? '' : undefined
  }

  for (const event of readEvents(yaml)) {
    if (event.type === EVENT_ID.POP) open.pop()
    else if (event.type === EVENT_ID.DOCUMENT) open.push({ kind: 'document' })
    else {
      const prefix = place(event)
      const isMapping = event.type === EVENT_ID.MAPPING
      if (!isMapping && event.type !== EVENT_ID.SEQUENCE) continue
      if (prefix === undefined) open.push({ kind: 'key' })
      else if (isMapping) open.push({ kind: 'mapping', prefix, field: '', isKeyNext: true })
      else open.push({ kind: 'sequence', prefix, count: 0 })
    }
  }
  return places
}

function readEvents(yaml: string): Event[] {
  try {
    return parseEvents(yaml, { maxDepth })
  } catch {
    return []
  }
}

function startOf(event: Event): number {
  if (event.type === EVENT_ID.SCALAR) return event.valueStart
  if (event.type === EVENT_ID.ALIAS) return event.anchorStart
  return 'start' in event ? event.start : -1
}

/** Offsets → lines of the file. Quick for offsets that grow, as those of events nearly always do. */
function createLineFinder(yaml: string): (offset: number) => number {
  let line = 2
  let lineEnd = yaml.indexOf('\n')
  let last = 0
  return (offset) => {
    if (offset < last) {
      line = 2
      lineEnd = yaml.indexOf('\n')
    }
    last = offset
    while (lineEnd !== -1 && lineEnd < offset) {
      line += 1
      lineEnd = yaml.indexOf('\n', lineEnd + 1)
    }
    return line
  }
}
