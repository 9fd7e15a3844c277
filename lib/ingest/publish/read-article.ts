import type { IngestContext } from '../ingest-context.ts'
import { WorkerFailure } from '../workers/open-workers.ts'
import type { ExistingArticle } from './parse-existing-article.ts'
import { readContentFile } from './write-article.ts'

/**
 * Undefined when there is no file, or none that is an article. Throws `WorkerFailure`, with the file's
 * name, when it takes too long to read.
 */
export async function readArticle(
  { contentDir, workers }: Pick<IngestContext, 'contentDir' | 'workers'>,
  path: string,
): Promise<ExistingArticle | undefined> {
  const bytes = await readContentFile(contentDir, path)
  if (!bytes) return undefined
  try {
    return (await workers.story('parseExistingArticle', path, bytes)).value
  } catch (cause) {
    if (!(cause instanceof WorkerFailure)) throw cause
    throw new WorkerFailure(`${path} ${cause.message}`, { cause })
  }
}
