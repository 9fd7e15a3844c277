import { mkdir, open, rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/**
 * Writes a file of the content folder whole or not at all: what a crash leaves is the old file or
 * the new one. `path` is relative to the folder, with forward slashes. The temporary name begins with
 * a dot, which every reader of the folder passes over, and is the same each time, so that a leftover
 * is written over by the next try.
 */
export async function writeContentFile(
  contentDir: string,
  path: string,
  text: string,
): Promise<void> {
  const target = join(contentDir, path)
  const folder = dirname(target)
  await mkdir(folder, { recursive: true })
  const temporary = join(folder, `.${basename(target)}.tmp`)
  const file = await open(temporary, 'w', 0o644)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(temporary, target)
  await syncFolder(folder)
}

/** The new name is on disk as well, where the platform can say so. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // Windows cannot open a folder; the file itself is safe.
  }
}
