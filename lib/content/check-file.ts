import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BeginStage } from '#lib/node/answer-calls.ts'
import { nearest } from '#lib/site/nearest.ts'
import { toSegment } from '#lib/site/segment.ts'
import { site } from '#lib/site/site.ts'
import type { Article } from './article.ts'
import { articleIdentity } from './article-identity.ts'
import { toFileDigest } from './content-file.ts'
import { decodeText } from './encoding/decode-text.ts'
import { type FieldPath, formatFound } from './front-matter/finding.ts'
import { splitFrontMatter } from './front-matter/front-matter-block.ts'
import { locateFields } from './front-matter/locate-fields.ts'
import { type ContentEntry, parseContentFile } from './parse-content-file.ts'
import { type Problem, toProblems } from './problem.ts'
import { type ContentFile, contentKindOf, maxBytesOf } from './read-content-folder.ts'
import { repairFile } from './repair-file.ts'
import type { Claim, RefusedClaim } from './slug-conflicts.ts'

/** A file to check, or none: then only the thread is tried. */
export type CheckRequest = { file: ContentFile | undefined; publicDir: string; fix: boolean }

export type FileReport = {
  problems: Problem[]
  /** Undefined for what is no article. */
  claim: Claim | RefusedClaim | undefined
  /** What the file holds besides articles. */
  entries?: ContentEntry[]
  /**
   * The file without its broken encodings, when `fix` was asked for and there were some, and the digest of
   * the file that this was made from.
   */
  repaired?: { bytes: Uint8Array; from: string } | undefined
}

/** All that is wrong with one file by itself. Reads the file and writes nothing. */
export async function checkFile(
  { path, absolutePath }: ContentFile,
  { publicDir, fix }: { publicDir: string; fix: boolean },
  beginStage: BeginStage,
): Promise<FileReport> {
  let repaired: FileReport['repaired']
  try {
    const read = readContentFile(path, absolutePath)
    const mended = fix && contentKindOf(path) === 'article' ? repairFile(read) : undefined
    if (mended) repaired = { bytes: mended, from: toFileDigest(read) }
    const bytes = mended ?? read
    const parsed = await parseContentFile({ path, bytes }, beginStage, new Date())
    const contentDir = absolutePath.slice(0, -path.length)
    if (parsed.kind === 'entries') {
      const missing = parsed.entries.flatMap((entry) => {
        if (entry.kind !== 'page' && entry.kind !== 'author') return []
        const portrait = entry.kind === 'author' ? { picture: entry.value.picture } : {}
        return [
          ...findMissingFiles(portrait, [], { file: path, bytes, publicDir, contentDir }),
          ...findMissingPictures(entry.value.body, path, bytes, contentDir),
        ]
      })
      return {
        problems: [...parsed.problems, ...missing],
        claim: undefined,
        entries: parsed.entries,
      }
    }
    const { article, writtenBody, warnings } = parsed
    const { slug, locale, aliases, draft } = article
    const aliasesLine = aliases.length === 0 ? 1 : lineOf(bytes, ['aliases'])
    return {
      problems: [
        ...warnings,
        ...findMissingCovers(article, { file: path, bytes, publicDir, contentDir }),
        ...findUnknownCategory(article, path, bytes),
        ...findMissingPictures(writtenBody, path, bytes, contentDir),
      ],
      claim: {
        path,
        slug,
        locale,
        aliases,
        aliasesLine,
        draft,
        authors: article.authors,
        translationKey: article.translationKey,
      },
      repaired,
    }
  } catch (cause) {
    return {
      problems: toProblems(path, cause),
      claim: contentKindOf(path) === 'article' ? toRefusedClaim(path) : undefined,
      repaired,
    }
  }
}

/** `checkFile` for a thread of its own, because some files may never end. */
export const checkInThread = async (
  { file, ...options }: CheckRequest,
  beginStage: BeginStage,
): Promise<FileReport | undefined> => (file ? checkFile(file, options, beginStage) : undefined)

