import type { IngestContext } from '../ingest-context.ts'
import { toTranslationPath } from './article-path.ts'
import type { ExistingArticle } from './parse-existing-article.ts'
import { readArticle } from './read-article.ts'

/** An article and its translations, as far as they are there. */
export async function listVersions(
  context: Pick<IngestContext, 'contentDir' | 'config' | 'workers'>,
  path: string,
): Promise<(ExistingArticle & { path: string })[]> {
  const paths = new Set([
    path,
    ...context.config.languages.map((one) => toTranslationPath(path, one)),
  ])
  const versions: (ExistingArticle & { path: string })[] = []
  for (const one of paths) {
    const version = await readArticle(context, one)
    if (version) versions.push({ ...version, path: one })
  }
  return versions
}
