import { hash } from 'node:crypto'
import { lstatSync, readFileSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import type { FileChange, IndexedFile } from '../writes/article-writer.ts'
import { prepareArticle } from '../writes/prepared-article.ts'

/** A content file to look at, and what the index knows of it. */
export type LookedFor = { path: string; known: IndexedFile | undefined }

/** What has become of a file; `known` is as it was looked for. */
export type FoundChange = LookedFor & { change: FileChange }

/** A file whose last write is younger than this, in ms, may be half of what it is going to be. */
export const settleMilliseconds = 60

/** An empty file is most likely one that an editor is about to fill. */
const settleMillisecondsWhenEmpty = 1000

/** `unsettled`: it was written just now, or while it was read; look again in a moment. */
export type Look = FoundChange | 'unchanged' | 'unsettled'

/**
 * Looks whether a file is as it was: size, times and inode first, and when these differ the bytes,
 * which are parsed. Symbolic links and folders count as gone. Never throws: what cannot be read, or
 * cannot become an article, is an `invalid` change. Works without giving way: a millisecond at most
 * for an article of ordinary size.
 *
 * With `isPatient: false` a file that does not come to rest is taken as it is.
 */
export function readChange(
  contentDir: string,
  { path, known }: LookedFor,
  { isPatient = true }: { isPatient?: boolean } = {},
): Look {
  const found = (change: FileChange): FoundChange => ({ path, known, change })
  try {
    const absolutePath = join(contentDir, path)
    const stats = lstatSync(absolutePath)
    if (!stats.isFile()) return known ? found({ kind: 'gone', path }) : 'unchanged'
    const fingerprint = toFingerprint(stats)
    if (fingerprint === known?.fingerprint) return 'unchanged'
    if (isPatient && isUnsettled(stats)) return 'unsettled'
    const bytes = readFileSync(absolutePath)
    if (isPatient && toFingerprint(lstatSync(absolutePath)) !== fingerprint) return 'unsettled'
    const file = { path, fingerprint, digest: hash('sha1', bytes, 'base64url') }
    if (file.digest === known?.digest) return found({ kind: 'touched', file })
    return found(toFileChange(file, bytes))
  } catch (error) {
    if (isMissing(error)) return known ? found({ kind: 'gone', path }) : 'unchanged'
    const reason = error instanceof Error ? error.message : String(error)
    // Without a fingerprint every sync tries again; the digest tells it when nothing has changed.
    const file = { path, fingerprint: '', digest: reason }
    if (file.digest === known?.digest) return 'unchanged'
    return found({ kind: 'invalid', file, problems: [toProblem(path, reason)] })
  }
}

/** Tells two states of a file apart without reading it. */
export function toFingerprint({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`
}

function isUnsettled({ size, mtimeMs }: Stats): boolean {
  const age = Date.now() - mtimeMs
  // A time further ahead is not one that this machine has just written.
  if (age < -1000) return false
  return age < (size === 0 ? settleMillisecondsWhenEmpty : settleMilliseconds)
}

function toFileChange(file: IndexedFile, bytes: Uint8Array): FileChange {
  try {
    const { article, warnings } = parseArticle({ path: file.path, bytes })
    return { kind: 'article', file, article: prepareArticle(article), warnings }
  } catch (error) {
    const problems =
      error instanceof InvalidArticleError ? error.problems : [toProblem(file.path, String(error))]
    return { kind: 'invalid', file, problems }
  }
}

function toProblem(file: string, found: string): Problem {
  const expected = 'a file that can be read as an article'
  return { severity: 'error', file, line: 1, field: 'file', found, expected }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}
