import { InvalidArticleError } from '#lib/content/problem.ts'
import type { Desk } from '../desk.ts'
import type { StoryRecord } from '../ledger/story-record.ts'
import { BudgetSpent } from '../model/model-errors.ts'
import { postpone } from '../model/postpone.ts'
import type { Tally } from '../tally.ts'
import { retellStory, tellStory } from './tell-story.ts'
import { withdrawStory } from './withdraw-story.ts'
import { workThrough } from './work-through.ts'

/**
 * Works off what the ledger holds: first what is to be withdrawn, then what has changed, then what is
 * new, the latest first, `limit` at most. When the budget is spent the rest waits.
 */
export async function tellAll(desk: Desk, limit: number | undefined, tally: Tally): Promise<void> {
  const { stories } = desk.ledger
  const now = desk.now().toISOString()
  for (const record of stories.listAtWork('gone', now)) await withdrawStory(desk, record, tally)
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
      if (cause instanceof BudgetSpent) {
        if (!tally.problems.includes(cause.message)) tally.problems.push(cause.message)
        return 'stop'
      }
      refuse(desk, record, cause, tally)
    }
    return 'go on'
  })
}

/**
 * One story that goes wrong must not keep the others. What can never be an article is refused; anything
 * else, such as a full disk, may be over by the next pass.
 */
function refuse(desk: Desk, record: StoryRecord, cause: unknown, tally: Tally): void {
  const { stories } = desk.ledger
  const name = `${record.publisher} ${record.id}`
  const reason = cause instanceof Error ? cause.message : String(cause)
  if (cause instanceof InvalidArticleError) {
    stories.settle(record, 'refused', reason)
    tally.problems.push(`${name} cannot be an article: ${reason}`)
    return
  }
  stories.postpone(record, record.attempts, postpone(desk, 1))
  tally.problems.push(`${name} could not be told: ${reason}`)
}
