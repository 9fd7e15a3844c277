import type { ListingScope } from '#lib/site/routes.ts'

/**
 * Whether a listing is too thin for search engines: a tag or a source with a single article shows
 * nothing that the article itself does not. Sections and months are how the paper is walked.
 */
export function isThinListing(kind: ListingScope['kind'], articleCount: number): boolean {
  return (kind === 'tag' || kind === 'source') && articleCount < 2
}
