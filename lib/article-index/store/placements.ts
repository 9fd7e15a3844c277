import type { ArticleSummary, Sentiment } from '#lib/content/article.ts'
import {
  type ArticleFilter,
  filterNames,
  type SentimentSegment,
} from '#lib/site/addresses/article-filter.ts'
import { listAssets } from '#lib/site/names.ts'
import { isAuthorKey, toSegment } from '#lib/site/segment.ts'
import type { ArticleKey, ListingScope } from '../article-index.ts'

/**
 * A listing that an article belongs to. `name` is how the article writes the category or tag. The
 * articles of one sentiment or kind are no listing of the site, but filters ask for them.
 */
export type Placement = {
  kind: ListingScope['kind'] | 'sentiment' | 'kind'
  segment: string
  name: string | undefined
}

/** Every listing in which an article stands, once each. */
export function listPlacements({
  category,
  tags,
  source,
  publishedAt,
  sentiment,
  kind = 'news',
  authors = [],
  title = '',
  description = '',
  storyKey,
}: Pick<ArticleKey, 'category' | 'tags' | 'source' | 'publishedAt'> &
  Partial<
    Pick<ArticleSummary, 'sentiment' | 'kind' | 'authors' | 'title' | 'description' | 'storyKey'>
  >): Placement[] {
  const bySegment = new Map(tags.map((tag) => [toSegment(tag), tag]))
  return [
    { ...latest, name: undefined },
    { kind: 'category', segment: toSegment(category), name: category },
    ...Array.from(bySegment, ([segment, name]): Placement => ({ kind: 'tag', segment, name })),
    ...(source ? [{ kind: 'source' as const, segment: source.key, name: source.name }] : []),
    ...[...new Set(authors)]
      .filter(isAuthorKey)
      .map((segment): Placement => ({ kind: 'author', segment, name: undefined })),
    ...(storyKey === undefined
      ? []
      : [{ kind: 'story' as const, segment: storyKey, name: storyKey }]),
    ...listAssets({ title, description, tags }).map(
      ({ key }): Placement => ({ kind: 'asset', segment: key, name: key }),
    ),
    ...(sentiment
      ? [{ kind: 'sentiment' as const, segment: sentiment.toLowerCase(), name: undefined }]
      : []),
    { kind: 'kind', segment: kind, name: undefined },
    { kind: 'archive', segment: publishedAt.slice(0, 7), name: undefined },
  ]
}

/** What identifies a listing within a locale. */
export type ScopeKey = Pick<Placement, 'kind' | 'segment'>

export const latest: ScopeKey = { kind: 'latest', segment: '' }

export function toScopeKey(scope: ListingScope): ScopeKey {
  switch (scope.kind) {
    case 'latest':
      return latest
    case 'category':
    case 'tag':
      return { kind: scope.kind, segment: scope.segment }
    case 'source':
    case 'author':
    case 'story':
    case 'asset':
      return { kind: scope.kind, segment: scope.key }
    case 'archive': {
      const month = String(scope.month).padStart(2, '0')
      return { kind: 'archive', segment: `${String(scope.year).padStart(4, '0')}-${month}` }
    }
  }
}

/** The listings in all of which an article has to stand. */
export function listScopeKeys(scope: ListingScope, filter: ArticleFilter): ScopeKey[] {
  const conditions = filterNames.flatMap((kind): ScopeKey[] => {
    const segment = filter[kind]
    return segment === undefined ? [] : [{ kind, segment }]
  })
  return scope.kind === 'latest' && conditions.length > 0
    ? conditions
    : [toScopeKey(scope), ...conditions]
}

/** How sentiments are kept. */
export const sentimentCodes: Record<Sentiment, number> = { NEGATIVE: -1, NEUTRAL: 0, POSITIVE: 1 }

export const segmentCodes: Record<SentimentSegment, number> = {
  positive: sentimentCodes.POSITIVE,
  neutral: sentimentCodes.NEUTRAL,
  negative: sentimentCodes.NEGATIVE,
}
