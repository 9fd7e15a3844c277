import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import type { IngestContext } from '../ingest-context.ts'
import { readFileStamp } from '../state/sync-known-articles.ts'
import type { ComposedArticle } from './compose-article.ts'

/**
 * Who owns a file: nobody yet, ingest (as it wrote it), or a person, who wrote or edited it and whose
 * work is never written over.
 */
export type Owner = 'nobody' | 'ingest' | 'person'

/** A file of the content folder; undefined when there is none. */
export async function readContentFile(
  contentDir: string,
  path: string,
): Promise<Buffer | undefined> {
  try {
    return await readFile(join(contentDir, path))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
}

/** Throws `WorkerFailure` when the file takes too long to read. */
export async function findOwner(
  { contentDir, workers }: Pick<IngestContext, 'contentDir' | 'workers'>,
  path: string,
): Promise<Owner> {
  const bytes = await readContentFile(contentDir, path)
  if (!bytes) return 'nobody'
  const { value: isOurs } = await workers.story('hasValidChecksum', bytes)
  return isOurs ? 'ingest' : 'person'
}

/**
 * Writes an article with its seal and tells the store. What would not be read back as an article is
 * not written: throws `InvalidArticleError`.
 */
export async function writeArticle(
  { contentDir, store, workers }: Pick<IngestContext, 'contentDir' | 'store' | 'workers'>,
  path: string,
  article: ComposedArticle,
  fingerprint: string,
): Promise<void> {
  const { value: file } = await workers.story('composeFile', path, article, fingerprint)
  if ('problems' in file) throw new InvalidArticleError(file.problems)
  await writeWhole(join(contentDir, path), file.text)
  const stamp = readFileStamp(join(contentDir, path)) ?? ''
  const { known } = file
  if (known) store.transact(() => store.articles.keep({ ...known, stamp }))
}
