import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { writeContentFile } from '#lib/content/write-content-file.ts'
import type { Desk } from '../ingest-context.ts'
import { readStamp } from '../state/sync-articles.ts'
import type { ComposedArticle } from './compose-article.ts'

/**
 * Who owns a file: nobody yet, ingest (as it wrote it), or a person, who wrote or edited it and whose
 * work is never written over.
 */
export type Owner = 'nobody' | 'ingest' | 'person'

/** A file of the content folder; undefined when there is none. */
export async function readOwnFile(contentDir: string, path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(join(contentDir, path))
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined
    throw cause
  }
}

/** Throws `ReadingFailure` when the file takes too long to read. */
export async function findOwner(
  { contentDir, reading }: Pick<Desk, 'contentDir' | 'reading'>,
  path: string,
): Promise<Owner> {
  const bytes = await readOwnFile(contentDir, path)
  if (!bytes) return 'nobody'
  const { value: isOurs } = await reading.story('isSealWhole', bytes)
  return isOurs ? 'ingest' : 'person'
}

/**
 * Writes an article with its seal and tells the ledger. What would not be read back as an article is
 * not written: throws `InvalidArticleError`.
 */
export async function keepArticle(
  { contentDir, ledger, reading }: Pick<Desk, 'contentDir' | 'ledger' | 'reading'>,
  path: string,
  article: ComposedArticle,
  fingerprint: string,
): Promise<void> {
  const { value: file } = await reading.story('composeFile', path, article, fingerprint)
  if ('problems' in file) throw new InvalidArticleError(file.problems)
  await writeContentFile(contentDir, path, file.text)
  const stamp = readStamp(join(contentDir, path)) ?? ''
  const { known } = file
  if (known) ledger.transact(() => ledger.articles.keep({ ...known, stamp }))
}
