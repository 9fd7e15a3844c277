import { setImmediate } from 'node:timers/promises'
import type { Article, Cover } from '#lib/content/article.ts'
import { toCoverCredit } from '#lib/covers/cover-credit.ts'
import { toCoverImage } from '#lib/covers/cover-image.ts'
import { listCoverVariants } from '#lib/covers/cover-variants.ts'
import { describeListing } from '#lib/i18n/describe-listing.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { publication } from '#lib/site/publication.ts'
import {
  articlePath,
  type FeedFormat,
  feedPath,
  homePath,
  type ListingScope,
  listingPath,
} from '#lib/site/routes.ts'
import { toArticleIds } from './article-ids.ts'
import { toContentHtml } from './content-html.ts'

/** A picture as feeds name it. Pixels; the height is known only of pictures cropped to measure. */
export type FeedPicture = { url: string; width: number | undefined; height: number | undefined }

export type FeedCover = FeedPicture & {
  /** MIME type. */
  type: string
  thumbnail: FeedPicture
  alt: string | undefined
  /** The photographer's name. */
  credit: string | undefined
}

/** Texts are plain except `html`; every address is absolute; instants are UTC ISO strings. */
export type FeedArticle = {
  /** A tag URI that stays when the article is edited or renamed. */
  id: string
  url: string
  title: string
  summary: string
  html: string
  publishedAt: string
  updatedAt: string
  /** Never empty: the publication signs what nobody else does. */
  authors: string[]
  /** Category and tags as readers know them. */
  topics: string[]
  /** The story where it is known, else our feed of all that comes from the source. */
  source: { name: string; url: string } | undefined
  cover: FeedCover | undefined
}

/** A feed before it takes a format: what RSS, Atom and JSON Feed all say in their own words. */
export type Feed = {
  locale: Locale
  title: string
  description: string
  /** The page the feed belongs to. */
  pageUrl: string
  /** Where the feed itself is found, by format. */
  feedUrls: Record<FeedFormat, string>
  /** When its newest article changed; undefined for an empty feed. Never the time of writing. */
  updatedAt: string | undefined
  articles: FeedArticle[]
}

export type FeedRequest = {
  locale: Locale
  scope: ListingScope
  /** What readers call the scope: `Trading`. */
  name: string
  /** Newest first, as many as the feed is to carry. */
  articles: Article[]
  /** An origin without a trailing slash. */
  siteUrl: string
  /** Where a site-relative path in a body really leads; as written when left out. */
  resolvePath?: (path: string) => string
}

/**
 * The same request always gives the same feed: no clock is read. Rendering a body takes some ten
 * milliseconds, so others get their turn between two of them.
 */
export async function describeFeed(request: FeedRequest): Promise<Feed> {
  const { locale, scope, name, articles, siteUrl, resolvePath = (path) => path } = request
  const messages = messagesFor(locale)
  const isWhole = scope.kind === 'latest'
  const ids = toArticleIds(articles, siteUrl)
  const described: FeedArticle[] = []
  for (const [at, article] of articles.entries()) {
    described.push(describeArticle(article, ids[at] ?? '', { siteUrl, resolvePath }))
    await setImmediate()
  }
  return {
    locale,
    title: isWhole ? `${publication.name} — ${messages.tagline}` : `${name} · ${publication.name}`,
    description: isWhole ? messages.description : describeListing(locale, scope, name),
    pageUrl: siteUrl + (isWhole ? homePath(locale) : listingPath(locale, scope)),
    feedUrls: { rss: siteUrl + feedPath(locale, scope, 'rss') },
    updatedAt: articles
      .map(({ updatedAt }) => updatedAt)
      .sort()
      .at(-1),
    articles: described,
  }
}

function describeArticle(
  article: Article,
  id: string,
  site: { siteUrl: string; resolvePath: (path: string) => string },
): FeedArticle {
  const { locale, slug, title, description, publishedAt, updatedAt, source, cover } = article
  const topics = [article.category, ...article.tags].map((topic) => formatTopic(locale, topic))
  return {
    id,
    url: site.siteUrl + articlePath(locale, slug),
    title,
    summary: description,
    html: toContentHtml(article, site),
    publishedAt,
    updatedAt,
    authors: article.authors.length > 0 ? article.authors : [publication.name],
    topics: [...new Set(topics)],
    source: source && {
      name: source.name,
      url:
        source.url ?? site.siteUrl + feedPath(locale, { kind: 'source', key: source.key }, 'rss'),
    },
    cover: cover && describeCover(cover, site.siteUrl),
  }
}

function describeCover(cover: Cover, siteUrl: string): FeedCover | undefined {
  const [best] = listCoverVariants(cover, siteUrl)
  if (!best) return undefined
  const isCropped = best.height !== undefined
  const card = toCoverImage(cover, 'card')
  return {
    ...best,
    width: isCropped ? best.width : undefined,
    thumbnail: {
      url: new URL(card?.src ?? best.url, siteUrl).href,
      width: isCropped ? card?.width : undefined,
      height: isCropped ? card?.height : undefined,
    },
    alt: cover.alt,
    credit: toCoverCredit(cover)?.name,
  }
}
