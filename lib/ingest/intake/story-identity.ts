import { createHash } from 'node:crypto'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import type { IdentifiedStory, RawStory } from '../story.ts'
import { toUrlKey } from './story-url.ts'
import { stripScripts, stripTags } from './strip-tags.ts'

/**
 * What a story is known by at its source. The front matter has room for 200 characters: a longer id
 * is kept as its digest.
 */
export function toStoryId({ id, url }: Pick<RawStory, 'id' | 'url'>): string | undefined {
  const known = cleanLine(id ?? '') || cleanLine(url ?? '')
  if (known === '') return undefined
  return known.length <= 200
    ? known
    : `sha256-${createHash('sha256').update(known).digest('base64url')}`
}

/**
 * Changes when what a story says changes, not when its markup, white space, advertising links or
 * dates do. Cheap: it is taken of every story of every feed that has changed at all.
 */
export function toFingerprint({ title, html }: Pick<RawStory, 'title' | 'html'>): string {
  const characters = stripTags(stripScripts(`${title}\n${html}`), '').replace(/\s+/g, '')
  return createHash('sha256').update(characters).digest('base64url').slice(0, 16)
}

/** Adds what a story is recognised by. */
export function identifyStory(raw: RawStory): IdentifiedStory {
  return {
    ...raw,
    storyId: toStoryId(raw),
    urlKey: toUrlKey(raw.url),
    fingerprint: toFingerprint(raw),
  }
}
