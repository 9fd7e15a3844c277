import { lstatSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import { isContentPath } from '#lib/content/read-content-folder.ts'
import { applyChanges, IndexRebuiltError } from './apply-changes.ts'
import { compareFolder, splitMoved } from './compare-folder.ts'
import type { RemovalGuard } from './removal-guard.ts'
import { createSyncTally, type SyncReport } from './sync-report.ts'
import type { UnwrittenChanges } from './unwritten-changes.ts'

export type SyncProgress = {
  /** Known files are looked at first: from `adding` on nothing that is served is out of date. */
  phase: 'verifying' | 'adding'
  filesSeen: number
  filesTotal: number
  /** Written so far: new ones, and all of new, changed and removed ones. */
  filesAdded: number
  filesChanged: number
}

type Target = Pick<WritableArticleIndex, 'write'>

export type SyncOptions = {
  contentDir: string
  /** Makes large removals wait. Without one they do not. */
  guard?: RemovalGuard
  /** Large removals need not wait. */
  confirmRemovals?: boolean
  /** Where changes are noted that cannot be written and take something back. */
  unwritten?: UnwrittenChanges
}

/**
 * Brings the index up to date with the content folder: first what has changed or gone, then what is
 * new, the newest month first. Readers see the changes in groups as they are committed, and other
 * writing takes its turn between them. What another sync has changed meanwhile is left as it is.
 *
 * A file that cannot be read or parsed leaves the index and is listed among its problems. A content
 * folder that is missing or cannot be read throws before anything is removed; `signal` stops between
 * files. Either way what was committed until then stays. When nothing can be written it throws
 * `IndexUnwrittenError` after it has looked at all known files that have changed.
 *
 * `onProgress` is called after every transaction and between the phases. The sync ends with what it
 * throws.
 */
export async function syncArticles(
  index: Target,
  options: SyncOptions & {
    onProgress?: (progress: SyncProgress) => void
    signal?: AbortSignal
  },
): Promise<SyncReport> {
  const { contentDir, onProgress, signal, guard, confirmRemovals, unwritten } = options
  const tally = createSyncTally()
  // After a sync without errors the index is right about these files.
  const noted = unwritten?.paths() ?? []
  const { known, rebuildCount } = await listKnownFiles(index)
  const knownCount = known.size
  const differences = await compareFolder(contentDir, known, signal)
  const { changed, missing, added, unchanged } = differences
  tally.unchanged(unchanged)
  const held = guard?.judge(missing.length, knownCount, confirmRemovals)
  if (held) tally.held(held)
  const toCheck = held ? changed : [...changed, ...missing]
  const filesTotal = unchanged + changed.length + missing.length + added.length
  const report = (phase: SyncProgress['phase']) =>
    onProgress?.({ phase, filesTotal, ...tally.counts() })
  if (toCheck.length + added.length > 0) {
    const common = { contentDir, signal, tally, rebuildCount, unwritten }
    try {
      await applyChanges(index, toCheck, { ...common, onCommit: () => report('verifying') })
      report('adding')
      const onCommit = () => report('adding')
      await applyChanges(index, added, { ...common, areNew: true, onCommit })
    } catch (error) {
      if (error instanceof IndexRebuiltError) return await syncArticles(index, options)
      throw error
    }
  }
  unwritten?.resolve(noted)
  report('adding')
  return tally.report()
}

/**
 * The same for the named files alone, whether they are new, changed or gone. Paths are relative to
 * the content folder; those that `listContentFiles` would never list are passed over.
 */
export async function syncPaths(
  index: Target,
  { paths, ...options }: SyncOptions & { paths: string[] },
): Promise<SyncReport> {
  const { contentDir, guard, confirmRemovals, unwritten } = options
  await access(contentDir)
  const tally = createSyncTally()
  const named = [...new Set(paths.filter(isContentPath))]
  const removals = guard ? await listRemovals(index, contentDir, named) : undefined
  const held =
    removals && guard?.judge(removals.missing.length, removals.knownCount, confirmRemovals)
  if (held) tally.held(held)
  const isHeld = new Set(held ? removals?.missing : [])
  const toCheck = named.filter((path) => !isHeld.has(path))
  await applyChanges(index, toCheck, { contentDir, tally, unwritten })
  return tally.report()
}

/** Those of some files that the index knows and that are no longer there under any path. */
async function listRemovals(index: Target, contentDir: string, paths: string[]) {
  const isThere = (path: string) =>
    lstatSync(join(contentDir, path), { throwIfNoEntry: false }) !== undefined
  const gone = paths.filter((path) => !isThere(path))
  const present = paths.filter(isThere).map((path) => ({ path }))
  const { missing } = splitMoved(gone, present)
  return await index.write(async ({ findFile, countFiles }) => ({
    missing: missing.filter(findFile),
    knownCount: countFiles(),
  }))
}

async function listKnownFiles(index: Target) {
  return await index.write(async ({ listFingerprints, rebuildCount }) => {
    const known = new Map<string, string>()
    const pause = createPauses()
    for (let after = ''; ; await pause()) {
      const files = listFingerprints(after, 2000)
      for (const [path, fingerprint] of files) known.set(path, fingerprint)
      const last = files.at(-1)
      if (!last) return { known, rebuildCount }
      after = last[0]
    }
  })
}
