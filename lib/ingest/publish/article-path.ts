import { isLocale, type Locale } from '#lib/site/locales.ts'
import type { IngestStore } from '../state/ingest-store.ts'
import type { StoryRecord } from '../state/story-record.ts'
import { toSlug } from './to-slug.ts'

/** The file of an article relative to the content folder. Languages differ in their folder only. */
export function toArticlePath(locale: Locale, publishedAt: string, slug: string): string {
  const [year, month] = publishedAt.split('-')
  return `articles/${locale}/${year}/${month}/${slug}.md`
}

/**
 * The file of a translation: `articles/en/2026/03/a.md` in `uk` is `articles/uk/2026/03/a.md`. A path
 * without a language folder has no translations and stays as it is.
 */
export function toTranslationPath(path: string, locale: Locale): string {
  const [folder, language, ...rest] = path.split('/')
  return isLocale(language) && rest.length > 0 ? [folder, locale, ...rest].join('/') : path
}

/** Up to here numbers tell slugs apart; further on counting would take longer with each story. */
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
    const isFree = !articles.isSlugTaken(slug, []) && !stories.isSlugReserved(slug, record)
    if (isFree) return toArticlePath(language, publishedAt, slug)
  }
}
