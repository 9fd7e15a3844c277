import type { Suppressed } from '#lib/article-index/article-index.ts'
import type { LogLevel } from '#lib/node/log.ts'
import type { IndexProgress, Synced, SyncNowOptions, SyncState } from './sync-continuously.ts'
import type { SyncReport } from './sync-report.ts'

export type ContentFolders = {
  dataDir: string
  contentDir: string
  /**
   * After so many new files at once the process runs at a lower priority and is replaced when it is
   * done, because it keeps the memory that it took.
   */
  manyFiles: number
}

/** What is sent to the process that writes the index; the first of all says where to work. */
export type SyncProcessRequest =
  | ({ kind: 'watch' } & ContentFolders)
  | ({ kind: 'sync'; number: number } & SyncNowOptions)
  | { kind: 'rebuild'; reason: string }
  | { kind: 'stop' }

/** How often the process sends a sign of life, in ms. */
export const heartbeatMs = 1000

/** What the process sends. */
export type SyncProcessMessage =
  /** The process is not blocked. */
  | { kind: 'alive' }
  /** Nothing that is served is out of date. */
  | { kind: 'ready' }
  /** It could not start, and ends. */
  | { kind: 'failed'; reason: string }
  /** After much work it holds memory that it does not need: another one should go on. */
  | { kind: 'replaceable' }
  | { kind: 'log'; level: LogLevel; line: string }
  | { kind: 'progress'; progress: IndexProgress }
  | { kind: 'state'; state: SyncState }
  /** All that must not be served although it is in the index. */
  | { kind: 'suppressed'; suppressed: Suppressed[] }
  | { kind: 'changed'; synced: Synced }
  | { kind: 'synced'; number: number; report: SyncReport }
  | { kind: 'sync-failed'; number: number; reason: string }
