import { isDeepStrictEqual } from 'node:util'
import { isAlias, isCollection, isMap, isScalar, isSeq, type Pair, parseDocument } from 'yaml'
import { decodeText } from './encoding/decode-text.ts'
import { mendText } from './encoding/mend-text.ts'
import { parseFields, splitFrontMatter } from './front-matter/front-matter-block.ts'

type Value = string | number | boolean

/** One change of one front matter field. Texts are single lines. */
export type FieldEdit =
  /** `comment` becomes a comment line above the field. */
  | { field: string; set: Value; comment?: string }
  /** Adds to the end of a list, which is made when it is missing. */
  | { field: string; append: string | Record<string, string> }

/**
 * A content file with one field of its front matter changed. All other bytes stay: order, comments,
 * quotes, line ends, the body. What comes out is parsed again: when anything but the field would mean
 * something else, or when the file is written in a way that this cannot change (front matter in
 * braces, an anchor on the value, an encoding other than UTF-8), it throws an `Error` that says so.
 */
export function editFrontMatter(bytes: Uint8Array, edit: FieldEdit): Uint8Array {
  const text = decodeExactly(bytes)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const opening = /^\uFEFF?---[^\n]*\n/.exec(text)?.[0].length
  const closing = opening === undefined ? -1 : text.indexOf('\n---', opening - 1) + 1
  if (opening === undefined || closing === 0) throw byHand(edit, 'the file has no front matter')
  const yaml = text.slice(opening, closing)
  const edited = text.slice(0, opening) + editYaml(yaml, edit, eol) + text.slice(closing)
  const result = new TextEncoder().encode(edited)
  if (!differsOnlyIn(edit.field, bytes, result)) {
    throw byHand(edit, 'changing it would change other parts of the file')
  }
  return result
}

const byHand = ({ field }: FieldEdit, reason: string) =>
  new Error(`${field} cannot be changed here: ${reason}. Change it in an editor.`)

function decodeExactly(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error('The file is not UTF-8: mend it with `dateline check --fix` first.')
  }
}

/** A piece of the text, from one offset to another, and what replaces it. */
type Splice = { from: number; to: number; put: string }

function editYaml(yaml: string, edit: FieldEdit, eol: string): string {
  // Values stay the text that was written, as in `parseFields`.
  const document = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent' })
  const root = document.contents
  if (!isMap(root) || root.flow || document.errors.length > 0) {
    throw byHand(edit, 'the front matter is not one field a line')
  }
  const pairs = root.items as Pair<unknown, unknown>[]
  const pair = pairs.find(({ key }) => isScalar(key) && key.value === edit.field)
  const first = rangeOf(pairs[0]?.key)
  const indent = ' '.repeat(first ? first.start - lineStart(yaml, first.start) : 0)
  if (!pair) {
    return `${yaml}${toNewField(edit, indent, eol)}`
  }
  const key = rangeOf(pair.key)
  if (!key) throw byHand(edit, 'its name is written in an unusual way')
  const splices: Splice[] = []
  if ('set' in edit && edit.comment !== undefined) {
    const from = lineStart(yaml, key.start)
    splices.push({ from, to: from, put: `${indent}# ${edit.comment}${eol}` })
  }
  const afterColon = yaml.indexOf(':', key.end) + 1
  splices.push(toSplice(yaml, pair.value, afterColon, edit, eol))
  return applySplices(yaml, splices)
}

function toNewField(edit: FieldEdit, indent: string, eol: string): string {
  if ('set' in edit) {
    const comment = edit.comment === undefined ? '' : `${indent}# ${edit.comment}${eol}`
    return `${comment}${indent}${edit.field}: ${toScalar(edit.set)}${eol}`
  }
  const item = toBlockItem(edit.append, `${indent}  `, eol)
  return `${indent}${edit.field}:${eol}${item}${eol}`
}

