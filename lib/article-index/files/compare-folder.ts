import { lstatSync } from 'node:fs'
import { listContentFiles } from '#lib/content/read-content-folder.ts'
import type { IndexedFile } from '../writes/article-writer.ts'
import { createPauses } from '../writes/pauses.ts'
import { type LookedFor, toFingerprint } from './read-change.ts'

/** How a content folder differs from what an index knows of it. */
export type Differences = {
  /** Known files that look different, or are no longer listed. */
  changed: LookedFor[]
  /** Unknown files, those of the newest month first. */
  added: LookedFor[]
  unchanged: number
}

/**
 * Lists a content folder and compares fingerprints; `known` is emptied on the way. Throws when the
 * folder, or one below it, is missing or cannot be read.
 */
export async function compareFolder(
  contentDir: string,
  known: Map<string, IndexedFile>,
  signal?: AbortSignal,
): Promise<Differences> {
  const pause = createPauses()
  const changed: LookedFor[] = []
  const added: (LookedFor & { month: string })[] = []
  let unchanged = 0
  for await (const { path, absolutePath } of listContentFiles(contentDir)) {
    signal?.throwIfAborted()
    await pause()
    const indexed = known.get(path)
    // Calls that wait, in a thread where nobody waits for them, take a third of the time of others.
    const stats = lstatSync(absolutePath, { throwIfNoEntry: false })
    if (!stats) continue
    known.delete(path)
    if (!indexed) added.push({ path, known: undefined, month: toMonth(path, stats.mtimeMs) })
    else if (indexed.fingerprint === toFingerprint(stats)) unchanged += 1
    else changed.push({ path, known: indexed })
  }
  for (const indexed of known.values()) changed.push({ path: indexed.path, known: indexed })
  added.sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0))
  return { changed, added, unchanged }
}

/** By the year and month of the folders, as in `articles/en/2026/11/…`; else of the last change. */
function toMonth(path: string, mtimeMs: number): string {
  const [, year, month] = /(?:^|\/)(\d{4})\/(\d{2})\//.exec(path) ?? []
  return year
    ? `${year}-${month}`
    : new Date(Math.max(0, Math.min(mtimeMs, Date.now()))).toISOString().slice(0, 7)
}
