import type { Desk } from '../ingest-context.ts'
import { ReadingFailure } from '../reading/open-reading.ts'
import { readOwnFile } from './keep-article.ts'
import type { StandingArticle } from './parse-standing-article.ts'

/**
 * Undefined when there is no file, or none that is an article. Throws `ReadingFailure`, with the file's
 * name, when it takes too long to read.
 */
export async function readArticle(
  { contentDir, reading }: Pick<Desk, 'contentDir' | 'reading'>,
  path: string,
): Promise<StandingArticle | undefined> {
  const bytes = await readOwnFile(contentDir, path)
  if (!bytes) return undefined
  try {
    return (await reading.story('parseStandingArticle', path, bytes)).value
  } catch (cause) {
    if (!(cause instanceof ReadingFailure)) throw cause
    throw new ReadingFailure(`${path} ${cause.message}`, { cause })
  }
}
