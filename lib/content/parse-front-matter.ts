import { z } from 'zod'
import { type FieldPath, type Finding, formatFound } from './finding.ts'
import { essentialFields, type FrontMatter, frontMatterSchema } from './front-matter.ts'
import { nearest } from './nearest.ts'
import { parseInstant } from './parse-instant.ts'

type Issue = z.core.$ZodIssue

/**
 * Front matter as YAML gave it → `FrontMatter`, undefined when an essential field is wrong. Every
 * finding is listed: errors, parts that were left out, unknown keys, and values taken liberally.
 */
export function parseFrontMatter(written: Record<string, unknown>): {
  frontMatter: FrontMatter | undefined
  findings: Finding[]
} {
  const findings = listAdvice(written)
  let kept = written
  for (;;) {
    const result = frontMatterSchema.safeParse(kept)
    if (result.success) return { frontMatter: result.data, findings }
    const found = result.error.issues.flatMap((issue) => toFindings(issue, kept))
    findings.push(...found)
    if (found.some(({ severity }) => severity === 'error'))
      return { frontMatter: undefined, findings }
    if (kept === written) kept = structuredClone(written)
    for (const issue of result.error.issues) leaveOut(kept, issue)
  }
}

function toFindings(
  issue: Issue,
  written: Record<string, unknown>,
): (Finding & { path: FieldPath })[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    const known = listKnownKeys(path)
    return issue.keys.map((key) => ({
      severity: 'warning',
      path: [...path, key],
      found: 'a field that is not known',
      expected: expectKnownKey(key, known),
    }))
  }
  const field = path.filter((key) => typeof key === 'string').join('.')
  const isEssential =
    essentialFields.has(field) || (essentialFields.has(String(path[0])) && path[0] !== 'source')
  const severity = isEssential ? 'error' : 'warning'
  return [{ severity, path, found: formatFound(valueAt(written, path)), expected: issue.message }]
}

function expectKnownKey(key: string, known: string[]): string {
  const close = nearest(key, known)
  return close === undefined
    ? `one of ${known.join(', ')}`
    : `a known field: did you mean ${close}?`
}

/** Removes what the issue is about; what cannot be left out takes its parent with it. */
function leaveOut(written: Record<string, unknown>, issue: Issue): void {
  const path = issue.path.filter((key) => typeof key !== 'symbol')
  if (issue.code === 'unrecognized_keys') {
    const parent = valueAt(written, path)
    if (isMapping(parent)) for (const key of issue.keys) delete parent[key]
    return
  }
  while (path.length > 1 && (valueAt(written, path) ?? undefined) === undefined) path.pop()
  const parent = valueAt(written, path.slice(0, -1))
  const key = path.at(-1)
  if (Array.isArray(parent) && typeof key === 'number') parent[key] = null
  else if (isMapping(parent) && key !== undefined) parent[key] = null
}

function valueAt(written: unknown, path: FieldPath): unknown {
  let value = written
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const knownKeys: Record<string, string[]> = listAllKeys()

function listKnownKeys(path: FieldPath): string[] {
  return knownKeys[path.filter((key) => typeof key === 'string').join('.')] ?? []
}

/** Field names by the path of the mapping they stand in, read off the schema. */
function listAllKeys(): Record<string, string[]> {
  const keys: Record<string, string[]> = {}
  const visit = (schema: z.core.JSONSchema.BaseSchema, path: string) => {
    for (const [key, child] of Object.entries(schema.properties ?? {})) {
      ;(keys[path] ??= []).push(key)
      if (typeof child === 'object') visitAll(child, path === '' ? key : `${path}.${key}`)
    }
  }
  const visitAll = (schema: z.core.JSONSchema.BaseSchema, path: string) => {
    visit(schema, path)
    for (const option of schema.anyOf ?? []) visitAll(option, path)
    if (typeof schema.items === 'object' && !Array.isArray(schema.items))
      visitAll(schema.items, path)
  }
  visitAll(z.toJSONSchema(frontMatterSchema, { io: 'input', unrepresentable: 'any' }), '')
  return keys
}

/** Warnings about values that were understood although they are not written as they should be. */
function listAdvice(written: Record<string, unknown>): Finding[] {
  const advice: Finding[] = []
  const warn = (path: FieldPath, expected: string) => {
    advice.push({ severity: 'warning', path, found: formatFound(valueAt(written, path)), expected })
  }
  const { title, corrections } = written
  if (typeof title === 'string' && title.length > 300)
    warn(['title'], 'a title of at most 300 characters')
  for (const field of ['tags', 'authors', 'aliases']) {
    if (typeof written[field] === 'string') warn([field], 'a list')
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
