import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { contentKindOf, isContentPath } from '#lib/content/read-content-folder.ts'

/** Does not follow links or wait for pipes. Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)

/**
 * The bytes of an article file as it is now. `path` is relative to the content folder and may come
 * from outside: undefined for everything that the site itself would not read there (a path out of the
 * folder, a symbolic link anywhere below it, a folder, a pipe), and when there is no such file.
 */
export async function readContentFile(
  contentDir: string,
  path: string,
): Promise<Uint8Array | undefined> {
  // A content path has no segment that begins with a dot.
  if (!isContentPath(path) || contentKindOf(path) !== 'article' || /[\\\0]/.test(path))
    return undefined
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

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ENXIO'].includes(code)
}
