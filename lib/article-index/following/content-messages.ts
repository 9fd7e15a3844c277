import type { SyncReport } from '../sync.ts'
import type { IndexProgress } from './follow-content.ts'

/** What the thread that writes the index is started with. */
export type ContentWorkerData = { dataDir: string; contentDir: string }

/** What it is told. */
export type ContentRequest =
  | { kind: 'sync'; number: number; paths: string[] | undefined }
  | { kind: 'begin-again'; reason: string }
  | { kind: 'stop' }

/** What it tells. */
export type ContentMessage =
  | { kind: 'ready' }
  | { kind: 'failed'; reason: string }
  | { kind: 'log'; line: string }
  | { kind: 'progress'; progress: IndexProgress }
  | { kind: 'synced'; number: number; report: SyncReport }
  | { kind: 'sync-failed'; number: number; reason: string }
