import { isDeepStrictEqual } from 'node:util'
import {
  isAlias,
  isCollection,
  isMap,
  isScalar,
  isSeq,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml'
import { decodeText } from './encoding/decode-text.ts'
import { mendText } from './encoding/mend-text.ts'
import { frontMatterSchema } from './front-matter/front-matter.ts'
import { parseFields, splitFrontMatter } from './front-matter/front-matter-block.ts'

/** A value of a field. In a mapping undefined says that the key is left out. */
export type FieldValue =
  | string
  | number
  | boolean
  | FieldValue[]
  | { [key: string]: FieldValue | undefined }

/**
 * One change of one front matter field. `field` is a name, or the way to a part of a mapping with dots
 * (`coverImage.alt`).
 */
export type FieldEdit =
  /** `comment` becomes a comment line above the field. Of a list or a mapping only what differs changes. */
  | { field: string; set: FieldValue; comment?: string }
  /** Adds to the end of a list, which is made when it is missing. */
  | { field: string; append: string | Record<string, string> }
  /** The field goes with its line; comment lines around it stay. */
  | { field: string; remove: true }

/**
 * A content file with one field of its front matter changed. All other bytes stay: order, comments,
 * quotes, line ends, the body. A new field stands where the schema has it. What comes out is parsed
 * again: when anything but the field would mean something else, when the field would not mean what it
 * should, or when the file is written in a way that this cannot change (front matter in braces, an
 * anchor on the value, an encoding other than UTF-8), it throws an `Error` that says so.
 */
export function editFrontMatter(bytes: Uint8Array, given: FieldEdit): Uint8Array {
  const { text, opening, closing } = splitBytes(bytes, given)
  const eol = text.includes('\r\n') ? '\r\n' : '\n'
  const yaml = text.slice(opening, closing)
  const before = readParts(bytes)
  const edit = toEditOfCover(given, before?.fields.coverImage)
  for (const place of places) {
    const edited = editYaml(yaml, edit, { eol, place })
    const result = new TextEncoder().encode(text.slice(0, opening) + edited + text.slice(closing))
    if (before && hasOnlyChanged(edit, before, readParts(result))) return result
  }
  throw byHand(edit, 'changing it would change other parts of the file')
}

/** A cover that is written as one text is its `raw`: what is changed is that text, or it becomes a mapping. */
function toEditOfCover(edit: FieldEdit, cover: unknown): FieldEdit {
  const [name, part, ...deeper] = edit.field.split('.')
  if (name !== 'coverImage' || part === undefined || typeof cover !== 'string' || cover === '') {
    return edit
  }
  if (part === 'raw') return { ...edit, field: name }
  if ('remove' in edit || isNothing(cover)) return edit
  const { set } = wrap(deeper, edit) as { set: FieldValue }
  return { field: name, set: { raw: cover, [part]: set } }
}

/** The file with another body. All bytes of the front matter stay; line ends become those of the file. */
export function replaceBody(bytes: Uint8Array, body: string): Uint8Array {
  const { text, closing } = splitBytes(bytes, { field: 'body' })
  const end = text.indexOf('\n', closing)
  const head = end === -1 ? `${text}\n` : text.slice(0, end + 1)
  return new TextEncoder().encode(head + toLineEndsOf(head, body))
}

/** A text with the line ends that another one has, when all of that are of Windows. */
export function toLineEndsOf(model: string, text: string): string {
  const isWindows = model.includes('\r\n') && !/(?<!\r)\n/.test(model)
  return isWindows ? text.replace(/\r?\n/g, '\r\n') : text
}

const byHand = ({ field }: { field: string }, reason: string) =>
  new Error(`${field} cannot be changed here: ${reason}. Change it in an editor.`)

/** `opening` is where the YAML begins, `closing` where the line that closes it begins. */
function splitBytes(bytes: Uint8Array, edit: { field: string }) {
  const text = decodeExactly(bytes)
  const opening = /^\uFEFF?---[^\n]*\n/.exec(text)?.[0].length
  const closing = opening === undefined ? -1 : text.indexOf('\n---', opening - 1) + 1
  if (opening === undefined || closing === 0) throw byHand(edit, 'the file has no front matter')
  return { text, opening, closing }
}

function decodeExactly(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new Error('The file is not UTF-8: mend it with `dateline check --fix` first.')
  }
}

