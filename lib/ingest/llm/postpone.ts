import { toBackOffMs } from '../fetch/retry-at.ts'
import type { IngestContext } from '../ingest-context.ts'

/** When work that the model let down is to be tried again: a minute, two, four … from now. */
export function postpone(
  { now, random }: Pick<IngestContext, 'now' | 'random'>,
  attempts: number,
): string {
  return new Date(now().getTime() + toBackOffMs(attempts, random())).toISOString()
}
