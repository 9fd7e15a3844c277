import { lstatSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { listArticleFiles } from '#lib/content/read-content-folder.ts'
import { type IngestWorkers, WorkerFailure } from '../workers/open-workers.ts'
import type { KnownArticle } from './article-table.ts'
import type { IngestStore } from './ingest-store.ts'

const batchSize = 500
/** How many files a worker call reads. */
const readAtOnce = 50

/**
 * Updates the articles of the store from the content folder: files that a person wrote, changed, moved
 * or deleted, and all of them after the data folder was lost. Only files whose size or time has changed
 * are read. A file without usable front matter is skipped; `unread` has a sentence for each file that
 * took too long.
 */
export async function syncKnownArticles(
  { articles, transact }: Pick<IngestStore, 'articles' | 'transact'>,
  contentDir: string,
  workers: IngestWorkers,
): Promise<{ read: number; removed: number; unread: string[] }> {
  const unread: string[] = []
  const known = articles.mapStamps()
  let batch: { path: string; absolutePath: string }[] = []
  let read = 0
  async function readBatch(): Promise<void> {
    const looked = batch.map((file) => ({ ...file, stamp: readFileStamp(file.absolutePath) }))
    const changed = looked.filter(({ path, stamp }) => {
      const before = known.get(path)
      known.delete(path)
      return stamp !== undefined && stamp !== before
    })
    batch = []
    if (changed.length === 0) return
    read += changed.length
    const files = await Promise.all(
      changed.map(async ({ path, absolutePath, stamp }) => {
        const bytes = await readFile(absolutePath).catch(() => undefined)
        return bytes ? [{ path, bytes, stamp: stamp ?? '' }] : []
      }),
    )
    const found = await readKnown(files.flat(), workers, unread)
    transact(() => {
      for (const article of found) if (article) articles.write(article)
    })
  }
  for await (const file of listArticleFiles(contentDir)) {
    batch.push(file)
    if (batch.length === batchSize) await readBatch()
  }
  await readBatch()
  transact(() => {
    for (const path of known.keys()) articles.remove(path)
  })
  return { read, removed: known.size, unread }
}

/** Changes when the file does; undefined when there is none. Synchronous: for 100,000 files ten times as fast. */
export function readFileStamp(file: string): string | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false })
  return found && `${found.size} ${found.mtimeMs} ${found.ino}`
}

/** Reads many files in one worker call; when that takes too long, one by one, to find the file. */
async function readKnown(
  files: { path: string; bytes: Uint8Array; stamp: string }[],
  workers: IngestWorkers,
  unread: string[],
): Promise<(KnownArticle | undefined)[]> {
  const parts = Array.from({ length: Math.ceil(files.length / readAtOnce) }, (_, at) =>
    files.slice(at * readAtOnce, (at + 1) * readAtOnce),
  )
  const found = await Promise.all(
    parts.map(async (part) => {
      try {
        return (await workers.story('listKnownArticles', part)).value
      } catch (cause) {
        if (!(cause instanceof WorkerFailure)) throw cause
        const [first, second] = part
        if (first && !second) {
          unread.push(`${first.path} ${cause.message}; ingest does not know it.`)
          return []
        }
        const singles = await Promise.all(part.map((file) => readKnown([file], workers, unread)))
        return singles.flat()
      }
    }),
  )
  return found.flat()
}
