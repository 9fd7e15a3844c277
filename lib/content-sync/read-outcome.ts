import { lstatSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import type { FileChange, IndexedFile } from '#lib/article-index/writes/article-writer.ts'

/**
 * A content file to look at, and what the index knows of it. `bytes` are read in place of the file.
 * `movedAt`: when it was moved into place, see `MovedFiles`.
 */
export type FileToRead = {
  path: string
  known: IndexedFile | undefined
  bytes?: Uint8Array | undefined
  movedAt?: number | undefined
}

/** What has become of a file; `known` is as it was looked for. */
export type FoundChange = FileToRead & { change: FileChange }

/**
 * `unsettled`: it was written just now, or while it was read; look again in a moment. `large`: it has
 * changed and may take long to read, so the others come first.
 */
export type ReadOutcome = FoundChange | 'unchanged' | 'unsettled' | 'large'

/** Files above this size, in bytes, are read after all others. An article has some 5 KB. */
export const largeFileBytes = 256 * 1024

/** A file whose last write is younger than this, in ms, may be half of what it is going to be. */
export const settleMilliseconds = 60

/** Tells two states of a file apart without reading it. */
export function toFingerprint({ size, mtimeMs, ctimeMs, ino }: Stats): string {
  return `${size} ${mtimeMs} ${ctimeMs} ${ino}`
}

/** Of the file as it is now; blank when there is none. */
export function findFingerprint(contentDir: string, path: string): string {
  const stats = lstatSync(join(contentDir, path), { throwIfNoEntry: false })
  return stats ? toFingerprint(stats) : ''
}