/**
 * Where a new field is tried: before the first field that the schema has behind it, else at the end; behind
 * the last one that the schema has before it; at the end. At the end of a text in lines the blank lines
 * may be a part of it.
 */
const places = ['before', 'behind', 'end'] as const
type Place = (typeof places)[number]

/** A piece of the text, from one offset to another, and what replaces it. */
type Splice = { from: number; to: number; put: string }

/** A change at some depth of the front matter. `path` is the way that is left, for messages `field`. */
type Change = FieldEdit & { eol: string }

function editYaml(
  yaml: string,
  edit: FieldEdit,
  { eol, place }: { eol: string; place: Place },
): string {
  // Values stay the text that was written, as in `parseFields`.
  const document = parseDocument(yaml, { schema: 'failsafe', logLevel: 'silent' })
  const root = document.contents
  if (!isMap(root) || root.flow || document.errors.length > 0) {
    throw byHand(edit, 'the front matter is not one field a line')
  }
  const names = place === 'end' ? [] : Object.keys(frontMatterSchema.shape)
  const order = { names, place }
  const splices = changeMap(yaml, root, edit.field.split('.'), { ...edit, eol }, order)
  return applySplices(yaml, splices)
}

/** Names in the order in which they stand, and where a new one goes. */
type Order = { names: string[]; place: Place }
const noOrder: Order = { names: [], place: 'end' }

/** A change of a key of a mapping in lines, or of what is below the key. */
function changeMap(
  yaml: string,
  map: YAMLMap,
  [name = '', ...deeper]: string[],
  change: Change,
  order: Order,
): Splice[] {
  const pairs = map.items as Pair<unknown, unknown>[]
  const at = pairs.findIndex(({ key }) => isScalar(key) && key.value === name)
  const pair = pairs[at]
  if (!pair) {
    if ('remove' in change) return []
    return [insertField(yaml, pairs, name, wrap(deeper, change), order, change.eol)]
  }
  if (deeper.length > 0) {
    if (isMap(pair.value) && !pair.value.anchor && !pair.value.tag) {
      if (pair.value.flow) {
        const next = changeValue(toValue(pair.value, change), deeper, change)
        return next === undefined
          ? [removePair(yaml, pairs, at)]
          : changeValueOf(yaml, pair, { ...change, set: next }, change)
      }
      // A mapping without keys would be nothing at all.
      const isLast = 'remove' in change && deeper.length === 1 && pair.value.items.length === 1
      const isThere = pair.value.has(deeper[0])
      if (isLast) return isThere ? [removePair(yaml, pairs, at)] : []
      return changeMap(yaml, pair.value, deeper, change, noOrder)
    }
    if ('remove' in change) return []
    const former = isScalar(pair.value) ? pair.value.value : undefined
    if (typeof former === 'string' && former !== '' && !isNothing(former)) {
      throw byHand(change, `${name} holds a text, not a mapping`)
    }
    const set = changeValue({}, deeper, change)
    return changeValueOf(yaml, pair, { field: change.field, set: set ?? '' }, change)
  }
  if ('remove' in change) return [removePair(yaml, pairs, at)]
  return changeValueOf(yaml, pair, change, change)
}

/** What a new key of a mapping gets where the change is about a part of its value. */
function wrap(deeper: string[], change: FieldEdit): FieldEdit {
  if (deeper.length === 0 || 'remove' in change) return change
  const inner: FieldValue = 'set' in change ? change.set : [change.append]
  const set = deeper.reduceRight((value: FieldValue, key) => ({ [key]: value }), inner)
  return { field: change.field, set }
}

/** The same on a plain value, for mappings in braces, which are written anew. */
function changeValue(
  value: FieldValue | undefined,
  [name = '', ...deeper]: string[],
  change: FieldEdit,
): FieldValue | undefined {
  const map = typeof value === 'object' && !Array.isArray(value) ? value : {}
  const former = map[name]
  let next: FieldValue | undefined
  if (deeper.length > 0) next = changeValue(former, deeper, change)
  else if ('set' in change) next = change.set
  else if ('append' in change)
    next = [
      ...(Array.isArray(former) ? former : former === undefined ? [] : [former]),
      change.append,
    ]
  const changed = { ...map, [name]: next }
  return Object.values(changed).every((part) => part === undefined) ? undefined : changed
}

