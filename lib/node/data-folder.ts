import { chmodSync, lstatSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf } from './describe-error.ts'

/** Owner only: folders may be entered, files read and written. */
const modes = { folder: 0o700, file: 0o600 }

/**
 * Makes the data folder, if it is missing, and closes it to other users. Throws when it cannot be made.
 */
export function makeDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: modes.folder })
  setMode(folder)
}

/**
 * The same for the folder with everything that is in it: drafts are in there. Links are not followed.
 * Files of other users stay as they are. Call it when a server starts, before anything is opened, and
 * `closeToOthers` for files that are made later.
 */
export function openDataFolder(folder: string): void {
  makeDataFolder(folder)
  closeBelow(folder)
}

/** The same for one file, and for the log and the shared memory that SQLite puts beside it. */
export function closeToOthers(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) setMode(file + suffix)
}

function closeBelow(folder: string): void {
  setMode(folder)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) closeBelow(path)
    else setMode(path)
  }
}

/** Files that vanished, belong to another user or lie on a read-only disk are left alone. */
function setMode(path: string): void {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false })
    const mode = stats?.isDirectory() ? modes.folder : stats?.isFile() ? modes.file : undefined
    if (stats && mode !== undefined && (stats.mode & 0o777) !== mode) chmodSync(path, mode)
  } catch (error) {
    const code = codeOf(error)
    if (!['ENOENT', 'EPERM', 'EACCES', 'EROFS'].includes(code)) throw error
  }
}
