import type { Article } from './article.ts'

/** As much of an article as its visibility depends on. `publishedAt` as ISO instant or in ms since 1970. */
export type VisibilityFields = Pick<Article, 'draft' | 'withdrawn'> & {
  publishedAt: string | number
}

/**
 * What readers get at the address of an article: its page, the notice that it was withdrawn, or a 404.
 * A draft and an article that is not due yet are unknown, whether they are withdrawn or not. The views
 * of the index state the same rule in SQL (`lib/article-index/store/install-visibility.ts`); the contract of the
 * index compares the two. Which of two files with one slug is served: `slug-conflicts.ts`.
 */
export function findPublicState(
  { draft, withdrawn, publishedAt }: VisibilityFields,
  now: Date,
): 'published' | 'withdrawn' | 'unknown' {
  if (draft || new Date(publishedAt).getTime() > now.getTime()) return 'unknown'
  return withdrawn ? 'withdrawn' : 'published'
}

/** Why readers do not get an article, for its editors. */
export type UnpublishedReason = 'withdrawn' | 'draft' | 'scheduled'

/** Of several reasons the weightiest; undefined when the article is published. */
export function findUnpublishedReason(
  article: VisibilityFields,
  now: Date,
): UnpublishedReason | undefined {
  if (findPublicState(article, now) === 'published') return undefined
  if (article.withdrawn) return 'withdrawn'
  return article.draft ? 'draft' : 'scheduled'
}

/**
 * Whether search engines may list the page of an article: it neither asks to be left out (`noindex`)
 * nor has its canonical address elsewhere. Feeds list such an article all the same.
 */
export function isIndexable({ noindex, canonicalUrl }: Pick<Article, 'noindex' | 'canonicalUrl'>) {
  return !noindex && canonicalUrl === undefined
}

/** How long a pin lasts when nobody names its end, in ms: from `updatedAt`, or from the moment of `dateline pin`. */
export const usualPin = 3 * 86_400_000

/** When a pin ends: in ms since 1970, 0 for an article that is not pinned. */
export function findPinEnd({
  stickyWeight,
  pinnedUntil,
  updatedAt,
}: Pick<Article, 'stickyWeight' | 'pinnedUntil' | 'updatedAt'>): number {
  if (stickyWeight <= 0) return 0
  return pinnedUntil === undefined ? Date.parse(updatedAt) + usualPin : Date.parse(pinnedUntil)
}
