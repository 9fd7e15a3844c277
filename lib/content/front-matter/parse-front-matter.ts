import { z } from 'zod'
import { nearest } from '#lib/site/nearest.ts'
import { type FieldPath, type Finding, formatFound, quote } from './finding.ts'
import { expectInsteadOf, hidesText } from './foreign-fields.ts'
import { titleLength } from './front-matter.ts'
import { parseInstant } from './parse-instant.ts'

type Issue = z.core.$ZodIssue

/** The fields of one kind of file. A bad value in an essential one is an error, elsewhere a warning. */
export type FrontMatterForm<Fields> = {
  schema: z.ZodType<Fields>
  essentialFields: ReadonlySet<string>
  /** Such a file may well have no text below its front matter. */
  isBodyOptional?: boolean
}

/**
 * Front matter as YAML gave it → its fields, undefined when an essential field is wrong. Every
 * finding is listed: errors, parts that were left out, unknown keys, and values taken liberally.
 */
export function parseFrontMatter<Fields>(
  written: Record<string, unknown>,
  { schema, essentialFields }: FrontMatterForm<Fields>,
): { frontMatter: Fields | undefined; findings: Finding[] } {
  const toFindings = (issue: Issue, kept: Record<string, unknown>) =>
    describeIssue(issue, kept, essentialFields, () => listAllKeys(schema))
  const findings = listAdvice(written)
  let kept = written
  const reported = new Set<string>()
  for (;;) {
    const result = compiled(schema).safeParse(kept)
    if (result.success) return { frontMatter: result.data, findings }
    const found = result.error.issues
      .flatMap((issue) => toFindings(issue, kept))
      .filter(({ path }) => isNews(path.join('.'), reported))
    findings.push(...found)
    if (found.some(({ severity }) => severity === 'error'))
      return { frontMatter: undefined, findings }
    if (kept === written) kept = structuredClone(written)
    leaveOut(kept, result.error.issues)
  }
}

/** So many files are read before compiling a schema, which takes 50 ms, pays: 30 µs a file instead of 80. */
const readsBeforeCompiling = 1000
const reads = new WeakMap<z.ZodType, { count: number; quick?: z.ZodType }>()

function compiled<Fields>(schema: z.ZodType<Fields>): z.ZodType<Fields> {
  const use = reads.get(schema) ?? { count: 0 }
  reads.set(schema, use)
  use.count += 1
  if (use.count > readsBeforeCompiling) use.quick ??= z.compile(schema)
  return (use.quick as z.ZodType<Fields> | undefined) ?? schema
}

/** One complaint a field: a required part that was left out is missing in the next round. */
function isNews(field: string, reported: Set<string>): boolean {
  const isNew = !reported.has(field)
  reported.add(field)
  return isNew
}

function describeIssue(
  issue: Issue,
  written: Record<string, unknown>,
  essentialFields: ReadonlySet<string>,
  listKeys: () => Record<string, string[]>,
): (Finding & { path: FieldPath })[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    const known = listKeys()[path.filter((key) => typeof key === 'string').join('.')] ?? []
    return issue.keys.map((key): Finding & { path: FieldPath } => {
      const isOutermost = path.length === 0
      const instead =
        isOutermost && known.includes('draft') ? expectToHide(key, written[key], known) : undefined
      if (instead !== undefined) {
        const found = findStrangeCharacter(key) ?? formatFound(written[key])
        return { severity: 'error', path: [key], found, expected: instead }
      }
      const found = findStrangeCharacter(key) ?? 'a field that is not known'
      const expected = expectKnownKey(key, known, isOutermost)
      return { severity: 'warning', path: [...path, key], found, expected }
    })
  }
  const field = path.filter((key) => typeof key === 'string').join('.')
  const isEssential =
    essentialFields.has(field) || (essentialFields.has(String(path[0])) && path[0] !== 'source')
  const severity = isEssential ? 'error' : 'warning'
  const value = valueAt(written, path)
  const isUnquoted = typeof value === 'boolean' && !issue.message.includes('true or false')
  const expected = isUnquoted ? `${issue.message}, in quotes` : issue.message
  return [{ severity, path, found: formatFound(value), expected }]
}

const isYes = (value: unknown) => /^(?:true|yes|on|1)$/i.test(String(value).trim())

/**
 * What to write instead of an unknown field that may keep the text from readers: `DRAFT: true`, `publish:
 * false`. To pass over it would publish what somebody hid; undefined for all other fields.
 */
function expectToHide(key: string, value: unknown, known: string[]): string | undefined {
  if (key === '<<') return 'the fields themselves: others are not merged into them'
  if (hidesText(key, value)) return 'draft: true instead'
  const close = isYes(value) ? nearest(toVisible(key), known) : undefined
  return close === 'draft' || close === 'withdrawn' ? `${close}: true instead` : undefined
}

const toVisible = (key: string) => key.replace(/[\p{C}\p{Z}]/gu, '')

