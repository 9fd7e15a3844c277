import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { nearest } from '#lib/site/nearest.ts'
import { toSegment } from '#lib/site/segment.ts'
import { site } from '#lib/site/site.ts'
import type { Article } from './article.ts'
import { articleIdentity } from './article-identity.ts'
import { decodeText, maxFileBytes } from './encoding/decode-text.ts'
import type { Claim, RefusedClaim } from './find-conflicts.ts'
import { repairFile } from './fix-article.ts'
import { type FieldPath, formatFound } from './front-matter/finding.ts'
import { splitFrontMatter } from './front-matter/front-matter-block.ts'
import { locateFields } from './front-matter/locate-fields.ts'
import { parseArticle } from './parse-article.ts'
import { InvalidArticleError, type Problem } from './problem.ts'
import type { ContentFile } from './read-content-folder.ts'

/** A file to check, or none: then only the thread is tried. */
export type CheckRequest = { file: ContentFile | undefined; publicDir: string; fix: boolean }

export type FileReport = {
  problems: Problem[]
  claim: Claim | RefusedClaim
  /** The file without its broken encodings, when `fix` was asked for and there were some. */
  repaired?: Uint8Array | undefined
}

/** All that is wrong with one file by itself. Reads the file and writes nothing. */
export function checkFile(
  { path, absolutePath }: ContentFile,
  { publicDir, fix }: { publicDir: string; fix: boolean },
): FileReport {
  let repaired: Uint8Array | undefined
  try {
    const read = readArticleFile(absolutePath)
    repaired = fix ? repairFile(read) : undefined
    const bytes = repaired ?? read
    const { article, warnings } = parseArticle({ path, bytes })
    const { slug, locale, aliases, draft } = article
    const aliasesLine = aliases.length === 0 ? 1 : lineOf(bytes, ['aliases'])
    return {
      problems: [
        ...warnings,
        ...findMissingCovers(article, path, bytes, publicDir),
        ...findUnknownCategory(article, path, bytes),
      ],
      claim: { path, slug, locale, aliases, aliasesLine, draft },
      repaired,
    }
  } catch (cause) {
    return { problems: toProblems(cause, path), claim: toRefusedClaim(path), repaired }
  }
}

/** What a file takes of which nothing but the name is known. */
export function toRefusedClaim(path: string): RefusedClaim {
  return { path, slug: articleIdentity(path).slug, locale: undefined }
}

/** Of a file that is too large no more is needed than tells so. */
function readArticleFile(absolutePath: string): Uint8Array {
  const { size } = statSync(absolutePath)
  return size > maxFileBytes ? new Uint8Array(maxFileBytes + 1) : readFileSync(absolutePath)
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

/** A category that is no section of the publication is served and stands in no menu. */
function findUnknownCategory({ category }: Article, file: string, bytes: Uint8Array): Problem[] {
  const { sections } = site()
  const segment = toSegment(category)
  if (sections.length === 0 || sections.some((section) => section.segment === segment)) return []
  const known = sections.map((section) => section.segment)
  const near = nearest(segment, known)
  return [
    {
      severity: 'warning',
      file,
      line: lineOf(bytes, ['category']),
      field: 'category',
      found: formatFound(category),
      expected: near
        ? `a section of site.config.ts, such as ${near}`
        : `a section of site.config.ts: ${known.join(', ')}`,
    },
  ]
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
