import type { LogLevel } from '#lib/node/log.ts'
import type { IndexProgress, Synced } from './follow-content.ts'
import type { SyncReport } from './sync.ts'

export type ContentFolders = {
  dataDir: string
  contentDir: string
  /** So many new files at once are much work: the process gives way to whoever serves, and wears out. */
  manyFiles: number
}

/** What the process that writes the index is told; the first of all is where to work. */
export type ContentRequest =
  | ({ kind: 'follow' } & ContentFolders)
  | { kind: 'sync'; number: number; paths: string[] | undefined }
  | { kind: 'begin-again'; reason: string }
  | { kind: 'stop' }

/** What it tells. */
export type ContentMessage =
  /** Nothing in the index is out of date. */
  | { kind: 'ready' }
  /** It could not begin, and ends. */
  | { kind: 'failed'; reason: string }
  /** After much work it holds memory that it does not need: another one had better go on. */
  | { kind: 'worn' }
  | { kind: 'log'; level: LogLevel; line: string }
  | { kind: 'progress'; progress: IndexProgress }
  | { kind: 'changed'; synced: Synced }
  | { kind: 'synced'; number: number; report: SyncReport }
  | { kind: 'sync-failed'; number: number; reason: string }
