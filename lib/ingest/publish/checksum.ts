import { createHash } from 'node:crypto'
import type { Article } from '#lib/content/article.ts'
import { formatArticle } from '#lib/content/format-article.ts'
import { frontMatterOf } from '#lib/content/front-matter-of.ts'

/**
 * The text of an article's file with a seal in it: the digest of everything else in the file. As long
 * as it fits, nobody has touched the file since ingest wrote it, and ingest may write it again. The
 * seal is in the file itself, so it outlives the data folder and goes wherever the file goes.
 */
export function formatWithChecksum(
  article: Omit<Article, 'slug' | 'wordCount'>,
  fingerprint: string,
): string {
  const seal = toChecksum(formatArticle(article, { story: fingerprint, seal: undefined }))
  return formatArticle(article, { story: fingerprint, seal })
}

/** Whether the file is as ingest wrote it. False for a file that has no seal. */
export function hasValidChecksum(bytes: Uint8Array): boolean {
  const seal = frontMatterOf(bytes)?.ingest?.seal
  if (seal === undefined) return false
  const text = new TextDecoder().decode(bytes)
  return toChecksum(text.replace(/^ {2}seal: .*\n/m, '')) === seal
}

function toChecksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}
