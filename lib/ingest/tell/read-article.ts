import type { Article } from '#lib/content/article.ts'
import { frontMatterOf } from '#lib/content/front-matter-of.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { readOwnFile } from '../write/keep-article.ts'
import { isSealWhole } from '../write/seal.ts'

/** An article that is there already, and who wrote it last. */
export type StandingArticle = {
  article: Article
  owner: 'ingest' | 'person'
  /** Of the story it was told from. */
  fingerprint: string
}

/** Undefined when there is no file, or none that is an article. */
export async function readArticle(
  contentDir: string,
  path: string,
): Promise<StandingArticle | undefined> {
  const bytes = await readOwnFile(contentDir, path)
  if (!bytes) return undefined
  try {
    const { article } = parseArticle({ path, bytes })
    const fingerprint = frontMatterOf(bytes)?.ingest?.story ?? ''
    return { article, owner: isSealWhole(bytes) ? 'ingest' : 'person', fingerprint }
  } catch (cause) {
    if (cause instanceof InvalidArticleError) return undefined
    throw cause
  }
}
