import type { RawStory, Story } from '../story.ts'
import { cleanStory } from './clean-story.ts'
import { toGist } from './to-gist.ts'

/** A story as the ledger keeps it, or why there can be none. */
export type CleanedForLedger = { story: Story; gist: string } | { refusal: string }

/** Cleans a story (`cleanStory`) and takes its gist. */
export function cleanForLedger(
  raw: RawStory,
  options: { seenAt: string; section: string },
): CleanedForLedger {
  const cleaned = cleanStory(raw, options)
  return 'refusal' in cleaned ? cleaned : { ...cleaned, gist: toGist(cleaned.story) }
}
