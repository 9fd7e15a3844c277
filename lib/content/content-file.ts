import { createHash, randomBytes } from 'node:crypto'
import { constants, linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { mkdir, open, realpath, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { codeOf } from '#lib/node/describe-error.ts'
import { syncFolder } from '#lib/node/write-whole.ts'
import { type ContentKind, contentKindOf, isContentPath } from './read-content-folder.ts'

/** Does not follow links or wait for pipes. Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * The bytes of a file of the content folder as it is now. `path` is relative to the folder and may come
 * from outside: undefined for everything that the site itself would not read there (a path out of the
 * folder, a symbolic link anywhere below it, a folder, a pipe), for files of other kinds, and when there
 * is no such file.
 */
export async function readContentFile(
  contentDir: string,
  path: string,
  kinds: readonly ContentKind[] = ['article'],
): Promise<Uint8Array | undefined> {
  if (!isPathOf(kinds, path)) return undefined
  try {
    const wanted = join(await realpath(contentDir), path)
    if ((await realpath(wanted)) !== wanted) return undefined
    const file = await open(wanted, flags)
    try {
      return (await file.stat()).isFile() ? await file.readFile() : undefined
    } finally {
      await file.close()
    }
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** A content path has no segment that begins with a dot. */
function isPathOf(kinds: readonly ContentKind[], path: string): boolean {
  const kind = isContentPath(path) ? contentKindOf(path) : undefined
  return kind !== undefined && kinds.includes(kind) && !/[\\\0]/.test(path)
}

/** What two copies of a file are compared by: SHA-256 of the bytes, as base64url. */
export function toFileDigest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64url')
}

/**
 * How a write ended. `overwritten`: what another process wrote into the file in the moment between the
 * comparison and the replacement; the caller keeps it. `changed`: the file was not the one that was
 * expected, and was not touched; `found` is what it holds, undefined when it is missing.
 */
export type WriteOutcome =
  | { kind: 'written'; digest: string; overwritten: Uint8Array | undefined }
  | { kind: 'changed'; found: Uint8Array | undefined }

/**
 * Writes a content file whole, if it still holds what the caller read: `expected` is the digest of that,
 * undefined for a file that must not exist yet. Between our own processes comparing and replacing are
 * one step, by a lock in the content folder. A foreign process has no lock: what it writes up to the
 * last moment is found by comparing, what it writes into the old file at that moment is handed back. Only a
 * file that it renames into place between two system calls of ours is beyond what the system can say.
 *
 * The mode of the file stays; a new one gets 0644. Throws an `Error` for a path that the site would not
 * read, and what the file system does; the file is then as it was.
 */
export async function writeContentFile(
  contentDir: string,
  path: string,
  bytes: Uint8Array,
  expected: string | undefined,
): Promise<WriteOutcome> {
  const file = await toWritablePath(contentDir, path)
  const token = randomBytes(4).toString('hex')
  // Readers of the folder pass over names that begin with a dot.
  const fresh = join(dirname(file), `.${basename(file).slice(0, 200)}.${token}.tmp`)
  const former = join(dirname(file), `.${basename(file).slice(0, 200)}.${token}.old`)
  try {
    // The umask of a server would keep others from reading what was theirs.
    const mode = (await stat(file).catch(() => undefined))?.mode ?? 0o644
    const handle = await open(fresh, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.chmod(mode & 0o777)
      await handle.sync()
    } finally {
      await handle.close()
    }
    const replaced = withLock(contentDir, () => replace(file, { fresh, former, expected }))
    if (replaced.kind === 'changed') return replaced
    // Through the second name the old file can still be read, with all that was written into it.
    const last = expected === undefined ? undefined : readIfThere(former)
    const isOther = last !== undefined && toFileDigest(last) !== expected
    return {
      kind: 'written',
      digest: toFileDigest(bytes),
      overwritten: isOther ? last : undefined,
    }
  } finally {
    for (const one of [fresh, former]) rmSync(one, { force: true })
    await syncFolder(dirname(file))
  }
}

/** Removes a content file under the same condition. */
export async function removeContentFile(
  contentDir: string,
  path: string,
  expected: string,
): Promise<Exclude<WriteOutcome, { kind: 'written' }> | { kind: 'removed' }> {
  const file = await toWritablePath(contentDir, path)
  const result = withLock(contentDir, () => {
    const found = readIfThere(file)
    if (!found || toFileDigest(found) !== expected) return { kind: 'changed' as const, found }
    rmSync(file)
    return { kind: 'removed' as const }
  })
  await syncFolder(dirname(file))
  return result
}

/** One turn of the event loop: nothing of this process comes in between. */
function replace(
  file: string,
  { fresh, former, expected }: { fresh: string; former: string; expected: string | undefined },
): { kind: 'replaced' } | Extract<WriteOutcome, { kind: 'changed' }> {
  if (expected === undefined) {
    try {
      linkSync(fresh, file)
      return { kind: 'replaced' }
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') throw cause
      return { kind: 'changed', found: readIfThere(file) }
    }
  }
  try {
    linkSync(file, former)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return { kind: 'changed', found: undefined }
    // A file system without hard links: then only what is written before the comparison is noticed.
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(codeOf(cause))) throw cause
  }
  const found = readIfThere(file)
  if (!found || toFileDigest(found) !== expected) return { kind: 'changed', found }
  renameSync(fresh, file)
  return { kind: 'replaced' }
}

/** The lock is SQLite's on an empty file: the system releases it when a process is killed. */
function withLock<Result>(contentDir: string, work: () => Result): Result {
  const db = new DatabaseSync(join(contentDir, '.desk.lock'), { timeout: 5000 })
  try {
    db.exec('BEGIN EXCLUSIVE')
    return work()
  } finally {
    db.close()
  }
}

/** Throws an `Error` for a path that is none of a text of the content folder. */
export function requireContentPath(path: string): void {
  if (isPathOf(['article', 'page', 'author', 'redirects'], path)) return
  throw new Error(`${path} is not the name of a content file.`)
}

/** The absolute name of a content file, whose folder is made. Never through a link. */
async function toWritablePath(contentDir: string, path: string): Promise<string> {
  requireContentPath(path)
  const root = await realpath(contentDir)
  const file = join(root, path)
  await mkdir(dirname(file), { recursive: true, mode: 0o755 })
  if ((await realpath(dirname(file))) !== dirname(file)) {
    throw new Error(`${path} is reached through a link, and links are not followed.`)
  }
  return file
}

function readIfThere(file: string): Uint8Array | undefined {
  try {
    return readFileSync(file)
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw cause
  }
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ENXIO'].includes(codeOf(error))
}
