import type { Article } from './article.ts'

/** As much of an article as its visibility depends on. `publishedAt` as ISO instant or in ms since 1970. */
export type VisibilityFields = Pick<Article, 'draft' | 'withdrawn'> & {
  publishedAt: string | number
}

/**
 * What readers get at the address of an article: its page, the notice that it was withdrawn, or the
 * answer for an address that nobody has heard of. A draft and an article that is not due yet are
 * unknown, whether they are withdrawn or not. The views of the index state the same rule in SQL
 * (`visibility.ts` there); its contract compares the two.
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

/** How long a pin lasts whose file names no end, in ms from `updatedAt`. */
const usualPin = 3 * 86_400_000

/** When a pin ends: in ms since 1970, 0 for an article that is not pinned. */
export function findPinEnd({
  stickyWeight,
  pinnedUntil,
  updatedAt,
}: Pick<Article, 'stickyWeight' | 'pinnedUntil' | 'updatedAt'>): number {
  if (stickyWeight <= 0) return 0
  return pinnedUntil === undefined ? Date.parse(updatedAt) + usualPin : Date.parse(pinnedUntil)
}

/**
 * The order of files that claim one address: the first is served. Drafts come last, so that a draft
 * never takes down what is published; otherwise the order of the paths counts.
 */
export function compareClaims(
  a: { draft: boolean; path: string },
  b: { draft: boolean; path: string },
): number {
  return Number(a.draft) - Number(b.draft) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)
}
