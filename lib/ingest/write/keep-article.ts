import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArticle } from '#lib/content/parse-article.ts'
import { writeContentFile } from '#lib/content/write-content-file.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { readStamp, toKnownArticle } from '../ledger/sync-articles.ts'
import type { ComposedArticle } from './compose-article.ts'
import { isSealWhole, sealArticle } from './seal.ts'

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

export async function findOwner(contentDir: string, path: string): Promise<Owner> {
  const bytes = await readOwnFile(contentDir, path)
  if (!bytes) return 'nobody'
  return isSealWhole(bytes) ? 'ingest' : 'person'
}

/**
 * Writes an article with its seal and tells the ledger. What would not be read back as an article is
 * not written: throws `InvalidArticleError`.
 */
export async function keepArticle(
  { contentDir, ledger }: { contentDir: string; ledger: Ledger },
  path: string,
  article: ComposedArticle,
  fingerprint: string,
): Promise<void> {
  const text = sealArticle(article, fingerprint)
  const bytes = new TextEncoder().encode(text)
  parseArticle({ path, bytes })
  await writeContentFile(contentDir, path, text)
  const stamp = readStamp(join(contentDir, path))
  const known = toKnownArticle(path, bytes, stamp ?? '')
  if (known) ledger.transact(() => ledger.articles.keep(known))
}
