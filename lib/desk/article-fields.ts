import { z } from 'zod'
import type { FieldEdit } from '#lib/content/edit-front-matter.ts'
import { frontMatterSchema } from '#lib/content/front-matter/front-matter.ts'
import { parseFields, splitFrontMatter } from '#lib/content/front-matter/front-matter-block.ts'

/** A front matter field as a form has it. `name` is the way to it, with dots: `coverImage.alt`. */
export type ArticleField = {
  name: string
  /** `list`: one entry a line. `instant`: a UTC ISO instant as text. */
  kind: 'line' | 'list' | 'flag' | 'instant' | 'choice'
  /** What may be chosen; empty for other kinds. */
  choices: string[]
  /** The sentence of the schema, in English. */
  description: string
  isRequired: boolean
}

/**
 * What no form has: what is decided by an action of its own (approving, withdrawing, correcting, a
 * review), what ingest alone writes, and lists of mappings, which the whole file has.
 */
const leftOut = new Set([
  'ai',
  'alsoReportedBy',
  'chart',
  'corrections',
  'draft',
  'draftReason',
  'ingest',
  'prices',
  'review',
  'withdrawn',
])

/** Fields that a form has and that decide when and where readers see an article. */
const publishingFields = new Set([
  'aliases',
  'breakingUntil',
  'canonicalUrl',
  'noindex',
  'pinnedUntil',
  'publishedAt',
  'stickyWeight',
])

/** Whether a change of a field is more than a change of a text. */
export const decidesPublication = (name: string): boolean => publishingFields.has(name)

type JsonSchema = {
  description?: string
  type?: string | string[]
  examples?: unknown[]
  pattern?: string
  anyOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  required?: string[]
}

/** The fields of the front matter, from its schema, in its order. */
export function listArticleFields(): ArticleField[] {
  const schema = z.toJSONSchema(frontMatterSchema, { io: 'input', unrepresentable: 'any' })
  return listFields(schema as JsonSchema, '').filter(
    ({ name }) => !leftOut.has(name.split('.')[0] ?? ''),
  )
}

function listFields({ properties = {}, required = [] }: JsonSchema, before: string) {
  return Object.entries(properties).flatMap(([key, given]): ArticleField[] => {
    const name = before + key
    const forms = flatten(given)
    const mapping = forms.find((form) => form.properties !== undefined)
    if (mapping) return listFields(mapping, `${name}.`)
    const items = forms.flatMap((form) => (form.items ? flatten(form.items) : []))
    if (items.some((form) => form.properties !== undefined)) return []
    const choices = forms.flatMap(({ examples = [] }) => examples).map(String)
    const kind = kindOf(forms, choices)
    const isRequired = before === '' && required.includes(key)
    return [{ name, kind, choices, description: given.description ?? '', isRequired }]
  })
}

function kindOf(forms: JsonSchema[], choices: string[]): ArticleField['kind'] {
  if (choices.length > 0) return 'choice'
  if (forms.some(({ items }) => items !== undefined)) return 'list'
  if (forms.some(({ type }) => type === 'boolean')) return 'flag'
  return forms.some(({ pattern }) => pattern?.includes('\\d{4}-')) ? 'instant' : 'line'
}

/** A schema and those of which it may be any. */
const flatten = (schema: JsonSchema): JsonSchema[] => [
  schema,
  ...(schema.anyOf ?? []).flatMap(flatten),
]

/** A file as a form shows it: its fields as texts, by name, and its body. */
export type ArticleTexts = { fields: Record<string, string>; body: string; bodyLine: number }

/** Undefined for a text whose front matter cannot be read: that can only be edited as a whole. */
export function readArticleTexts(text: string): ArticleTexts | undefined {
  const block = splitFrontMatter(toPlainLines(text))
  if (!('yaml' in block)) return undefined
  const parsed = parseFields(block)
  if (!('fields' in parsed)) return undefined
  const fields = listArticleFields().map(({ name, kind }) => [
    name,
    toFieldText(valueAt(parsed.fields, name), kind),
  ])
  return { fields: Object.fromEntries(fields), body: block.body, bodyLine: block.bodyLine }
}

/** The line ends of forms are not those of files. */
export const toPlainLines = (text: string): string =>
  text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')

function valueAt(fields: Record<string, unknown>, name: string): unknown {
  return name.split('.').reduce<unknown>((value, key) => {
    // A text stands for a cover of one file.
    if (typeof value === 'string') return key === 'raw' ? value : undefined
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.entries(value).find(([own]) => own === key)?.[1]
      : undefined
  }, fields)
}

function toFieldText(value: unknown, kind: ArticleField['kind']): string {
  if (value === undefined || value === null) return ''
  if (kind === 'flag') return String(value).trim().toLowerCase() === 'true' ? 'true' : ''
  if (kind === 'choice') return String(value).trim()
  if (kind === 'list') {
    return Array.isArray(value) ? value.map(String).join('\n') : String(value)
  }
  return String(value)
}

/** The changes of the front matter between a form as it was shown and as it came back. */
export function listFieldEdits(
  before: Record<string, string>,
  after: Record<string, string>,
): FieldEdit[] {
  return listArticleFields().flatMap(({ name, kind }): FieldEdit[] => {
    const [former = '', given] = [before[name], after[name]]
    if (given === undefined) return []
    const text = toPlainLines(given).trim()
    if (text === former.trim()) return []
    if (text === '') return former === '' ? [] : [{ field: name, remove: true }]
    if (kind === 'flag') return [{ field: name, set: true }]
    if (kind !== 'list') return [{ field: name, set: text.replace(/\s*\n\s*/g, ' ') }]
    const entries = text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
    return [{ field: name, set: entries }]
  })
}
