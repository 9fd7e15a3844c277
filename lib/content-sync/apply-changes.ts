import type { ArticleAddress } from '#lib/article-index/article-index.ts'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { readSettledChanges, type SettledLook } from './read-changes.ts'
import type { FileToRead, FoundChange } from './read-outcome.ts'
import type { SyncTally } from './sync-report.ts'
import type { UnwrittenChanges } from './unwritten-changes.ts'
import type { MovedFiles } from './watch-folder.ts'

/**
 * Changes written in one transaction: few at first, so that the newest articles are served at once,
 * then more, which is cheaper. Between two transactions others may write.
 */
const changesPerCommit = { first: 64, most: 1024 }

/** With `keepsBytes` every change that is applied has what its file holds. */
type Target = Pick<WritableArticleIndex, 'write'> & { keepsBytes?: boolean | undefined }

export type ApplyOptions = {
  contentDir: string
  tally: SyncTally
  /** The index knows none of the files, or did not when it was asked last. */
  areNew?: boolean
  /** When some of the files were moved into place. */
  moved?: MovedFiles | undefined
  /** The index that the files were compared with; without one, that in which they are looked up. */
  rebuildCount?: number
  /** Where changes are noted that cannot be written and take something back. */
  unwritten?: UnwrittenChanges
  signal?: AbortSignal
  /** Called after every transaction, and at least once. */
  onCommit?: () => void
}

/**
 * Looks at some files, compares them with what the index knows, and writes what has changed.
 *
 * When nothing can be written it goes on through all known files, so that everything that was taken
 * back is noted in `unwritten`, and then throws `IndexUnwrittenError`.
 */
export async function applyChanges(
  index: Target,
  paths: string[],
  options: ApplyOptions,
): Promise<void> {
  const { contentDir, signal, tally, areNew = false } = options
  let waiting: FoundChange[] = []
  let enough = changesPerCommit.first

  function take({ file, look }: SettledLook): void {
    signal?.throwIfAborted()
    if (look === 'unchanged') {
      tally.unchanged(1)
      options.unwritten?.resolve([file.path])
    } else waiting.push(look)
  }

  let failure: unknown

  async function writeWaiting(): Promise<void> {
    const found = waiting
    waiting = []
    if (found.length > 0) await writeOrNote(found)
    options.onCommit?.()
  }

  async function writeOrNote(found: FoundChange[]): Promise<void> {
    try {
      await write(index, found, { tally, rebuildCount: options.rebuildCount ?? rebuildCount })
      options.unwritten?.resolve(found.map(({ path }) => path))
    } catch (error) {
      if (error instanceof IndexRebuiltError) throw error
      // The index has none of these files, so nothing of them is served.
      if (areNew) throw new IndexUnwrittenError(error)
      await options.unwritten?.add(index, found)
      failure ??= error
    }
  }

  const { files, rebuildCount } = areNew
    ? { files: paths.map(toNewFile), rebuildCount: options.rebuildCount }
    : await lookUp(index, paths, options.moved)
  for await (const looks of readSettledChanges(contentDir, files, index)) {
    for (const look of looks) take(look)
    if (looks.length > 0 && waiting.length < enough) continue
    await writeWaiting()
    if (looks.length > 0) enough = Math.min(changesPerCommit.most, enough * 2)
  }
  if (failure !== undefined) throw new IndexUnwrittenError(failure)
}

const toNewFile = (path: string): FileToRead => ({ path, known: undefined })

async function lookUp(index: Target, paths: string[], moved?: MovedFiles) {
  const pause = createPauses()
  return await index.write(async ({ findFile, rebuildCount }) => {
    const files: FileToRead[] = []
    for (const path of paths) {
      files.push({ path, known: findFile(path), movedAt: moved?.get(path) })
      await pause()
    }
    return { files, rebuildCount }
  })
}

/** Where the index has meanwhile come to know a file otherwise, what was found is out of date. */
async function write(
  index: Target,
  found: FoundChange[],
  { rebuildCount, tally }: Pick<ApplyOptions, 'rebuildCount' | 'tally'>,
): Promise<void> {
  const addresses = await index.write(async (session) => {
    const isSame = rebuildCount === undefined || session.rebuildCount === rebuildCount
    if (!isSame) throw new IndexRebuiltError()
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
    if (places) tally.written(change, places)
    else tally.unchanged(1)
  }
}

/** The index was damaged or deleted meanwhile: an empty one has to be filled from the start. */
export class IndexRebuiltError extends Error {
  override name = 'IndexRebuiltError'
}

/**
 * Changes were found and could not be written: the disk is full, say. What they take back was noted.
 */
export class IndexUnwrittenError extends Error {
  override name = 'IndexUnwrittenError'

  constructor(cause: unknown) {
    const reason = reasonOf(cause)
    super(`The index cannot be written to: ${reason}`, { cause })
  }
}