/** A new key: behind the last one that stands before it in `order`, else at the end of the mapping. */
function insertField(
  yaml: string,
  pairs: Pair<unknown, unknown>[],
  name: string,
  edit: FieldEdit,
  order: Order,
  eol: string,
): Splice {
  const first = rangeOf(pairs[0]?.key)
  const indent = ' '.repeat(first ? first.start - lineStart(yaml, first.start) : 0)
  const rankOf = (one: unknown) => (isScalar(one) ? order.names.indexOf(String(one.value)) : -1)
  const rank = order.names.indexOf(name)
  const following = pairs.findIndex(({ key }) => rankOf(key) > rank)
  const behind = pairs.findLastIndex(({ key }) => rankOf(key) !== -1 && rankOf(key) < rank)
  const isBehind = order.place === 'behind' && behind !== -1
  const isAmong = rank !== -1 && (isBehind || following !== -1)
  const preceding = pairs[isBehind ? behind : (isAmong ? following : pairs.length) - 1]
  const isTopLevel = order.names.length > 0 || indent === ''
  const put = toNewField(name, edit, indent, eol)
  if (isAmong && !preceding) {
    const from = lineStart(yaml, first?.start ?? 0)
    return { from, to: from, put }
  }
  // Behind the comments at the end where the field is the last one.
  const from = isAmong || !isTopLevel ? endOfPair(yaml, preceding) : yaml.length
  const needsLine = from > 0 && yaml[from - 1] !== '\n'
  return { from, to: from, put: needsLine ? eol + put : put }
}

/** Where the line ends on which the value of a pair does, behind its line end. */
function endOfPair(yaml: string, pair: Pair<unknown, unknown> | undefined): number {
  const key = rangeOf(pair?.key)
  const end = Math.max(rangeOf(pair?.value)?.end ?? 0, key?.end ?? 0)
  if (end > 0 && yaml[end - 1] === '\n') return end
  const line = yaml.indexOf('\n', end)
  return line === -1 ? yaml.length : line + 1
}

function removePair(yaml: string, pairs: Pair<unknown, unknown>[], at: number): Splice {
  const pair = pairs[at]
  const key = rangeOf(pair?.key)
  if (!key) throw byHand({ field: 'The field' }, 'its name is written in an unusual way')
  return { from: lineStart(yaml, key.start), to: endOfPair(yaml, pair), put: '' }
}

function toNewField(name: string, edit: FieldEdit, indent: string, eol: string): string {
  if ('remove' in edit) return ''
  const note = 'set' in edit ? edit.comment : undefined
  const comment = note === undefined ? '' : `${indent}# ${note}${eol}`
  const value = 'set' in edit ? edit.set : [edit.append]
  return `${comment}${indent}${name}:${toBlock(value, indent, eol)}${eol}`
}

/** How the value of a field that is there is changed. */
function changeValueOf(
  yaml: string,
  pair: Pair<unknown, unknown>,
  edit: Exclude<FieldEdit, { remove: true }>,
  { eol }: Change,
): Splice[] {
  const key = rangeOf(pair.key)
  if (!key) throw byHand(edit, 'its name is written in an unusual way')
  const indent = ' '.repeat(key.start - lineStart(yaml, key.start))
  const splices: Splice[] = []
  if ('set' in edit && edit.comment !== undefined) {
    const from = lineStart(yaml, key.start)
    splices.push({ from, to: from, put: `${indent}# ${edit.comment}${eol}` })
  }
  const afterColon = yaml.indexOf(':', key.end) + 1
  return [...splices, ...toSplices(yaml, pair.value, { afterColon, indent }, edit, eol)]
}