/** A character that looks like another one, or like nothing, and keeps a field from being known. */
function findStrangeCharacter(key: string): string | undefined {
  const strange = /[^\x20-\x7e]/u.exec(key.normalize('NFC'))?.[0]
  if (strange === undefined) return undefined
  const code = `U+${strange.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`
  if (/\p{Zs}/u.test(strange)) return `a space that is none, ${code}, in the field ${quote(key)}`
  const isSeen = /\p{L}|\p{N}|\p{P}|\p{S}/u.test(strange)
  return `the character ${isSeen ? `${strange} (${code})` : code} in the field ${quote(key)}`
}

function expectKnownKey(key: string, known: string[], isOutermost: boolean): string {
  const instead = isOutermost ? expectInsteadOf(key, known) : undefined
  if (instead !== undefined) return instead
  const visible = toVisible(key)
  const nameless =
    /^[\p{C}\p{Z}]/u.test(key) && 'ordinary spaces, or none, before the name of a field'
  if (nameless) return nameless
  const close = nearest(visible, known) ?? findWithMoreWords(visible, known)
  if (close !== undefined) return `a known field: did you mean ${close}?`
  return known.length < 12 ? `one of ${known.join(', ')}` : 'a known field'
}

/** The known name to which words were added: `aiInfo` and `ai-generated` → `ai`. The longest of several. */
function findWithMoreWords(name: string, known: string[]): string | undefined {
  const words = listWords(name)
  return known
    .filter((one) => listWords(one).every((word, at) => word === words[at]))
    .sort((a, b) => b.length - a.length)[0]
}

const listWords = (name: string) =>
  name
    .replace(/([a-z\d])(?=[A-Z])/g, '$1 ')
    .toLowerCase()
    .split(/[^a-z\d]+/)

/**
 * Removes what the issues are about, in place. Null says the same as leaving out; what cannot be
 * left out takes its parent with it. All places are found before the first is changed.
 */
function leaveOut(written: Record<string, unknown>, issues: Issue[]): void {
  const removals = issues.flatMap((issue) => {
    const path = issue.path.filter((key) => typeof key !== 'symbol')
    const unknown = issue.code === 'unrecognized_keys' ? issue.keys : []
    if (unknown.length === 0) while (path.length > 1 && isAbsent(written, path)) path.pop()
    const keys = unknown.length > 0 ? unknown : path.slice(-1)
    const parent = valueAt(written, unknown.length > 0 ? path : path.slice(0, -1))
    return keys.map((key) => ({ parent, key, isUnknown: unknown.length > 0 }))
  })
  for (const { parent, key, isUnknown } of removals) {
    if (typeof parent !== 'object' || parent === null) continue
    if (isUnknown) Reflect.deleteProperty(parent, key)
    else Reflect.set(parent, key, null)
  }
}

function isAbsent(written: unknown, path: FieldPath): boolean {
  return (valueAt(written, path) ?? undefined) === undefined
}

function valueAt(written: unknown, path: FieldPath): unknown {
  let value = written
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

const keysBySchema = new WeakMap<z.ZodType, Record<string, string[]>>()

/** Field names by the path of the mapping they stand in, read off the schema. */
function listAllKeys(root: z.ZodType): Record<string, string[]> {
  const known = keysBySchema.get(root)
  if (known) return known
  const keys: Record<string, string[]> = {}
  const visit = (schema: z.core.JSONSchema.BaseSchema, path: string) => {
    for (const option of schema.anyOf ?? []) visit(option, path)
    if (typeof schema.items === 'object' && !Array.isArray(schema.items)) visit(schema.items, path)
    if (!schema.properties) return
    keys[path] = Object.keys(schema.properties)
    for (const [key, child] of Object.entries(schema.properties)) {
      if (typeof child === 'object') visit(child, path === '' ? key : `${path}.${key}`)
    }
  }
  visit(z.toJSONSchema(root, { io: 'input', unrepresentable: 'any' }), '')
  keysBySchema.set(root, keys)
  return keys
}

/** Warnings about values that were understood although they are not written as they should be. */
function listAdvice(written: Record<string, unknown>): Finding[] {
  const advice: Finding[] = []
  const warn = (path: FieldPath, expected: string) => {
    advice.push({ severity: 'warning', path, found: formatFound(valueAt(written, path)), expected })
  }
  const { title, corrections } = written
  const isLong =
    typeof title === 'string' &&
    title.length > titleLength.advised &&
    title.length <= titleLength.most
  if (isLong) warn(['title'], `a title of at most ${titleLength.advised} characters`)
  for (const field of ['tags', 'authors', 'aliases']) {
    if (typeof written[field] === 'string') warn([field], 'a list')
  }
  for (const field of ['tags', 'authors', 'aliases']) {
    const value = written[field]
    for (const [at, entry] of (Array.isArray(value) ? value : []).entries()) {
      if (entry === null)
        warn([field, at], 'an entry; in quotes where it begins with # or is ~ or null')
    }
  }
  const instants: FieldPath[] = [['publishedAt'], ['updatedAt'], ['ai', 'expandedAt']]
  if (Array.isArray(corrections))
    instants.push(...corrections.map((_, at) => ['corrections', at, 'at']))
  for (const path of instants) {
    const value = valueAt(written, path)
    if (typeof value !== 'string' || value.endsWith('Z')) continue
    if (parseInstant(value.trim())?.isZoned === false)
      warn(path, 'a time zone such as Z; UTC is taken')
  }
  return advice
}
