import { toSegment } from '#lib/site/segment.ts'
import type { Article } from './article.ts'
import { type ArticleIdentity, articleIdentity, isSlug, localeOf } from './article-identity.ts'
import { decodeText, maxFileBytes } from './encoding/decode-text.ts'
import { mendFields, mendText } from './encoding/mend-text.ts'
import type { IngestMark } from './format-article.ts'
import { type Finding, quote } from './front-matter/finding.ts'
import type { FrontMatter } from './front-matter/front-matter.ts'
import {
  type FrontMatterBlock,
  parseFields,
  splitFrontMatter,
} from './front-matter/front-matter-block.ts'
import { locateFields } from './front-matter/locate-fields.ts'
import { parseFrontMatter } from './front-matter/parse-front-matter.ts'
import { findCostlyMarkdown } from './limits/markdown-limits.ts'
import { countWords, toPlainText } from './plain-text.ts'
import { InvalidArticleError, type Problem } from './problem.ts'

const megabyte = 1024 * 1024

/** A content file as it was read; `path` is relative to the content folder, with forward slashes. */
export type ArticleFile = { path: string; bytes: Uint8Array }

/** What a content file holds. `plainText` is the body's, as `toPlainText` makes it. */
export type ParsedArticle = {
  article: Article
  plainText: string
  warnings: Problem[]
  /** Undefined in a file that ingest did not write. */
  ingestMark: IngestMark | undefined
}

/**
 * A content file → the article it holds, and what deserves attention in it. Pure: no disk, no clock.
 * Throws `InvalidArticleError` with every error and every warning of the file when it cannot become
 * an article; `frontMatterSchema` says which values are errors.
 */
export function parseArticle(file: ArticleFile): ParsedArticle {
  const { block, findings, frontMatter } = takeApart(file)
  const identity = articleIdentity(file.path)
  findings.push(...checkMeaning(identity, frontMatter))
  if (block) findings.push(...checkBody(block))
  const problems = findings.length === 0 ? [] : place(file.path, findings, block)
  if (!block || !frontMatter || problems.some(({ severity }) => severity === 'error')) {
    throw new InvalidArticleError(problems)
  }
  const plainText = toPlainText(block.body)
  const article = toArticle(identity, frontMatter, { body: block.body, plainText })
  return { article, plainText, warnings: problems, ingestMark: frontMatter.ingest }
}

type FileParts = {
  block: FrontMatterBlock | undefined
  frontMatter: FrontMatter | undefined
  findings: Finding[]
}

/** As much of the file as makes sense. Without front matter there is an error among the findings. */
function takeApart({ bytes }: ArticleFile): FileParts {
  if (bytes.length > maxFileBytes) {
    return {
      block: undefined,
      frontMatter: undefined,
      findings: [tooLarge('file', 1, bytes.length)],
    }
  }
  const decoded = decodeText(bytes)
  const mended = mendText(decoded.text)
  const findings = [...decoded.findings, ...mended.findings]
  const block = splitFrontMatter(mended.text)
  if (!('yaml' in block)) {
    return { block: undefined, frontMatter: undefined, findings: [...findings, block] }
  }
  const parsed = parseFields(block)
  if (!('fields' in parsed)) {
    return { block, frontMatter: undefined, findings: [...findings, parsed] }
  }
  if (block.yaml.includes('\\')) findings.push(...mendFields(parsed.fields))
  const { frontMatter, findings: more } = parseFrontMatter(parsed.fields)
  return { block, frontMatter, findings: [...findings, ...more] }
}

/** What a body may weigh as UTF-8: rendering takes about 5 s a megabyte. */
const maxBodyBytes = 2 * megabyte

function tooLarge(field: 'file' | 'body', line: number, byteLength: number): Finding {
  const found = `${(byteLength / megabyte).toFixed(1)} MB`
  const most = field === 'file' ? maxFileBytes : maxBodyBytes
  return { severity: 'error', field, line, found, expected: `at most ${most / megabyte} MB` }
}

/** What only shows when path and front matter are seen together. */
function checkMeaning(
  { slug, hintedLocale }: ArticleIdentity,
  frontMatter: FrontMatter | undefined,
): Finding[] {
  const findings: Finding[] = []
  const warn = (field: string, found: string, expected: string) => {
    findings.push({ severity: 'warning', path: [field], found: quote(found), expected })
  }
  if (!isSlug(slug)) {
    const expected =
      'a file name without white space, / \\ ? # %, control characters or a leading dot'
    findings.push({ severity: 'error', field: 'file', line: 1, found: quote(slug), expected })
  }
  if (!frontMatter) return findings
  const { lang, aliases, publishedAt, updatedAt } = frontMatter
  if (lang !== undefined && hintedLocale !== undefined && lang !== hintedLocale) {
    warn('lang', lang, `${hintedLocale}, as the path says; ${lang} is taken`)
  }
  if (updatedAt !== undefined && updatedAt < publishedAt) {
    warn(
      'updatedAt',
      updatedAt,
      `an instant that is not before publishedAt; ${publishedAt} is taken`,
    )
  }
  if (aliases?.includes(slug)) warn('aliases', slug, 'former slugs only, not the present one')
  return findings
}

function checkBody({ body, bodyLine }: FrontMatterBlock): Finding[] {
  if (body.trim() === '') {
    return [
      { severity: 'warning', field: 'body', line: bodyLine, found: 'nothing', expected: 'a text' },
    ]
  }
  const byteLength = Buffer.byteLength(body)
  if (byteLength > maxBodyBytes) return [tooLarge('body', bodyLine, byteLength)]
  const costly = findCostlyMarkdown(body)
  if (!costly) return []
  const { line, found, expected } = costly
  return [{ severity: 'error', field: 'body', line: bodyLine + line - 1, found, expected }]
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

function toArticle(
  identity: ArticleIdentity,
  frontMatter: FrontMatter,
  { body, plainText }: { body: string; plainText: string },
): Article {
  const { slug } = identity
  const {
    title,
    description = '',
    publishedAt,
    updatedAt = publishedAt,
    lang,
    category,
  } = frontMatter
  const { tags = [], authors = [], aliases = [], corrections = [] } = frontMatter
  return {
    slug,
    locale: localeOf(lang, identity),
    title,
    description,
    publishedAt,
    updatedAt: laterOf(publishedAt, updatedAt),
    category,
    tags: distinctTopics(tags),
    source: frontMatter.source,
    alsoReportedBy: frontMatter.alsoReportedBy ?? [],
    authors,
    stickyWeight: frontMatter.stickyWeight ?? 0,
    sentiment: frontMatter.sentiment,
    score: frontMatter.score ?? 0,
    cover: frontMatter.coverImage,
    ai: frontMatter.ai,
    externalId: frontMatter.externalId,
    canonicalUrl: frontMatter.canonicalUrl,
    aliases: [...new Set(aliases)].filter((alias) => alias !== slug),
    corrections,
    noindex: frontMatter.noindex ?? false,
    draft: frontMatter.draft ?? false,
    draftReason: frontMatter.draftReason,
    withdrawn: frontMatter.withdrawn ?? false,
    wordCount: countWords(plainText),
    body,
  }
}

/** Instants in `toISOString` form sort as text. */
function laterOf(a: string, b: string): string {
  if (a < b) return b
  return a
}

/** Tags that share an address count once; the first spelling stays. */
function distinctTopics(names: string[]): string[] {
  const bySegment = new Map<string, string>()
  for (const name of names) {
    const segment = toSegment(name)
    if (!bySegment.has(segment)) bySegment.set(segment, name)
  }
  return [...bySegment.values()]
}
