import type { ArticleSummary } from '#lib/content/article.ts'
import { site } from '#lib/site/site.ts'

/**
 * The id of each article of a feed, in the feed's order: a tag URI (RFC 4151). Subscribers show an
 * article again when its id changes, so an id is made only of what stays when an article is edited,
 * renamed, moved, or published once more under a later date:
 *
 * 1. the source's key and its id of the story: `tag:<host>,<year>:en/story/<key>/<externalId>`;
 * 2. for an article without a story id, the year it was published in and its first slug, which is the
 *    first of `aliases` once it was renamed: `tag:<host>,<year>:en/article/2026/<slug>`. Further
 *    aliases are therefore added at the end. The year keeps a slug that was given up, and years later
 *    taken by another article, from being mistaken for the first;
 * 3. the locale and the slug, which no two articles share.
 *
 * Each article takes the first of these that no other article of the feed lays claim to: a story
 * that became two articles, or a file copied with its `externalId`, falls back to the second.
 * The year is the one the publication was founded in, when the host was already its own.
 */
export function toArticleIds(articles: ArticleSummary[], siteUrl: string): string[] {
  const claims = articles.map((article) => listClaims(article))
  const claimants = new Map<string, number>()
  for (const claim of claims.flat()) claimants.set(claim, (claimants.get(claim) ?? 0) + 1)
  const prefix = `tag:${new URL(siteUrl).hostname},${site().foundedIn}`
  return claims.map((own) => `${prefix}:${own.find((id) => claimants.get(id) === 1) ?? own.at(-1)}`)
}

function listClaims({ locale, slug, externalId, source, publishedAt, aliases }: ArticleSummary) {
  const story =
    externalId === undefined
      ? []
      : [toPath(locale, 'story', ...(source ? [source.key] : []), externalId)]
  const firstSlug = aliases[0] ?? slug
  return [
    ...story,
    toPath(locale, 'article', publishedAt.slice(0, 4), firstSlug),
    toPath(locale, 'slug', slug),
  ]
}

const toPath = (...segments: string[]) =>
  segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/')
