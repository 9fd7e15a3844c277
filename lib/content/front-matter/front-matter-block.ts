import matter from 'gray-matter'
import { boolCoreTag, FAILSAFE_SCHEMA, load, nullCoreTag, YAMLException } from 'js-yaml'
import { explainYamlError } from './explain-yaml-error.ts'
import { type Finding, quote } from './finding.ts'
import { maxDepth } from './locate-fields.ts'

/** The largest front matter, in UTF-16 code units, and the longest run of white space. */
const maxLength = 65_536
const maxBlankRun = 200
/** gray-matter looks for comments in time that grows with the square of such a run. */
const blankRun = new RegExp(`\\s{${maxBlankRun}}`)

export type Fields = Record<string, unknown>

/** A file cut in two. `yaml` begins on line 2; `bodyLine` is the body's first line. */
export type FrontMatterBlock = { yaml: string; body: string; bodyLine: number; head: string }

/** Null, true and false are typed; every other scalar stays the text that was written (`012`). */
const schema = FAILSAFE_SCHEMA.withTags(nullCoreTag, boolCoreTag)

/** Languages other than YAML are never run: gray-matter would evaluate `---js`. */
const refuse = () => {
  throw new Error('Front matter is YAML only')
}

const options = {
  language: 'yaml',
  engines: {
    yaml: (text: string) => parseYaml(text),
    javascript: refuse,
    js: refuse,
    json: refuse,
  },
  /** Without it, a field named `excerpt_separator` would steer gray-matter. */
  excerpt: () => '',
}

/** Finds the two lines of `---`. The text has `\n` line ends. */
export function splitFrontMatter(text: string): FrontMatterBlock | Finding {
  if (text.trim() === '') return fileError(1, 'an empty file', 'front matter and a text')
  const firstLine = text.slice(0, endOfLine(text, 0))
  if (!firstLine.startsWith('---')) return missingOpening(text, firstLine)
  const language = firstLine.slice(3).trim()
  if (!/^(ya?ml)?$/i.test(language)) {
    return fileError(1, quote(firstLine), 'a line of --- alone: front matter is YAML')
  }
  const close = text.indexOf('\n---', 3)
  if (close === -1) return missingClosing(text)
  const end = endOfLine(text, close + 1)
  const line = countLines(text, close + 1) + 1
  const closing = text.slice(close + 1, end)
  if (closing.trimEnd() !== '---') return fileError(line, quote(closing), 'a line of --- alone')
  const yaml = text.slice(firstLine.length + 1, close + 1)
  if (yaml.length > maxLength) {
    return fileError(1, `front matter of ${yaml.length} characters`, `at most ${maxLength}`)
  }
  const blank = yaml.length < maxBlankRun ? -1 : yaml.search(blankRun)
  if (blank !== -1) {
    return fileError(
      countLines(yaml, blank + 1) + 2,
      'a very long run of white space',
      'front matter without it',
    )
  }
  return { yaml, body: text.slice(end + 1), bodyLine: line + 1, head: `---\n${yaml}---\n` }
}

/** The fields of a front matter as YAML gives them, or the first thing that is wrong with it. */
export function parseFields({ head, yaml }: FrontMatterBlock): { fields: Fields } | Finding {
  try {
    return { fields: matter(head, options).data }
  } catch (cause) {
    if (cause instanceof YAMLException) return explainYamlError(cause, yaml)
    throw cause
  }
}

function parseYaml(text: string): Fields {
  const fields = load(text, { schema, maxDepth, maxAliases: 32 })
  if (isFields(fields)) return fields
  throw new YAMLException('no fields')
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function missingOpening(text: string, firstLine: string): Finding {
  const first = text.search(/\S/)
  if (!text.startsWith('---', first))
    return fileError(1, quote(firstLine), 'front matter that opens with ---')
  return fileError(1, 'space before the front matter', 'the opening --- at the very start')
}

/** Where the closing line is probably missing: before the first blank line. */
function missingClosing(text: string): Finding {
  const blank = text.search(/\n[ \t]*(\n|$)/)
  const line = countLines(text, blank === -1 ? text.length : blank + 1) + 1
  return fileError(
    line,
    'no closing ---',
    'a line of --- that closes the front matter opened on line 1',
  )
}

function fileError(line: number, found: string, expected: string): Finding {
  return { severity: 'error', field: 'file', line, found, expected }
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end === -1 ? text.length : end
}

/** Line ends before an offset. */
function countLines(text: string, before: number): number {
  let count = 0
  for (let at = text.indexOf('\n'); at !== -1 && at < before; at = text.indexOf('\n', at + 1))
    count += 1
  return count
}
