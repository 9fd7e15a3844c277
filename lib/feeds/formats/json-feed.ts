import { generateJsonFeed, type JsonFeed } from 'feedsmith'
import { site } from '#lib/site/site.ts'
import { stringifyWellFormed } from '#lib/site/stringify-well-formed.ts'
import type { Feed } from '../feed.ts'
import type { FeedArticle } from '../feed-article.ts'

/**
 * JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) with full texts. What it has no field for
 * stands under `_dateline`, whose `about` leads to its description.
 */
export function toJsonFeed(feed: Feed): string {
  const document = generateJsonFeed<true>({
    title: feed.title,
    home_page_url: feed.pageUrl,
    feed_url: feed.feedUrls.json,
    description: feed.description,
    icon: feed.iconUrl,
    language: feed.locale,
    authors: [{ name: site().name, url: feed.pageUrl }],
    hubs: feed.hubUrl === undefined ? undefined : [{ type: 'WebSub', url: feed.hubUrl }],
    ...{ _dateline: { about: `${feed.vocabularyUrl}#extension` } },
    items: feed.articles.map(toJsonArticle),
  })
  // A feed without articles has an empty list, which the generator would leave out.
  return stringifyWellFormed(Object.assign({ items: [] }, document))
}

function toJsonArticle(article: FeedArticle): JsonFeed.Item<Date, true> {
  const { cover } = article
  return {
    id: article.id,
    url: article.url,
    external_url: article.canonicalUrl,
    title: article.title,
    summary: article.summary === '' ? undefined : article.summary,
    content_html: article.html,
    image: cover?.best.url,
    date_published: new Date(article.publishedAt),
    date_modified: new Date(article.updatedAt),
    authors: article.authors.map((name) => ({ name })),
    tags: article.topics,
    language: article.locale,
    ...{ _dateline: toExtension(article) },
  }
}

/** What JSON Feed has no word for. Names as in the rest of the format: snake case, absent if unknown. */
function toExtension({ sentiment, kind, ai, source, corrections, cover }: FeedArticle) {
  return {
    sentiment: sentiment?.toLowerCase(),
    kind,
    source: source && { name: source.name, key: source.key, url: source.storyUrl },
    ai: ai && {
      rewritten: ai.rewritten,
      expanded_at: ai.expandedAt,
      version: ai.version,
      translated_from: ai.translatedFrom,
      digital_source_type: ai.sourceType,
      reviewed_by: ai.review?.by,
      reviewed_at: ai.review?.at,
    },
    corrections: corrections.length > 0 ? corrections : undefined,
    image: cover && {
      variants: [cover.best, ...cover.others],
      thumbnail: cover.thumbnail,
      alt: cover.alt,
      credit: cover.credit,
    },
  }
}
