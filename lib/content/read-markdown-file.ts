import { readBody } from '#lib/markdown/read-body.ts'
import { decodeText } from './encoding/decode-text.ts'
import { mendFields, mendText } from './encoding/mend-text.ts'
import { findYamlLosses } from './front-matter/find-yaml-losses.ts'
import type { Finding } from './front-matter/finding.ts'
import { articleForm, type FrontMatter } from './front-matter/front-matter.ts'
import {
  type FrontMatterBlock,
  parseFields,
  splitFrontMatter,
} from './front-matter/front-matter-block.ts'
import { locateFields } from './front-matter/locate-fields.ts'
import { type FrontMatterForm, parseFrontMatter } from './front-matter/parse-front-matter.ts'
import { InvalidArticleError, type Problem } from './problem.ts'
import { maxFileBytes } from './read-content-folder.ts'

const megabyte = 1024 * 1024

/** A content file as it was read; `path` is relative to the content folder, with forward slashes. */
export type RawFile = { path: string; bytes: Uint8Array }

/**
 * What a Markdown file holds; `warnings` have their lines. `body` is what may be shown of the file's,
 * line for line (see `readBody`), and `words` are its words where it has HTML.
 */
export type MarkdownFile<Fields> = {
  fields: Fields
  body: string
  words: string | undefined
  /** The line of the file on which the body begins. */
  bodyLine: number
  warnings: Problem[]
}

/**
 * A Markdown file with front matter → its fields and its body. `check` adds what only shows when path
 * and fields are seen together, or fields and body as written; its fields are undefined when they
 * cannot be used. Throws `InvalidArticleError` with every error and every warning of the file.
 */
export function readMarkdownFile<Fields>(
  file: RawFile,
  form: FrontMatterForm<Fields>,
  check: (fields: Fields | undefined, writtenBody: string) => Finding[] = () => [],
): MarkdownFile<Fields> {
  const { block, findings, fields } = takeApart(file, form)
  findings.push(...check(fields, block?.body ?? ''))
  const isBodyLeftOut = form.isBodyOptional && block?.body.trim() === ''
  const checked = block && !isBodyLeftOut ? checkBody(block) : undefined
  findings.push(...(checked?.findings ?? []))
  const problems = findings.length === 0 ? [] : place(file.path, findings, block)
  if (!block || !fields || problems.some(({ severity }) => severity === 'error')) {
    throw new InvalidArticleError(problems)
  }
  const { body = block.body, words } = checked ?? {}
  return { fields, body, words, bodyLine: block.bodyLine, warnings: problems }
}

type FileParts<Fields> = {
  block: FrontMatterBlock | undefined
  fields: Fields | undefined
  findings: Finding[]
}

/** As much of the file as makes sense. Without fields there is an error among the findings. */
function takeApart<Fields>({ bytes }: RawFile, form: FrontMatterForm<Fields>): FileParts<Fields> {
  if (bytes.length > maxFileBytes) {
    const findings = [tooLarge('file', 1)]
    return { block: undefined, fields: undefined, findings }
  }
  const decoded = decodeText(bytes)
  const mended = mendText(decoded.text)
  const findings = [...decoded.findings, ...mended.findings]
  const block = splitFrontMatter(mended.text)
  if (!('yaml' in block)) {
    return { block: undefined, fields: undefined, findings: [...findings, block] }
  }
  const parsed = parseFields(block)
  if (!('fields' in parsed)) return { block, fields: undefined, findings: [...findings, parsed] }
  if (block.yaml.includes('\\')) findings.push(...mendFields(parsed.fields))
  findings.push(...findYamlLosses(block.yaml))
  const { frontMatter, findings: more } = parseFrontMatter(parsed.fields, form)
  return { block, fields: frontMatter, findings: [...findings, ...more] }
}

/** What a body may weigh as UTF-8. A smaller one may be refused for the time that it takes: `tryBody`. */
export const maxBodyBytes = 2 * megabyte

/** Of a file that is too large nothing more was read: its size is not known here. */
function tooLarge(field: 'file' | 'body', line: number): Finding {
  const limit = `${(field === 'file' ? maxFileBytes : maxBodyBytes) / megabyte} MB`
  return {
    severity: 'error',
    field,
    line,
    found: `more than ${limit}`,
    expected: `at most ${limit}`,
  }
}

type CheckedBody = { findings: Finding[]; body?: string; words?: string | undefined }

/** The body as it may be shown, where it is not to be refused. */
function checkBody({ body, bodyLine }: FrontMatterBlock): CheckedBody {
  const place = (finding: {
    severity: 'error' | 'warning'
    line: number
    found: string
    expected: string
  }) => {
    return { ...finding, field: 'body', line: bodyLine + finding.line - 1 }
  }
  if (body.trim() === '') {
    return {
      findings: [place({ severity: 'warning', line: 1, found: 'nothing', expected: 'a text' })],
    }
  }
  if (Buffer.byteLength(body) > maxBodyBytes) return { findings: [tooLarge('body', bodyLine)] }
  try {
    const { findings, ...read } = readBody(body)
    return { ...read, findings: findings.map(place) }
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    const found = 'elements that stand in each other too deeply'
    return { findings: [place({ severity: 'error', line: 1, found, expected: 'fewer' })] }
  }
}

/** Gives every finding its line and field. Only here is the front matter read for positions. */
function place(file: string, findings: Finding[], block: FrontMatterBlock | undefined): Problem[] {
  const places = locateFields(block?.yaml ?? '')
  const fieldOn = (line: number) => {
    if (!block) return 'file'
    return line < block.bodyLine ? places.fieldAt(line) : 'body'
  }
  const problems = findings.map((finding): Problem => {
    const { severity, found, expected } = finding
    if ('path' in finding) {
      const field = finding.path.join('.')
      return { severity, file, line: places.lineOf(finding.path), field, found, expected }
    }
    const { line } = finding
    const field = finding.field ?? fieldOn(line)
    return { severity, file, line, field, found, expected }
  })
  return problems.map(detach).sort((a, b) => a.line - b.line)
}

/** A short piece cut from a long text keeps all of it in memory; a report must not. */
function detach(problem: Problem): Problem {
  return structuredClone(problem)
}

/**
 * Only the front matter of a content file, for those who look at very many files and need no body;
 * undefined when there is none that can be read. What is wrong with a file `parseArticle` says.
 */
export function frontMatterOf(bytes: Uint8Array): FrontMatter | undefined {
  if (bytes.length > maxFileBytes) return undefined
  const block = splitFrontMatter(decodeText(bytes).text)
  if (!('yaml' in block)) return undefined
  const parsed = parseFields(block)
  return 'fields' in parsed ? parseFrontMatter(parsed.fields, articleForm).frontMatter : undefined
}
