import type { ArticleAddress, Suppressed } from '#lib/article-index/article-index.ts'
import type { LogLevel } from '#lib/node/log.ts'
import type { IndexProgress, Synced, SyncNowOptions, SyncState } from './sync-continuously.ts'

export type ContentFolders = {
  dataDir: string
  contentDir: string
  /**
   * After so many new files at once the process runs at a lower priority and is replaced when it is
   * done, because it keeps the memory that it took.
   */
  manyFiles: number
  /** Set for a node of a fleet, whose index is a copy of a database. */
  fleet?: FleetSettings | undefined
}

/** `all` and `writer` follow the content folder while they hold the lease; `web` has none. */
export type FleetRole = 'all' | 'web' | 'writer'

export type FleetSettings = {
  databaseUrl: string
  role: FleetRole
  /** The node's name, which operators see, and what it was built from. */
  node: string
  build: string
  /** Where the pictures of the content folder are written, so that every node serves the same. */
  mediaDir: string
  /** The files of this build, which other nodes are given, and where those of their builds are written. */
  assets: { build: string | undefined; others: string }
}

/** Another node of the fleet, or this one. */
export type FleetPeer = {
  node: string
  role: string
  revision: number | undefined
  build: string
  /** Up to where it has the files of media and of all builds; undefined before that is known. */
  mediaRevision: number | undefined
}

/** How a node stands in its fleet. Plain JSON. */
export type FleetState = {
  node: string
  role: FleetRole
  /** All that the database held at this revision is served here; undefined before that is known. */
  revision: number | undefined
  /** The database's revision when it was last asked. */
  latestRevision: number | undefined
  /** Since when newer revisions wait here, in s; 0 when none do. As far as is known. */
  lagSeconds: number
  /** Why the database cannot be asked, in a sentence; undefined when it can. */
  failure: string | undefined
  /** What a node that has just started waits for, in a sentence, before it is sent readers. */
  waitsFor: string | undefined
  /** How far this machine's clock is ahead of the database's, in ms; undefined before it was asked. */
  clockOffsetMs: number | undefined
  /** Who may write, as far as is known, and in which term. */
  lease: { holder: string; term: number; isMine: boolean } | undefined
  /** Nodes that were seen within the last seconds, this one among them, by their names. */
  peers: FleetPeer[]
}

/** What nodes hand to one another so that one of them notifies others of changes, and each once. */
export type FleetOutbox = {
  /**
   * What the node that notified before has saved, and the addresses that have changed up to a revision
   * and that it did not save as noted; undefined when these are too many. Rejects in a node that does
   * not write.
   */
  take(): Promise<TakenOutbox>
  /** Saves, as having noted everything up to a revision. Rejects when another node writes by now. */
  save(content: string, revision: number): Promise<void>
}
export type TakenOutbox = {
  content: string | undefined
  addresses: ArticleAddress[] | undefined
  revision: number
}

/** What is sent to the process that writes the index; the first of all says where to work. */
export type SyncProcessRequest =
  | ({ kind: 'watch' } & ContentFolders)
  | ({ kind: 'sync'; number: number } & SyncNowOptions)
  | { kind: 'rebuild'; reason: string }
  | { kind: 'take-outbox'; number: number }
  | { kind: 'save-outbox'; number: number; content: string; revision: number }
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
  | { kind: 'fleet'; fleet: FleetState }
  | { kind: 'changed'; synced: Synced }
  /** What was asked under this number is done. */
  | { kind: 'answer'; number: number; answer: unknown }
  | { kind: 'refusal'; number: number; reason: string }
