import type { RawStory, Story } from '../story.ts'
import { cleanStory } from './clean-story.ts'
import { toLead } from './to-lead.ts'

/** A story as the store keeps it, or why there can be none. */
export type CleanedWithLead = { story: Story; lead: string } | { rejection: string }

/** Cleans a story (`cleanStory`) and takes its lead. */
export function cleanWithLead(
  raw: RawStory,
  options: { seenAt: string; section: string },
): CleanedWithLead {
  const cleaned = cleanStory(raw, options)
  return 'rejection' in cleaned ? cleaned : { ...cleaned, lead: toLead(cleaned.story) }
}
