import type { ArticleSummary } from '#lib/content/article.ts'
import type { Locale } from '#lib/site/locales.ts'
import {
  articlePath,
  homePath,
  type ListingScope,
  listingPath,
  plainPagePath,
} from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { messagesFor } from './messages.ts'
import { formatTopic } from './topic-names.ts'

/** A page on the way from the front page to another one. */
export type Crumb = { name: string; path: string }

/**
 * The way to a page, from the front page to the page itself: what readers see as breadcrumbs (without
 * the page they are on) and machines as a `BreadcrumbList`.
 */
export const toBreadcrumbs = (locale: Locale, ...crumbs: Crumb[]): Crumb[] => [
  { name: messagesFor(locale).home, path: homePath(locale) },
  ...crumbs,
]

/** To a listing; `name` is what readers call its scope: `Trading`. */
export const listingBreadcrumbs = (locale: Locale, scope: ListingScope, name: string): Crumb[] =>
  toBreadcrumbs(locale, ...crumbsAbove(locale, scope), { name, path: listingPath(locale, scope) })

export function articleBreadcrumbs({
  locale,
  title,
  category,
  slug,
}: Pick<ArticleSummary, 'locale' | 'title' | 'category' | 'slug'>): Crumb[] {
  const scope = { kind: 'category' as const, segment: toSegment(category) }
  const article = { name: title, path: articlePath(locale, slug) }
  return [...listingBreadcrumbs(locale, scope, formatTopic(locale, category)), article]
}

function crumbsAbove(locale: Locale, { kind }: ListingScope): Crumb[] {
  const { tags, sources, archive } = messagesFor(locale)
  if (kind === 'tag') return [{ name: tags, path: plainPagePath(locale, 'tags') }]
  if (kind === 'source') return [{ name: sources, path: plainPagePath(locale, 'sources') }]
  if (kind === 'archive') return [{ name: archive, path: plainPagePath(locale, 'archive') }]
  return []
}