function toSplices(
  yaml: string,
  value: unknown,
  { afterColon, indent }: { afterColon: number; indent: string },
  edit: Exclude<FieldEdit, { remove: true }>,
  eol: string,
): Splice[] {
  const range = rangeOf(value)
  const source = range ? yaml.slice(range.start, range.end) : ''
  if (!range || source.trim() === '') {
    // What follows on the line may be a comment, so a list or mapping stands in brackets there.
    const put = 'set' in edit ? toFlow(edit.set) : `[${toFlow(edit.append)}]`
    return [{ from: afterColon, to: afterColon, put: ` ${put}` }]
  }
  const isPlainNode = isScalar(value) || isCollection(value)
  if (isAlias(value) || !isPlainNode || value.anchor || value.tag) {
    throw byHand(edit, 'its value has an anchor, a reference or a tag')
  }
  if ('set' in edit) return setValue(yaml, value, { range, afterColon, indent }, edit, eol)
  const end = source.endsWith('\n') ? eol : ''
  if (isScalar(value)) {
    // A single text stands for a list of one.
    const former = isNothing(source) ? '' : `${toFlow(String(value.value))}, `
    return [{ from: range.start, to: range.end, put: `[${former}${toFlow(edit.append)}]${end}` }]
  }
  if (!isSeq(value)) throw byHand(edit, 'it holds a mapping, not a list')
  return [appendTo(yaml, value, range, edit.append, eol)]
}

type Placed = { range: { start: number; end: number }; afterColon: number; indent: string }

