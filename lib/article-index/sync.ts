import { access } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { isContentPath } from '#lib/content/read-content-folder.ts'
import { compareFolder } from './files/compare-folder.ts'
import {
  type FoundChange,
  type Look,
  type LookedFor,
  readChange,
  settleMilliseconds,
} from './files/read-change.ts'
import { readChanges } from './files/read-changes.ts'
import type { WritableArticleIndex } from './sqlite-article-index.ts'
import { createSyncTally, type SyncReport } from './sync-tally.ts'
import type { ArticleAddress, IndexedFile } from './writes/article-writer.ts'
import { createPauses } from './writes/pauses.ts'

export type { SyncReport }

/**
 * Changes written in one transaction: few at first, so that the newest articles are served at once,
 * then more, which is cheaper. Between two transactions others may write.
 */
const changesPerCommit = { first: 64, most: 1024 }

/** A file that is written to without end is taken as it is after this time, in ms. */
const longestPatience = 2000

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

type SyncOptions = {
  contentDir: string
  onProgress?: (progress: SyncProgress) => void
  signal?: AbortSignal
}

/**
 * Brings the index up to date with the content folder: first what has changed or gone, then what is
 * new, the newest month first. Readers see the changes in groups as they are committed, and other
 * writing takes its turn between them. What another sync has changed meanwhile is left as it is.
 *
 * A file that cannot be read or parsed leaves the index and is listed among its problems. A content
 * folder that is missing or cannot be read throws before anything is removed; `signal` stops between
 * files. Either way what was committed until then stays.
 */
export async function syncArticles(index: Target, options: SyncOptions): Promise<SyncReport> {
  for (;;) {
    try {
      return await syncOnce(index, options)
    } catch (error) {
      // The file was damaged or deleted meanwhile: an empty one has to be filled from the start.
      if (!(error instanceof IndexBegunAgainError)) throw error
    }
  }
}

async function syncOnce(index: Target, options: SyncOptions): Promise<SyncReport> {
  const { contentDir, onProgress, signal } = options
  const { known, era } = await listKnownFiles(index)
  const { changed, added, unchanged } = await compareFolder(contentDir, known, signal)
  const tally = createSyncTally()
  tally.unchanged(unchanged)
  const filesTotal = unchanged + changed.length + added.length
  const tell = (phase: SyncProgress['phase']) => () =>
    onProgress?.({ phase, filesTotal, ...tally.counts() })
  await bringIn(index, changed, { ...options, tally, era, onCommit: tell('verifying') })
  tell('adding')()
  await bringIn(index, added, { ...options, tally, era, onCommit: tell('adding') })
  return tally.report()
}

/**
 * The same for the named files alone, whether they are new, changed or gone. Paths are relative to
 * the content folder; those that `listContentFiles` would never list are passed over.
 */
export async function syncPaths(
  index: Target,
  options: { contentDir: string; paths: string[] },
): Promise<SyncReport> {
  await access(options.contentDir)
  const tally = createSyncTally()
  const paths = [...new Set(options.paths.filter(isContentPath))]
  const files = await index.write(async ({ findFile }) =>
    paths.map((path): LookedFor => ({ path, known: findFile(path) })),
  )
  await bringIn(index, files, { ...options, tally })
  return tally.report()
}

async function listKnownFiles(index: Target) {
  return await index.write(async ({ listFiles, era }) => {
    const known = new Map<string, IndexedFile>()
    const pause = createPauses()
    for (let after = ''; ; await pause()) {
      const files = listFiles(after, 2000)
      for (const file of files) known.set(file.path, file)
      const last = files.at(-1)
      if (!last) return { known, era }
      after = last.path
    }
  })
}

type BringInOptions = SyncOptions & {
  tally: ReturnType<typeof createSyncTally>
  /** The index that the files were compared with. */
  era?: number
  onCommit?: () => void
}

/** Reads what has changed of some files and writes it, in their order. */
async function bringIn(index: Target, files: LookedFor[], options: BringInOptions): Promise<void> {
  const { contentDir, signal, tally } = options
  const unsettled: LookedFor[] = []
  let waiting: FoundChange[] = []
  let enough = changesPerCommit.first

  function take(file: LookedFor, look: Look): void {
    signal?.throwIfAborted()
    if (look === 'unsettled') unsettled.push(file)
    else if (look === 'unchanged') tally.unchanged(1)
    else waiting.push(look)
  }

  async function writeWaiting(): Promise<void> {
    if (waiting.length > 0) await write(index, waiting, options)
    waiting = []
    options.onCommit?.()
  }

  for await (const looks of readChanges(contentDir, files)) {
    for (const { file, look } of looks) take(file, look)
    if (waiting.length < enough) continue
    await writeWaiting()
    enough = Math.min(changesPerCommit.most, enough * 2)
  }
  await writeWaiting()

  const deadline = performance.now() + longestPatience
  while (unsettled.length > 0) {
    await setTimeout(settleMilliseconds)
    const isPatient = performance.now() < deadline
    for (const file of unsettled.splice(0)) take(file, readChange(contentDir, file, { isPatient }))
    await writeWaiting()
  }
}

/** Where the index has meanwhile come to know a file otherwise, what was found is out of date. */
async function write(index: Target, found: FoundChange[], options: BringInOptions): Promise<void> {
  const addresses = await index.write(async (session) => {
    if (options.era !== undefined && session.era !== options.era) throw new IndexBegunAgainError()
    await session.begin()
    const written: (ArticleAddress[] | undefined)[] = []
    for (const { path, known, change } of found) {
      const isAsFound = session.findFile(path)?.fingerprint === known?.fingerprint
      written.push(isAsFound ? await session.apply(change) : undefined)
    }
    return written
  })
  for (const [i, change] of found.entries()) {
    const places = addresses[i]
    if (places) options.tally.written(change, places)
    else options.tally.unchanged(1)
  }
}

class IndexBegunAgainError extends Error {
  override name = 'IndexBegunAgainError'
}
