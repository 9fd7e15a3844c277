import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { closeToOthers } from '#lib/node/data-folder.ts'

/**
 * Takes the content folder for this run; undefined when another run has it. The lock is that of an
 * empty SQLite file, which the operating system lets go when the process ends, however it ends: no
 * leftover can keep the next run out.
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
    if (cause instanceof Error && /locked/.test(cause.message)) return undefined
    throw cause
  }
  return { release: () => db.close() }
}
