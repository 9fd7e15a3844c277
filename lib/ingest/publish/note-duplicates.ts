import type { Source } from '#lib/content/article.ts'
import type { Desk } from '../ingest-context.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { addProblem, type Tally } from '../tally.ts'
import { keepArticle } from './keep-article.ts'
import { listVersions } from './list-versions.ts'

/**
 * Names those who reported an event as well in its article, `alsoReportedBy`, in every language. Twins
 * of an article that is still to be written wait for it; a person's file is left as it is. A file that
 * cannot be read or written is named in the report, and tried again in the next pass.
 */
export async function noteTwins(desk: Desk, tally: Tally): Promise<void> {
  const { stories } = desk.ledger
  const byPath = Map.groupBy(stories.listUnnotedTwins(), ({ twinPath }) => twinPath ?? '')
  for (const [path, twins] of byPath) {
    if (stories.findByPath(path)?.state === 'new') continue
    try {
      await noteReporters(desk, path, twins)
      tally.articles.alsoReported += twins.length
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      addProblem(desk, tally, `${path} does not name who else reported its event: ${reason}`)
    }
  }
}

async function noteReporters(desk: Desk, path: string, twins: StoryRecord[]): Promise<void> {
  const { stories } = desk.ledger
  for (const version of await listVersions(desk, path)) {
    if (version.owner === 'person') continue
    const { article } = version
    const alsoReportedBy = addReporters(article.alsoReportedBy, article.source, twins)
    if (alsoReportedBy.length === article.alsoReportedBy.length) continue
    await keepArticle(desk, version.path, { ...article, alsoReportedBy }, version.fingerprint)
  }
  desk.ledger.transact(() => {
    for (const twin of twins) stories.note(twin)
  })
}

/** Each reporter once, and never the article's own source. */
export function addReporters(
  known: Source[],
  own: Source | undefined,
  twins: Pick<StoryRecord, 'source'>[],
): Source[] {
  const reporters = [...known]
  for (const { source } of twins) {
    const isOwn = source.key === own?.key || source.name === own?.name
    if (!isOwn && !reporters.some(({ key }) => key === source.key)) reporters.push(source)
  }
  return reporters
}