/** How the value of a field that is there is changed. */
function toSplice(
  yaml: string,
  value: unknown,
  afterColon: number,
  edit: FieldEdit,
  eol: string,
): Splice {
  const range = rangeOf(value)
  const source = range ? yaml.slice(range.start, range.end) : ''
  if (!range || source.trim() === '') {
    const put = 'set' in edit ? toScalar(edit.set) : `[${toFlowItem(edit.append)}]`
    return { from: afterColon, to: afterColon, put: ` ${put}` }
  }
  const isPlainNode = isScalar(value) || isCollection(value)
  if (isAlias(value) || !isPlainNode || value.anchor || value.tag) {
    throw byHand(edit, 'its value has an anchor, a reference or a tag')
  }
  if ('set' in edit) {
    if (isCollection(value)) throw byHand(edit, 'it holds a list or a mapping')
    const end = source.endsWith('\n') ? eol : ''
    const quote = /^['"]/.exec(source)?.[0]
    return { from: range.start, to: range.end, put: toScalar(edit.set, quote) + end }
  }
  if (isScalar(value)) {
    const isNothing = /^(?:~|null)$/i.test(source)
    // A single text stands for a list of one.
    const former = isNothing ? '' : `${toFlowItem(String(value.value))}, `
    const end = source.endsWith('\n') ? eol : ''
    const put = `[${former}${toFlowItem(edit.append)}]${end}`
    return { from: range.start, to: range.end, put }
  }
  if (!isSeq(value)) throw byHand(edit, 'it holds a mapping, not a list')
  if (value.flow) {
    const last = rangeOf(value.items.at(-1))?.end
    // After the last element, not before the bracket: that may stand on a line of its own.
    if (last === undefined)
      return { from: range.end - 1, to: range.end - 1, put: toFlowItem(edit.append) }
    const comma = /^\s*,/.exec(yaml.slice(last, range.end))?.[0].length
    const at = last + (comma ?? 0)
    return { from: at, to: at, put: `${comma ? ' ' : ', '}${toFlowItem(edit.append)}` }
  }
  const indent = ' '.repeat(range.start - lineStart(yaml, range.start))
  const last = rangeOf(value.items.at(-1))?.end ?? range.end
  const isAtLineStart = yaml[last - 1] === '\n'
  const lineEnd = yaml.indexOf('\n', last)
  const at = isAtLineStart ? last : lineEnd === -1 ? yaml.length : lineEnd + 1
  return { from: at, to: at, put: toBlockItem(edit.append, indent, eol) + eol }
}

/** Where the text of a node begins and ends, without what follows it on its line. */
function rangeOf(node: unknown): { start: number; end: number } | undefined {
  const range = isScalar(node) || isCollection(node) || isAlias(node) ? node.range : undefined
  return range ? { start: range[0], end: range[1] } : undefined
}

const lineStart = (text: string, offset: number) => text.lastIndexOf('\n', offset - 1) + 1

function applySplices(text: string, splices: Splice[]): string {
  let result = ''
  let at = 0
  for (const { from, to, put } of splices) {
    result += text.slice(at, from) + put
    at = to
  }
  return result + text.slice(at)
}

/** A value for the right of a colon, in quotes of the given kind or where it needs some. */
function toScalar(value: Value, quote?: string): string {
  if (typeof value !== 'string') return quote ? `${quote}${value}${quote}` : String(value)
  if (quote === '"') return JSON.stringify(value)
  const isPlain =
    /^[\p{L}][\p{L}\p{N} _.-]*$/u.test(value) && !/^(?:true|false|null|yes|no)$/i.test(value)
  return isPlain && quote === undefined ? value : `'${value.replaceAll("'", "''")}'`
}

function toFlowItem(item: string | Record<string, string>): string {
  if (typeof item === 'string') return toScalar(item)
  const parts = Object.entries(item).map(([key, value]) => `${key}: ${toScalar(value)}`)
  return `{ ${parts.join(', ')} }`
}

function toBlockItem(item: string | Record<string, string>, indent: string, eol: string): string {
  if (typeof item === 'string') return `${indent}- ${toScalar(item)}`
  const lines = Object.entries(item).map(([key, value]) => `${key}: ${toScalar(value)}`)
  return `${indent}- ${lines.join(`${eol}${indent}  `)}`
}

/** Whether two files mean the same apart from one field, by the parser that the site uses. */
function differsOnlyIn(field: string, before: Uint8Array, after: Uint8Array): boolean {
  const [a, b] = [readParts(before), readParts(after)]
  if (!a || !b || a.body !== b.body) return false
  const { [field]: _before, ...othersBefore } = a.fields
  const { [field]: _after, ...othersAfter } = b.fields
  return isDeepStrictEqual(othersBefore, othersAfter)
}

function readParts(bytes: Uint8Array) {
  const block = splitFrontMatter(mendText(decodeText(bytes).text).text)
  if (!('yaml' in block)) return undefined
  const parsed = parseFields(block)
  return 'fields' in parsed ? { fields: parsed.fields, body: block.body } : undefined
}
