import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { type NamedEntity, nameGroups } from './names.ts'
import { nearest } from './nearest.ts'

const spelling = z
  .string()
  .trim()
  .max(100)
  .regex(/[\p{L}\p{N}]/u, { error: 'a word or a phrase with letters' })

const entryFields = {
  tickers: z
    .array(z.string().regex(/^[A-Z0-9]{2,10}$/, { error: 'a ticker in capitals, such as BTC' }))
    .default([]),
  also: z.array(spelling).default([]),
  about: z
    .record(z.string().regex(/^[a-z]{2,3}$/), z.string().trim().min(1).max(600), {
      error: 'texts by language, such as { en: … }',
    })
    .optional(),
}

const entry = z
  .object(entryFields)
  .catchall(spelling)
  .transform(({ tickers, also, about, ...names }) => ({
    names,
    tickers,
    also,
    ...(about && { about }),
  }))

/** More than a language would need: a file of this size is a mistake. */
const mostEntities = 5000

/**
 * The entities of a file of names, in its order. `file` is its name for messages. Throws an `Error`
 * with a line for everything that is wrong: file, line, field, what was found and what is expected.
 */
export function parseNames(yaml: string, file: string): NamedEntity[] {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number | undefined) => `${file}:${lines.linePos(offset ?? 0).line || 1}:`
  if (document.errors.length > 0) {
    throw new Error(
      document.errors.map((error) => `${at(error.pos[0])} ${error.message}`).join('\n'),
    )
  }
  const plain: unknown = document.toJS()
  if (plain === null) return []
  const faults: string[] = []
  const entities: NamedEntity[] = []
  const fields = new Map<string, string>()
  const complain = (path: PropertyKey[], found: unknown, expected: string) =>
    faults.push(
      `${at(findOffset(document, path))} ${path.join('.') || 'the file'}: found ${shorten(found)}; expected ${expected}.`,
    )
  if (!isRecord(plain)) complain([], plain, `groups: ${listGroups()}`)
  for (const [group, entries] of Object.entries(isRecord(plain) ? plain : {})) {
    const kind = Object.entries(nameGroups).find(([name]) => name === group)?.[1]
    if (kind === undefined) {
      complain(
        [group],
        group,
        nearest(group, Object.keys(nameGroups)) ?? `a group: ${listGroups()}`,
      )
      continue
    }
    if (!isRecord(entries)) {
      complain([group], entries, 'entries such as bitcoin: { en: Bitcoin }')
      continue
    }
    for (const [key, written] of Object.entries(entries)) {
      if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(key)) {
        complain([group, key], key, 'a key of small letters, digits and hyphens')
      }
      const other = fields.get(key)
      if (other !== undefined) complain([group, key], key, `another key: ${other} has this one`)
      fields.set(key, `${group}.${key}`)
      const result = entry.safeParse(written, { reportInput: true })
      for (const { path, input, message } of result.error?.issues ?? []) {
        const expected = message
          .replace(/^Invalid input: expected /, '')
          .replace(/, received.*/, '')
        complain([group, key, ...path], input, expected)
      }
      if (!result.success) continue
      for (const language of Object.keys(result.data.names)) {
        if (/^[a-z]{2,3}$/.test(language)) continue
        complain([group, key, language], language, 'a language code, `tickers`, `also` or `about`')
      }
      entities.push({ key, kind, ...result.data })
    }
  }
  if (entities.length > mostEntities) {
    faults.push(`${file}: found ${entities.length} entries; expected at most ${mostEntities}.`)
  }
  if (faults.length > 0) throw new Error(faults.join('\n'))
  return entities
}

const listGroups = () => Object.keys(nameGroups).join(', ')

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Where the field of a path, or the nearest one around it, stands. */
function findOffset(document: Document, path: PropertyKey[]): number {
  let offset = 0
  let node: unknown = document.contents
  for (const part of path) {
    if (isSeq(node) && typeof part === 'number') node = node.items[part]
    else if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(isScalar(key) ? key.value : key) === part)
      if (isScalar(pair?.key)) offset = pair.key.range?.[0] ?? offset
      node = pair?.value
    }
    if (isNode(node) && typeof part === 'number') offset = node.range?.[0] ?? offset
  }
  return offset
}

function shorten(found: unknown): string {
  const json = found === undefined ? 'nothing' : JSON.stringify(found)
  return json.length > 80 ? `${json.slice(0, 79)}…` : json
}