function setValue(
  yaml: string,
  value: unknown,
  { range, afterColon, indent }: Placed,
  edit: { field: string; set: FieldValue },
  eol: string,
): Splice[] {
  const { set } = edit
  const source = yaml.slice(range.start, range.end)
  const end = source.endsWith('\n') ? eol : ''
  if (isDeepStrictEqual(toText(set), isNode(value) ? toValue(value, edit) : undefined)) return []
  if (isScalar(value) && typeof set !== 'object') {
    const quote = /^['"]/.exec(source)?.[0]
    return [{ from: range.start, to: range.end, put: toScalar(set, quote) + end }]
  }
  if (isMap(value) && !value.flow && isMapping(set) && !hasAnchor(value)) {
    return setMap(yaml, value, edit.field, set, eol)
  }
  if (isSeq(value) && !value.flow && Array.isArray(set) && set.length > 0 && !hasAnchor(value)) {
    return setList(yaml, value, set, range, edit, eol)
  }
  if (isCollection(value) && hasAnchor(value)) {
    throw byHand(edit, 'its value has an anchor, a reference or a tag')
  }
  const isFlow = isCollection(value) && value.flow === true
  if (isFlow) return [{ from: range.start, to: range.end, put: toFlow(set) }]
  // From the colon on: a list in lines begins on the next one.
  return [{ from: afterColon, to: range.end, put: toBlock(set, indent, eol) + end }]
}

const isMapping = (value: FieldValue): value is { [key: string]: FieldValue | undefined } =>
  typeof value === 'object' && !Array.isArray(value)

/** Key by key, so that what stays keeps its bytes. */
function setMap(
  yaml: string,
  map: YAMLMap,
  field: string,
  set: { [key: string]: FieldValue | undefined },
  eol: string,
): Splice[] {
  const pairs = map.items as Pair<unknown, unknown>[]
  const present = pairs.flatMap(({ key }) => (isScalar(key) ? [String(key.value)] : []))
  const changes = [...new Set([...present, ...Object.keys(set)])].flatMap((name) => {
    const value = set[name]
    const change: Change =
      value === undefined ? { field, remove: true, eol } : { field, set: value, eol }
    return changeMap(yaml, map, [name], change, noOrder)
  })
  // Several new keys begin at one place, in the order in which they were given.
  return changes.toSorted((a, b) => a.from - b.from)
}

/** Elements that are the same at both ends keep their bytes; those between are written anew. */
function setList(
  yaml: string,
  list: YAMLSeq,
  set: FieldValue[],
  range: { start: number; end: number },
  edit: { field: string },
  eol: string,
): Splice[] {
  const former = list.items.map((item) => (isNode(item) ? toValue(item, edit) : undefined))
  const wanted = set.map(toText)
  const most = Math.min(former.length, wanted.length)
  let start = 0
  while (start < most && isDeepStrictEqual(former[start], wanted[start])) start += 1
  let end = 0
  while (end < most - start && isDeepStrictEqual(former.at(-1 - end), wanted.at(-1 - end))) end += 1
  const indent = ' '.repeat(range.start - lineStart(yaml, range.start))
  const startOf = (at: number) => {
    const item = rangeOf(list.items[at])
    return item ? lineStart(yaml, item.start) : undefined
  }
  const last = rangeOf(list.items.at(-1))
  const endOfList = last ? endOfLine(yaml, last.end) : range.end
  const from = startOf(start) ?? endOfList
  // Comment lines behind the last one that changes stay.
  const lastChanged = rangeOf(list.items[former.length - end - 1])
  const to = former.length - end > start && lastChanged ? endOfLine(yaml, lastChanged.end) : from
  const put = set
    .slice(start, set.length - end)
    .map((item) => toBlockItem(item, indent, eol) + eol)
    .join('')
  const needsLine = from > 0 && yaml[from - 1] !== '\n' && put !== ''
  return [{ from, to: Math.max(from, to), put: needsLine ? eol + put : put }]
}

function endOfLine(yaml: string, at: number): number {
  if (at > 0 && yaml[at - 1] === '\n') return at
  const line = yaml.indexOf('\n', at)
  return line === -1 ? yaml.length : line + 1
}

function appendTo(
  yaml: string,
  list: YAMLSeq,
  range: { start: number; end: number },
  item: string | Record<string, string>,
  eol: string,
): Splice {
  if (list.flow) {
    const last = rangeOf(list.items.at(-1))?.end
    // After the last element, not before the bracket: that may stand on a line of its own.
    if (last === undefined) return { from: range.end - 1, to: range.end - 1, put: toFlow(item) }
    const comma = /^\s*,/.exec(yaml.slice(last, range.end))?.[0].length
    const at = last + (comma ?? 0)
    return { from: at, to: at, put: `${comma ? ' ' : ', '}${toFlow(item)}` }
  }
  const indent = ' '.repeat(range.start - lineStart(yaml, range.start))
  const at = endOfLine(yaml, rangeOf(list.items.at(-1))?.end ?? range.end)
  const needsLine = at > 0 && yaml[at - 1] !== '\n'
  return { from: at, to: at, put: (needsLine ? eol : '') + toBlockItem(item, indent, eol) + eol }
}

const isNothing = (source: string) => /^(?:~|null)?$/i.test(source.trim())

const isNode = (value: unknown) => isScalar(value) || isCollection(value)

/** Whether a part of a collection is named by others or names others: then it is not taken apart. */
function hasAnchor(value: unknown): boolean {
  if (isAlias(value)) return true
  if (isScalar(value)) return Boolean(value.anchor || value.tag)
  if (!isCollection(value)) return false
  if (value.anchor || value.tag) return true
  return value.items.some((item) =>
    isScalar(item) || isCollection(item) || isAlias(item)
      ? hasAnchor(item)
      : hasAnchor((item as Pair).key) || hasAnchor((item as Pair).value),
  )
}

/** What a node holds, as texts, lists and mappings. */
function toValue(node: unknown, edit: { field: string }): FieldValue {
  if (hasAnchor(node)) throw byHand(edit, 'its value has an anchor, a reference or a tag')
  if (isScalar(node)) return String(node.value ?? '')
  if (isSeq(node)) return node.items.map((item) => toValue(item, edit))
  if (!isMap(node)) return ''
  const pairs = node.items as Pair<unknown, unknown>[]
  return Object.fromEntries(
    pairs.map(({ key, value }) => [
      isScalar(key) ? String(key.value) : '',
      value === null ? '' : toValue(value, edit),
    ]),
  )
}

/** The same of a value that is to be set: numbers and flags are texts in the file. */
function toText(value: FieldValue): FieldValue {
  if (Array.isArray(value)) return value.map(toText)
  if (typeof value !== 'object') return String(value)
  const said = Object.entries(value).flatMap(([key, part]) =>
    part === undefined ? [] : [[key, toText(part)] as const],
  )
  return Object.fromEntries(said)
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
function toScalar(value: string | number | boolean, quote?: string): string {
  if (typeof value !== 'string') return quote ? `${quote}${value}${quote}` : String(value)
  // Only double quotes can hold a line end or what is not seen.
  if (quote === '"' || /[\p{Cc}\p{Zl}\p{Zp}\uFEFF]/u.test(value)) {
    return JSON.stringify(value).replace(
      /[\u007F-\u009F\u2028\u2029\uFEFF]/g,
      (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
    )
  }
  const isPlain =
    /^\p{L}(?:[\p{L}\p{N} _.-]*[\p{L}\p{N}_.-])?$/u.test(value) &&
    !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value)
  return isPlain && quote === undefined ? value : `'${value.replaceAll("'", "''")}'`
}

/** A value on one line, with lists and mappings in brackets and braces. */
function toFlow(value: FieldValue): string {
  if (Array.isArray(value)) return `[${value.map(toFlow).join(', ')}]`
  if (typeof value !== 'object') return toScalar(value)
  const parts = saidParts(value).map(([key, part]) => `${key}: ${toFlow(part)}`)
  return parts.length === 0 ? '{}' : `{ ${parts.join(', ')} }`
}

/** A value from behind the colon on: a text on the same line, a list or a mapping in lines below. */
function toBlock(value: FieldValue, indent: string, eol: string): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []'
    return eol + value.map((item) => toBlockItem(item, `${indent}  `, eol)).join(eol)
  }
  if (typeof value !== 'object') return ` ${toScalar(value)}`
  const lines = saidParts(value).map(
    ([key, part]) => `${indent}  ${key}:${toBlock(part, `${indent}  `, eol)}`,
  )
  return lines.length === 0 ? ' {}' : eol + lines.join(eol)
}

