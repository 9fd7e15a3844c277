import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import type { KnownArticle } from '../state/article-table.ts'
import { toKnownArticle } from '../state/known-article.ts'
import { formatWithChecksum } from './checksum.ts'
import type { ComposedArticle } from './compose-article.ts'

/** The text of an article's file, and what the store keeps of it, its stamp still empty. */
export type ComposedFile = { text: string; known: KnownArticle | undefined }

/** Composes the file of an article, or says why it would not be read back as one. */
export function composeFile(
  path: string,
  article: ComposedArticle,
  fingerprint: string,
): ComposedFile | { problems: Problem[] } {
  const text = formatWithChecksum(article, fingerprint)
  const bytes = new TextEncoder().encode(text)
  try {
    parseArticle({ path, bytes })
  } catch (cause) {
    if (cause instanceof InvalidArticleError) return { problems: cause.problems }
    throw cause
  }
  return { text, known: toKnownArticle(path, bytes, '') }
}
