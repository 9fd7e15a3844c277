import { lstatSync } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import { isContentPath } from '#lib/content/read-content-folder.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { type Log, stderrLog } from '#lib/node/log.ts'
import { applyChanges, IndexRebuiltError } from './apply-changes.ts'
import { compareFolder, splitMoved } from './compare-folder.ts'
import { loadIndex } from './load-index.ts'
import type { RemovalGuard } from './removal-guard.ts'
import { createSyncTally, type SyncReport, type SyncTally } from './sync-report.ts'
import type { UnwrittenChanges } from './unwritten-changes.ts'
import type { MovedFiles } from './watch-folder.ts'

export type SyncProgress = {
  /** Known files are looked at first: from `adding` on nothing that is served is out of date. */
  phase: 'verifying' | 'adding'
  filesSeen: number
  filesTotal: number
  /** Written so far: new ones, and all of new, changed and removed ones. */
  filesAdded: number
  filesChanged: number
}

/**
 * Without `startReplacement` files are only ever added one after the other. With `keepsBytes` every
 * change that is applied has what its file holds.
 */
export type SyncTarget = Pick<WritableArticleIndex, 'write'> &
  Partial<Pick<WritableArticleIndex, 'startReplacement'>> & { keepsBytes?: boolean | undefined }
type Target = SyncTarget

/**
 * So many new files, if they are most of all, are loaded into a new index, after the newest of them were
 * added to the one that is served.
 */
const manyFiles = { fewest: 50_000, servedAtOnce: 1000 }

export type SyncOptions = {
  contentDir: string
  /** Makes large removals wait. Without one they do not. */
  guard?: RemovalGuard
  /** Large removals need not wait. */
  confirmRemovals?: boolean
  /** Where changes are noted that cannot be written and take something back. */
  unwritten?: UnwrittenChanges
  /** How many new files are loaded in bulk; 50,000 when left out. */
  bulkFrom?: number
  log?: Log
}

/**
 * Brings the index up to date with the content folder: first what has changed or gone, then what is
 * new, the newest month first. Readers see the changes in groups as they are committed, and other
 * writing takes its turn between them; when most files are new, all but the newest are seen at once at
 * the end (`loadIndex`). What another sync has changed meanwhile is left as it is.
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
  tally.unchanged(unchanged.length)
  const held = guard?.judge(missing.length, knownCount, confirmRemovals)
  if (held) tally.held(held)
  const toCheck = held ? changed : [...changed, ...missing]
  const filesTotal = unchanged.length + changed.length + missing.length + added.length
  const report = (phase: SyncProgress['phase'], filesLoaded = 0) => {
    const { filesSeen, ...counts } = tally.counts()
    onProgress?.({ phase, filesTotal, ...counts, filesSeen: Math.max(filesSeen, filesLoaded) })
  }
  const { bulkFrom = manyFiles.fewest } = options
  const isBulk = !held && added.length >= Math.max(bulkFrom, knownCount)
  if (toCheck.length + added.length > 0) {
    const common = { contentDir, signal, tally, rebuildCount, unwritten }
    try {
      await applyChanges(index, toCheck, { ...common, onCommit: () => report('verifying') })
      report('adding')
      const onCommit = () => report('adding')
      const addNew = (paths: string[]) =>
        applyChanges(index, paths, { ...common, areNew: true, onCommit })
      const { startReplacement } = index
      if (isBulk && startReplacement) {
        await addNew(added.slice(0, manyFiles.servedAtOnce))
        const paths = [...unchanged, ...changed, ...added.toReversed()]
        const onLoaded = (files: number) => report('adding', Math.min(files, filesTotal - 1))
        const target = { write: index.write, startReplacement }
        const isLoaded = await load(target, { ...options, paths, tally, onLoaded })
        if (!isLoaded) await addNew(added.slice(manyFiles.servedAtOnce))
      } else await addNew(added)
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
 * Loads a new index in place of `index`; false, which `log` says, when that cannot be done: then the
 * files can still be added to the one that there is.
 */
async function load(
  index: Required<Pick<Target, 'write' | 'startReplacement'>>,
  {
    paths,
    tally,
    onLoaded,
    ...options
  }: SyncOptions & {
    paths: string[]
    tally: SyncTally
    onLoaded: (files: number) => void
    signal?: AbortSignal
  },
): Promise<boolean> {
  const { contentDir, guard, confirmRemovals, log = stderrLog } = options
  const failing = new AbortController()
  const signal = AbortSignal.any([failing.signal, ...(options.signal ? [options.signal] : [])])
  try {
    const { report, problems } = await loadIndex(index, {
      ...options,
      paths,
      signal,
      onProgress(filesRead) {
        try {
          onLoaded(filesRead)
        } catch (error) {
          failing.abort(error)
        }
      },
      sync: ({ write }, some) => {
        const common = { contentDir, guard, confirmRemovals, log }
        return some
          ? syncPaths({ write }, { ...common, paths: some })
          : syncArticles({ write }, { ...common, signal })
      },
    })
    if (report.held) tally.held(report.held)
    const { added, changed, unchanged } = report
    tally.loaded(added + changed + unchanged, [...problems, ...report.problems])
    return true
  } catch (error) {
    signal.throwIfAborted()
    const reason = reasonOf(error)
    log.warn(`The index cannot be made in one piece, so files are added one by one: ${reason}`)
    return false
  }
}

/**
 * The same for the named files alone, whether they are new, changed or gone. Paths are relative to
 * the content folder; those that `listContentFiles` would never list are passed over. Nobody waits for
 * those of `moved` to come to rest.
 */
export async function syncPaths(
  index: Target,
  { paths, moved, ...options }: SyncOptions & { paths: string[]; moved?: MovedFiles | undefined },
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
  try {
    await applyChanges(index, toCheck, { contentDir, tally, unwritten, moved })
  } catch (error) {
    // Another file was put in place while these were read: it may hold them as they were before.
    if (error instanceof IndexRebuiltError)
      return await syncPaths(index, { paths, moved, ...options })
    throw error
  }
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
