import type { Desk } from '../ingest-context.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { addProblem, type Tally } from '../tally.ts'
import { keepArticle } from './keep-article.ts'
import { listVersions } from './list-versions.ts'

/**
 * The source took a story back: its article in every language becomes `withdrawn: true`. A file that
 * a person has edited is not touched; the report names it, so that a person decides.
 */
export async function withdrawStory(desk: Desk, record: StoryRecord, tally: Tally): Promise<void> {
  const { path, changedAt } = record
  const left: string[] = []
  for (const version of await listVersions(desk, path ?? '')) {
    if (version.article.withdrawn) continue
    if (version.owner === 'person') {
      left.push(version.path)
      continue
    }
    const updatedAt = changedAt ?? version.article.updatedAt
    const article = { ...version.article, updatedAt, withdrawn: true }
    await keepArticle(desk, version.path, article, version.fingerprint)
    desk.log.info(`withdrawn ${version.path}`)
  }
  desk.ledger.stories.settle(record, left.length > 0 ? 'left' : 'withdrawn')
  tally.articles.withdrawn += left.length > 0 ? 0 : 1
  tally.articles.leftToPeople += left.length
  for (const one of left) {
    addProblem(desk, tally, `${one} was taken back by its source, but a person has edited it.`)
  }
}
