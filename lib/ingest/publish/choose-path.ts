import { toArticlePath } from '#lib/content/article-identity.ts'
import { toSlug } from '#lib/content/to-slug.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import type { StoryRecord } from '../state/story-table.ts'

/** Up to here a number makes a slug unique; beyond, counting up would take longer with each story. */
const maxNumber = 20

/** The file for a story's article, by a slug that no other article has or is about to have. */
export function choosePath(
  record: StoryRecord,
  { articles, stories }: Pick<IngestStore, 'articles' | 'stories'>,
): string {
  const { story, publishedAt, fingerprint, language } = record
  const base = toSlug(story?.title ?? record.title) || `story-${toSlug(fingerprint)}`
  for (let number = 1; ; number += 1) {
    const suffix = number > maxNumber ? `${toSlug(fingerprint)}-${number}` : number
    const slug = number === 1 ? base : `${base}-${suffix}`
    const isFree = !articles.isSlugTaken(slug) && !stories.isSlugReserved(slug, record)
    if (isFree) return toArticlePath(language, publishedAt, slug)
  }
}
