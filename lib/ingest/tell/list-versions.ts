import type { Desk } from '../desk.ts'
import { toTranslationPath } from '../write/reserve-path.ts'
import type { StandingArticle } from './parse-standing-article.ts'
import { readArticle } from './read-article.ts'

/** An article and its translations, as far as they are there. */
export async function listVersions(
  desk: Pick<Desk, 'contentDir' | 'config' | 'reading'>,
  path: string,
): Promise<(StandingArticle & { path: string })[]> {
  const paths = new Set([path, ...desk.config.languages.map((one) => toTranslationPath(path, one))])
  const versions: (StandingArticle & { path: string })[] = []
  for (const one of paths) {
    const version = await readArticle(desk, one)
    if (version) versions.push({ ...version, path: one })
  }
  return versions
}
