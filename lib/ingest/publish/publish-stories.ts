import { InvalidArticleError } from '#lib/content/problem.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { toRetryAt } from '#lib/node/retry.ts'
import type { IngestContext } from '../ingest-context.ts'
import { forEachConcurrently } from '../llm/for-each-concurrently.ts'
import { LlmStopped } from '../llm/llm-errors.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import type { StoryRecord } from '../state/story-table.ts'
import { WorkerFailure } from '../workers/open-workers.ts'
import { publishStory, rewriteExcerpt, updateArticle, withdrawStory } from './publish-story.ts'

/**
 * Processes the pending stories of the store: first those to withdraw, then those that have changed,
 * then new ones and, where there is a model, drafts that were written without one; of these two
 * together at most `limit`, the latest first. When the model cannot be used, the rest waits. Returns
 * how many of the two were started.
 */
export async function publishStories(
  context: IngestContext,
  limit: number | undefined,
  results: PassResults,
): Promise<number> {
  const { stories } = context.store
  const now = context.now().toISOString()
  for (const record of stories.listPending('retracted', now)) {
    try {
      await withdrawStory(context, record, results)
    } catch (cause) {
      const name = record.path ?? `${record.publisher} ${record.id}`
      addProblem(context, results, `${name} could not be withdrawn: ${toReason(cause)}`)
    }
  }
  const changed = stories.listPending('changed', now)
  const created = stories.listPending('new', now, limit)
  const limitLeft = limit === undefined ? undefined : limit - created.length
  const excerpts = context.llm ? stories.listPending('excerpt', now, limitLeft) : []
  const work = [
    ...changed.map((record) => ({ record, process: updateArticle })),
    ...created.map((record) => ({ record, process: publishStory })),
    ...excerpts.map((record) => ({ record, process: rewriteExcerpt })),
  ]
  await forEachConcurrently(work, context, async ({ record, process }) => {
    try {
      await process(context, record, results)
    } catch (cause) {
      if (cause instanceof LlmStopped) {
        addProblem(context, results, cause.message)
        return 'stop'
      }
      rejectOrPostpone(context, record, cause, results)
    }
    return 'continue'
  })
  return created.length + excerpts.length
}

/**
 * One story that fails does not stop the others. A story that can never be an article is rejected; one
 * whose text takes too long to read, after `model.attempts` passes. Any other failure, such as a full
 * disk, may be over in the next pass.
 */
function rejectOrPostpone(
  context: IngestContext,
  record: StoryRecord,
  cause: unknown,
  results: PassResults,
): void {
  const { stories } = context.store
  const name = `${record.publisher} ${record.id}`
  const reason = toReason(cause)
  const attempts = record.attempts + (cause instanceof WorkerFailure ? 1 : 0)
  const isHopeless = cause instanceof WorkerFailure && attempts >= context.config.model.attempts
  if (cause instanceof InvalidArticleError || isHopeless) {
    stories.finish(record, 'rejected', reason)
    addProblem(context, results, `${name} cannot be an article: ${reason}`)
    return
  }
  stories.postpone(record, attempts, toRetryAt(Math.max(1, attempts), context))
  addProblem(context, results, `${name} could not be published: ${reason}`)
}

function toReason(cause: unknown): string {
  return reasonOf(cause)
}
