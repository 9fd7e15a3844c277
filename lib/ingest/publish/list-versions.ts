import type { Desk } from '../ingest-context.ts'
import type { StandingArticle } from './parse-standing-article.ts'
import { readArticle } from './read-article.ts'
import { toTranslationPath } from './reserve-path.ts'

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
