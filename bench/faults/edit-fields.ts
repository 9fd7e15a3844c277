import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Document, isCollection, parseDocument, type ToStringOptions } from 'yaml'
import { editFrontMatter } from '#lib/content/edit-front-matter.ts'
import { createSeededRandom, type SeededRandom } from '#lib/covers/art/seeded-random.ts'
import {
  type ArticleField,
  listArticleFields,
  listFieldEdits,
  readArticleTexts,
} from '#lib/desk/article-fields.ts'

const root = resolve(import.meta.dirname, '../..')

/** How one-field edits went. `refused`: the file is written in a way that the form does not change. */
export type FieldEdits = { edited: number; files: number; refused: string[]; failures: string[] }

/**
 * Changes one field of each of `count` files as the form of the desk does, and looks whether any other byte
 * has changed. Files are the articles of the sample edition, of the journeys and of `folders`, as they are
 * and written in other styles of YAML.
 */
export function editOneField({
  count,
  seed,
  folders = [],
}: {
  count: number
  seed: string
  folders?: string[]
}): FieldEdits {
  const random = createSeededRandom(`${seed} fields`)
  const texts = ['content', 'e2e/content', ...folders].flatMap((folder) =>
    globSync('**/*.md', { cwd: resolve(root, folder) })
      .map((path) => readFileSync(resolve(root, folder, path), 'utf8'))
      .filter((text) => readArticleTexts(text)),
  )
  const fields = listArticleFields()
  const result: FieldEdits = { edited: 0, files: texts.length, refused: [], failures: [] }
  for (let at = 0; at < count; at += 1) {
    const written = texts[at % texts.length] ?? ''
    const text = at < texts.length ? written : (restyle(written, random) ?? written)
    const before = readArticleTexts(text)?.fields
    if (!before) continue
    const field = random.pick(fields as [ArticleField, ...ArticleField[]])
    const value = newValue(field, before[field.name] ?? '', random)
    const [edit, ...others] = listFieldEdits(before, { ...before, [field.name]: value })
    if (!edit) continue
    const about = `${field.name} = ${JSON.stringify(value)} in\n${text.slice(0, 1500)}`
    try {
      const after = Buffer.from(editFrontMatter(Buffer.from(text), edit)).toString()
      const top = field.name.split('.')[0] ?? ''
      const isRight = others.length === 0 && hasChangedOnly(text, after, top)
      const read = readArticleTexts(after)?.fields[field.name]
      const isRead = read === value || read?.trim() === value.replace(/\s*\n\s*/g, '\n').trim()
      if (!isRight || !isRead) result.failures.push(`${about}\nbecame\n${after.slice(0, 1500)}`)
      result.edited += 1
    } catch (cause) {
      if (!/cannot be changed here/.test(String(cause))) throw cause
      result.refused.push(about)
    }
  }
  return result
}

function newValue({ kind, choices }: ArticleField, before: string, random: SeededRandom): string {
  if (before !== '' && random.fraction() < 0.2) return ''
  const texts = [
    "It's: new #1",
    'Нова “назва”',
    '[x] {y}',
    'yes',
    '007',
    '- a',
    '“x” & <b>',
    'Plain',
  ]
  switch (kind) {
    case 'flag':
      return before === '' ? 'true' : ''
    case 'choice':
      return choices.find((one) => one !== before) ?? ''
    case 'instant':
      return `2031-0${random.integer(1, 9)}-01T09:30:00.000Z`
    case 'list':
      return [...before.split('\n').filter(Boolean), `new ${random.integer(1, 99)}`].join('\n')
    case 'line':
      return random.pick(texts as [string, ...string[]])
  }
}

/**
 * Computed without the code under test: all that stands before and behind the lines of the field is there
 * byte for byte, and a field that is new is lines of its own.
 */
function hasChangedOnly(before: string, after: string, name: string): boolean {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? []
  const isKey = (line: string) => /^[^\s#-]/.test(line)
  const end = lines.findIndex((line, at) => at > 0 && /^---\s*$/.test(line))
  const start = lines.findIndex(
    (line, at) => at > 0 && at < end && new RegExp(`^['"]?${name}['"]?\\s*:`).test(line),
  )
  if (start === -1) {
    const same = countSame(before, after)
    const rest = before.length - countSameEnd(before.slice(same), after.slice(same))
    return rest <= same && new RegExp(`(?:^|\\n)${name}:`).test(after)
  }
  const next = lines.findIndex((line, at) => at > start && (at >= end || isKey(line)))
  const head = lines.slice(0, start).join('')
  // Comments and blank lines behind it are not the field's.
  let last = next
  while (last > start + 1 && /^\s*(?:#.*)?\r?\n$/.test(lines[last - 1] ?? '')) last -= 1
  return after.startsWith(head) && after.endsWith(lines.slice(last).join(''))
}

function countSame(a: string, b: string): number {
  let count = 0
  while (count < a.length && a[count] === b[count]) count += 1
  return count
}

function countSameEnd(a: string, b: string): number {
  let count = 0
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count += 1
  return count
}

/** The same front matter as somebody else, or another tool, writes it. */
function restyle(text: string, random: SeededRandom): string | undefined {
  const [, yaml, body] = /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(text) ?? []
  if (yaml === undefined || body === undefined) return undefined
  const fields = Object.entries(parseDocument(yaml, { schema: 'failsafe' }).toJS() ?? {})
  const shuffled = random.fraction() < 0.5 ? fields : fields.toSorted(() => random.fraction() - 0.5)
  const lines = shuffled.flatMap(([key, value]) => {
    const options: ToStringOptions = {
      indent: random.pick([2, 4]),
      indentSeq: random.fraction() < 0.5,
      lineWidth: random.pick([0, 40, 80]),
      defaultStringType: random.pick(['PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE', 'BLOCK_LITERAL']),
      defaultKeyType: random.pick(['PLAIN', 'PLAIN', 'PLAIN', 'QUOTE_DOUBLE', 'QUOTE_SINGLE']),
    }
    const document = new Document({ [key]: value })
    const node = document.get(key)
    if (isCollection(node)) node.flow = random.fraction() < 0.4
    const field = document.toString(options).trimEnd()
    const isPlain = !field.includes('\n') && random.fraction() < 0.2
    const isAnchor = random.fraction() < 0.1 && /^[^\n:]+: \S/.test(field)
    const named = isAnchor ? field.replace(': ', `: &${key.replace(/\W/g, '')} `) : field
    return [
      ...(random.fraction() < 0.1 ? [`# about ${key}`] : []),
      isPlain ? `${named} # a note` : named,
      ...(random.fraction() < 0.1 ? [''] : []),
    ]
  })
  if (random.fraction() < 0.05) {
    // All fields in one mapping, in braces.
    const whole = parseDocument(yaml, { schema: 'failsafe' })
    if (isCollection(whole.contents)) whole.contents.flow = true
    whole.commentBefore = whole.comment = null
    lines.splice(0, lines.length, whole.toString({ lineWidth: 0 }).trimEnd())
  }
  const eol = random.pick(['\n', '\n', '\r\n'])
  const written = `---\n${lines.join('\n')}\n---\n${body.replaceAll('\r\n', '\n')}`
  return (random.fraction() < 0.1 ? '\uFEFF' : '') + written.replaceAll('\n', eol)
}
