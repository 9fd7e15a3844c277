import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

export type WriteOptions = {
  /** The mode of the new file, less the umask. The default is 0o666. */
  mode?: number
  /**
   * Whether two writers may write the file at the same time. Each then has a temporary name of its
   * own, which stays behind if its process is killed; without it the next write takes the same name.
   */
  isShared?: boolean
}

/**
 * Writes a file whole or not at all, and creates its folders: after a crash or a power cut there is
 * the old file or the new one. The temporary name begins with a dot, which every reader of the
 * content folder passes over. Throws what the file system does, and then leaves the old file.
 */
export async function writeWhole(
  file: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): Promise<void> {
  const temporary = temporaryNameOf(file, options)
  await mkdir(dirname(file), { recursive: true })
  try {
    const handle = await open(temporary, 'w', options.mode)
    try {
      await handle.writeFile(content)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => {})
    throw cause
  }
  await syncFolder(dirname(file))
}

/** Like `writeWhole`, for callers that cannot wait. Blocks the thread until the disk has it. */
export function writeWholeSync(
  file: string,
  content: string | Uint8Array,
  options: WriteOptions = {},
): void {
  const temporary = temporaryNameOf(file, options)
  mkdirSync(dirname(file), { recursive: true })
  try {
    const descriptor = openSync(temporary, 'w', options.mode)
    try {
      writeFileSync(descriptor, content)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, file)
  } catch (cause) {
    rmSync(temporary, { force: true })
    throw cause
  }
}

function temporaryNameOf(file: string, { isShared = false }: WriteOptions): string {
  const own = isShared ? `.${randomBytes(4).toString('hex')}` : ''
  return join(dirname(file), `.${basename(file)}${own}.tmp`)
}

/** The new name is on disk as well, where the platform can say so. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r')
    await handle.sync().finally(() => handle.close())
  } catch {
    // Windows cannot open a folder; the file itself is safe.
  }
}
