import type { Source } from '#lib/content/article.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { IngestContext } from '../ingest-context.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import type { PublishedStory } from '../state/published-record.ts'
import type { StoryRecord } from '../state/story-table.ts'
import { listVersions, writeArticle } from './content-files.ts'

/**
 * Names the other sources of an event in its article, as `alsoReportedBy`, in every language. Duplicates
 * of an article that is not written yet wait for it; a person's file stays as it is. A file that cannot
 * be read or written is named in the report and tried again in the next pass.
 */
export async function creditDuplicates(
  context: IngestContext,
  results: PassResults,
): Promise<void> {
  const { stories } = context.store
  const byPath = Map.groupBy(
    stories.listUncreditedDuplicates(),
    ({ duplicateOf }) => duplicateOf ?? '',
  )
  for (const [path, duplicates] of byPath) {
    if (stories.findByPath(path)?.state === 'new') continue
    try {
      await creditReporters(context, path, duplicates)
      results.articles.alsoReported += duplicates.length
    } catch (cause) {
      const reason = reasonOf(cause)
      addProblem(context, results, `${path} does not name who else reported its event: ${reason}`)
    }
  }
}

async function creditReporters(
  context: IngestContext,
  path: string,
  duplicates: StoryRecord[],
): Promise<void> {
  const { stories } = context.store
  for (const version of await listVersions(context, path)) {
    if (version.owner === 'person') continue
    const { article } = version
    const alsoReportedBy = addReporters(article.alsoReportedBy, article.source, duplicates)
    if (alsoReportedBy.length === article.alsoReportedBy.length) continue
    await writeArticle(context, version.path, { ...article, alsoReportedBy }, version.fingerprint)
  }
  context.published.add(duplicates.map((one) => toPublished(one, path)))
  context.store.transact(() => {
    for (const duplicate of duplicates) stories.markCredited(duplicate)
  })
}

/** A story as the record beside the articles has it. */
export function toPublished({ publisher, id, source }: StoryRecord, path: string): PublishedStory {
  return { publisher, id, url: source.url, path }
}

/** Each reporter once, and never the article's own source. */
export function addReporters(
  known: Source[],
  own: Source | undefined,
  duplicates: Pick<StoryRecord, 'source'>[],
): Source[] {
  const reporters = [...known]
  for (const { source } of duplicates) {
    const isOwn = source.key === own?.key || source.name === own?.name
    if (!isOwn && !reporters.some(({ key }) => key === source.key)) reporters.push(source)
  }
  return reporters
}
