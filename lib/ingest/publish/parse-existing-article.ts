import type { Article } from '#lib/content/article.ts'
import { frontMatterOf } from '#lib/content/front-matter-of.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { hasValidChecksum } from './checksum.ts'

/** An article that is there already, and who wrote it last. */
export type ExistingArticle = {
  article: Article
  owner: 'ingest' | 'person'
  /** Of the story it was told from. */
  fingerprint: string
}

/** A file's content as an article; undefined when it is none. */
export function parseExistingArticle(path: string, bytes: Uint8Array): ExistingArticle | undefined {
  try {
    const { article } = parseArticle({ path, bytes })
    const fingerprint = frontMatterOf(bytes)?.ingest?.story ?? ''
    return { article, owner: hasValidChecksum(bytes) ? 'ingest' : 'person', fingerprint }
  } catch (cause) {
    if (cause instanceof InvalidArticleError) return undefined
    throw cause
  }
}