/** What a file takes of which nothing but the name is known. */
export function toRefusedClaim(path: string): RefusedClaim {
  return { path, slug: articleIdentity(path).slug, locale: undefined }
}

/** Of a file that is too large no more is needed than tells so. */
function readContentFile(path: string, absolutePath: string): Uint8Array {
  const { size } = statSync(absolutePath)
  const most = maxBytesOf(path)
  return size > most ? new Uint8Array(most + 1) : readFileSync(absolutePath)
}

/** A file that was read, and the folders in which the pictures that it names are. */
type CheckedFile = { file: string; bytes: Uint8Array; publicDir: string; contentDir: string }

function findMissingCovers({ cover }: Article, checked: CheckedFile): Problem[] {
  const { alt: _alt, credit: _credit, ...pictures } = cover ?? {}
  return findMissingFiles(pictures, ['coverImage'], checked)
}

/** Fields that name a picture of ours which is not there. `around` is the path of the fields. */
function findMissingFiles(
  pictures: Record<string, string | undefined>,
  around: FieldPath,
  { file, bytes, publicDir, contentDir }: CheckedFile,
): Problem[] {
  return Object.entries(pictures).flatMap(([name, picture]): Problem[] => {
    if (!picture?.startsWith('/')) return []
    const path = toFilePath(picture)
    const isMedia = path?.startsWith('/media/')
    if (path !== undefined && existsSync(join(isMedia ? contentDir : publicDir, path))) return []
    const place = [...around, name]
    const line = lineOf(bytes, place)
    const expected = isMedia
      ? `a file in the content folder: ${path?.slice(1)}`
      : `a file in public${path ?? ''}`
    const found = formatFound(picture)
    return [{ severity: 'warning', file, line, field: place.join('.'), found, expected }]
  })
}

/**
 * Pictures of a body that are written `![…](media/…)` and are not in the content folder, and those that
 * are written as if they stood beside the article, where no page can show them.
 */
function findMissingPictures(
  body: string,
  file: string,
  bytes: Uint8Array,
  contentDir: string,
): Problem[] {
  const block = splitFrontMatter(decodeText(bytes).text)
  const bodyLine = 'yaml' in block ? block.bodyLine : 1
  return Array.from(
    withoutCode(body).matchAll(/!\[[^\]\n]{0,500}\]\(\s*<?([^\s)>]{1,500})/g),
    (match) => ({ at: match.index, address: match[1] ?? '' }),
  ).flatMap(({ at, address }): Problem[] => {
    const expected = expectPicture(address, contentDir)
    if (expected === undefined) return []
    const line = bodyLine + body.slice(0, at).split('\n').length - 1
    const found = formatFound(address)
    return [{ severity: 'warning', file, line, field: 'body', found, expected }]
  })
}

/** What should stand in the place of a picture's address; undefined where nothing is wrong with it. */
function expectPicture(address: string, contentDir: string): string | undefined {
  if (/^(?:\.?\/)?media\//.test(address)) {
    const path = toFilePath(address.replace(/^\.?\/?/, '/'))
    if (path && existsSync(join(contentDir, path))) return undefined
    return `a file in the content folder: ${path?.slice(1) ?? address}`
  }
  if (/^(?:https?:)?\/\/|^\/(?![/\\])/i.test(address)) return undefined
  return 'the path of a picture in content/media, such as media/chart.png; its words are printed'
}

/** Blanks out code, so that offsets and lines stay. */
function withoutCode(body: string): string {
  return body.replace(/^ {0,3}(`{3,}|~{3,})[\s\S]*?(?:^ {0,3}\1|(?![\s\S]))|`[^`\n]+`/gm, (code) =>
    code.replace(/[^\n]/g, ' '),
  )
}

/** A category that is no section of the publication is served and stands in no menu. */
export function findUnknownCategory(
  { category }: Article,
  file: string,
  bytes: Uint8Array,
): Problem[] {
  const { sections } = site()
  const segment = toSegment(category)
  if (sections.length === 0 || sections.some((section) => section.segment === segment)) return []
  const known = sections.map((section) => section.key)
  const near = nearest(category, known)
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
