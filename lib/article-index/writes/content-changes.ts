import { hash } from 'node:crypto'
import { lstat, readFile, type Stats } from 'node:fs'
import { promisify } from 'node:util'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import type { ContentFile } from '#lib/content/read-content-folder.ts'
import type { FileChange, IndexedFile } from './article-writer.ts'

// The callback functions take a third of the time of those in node:fs/promises.
const lstatFile = promisify(lstat)
const readBytes = promisify(readFile)

/** A file that is not as the index knows it, read but not parsed. Without bytes it is gone. */
export type ChangedFile = { path: string } & (
  | { kind: 'gone' }
  | { kind: 'touched'; file: IndexedFile }
  | { kind: 'read'; file: IndexedFile; bytes: Uint8Array; isNew: boolean }
  | { kind: 'unreadable'; file: IndexedFile; reason: string; isNew: boolean }
)

/**
 * Looks whether a file is as it was: size, times and inode first, and when these differ the bytes.
 * `undefined` when it is. Symbolic links and folders count as gone.
 */
export async function findChange(
  { path, absolutePath }: ContentFile,
  known: IndexedFile | undefined,
): Promise<ChangedFile | undefined> {
  const isNew = known === undefined
  let fingerprint = ''
  try {
    const stats = await lstatFile(absolutePath)
    if (!stats.isFile()) return isNew ? undefined : { kind: 'gone', path }
    fingerprint = toFingerprint(stats)
    if (fingerprint === known?.fingerprint) return undefined
    const bytes = await readBytes(absolutePath)
    const file = { path, fingerprint, digest: hash('sha1', bytes, 'base64url') }
    if (file.digest === known?.digest) return { kind: 'touched', path, file }
    return { kind: 'read', path, file, bytes, isNew }
  } catch (error) {
    if (isMissing(error)) return isNew ? undefined : { kind: 'gone', path }
    const reason = error instanceof Error ? error.message : String(error)
    // Without a fingerprint every sync tries again; the digest tells it when nothing has changed.
    const file = { path, fingerprint: '', digest: reason }
    if (file.digest === known?.digest) return undefined
    return { kind: 'unreadable', path, file, reason, isNew }
  }
}

/** Parses what was read. A file that cannot become an article is an `invalid` change, never a throw. */
export function toFileChange(changed: ChangedFile): FileChange {
  const { kind, path } = changed
  if (kind === 'gone') return { kind, path }
  if (kind === 'touched') return { kind, file: changed.file }
  const { file } = changed
  if (kind === 'unreadable') {
    return { kind: 'invalid', file, problems: [toProblem(path, changed.reason)] }
  }
  try {
    return { kind: 'article', file, ...parseArticle({ path, bytes: changed.bytes }) }
  } catch (error) {
    const problems =
      error instanceof InvalidArticleError ? error.problems : [toProblem(path, String(error))]
    return { kind: 'invalid', file, problems }
  }
}

function toFingerprint({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`
}

function toProblem(file: string, found: string): Problem {
  const expected = 'a file that can be read as an article'
  return { severity: 'error', file, line: 1, field: 'file', found, expected }
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return code === 'ENOENT' || code === 'ENOTDIR'
}
