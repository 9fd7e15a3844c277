import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { writeContentFile } from '#lib/content/content-file.ts'
import { closeToOthers } from '#lib/node/data-folder.ts'
import { isBusy } from '#lib/node/sqlite.ts'
import type { SharedState } from './state/shared-state.ts'

/** The right to ingest, which one run at a time has, and what it works with. */
export type IngestLock = {
  /** What is published, to compare with and to write to. */
  contentDir: string
  /** Where several machines share the state; undefined on one. */
  state: SharedState | undefined
  /** Brings the folder up to what others have published. Before each pass. */
  follow(): Promise<void>
  /** Writes and publishes a file, if it still is as `expected`, a digest, says. See `writeContentFile`. */
  writeFile(
    path: string,
    bytes: Uint8Array,
    expected: string | undefined,
  ): Promise<'written' | 'changed'>
  /** Shows the report of a pass, as JSON, on the other machines. */
  shareReport(report: string): Promise<void>
  /** Aborted when another machine may ingest. */
  lost: AbortSignal | undefined
  release(): void | Promise<void>
}

/**
 * Locks the content folder for this run; undefined when another run has locked it. The lock is SQLite's
 * on an empty file. The operating system releases it when the process ends, even when it is killed, so
 * no stale lock remains.
 */
export function lockContentFolder(contentDir: string): IngestLock | undefined {
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
  return {
    contentDir,
    state: undefined,
    follow: async () => {},
    writeFile: async (...file) => (await writeContentFile(contentDir, ...file)).kind,
    shareReport: async () => {},
    lost: undefined,
    release: () => db.close(),
  }
}
