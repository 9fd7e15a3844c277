import { hash } from 'node:crypto'
import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { FileChange, ReadFile } from '#lib/article-index/writes/article-writer.ts'
import { prepareArticle } from '#lib/article-index/writes/prepared-article.ts'
import { parseContentFile } from '#lib/content/parse-content-file.ts'
import { toProblems } from '#lib/content/problem.ts'
import { maxBytesOf } from '#lib/content/read-content-folder.ts'
import type { BeginStage } from '#lib/node/answer-calls.ts'
import { codeOf, reasonOf } from '#lib/node/describe-error.ts'
import {
  type FileToRead,
  type FoundChange,
  largeFileBytes,
  type ReadOutcome,
  settleMilliseconds,
  toFingerprint,
} from './read-outcome.ts'

/** An empty file is most likely one that an editor is about to fill. */
const settleMillisecondsWhenEmpty = 1000

/**
 * Looks whether a file is as it was: size, times and inode first, and when these differ the bytes,
 * which are parsed. Symbolic links and folders count as gone. Never throws: what cannot be read, or
 * cannot become an article, is an `invalid` change. Takes a millisecond at most for an article of
 * ordinary size, and may take for ever for a hostile one: `readChanges` sets a limit.
 *
 * A live story with updates to come is looked at again at every sync, and is another one as soon as the
 * next of them is due.
 *
 * With `isPatient: false` a file that does not come to rest is taken as it is. Without `takesLarge` a
 * large file is not read. With `keepsBytes` the change has what the file holds.
 */
export async function readChange(
  contentDir: string,
  { path, known, bytes: given, movedAt }: FileToRead,
  {
    isPatient = true,
    takesLarge = true,
    keepsBytes = false,
    beginStage = () => {},
    now = new Date(),
  }: {
    isPatient?: boolean
    takesLarge?: boolean
    keepsBytes?: boolean
    beginStage?: BeginStage
    now?: Date
  } = {},
): Promise<ReadOutcome> {
  const found = (change: FileChange): FoundChange => ({ path, known, change })
  const toFile = (fingerprint: string, bytes: Uint8Array): ReadFile => {
    const digest = hash('sha1', bytes, 'base64url')
    return { path, fingerprint, digest, ...(keepsBytes ? { bytes } : {}) }
  }
  try {
    if (given) return found(await toFileChange(toFile('', given), given, beginStage, now))
    const options = { isPatient, takesLarge, maxBytes: maxBytesOf(path), movedAt }
    const look = readSettled(join(contentDir, path), known?.fingerprint, options)
    if (typeof look === 'string') return look
    const { fingerprint, bytes } = look
    const file = toFile(fingerprint, bytes)
    if (file.digest === known?.digest) return found({ kind: 'touched', file })
    const dueAt = known?.digest.startsWith(`${file.digest} until `) && known.digest.slice(-24)
    if (dueAt && dueAt > now.toISOString()) return 'unchanged'
    return found(await toFileChange(file, bytes, beginStage, now))
  } catch (error) {
    if (isMissing(error)) return known ? found({ kind: 'gone', path }) : 'unchanged'
    const reason = reasonOf(error)
    // Without a fingerprint every sync tries again; the digest shows whether anything has changed.
    const file = { path, fingerprint: '', digest: reason }
    if (file.digest === known?.digest) return 'unchanged'
    return found({ kind: 'invalid', file, problems: toProblems(path, error) })
  }
}

/** Files of one content folder. `isPatient`, `takesLarge`, `keepsBytes`: see `readChange`. */
export type ReadRequest = {
  contentDir: string
  files: FileToRead[]
  isPatient: boolean
  takesLarge: boolean
  keepsBytes?: boolean | undefined
}

/** `readChange` for a thread of its own, because some files may never end. */
export async function readInThread(
  { contentDir, files, ...options }: ReadRequest,
  beginStage: BeginStage,
): Promise<ReadOutcome[]> {
  const outcomes: ReadOutcome[] = []
  for (const file of files) {
    outcomes.push(await readChange(contentDir, file, { ...options, beginStage }))
  }
  return outcomes
}

/** Does not follow links or wait for pipes. Without effect on platforms that lack the flags. */
const openFlags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/** The file's bytes, if it has another fingerprint, and stays as it is while it is read. */
function readSettled(
  absolutePath: string,
  knownFingerprint: string | undefined,
  {
    isPatient,
    takesLarge,
    maxBytes,
    movedAt = 0,
  }: { isPatient: boolean; takesLarge: boolean; maxBytes: number; movedAt?: number | undefined },
): { fingerprint: string; bytes: Uint8Array } | Exclude<ReadOutcome, FoundChange> {
  const file = openSync(absolutePath, openFlags)
  try {
    const stats = fstatSync(file)
    if (!stats.isFile()) throw new NoFileError()
    const fingerprint = toFingerprint(stats)
    if (fingerprint === knownFingerprint) return 'unchanged'
    if (isPatient && isUnsettled(stats, movedAt)) return 'unsettled'
    if (!takesLarge && stats.size > largeFileBytes) return 'large'
    // Of a file that is too large, one byte more than the limit is enough.
    const bytes = Buffer.allocUnsafe(Math.min(stats.size, maxBytes + 1))
    let length = 0
    for (let read = 1; length < bytes.length && read > 0; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, length)
    }
    if (isPatient && toFingerprint(fstatSync(file)) !== fingerprint) return 'unsettled'
    return { fingerprint, bytes: bytes.subarray(0, length) }
  } finally {
    closeSync(file)
  }
}

/** A folder, a link, a pipe: nothing that holds content. */
class NoFileError extends Error {
  override name = 'NoFileError'
}

function isUnsettled({ size, mtimeMs }: Stats, movedAt: number): boolean {
  if (size > 0 && mtimeMs <= movedAt) return false
  const age = Date.now() - mtimeMs
  // A time further ahead is not one that this machine has just written.
  if (age < -1000) return false
  return age < (size === 0 ? settleMillisecondsWhenEmpty : settleMilliseconds)
}

async function toFileChange(
  file: ReadFile,
  bytes: Uint8Array,
  beginStage: BeginStage,
  now: Date,
): Promise<FileChange> {
  try {
    const parsed = await parseContentFile({ path: file.path, bytes }, beginStage, now)
    if (parsed.kind === 'entries') return { ...parsed, file }
    const { article, plainText, warnings, nextDueAt } = parsed
    return {
      kind: 'article',
      // Without a fingerprint every sync looks at the file again.
      file: nextDueAt
        ? { ...file, fingerprint: '', digest: `${file.digest} until ${nextDueAt}` }
        : file,
      article: prepareArticle(article, plainText),
      warnings,
    }
  } catch (error) {
    return { kind: 'invalid', file, problems: toProblems(file.path, error) }
  }
}

function isMissing(error: unknown): boolean {
  if (error instanceof NoFileError) return true
  const code = codeOf(error)
  // ELOOP is how a link answers that is not to be followed.
  return ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(code)
}
