import { access } from 'node:fs/promises'
import type { WritableArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { createPauses } from '#lib/article-index/writes/pauses.ts'
import { isContentPath } from '#lib/content/read-content-folder.ts'
import { bringIn, IndexBegunAgainError } from './bring-in.ts'
import { compareFolder } from './compare-folder.ts'
import { createSyncTally, type SyncReport } from './sync-tally.ts'

export type { SyncReport }

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
  /** Told after every transaction and between the phases. The sync ends with what it throws. */
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
  const { contentDir, onProgress, signal } = options
  const tally = createSyncTally()
  const { known, era } = await listKnownFiles(index)
  const { changed, added, unchanged } = await compareFolder(contentDir, known, signal)
  tally.unchanged(unchanged)
  const filesTotal = unchanged + changed.length + added.length
  const tell = (phase: SyncProgress['phase']) =>
    onProgress?.({ phase, filesTotal, ...tally.counts() })
  if (changed.length + added.length > 0) {
    try {
      const onCommit = () => tell('verifying')
      await bringIn(index, changed, { contentDir, signal, tally, era, onCommit })
      tell('adding')
      await bringIn(index, added, {
        contentDir,
        signal,
        tally,
        era,
        areNew: true,
        onCommit: () => tell('adding'),
      })
    } catch (error) {
      if (error instanceof IndexBegunAgainError) return await syncArticles(index, options)
      throw error
    }
  }
  tell('adding')
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
  await bringIn(index, paths, { contentDir: options.contentDir, tally })
  return tally.report()
}

async function listKnownFiles(index: Target) {
  return await index.write(async ({ listFingerprints, era }) => {
    const known = new Map<string, string>()
    const pause = createPauses()
    for (let after = ''; ; await pause()) {
      const files = listFingerprints(after, 2000)
      for (const [path, fingerprint] of files) known.set(path, fingerprint)
      const last = files.at(-1)
      if (!last) return { known, era }
      after = last[0]
    }
  })
}
