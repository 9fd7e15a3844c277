import { lstatSync, type Stats } from 'node:fs'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import { articleIdentity } from '#lib/content/article-identity.ts'
import { listContentFiles } from '#lib/content/read-content-folder.ts'
import { toFingerprint } from './read-outcome.ts'

const filesBetweenPauses = 64

/** How a content folder differs from what an index knows of it, as paths. */
export type Differences = {
  /** Known files that look different, and those that have another path now. */
  changed: string[]
  /** Known files that are no longer there. */
  missing: string[]
  /** Unknown files, those of the newest month first. */
  added: string[]
  unchanged: string[]
}

/**
 * Lists a content folder and compares fingerprints; `known`, which has them by path, is emptied on
 * the way. Throws when the folder, or one below it, is missing or cannot be read.
 */
export async function compareFolder(
  contentDir: string,
  known: Map<string, string>,
  signal?: AbortSignal,
): Promise<Differences> {
  const pause = createPauses()
  const changed: string[] = []
  const added: { path: string; month: string }[] = []
  const unchanged: string[] = []
  let seen = 0
  for await (const { path, absolutePath } of listContentFiles(contentDir)) {
    seen += 1
    if (seen % filesBetweenPauses === 0) {
      signal?.throwIfAborted()
      await pause()
    }
    const fingerprint = known.get(path)
    const month = fingerprint === undefined ? toMonth(path) : undefined
    if (month) {
      added.push({ path, month })
      continue
    }
    // A call that waits takes a third of the time of one that does not. Nobody is kept waiting for
    // long: where somebody is served, this is in another thread.
    const stats = lstatSync(absolutePath, { throwIfNoEntry: false })
    if (!stats) continue
    if (fingerprint === undefined) {
      added.push({ path, month: toMonthOfChange(stats) })
      continue
    }
    known.delete(path)
    if (fingerprint === toFingerprint(stats)) unchanged.push(path)
    else changed.push(path)
  }
  added.sort((a, b) => (a.month < b.month ? 1 : a.month > b.month ? -1 : 0))
  const { moved, missing } = splitMoved([...known.keys()], added)
  changed.push(...moved)
  return { changed, missing, added: added.map(({ path }) => path), unchanged }
}

/** A file whose slug and language have come up elsewhere was moved: nothing is taken off the site. */
export function splitMoved(
  gone: string[],
  added: { path: string }[],
): { moved: string[]; missing: string[] } {
  const toAddress = (path: string) => {
    const { slug, hintedLocale } = articleIdentity(path)
    return `${hintedLocale} ${slug}`
  }
  const addresses = new Set(gone.length > 0 ? added.map(({ path }) => toAddress(path)) : [])
  const isMoved = (path: string) => addresses.has(toAddress(path))
  return { moved: gone.filter(isMoved), missing: gone.filter((path) => !isMoved(path)) }
}

/** The year and month of the folders, as in `articles/en/2026/11/…`. */
function toMonth(path: string): string | undefined {
  const [, year, month] = /(?:^|\/)(\d{4})\/(\d{2})\//.exec(path) ?? []
  return year && `${year}-${month}`
}

function toMonthOfChange({ mtimeMs }: Stats): string {
  return new Date(Math.max(0, Math.min(mtimeMs, Date.now()))).toISOString().slice(0, 7)
}