function toBlockItem(item: FieldValue, indent: string, eol: string): string {
  if (typeof item !== 'object') return `${indent}- ${toScalar(item)}`
  if (Array.isArray(item)) return `${indent}- ${toFlow(item)}`
  const lines = saidParts(item).map(([key, part]) => `${key}:${toBlock(part, `${indent}  `, eol)}`)
  return lines.length === 0 ? `${indent}- {}` : `${indent}- ${lines.join(`${eol}${indent}  `)}`
}

const saidParts = (value: { [key: string]: FieldValue | undefined }) =>
  Object.entries(value).flatMap(([key, part]) =>
    part === undefined ? [] : [[key, part] as [string, FieldValue]],
  )

type Parts = { fields: Record<string, unknown>; body: string }

/**
 * Whether two files mean the same apart from one field, by the parser that the site uses, and whether
 * the field means what it should.
 */
function hasOnlyChanged(edit: FieldEdit, before: Parts, after: Parts | undefined): boolean {
  if (!after || before.body !== after.body) return false
  const path = edit.field.split('.')
  const [expected, found] = [toComparable(before.fields), toComparable(after.fields)]
  const others = (fields: FieldValue) =>
    changeValue(fields, path, { field: '', remove: true }) ?? {}
  if (!isDeepStrictEqual(others(expected), others(found))) return false
  const value = path.reduce<unknown>(
    (at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined),
    found,
  )
  if ('remove' in edit) return value === undefined
  if ('set' in edit) return isDeepStrictEqual(value, toComparable(edit.set))
  return Array.isArray(value) && isDeepStrictEqual(value.at(-1), toComparable(edit.append))
}

/** Texts, lists and mappings, as `toText`; what is null or empty in a file says nothing. */
function toComparable(value: unknown): FieldValue {
  if (Array.isArray(value)) return value.map(toComparable)
  if (typeof value !== 'object' || value === null) return value === null ? '' : String(value)
  const said = Object.entries(value).flatMap(([key, part]) =>
    part === undefined ? [] : [[key, toComparable(part)] as const],
  )
  return Object.fromEntries(said)
}

function readParts(bytes: Uint8Array): Parts | undefined {
  const block = splitFrontMatter(mendText(decodeText(bytes).text).text)
  if (!('yaml' in block)) return undefined
  const parsed = parseFields(block)
  return 'fields' in parsed ? { fields: parsed.fields, body: block.body } : undefined
}
