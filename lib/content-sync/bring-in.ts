import { setTimeout } from 'node:timers/promises'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import type { ArticleAddress } from '#lib/article-index/writes/article-writer.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import { type FoundChange, type Look, type LookedFor, settleMilliseconds } from './file-look.ts'
import { readChanges } from './read-changes.ts'
import type { SyncTally } from './sync-tally.ts'

/**
 * Changes written in one transaction: few at first, so that the newest articles are served at once,
 * then more, which is cheaper. Between two transactions others may write.
 */
const changesPerCommit = { first: 64, most: 1024 }

/** A file that is written to without end is taken as it is after this time, in ms. */
const longestPatience = 2000

type Target = Pick<WritableArticleIndex, 'write'>

export type BringInOptions = {
  contentDir: string
  tally: SyncTally
  /** The index knows none of the files, or did not when it was asked last. */
  areNew?: boolean
  /** The index that the files were compared with; without one, whichever there is. */
  era?: number
  signal?: AbortSignal
  /** Told after every transaction, and at least once. */
  onCommit?: () => void
}

/** Looks at some files, compares them with what the index knows, and writes what has changed. */
export async function bringIn(
  index: Target,
  paths: string[],
  options: BringInOptions,
): Promise<void> {
  const { contentDir, signal, tally, areNew = false } = options
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

  const files = areNew ? paths.map(toNewFile) : await lookUp(index, paths)
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
    for await (const looks of readChanges(contentDir, unsettled.splice(0), { isPatient })) {
      for (const { file, look } of looks) take(file, look)
    }
    await writeWaiting()
  }
}

const toNewFile = (path: string): LookedFor => ({ path, known: undefined })

async function lookUp(index: Target, paths: string[]): Promise<LookedFor[]> {
  const pause = createPauses()
  return await index.write(async ({ findFile }) => {
    const files: LookedFor[] = []
    for (const path of paths) {
      files.push({ path, known: findFile(path) })
      await pause()
    }
    return files
  })
}

/** Where the index has meanwhile come to know a file otherwise, what was found is out of date. */
async function write(
  index: Target,
  found: FoundChange[],
  { era, tally }: BringInOptions,
): Promise<void> {
  const addresses = await index.write(async (session) => {
    if (era !== undefined && session.era !== era) throw new IndexBegunAgainError()
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
export class IndexBegunAgainError extends Error {
  override name = 'IndexBegunAgainError'
}
