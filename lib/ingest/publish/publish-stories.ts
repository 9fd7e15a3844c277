import { InvalidArticleError } from '#lib/content/problem.ts'
import type { IngestContext } from '../ingest-context.ts'
import { forEachConcurrently } from '../llm/for-each-concurrently.ts'
import { LlmStopped } from '../llm/llm-errors.ts'
import { postpone } from '../llm/postpone.ts'
import { addProblem, type PassResults } from '../pass-results.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { WorkerFailure } from '../workers/open-workers.ts'
import { publishStory, updateArticle } from './publish-story.ts'
import { withdrawStory } from './withdraw-story.ts'

/**
 * Works off what the store holds: first what is to be withdrawn, then what has changed, then what is
 * new, the latest first, `limit` at most. When the model may not or cannot be asked the rest waits.
 * Answers how many new stories it was given.
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
  const fresh = stories.listPending('new', now, limit)
  const work = [
    ...changed.map((record) => ({ record, tell: updateArticle })),
    ...fresh.map((record) => ({ record, tell: publishStory })),
  ]
  await forEachConcurrently(work, context, async ({ record, tell }) => {
    try {
      await tell(context, record, results)
    } catch (cause) {
      if (cause instanceof LlmStopped) {
        addProblem(context, results, cause.message)
        return 'stop'
      }
      refuse(context, record, cause, results)
    }
    return 'go on'
  })
  return fresh.length
}

/**
 * One story that goes wrong must not keep the others. What can never be an article is refused, and so is
 * in the end what takes too long to read; anything else, such as a full disk, may be over by the next
 * pass.
 */
function refuse(
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
  stories.postpone(record, attempts, postpone(context, Math.max(1, attempts)))
  addProblem(context, results, `${name} could not be told: ${reason}`)
}

function toReason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
