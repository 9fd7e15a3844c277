import type { ArticleSummary } from '#lib/content/article.ts'

/** Why nobody is shown an article. */
export type UnpublishedReason = 'withdrawn' | 'draft' | 'scheduled'

/**
 * Why an article as its file has it is not served, the weightiest reason first; undefined when it is
 * published. For telling editors only: what readers are served is decided by the index.
 */
export function findUnpublishedReason(
  { withdrawn, draft, publishedAt }: ArticleSummary,
  now: Date,
): UnpublishedReason | undefined {
  if (withdrawn) return 'withdrawn'
  if (draft) return 'draft'
  return Date.parse(publishedAt) > now.getTime() ? 'scheduled' : undefined
}
