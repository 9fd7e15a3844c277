import { existsSync } from 'node:fs'
import { readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Article } from './article.ts'
import { decodeText, maxFileBytes } from './encoding/decode-text.ts'
import { type Claim, findConflicts } from './find-conflicts.ts'
import { repairFile } from './fix-article.ts'
import { type FieldPath, formatFound } from './front-matter/finding.ts'
import { splitFrontMatter } from './front-matter/front-matter-block.ts'
import { locateFields } from './front-matter/locate-fields.ts'
import { parseArticle } from './parse-article.ts'
import { InvalidArticleError, type Problem } from './problem.ts'
import { type ContentFile, listContentFiles } from './read-content-folder.ts'

export type ContentReport = {
  files: number
  /** Files that `fix` changed. */
  mended: string[]
  /** Files with errors first; in each file the errors first. */
  problems: Problem[]
}

/**
 * Reads every article of a content folder and reports all that is wrong with each, and between them.
 * With `fix`, broken encodings are mended in the files themselves and then no longer reported.
 * Keeps nothing of an article but its names. Throws when the folder is missing.
 */
export async function checkContent(
  contentDir: string,
  { publicDir, fix }: { publicDir: string; fix: boolean },
): Promise<ContentReport> {
  const claims: Claim[] = []
  const problems: Problem[] = []
  const mended: string[] = []
  let files = 0
  for await (const file of listContentFiles(contentDir)) {
    files += 1
    try {
      const bytes = await readArticleFile(file, fix ? mended : undefined)
      const { article, warnings } = parseArticle({ path: file.path, bytes })
      const { slug, locale, aliases } = article
      const aliasesLine = aliases.length === 0 ? 1 : lineOf(bytes, ['aliases'])
      claims.push({ path: file.path, slug, locale, aliases: structuredClone(aliases), aliasesLine })
      problems.push(...warnings, ...findMissingCovers(article, file.path, bytes, publicDir))
    } catch (cause) {
      problems.push(...toProblems(cause, file.path))
    }
  }
  problems.push(...findConflicts(claims))
  return { files, mended, problems: sortProblems(problems) }
}

async function readArticleFile(
  file: ContentFile,
  mended: string[] | undefined,
): Promise<Uint8Array> {
  const { size } = await stat(file.absolutePath)
  if (size > maxFileBytes) return new Uint8Array(maxFileBytes + 1)
  const bytes = await readFile(file.absolutePath)
  const repaired = mended && repairFile(bytes)
  if (!repaired) return bytes
  const temporary = `${file.absolutePath}.tmp`
  await writeFile(temporary, repaired, { mode: (await stat(file.absolutePath)).mode })
  await rename(temporary, file.absolutePath)
  mended.push(file.path)
  return repaired
}

function toProblems(cause: unknown, file: string): Problem[] {
  if (cause instanceof InvalidArticleError) return cause.problems
  const found = cause instanceof Error ? cause.message : String(cause)
  const expected = 'a file that can be read'
  return [{ severity: 'error', file, line: 1, field: 'file', found, expected }]
}

function findMissingCovers(
  { cover }: Article,
  file: string,
  bytes: Uint8Array,
  publicDir: string,
): Problem[] {
  const { alt: _alt, credit: _credit, ...pictures } = cover ?? {}
  return Object.entries(pictures).flatMap(([variant, picture]): Problem[] => {
    if (picture === undefined || !picture.startsWith('/')) return []
    const path = toFilePath(picture)
    if (path !== undefined && existsSync(join(publicDir, path))) return []
    const line = lineOf(bytes, ['coverImage', variant])
    const expected = `a file in public${path ?? ''}`
    const found = formatFound(picture)
    return [{ severity: 'warning', file, line, field: `coverImage.${variant}`, found, expected }]
  })
}

/** `/covers/a%20b.webp?v=2` → `/covers/a b.webp`. */
function toFilePath(address: string): string | undefined {
  try {
    return decodeURIComponent(new URL(address, 'https://site.invalid').pathname)
  } catch {
    return undefined
  }
}

function lineOf(bytes: Uint8Array, path: FieldPath): number {
  const block = splitFrontMatter(decodeText(bytes).text)
  return 'yaml' in block ? locateFields(block.yaml).lineOf(path) : 1
}

function sortProblems(problems: Problem[]): Problem[] {
  const broken = new Set(problems.filter(isError).map(({ file }) => file))
  const rank = (problem: Problem) => (broken.has(problem.file) ? 0 : 2) + (isError(problem) ? 0 : 1)
  const byFile = (a: Problem, b: Problem) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)
  const brokenFirst = (a: Problem, b: Problem) => Math.floor(rank(a) / 2) - Math.floor(rank(b) / 2)
  return problems.sort(
    (a, b) => brokenFirst(a, b) || byFile(a, b) || rank(a) - rank(b) || a.line - b.line,
  )
}

function isError({ severity }: Problem): boolean {
  return severity === 'error'
}
