import type { IngestContext } from '../ingest-context.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { listVersions } from './list-versions.ts'
import { writeArticle } from './write-article.ts'

/**
 * The source took a story back: its article in every language becomes `withdrawn: true`. A file that
 * a person has edited is not touched; the report names it, so that a person decides.
 */
export async function withdrawStory(
  context: IngestContext,
  record: StoryRecord,
  results: PassResults,
): Promise<void> {
  const { path, changedAt } = record
  const left: string[] = []
  for (const version of await listVersions(context, path ?? '')) {
    if (version.article.withdrawn) continue
    if (version.owner === 'person') {
      left.push(version.path)
      continue
    }
    const updatedAt = changedAt ?? version.article.updatedAt
    const article = { ...version.article, updatedAt, withdrawn: true }
    await writeArticle(context, version.path, article, version.fingerprint)
    context.log.info(`withdrawn ${version.path}`)
  }
  context.store.stories.finish(record, left.length > 0 ? 'manual' : 'withdrawn')
  results.articles.withdrawn += left.length > 0 ? 0 : 1
  results.articles.leftToPeople += left.length
  for (const one of left) {
    addProblem(context, results, `${one} was taken back by its source, but a person has edited it.`)
  }
}
