import type { IdentifiedStory, RawStory } from '../story.ts'
import { toFingerprint, toStoryId } from './story-identity.ts'
import { toUrlKey } from './url-key.ts'

/** Adds what a story is recognised by. */
export function identifyStory(raw: RawStory): IdentifiedStory {
  return {
    ...raw,
    storyId: toStoryId(raw),
    urlKey: toUrlKey(raw.url),
    fingerprint: toFingerprint(raw),
  }
}
