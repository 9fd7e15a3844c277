import type { Desk } from './ingest-context.ts'
import { noteTwins } from './publish/note-duplicates.ts'
import { tellAll } from './publish/publish-stories.ts'
import type { Tally } from './tally.ts'
import { translateAll } from './translate/translate-all.ts'

/**
 * The half of a pass that writes: what the ledger holds becomes files. Originals come before
 * translations, which nobody waits for. Answers how many new stories it has begun.
 */
export async function workOff(
  desk: Desk,
  limit: number | undefined,
  tally: Tally,
): Promise<number> {
  const begun = await tellAll(desk, limit, tally)
  await noteTwins(desk, tally)
  await translateAll(desk, tally)
  return begun
}
