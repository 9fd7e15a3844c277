import type { Desk } from '../desk.ts'
import { toTranslationPath } from '../write/reserve-path.ts'
import { readArticle, type StandingArticle } from './read-article.ts'

/** An article and its translations, as far as they are there. */
export async function listVersions(
  { contentDir, config }: Pick<Desk, 'contentDir' | 'config'>,
  path: string,
): Promise<(StandingArticle & { path: string })[]> {
  const paths = new Set([path, ...config.languages.map((one) => toTranslationPath(path, one))])
  const versions: (StandingArticle & { path: string })[] = []
  for (const one of paths) {
    const version = await readArticle(contentDir, one)
    if (version) versions.push({ ...version, path: one })
  }
  return versions
}
