import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { closeToOthers } from '#lib/node/data-folder.ts'
import { isBusy } from '#lib/node/sqlite.ts'

/**
 * Locks the content folder for this run; undefined when another run has locked it. The lock is SQLite's
 * on an empty file. The operating system releases it when the process ends, even when it is killed, so
 * no stale lock remains.
 */
export function lockContentFolder(contentDir: string): { release(): void } | undefined {
  mkdirSync(contentDir, { recursive: true })
  const file = join(contentDir, '.ingest.lock')
  const db = new DatabaseSync(file)
  try {
    db.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE')
    closeToOthers(file)
  } catch (cause) {
    db.close()
    if (isBusy(cause)) return undefined
    throw cause
  }
  return { release: () => db.close() }
}
