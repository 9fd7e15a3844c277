import { InvalidArticleError } from '#lib/content/problem.ts'
import type { Desk } from '../ingest-context.ts'
import { StopAsking } from '../llm/model-errors.ts'
import { postpone } from '../llm/postpone.ts'
import { ReadingFailure } from '../reading/open-reading.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { addProblem, type Tally } from '../tally.ts'
import { retellStory, tellStory } from './publish-story.ts'
import { withdrawStory } from './withdraw-story.ts'
import { workThrough } from './work-through.ts'

/**
 * Works off what the ledger holds: first what is to be withdrawn, then what has changed, then what is
 * new, the latest first, `limit` at most. When the model may not or cannot be asked the rest waits.
 * Answers how many new stories it was given.
 */
export async function tellAll(
  desk: Desk,
  limit: number | undefined,
  tally: Tally,
): Promise<number> {
  const { stories } = desk.ledger
  const now = desk.now().toISOString()
  for (const record of stories.listAtWork('gone', now)) {
    try {
      await withdrawStory(desk, record, tally)
    } catch (cause) {
      const name = record.path ?? `${record.publisher} ${record.id}`
      addProblem(desk, tally, `${name} could not be withdrawn: ${toReason(cause)}`)
    }
  }
  const changed = stories.listAtWork('changed', now)
  const fresh = stories.listAtWork('new', now, limit)
  const work = [
    ...changed.map((record) => ({ record, tell: retellStory })),
    ...fresh.map((record) => ({ record, tell: tellStory })),
  ]
  await workThrough(work, desk, async ({ record, tell }) => {
    try {
      await tell(desk, record, tally)
    } catch (cause) {
      if (cause instanceof StopAsking) {
        addProblem(desk, tally, cause.message)
        return 'stop'
      }
      refuse(desk, record, cause, tally)
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
function refuse(desk: Desk, record: StoryRecord, cause: unknown, tally: Tally): void {
  const { stories } = desk.ledger
  const name = `${record.publisher} ${record.id}`
  const reason = toReason(cause)
  const attempts = record.attempts + (cause instanceof ReadingFailure ? 1 : 0)
  const isHopeless = cause instanceof ReadingFailure && attempts >= desk.config.model.attempts
  if (cause instanceof InvalidArticleError || isHopeless) {
    stories.settle(record, 'refused', reason)
    addProblem(desk, tally, `${name} cannot be an article: ${reason}`)
    return
  }
  stories.postpone(record, attempts, postpone(desk, Math.max(1, attempts)))
  addProblem(desk, tally, `${name} could not be told: ${reason}`)
}

function toReason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
