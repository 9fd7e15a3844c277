import { generateRssFeed, type RssFeed } from 'feedsmith'
import type { Feed, FeedArticle, FeedCover } from './feed.ts'

/** Minutes for which subscribers need not ask again. */
const minutesToLive = 15

/**
 * RSS 2.0 after the RSS Advisory Board's profile (https://www.rssboard.org/rss-profile), with full
 * texts in `content:encoded` and covers both as `enclosure` and in Media RSS. Characters that XML
 * cannot hold come out as U+FFFD.
 */
export function toRss(feed: Feed): string {
  const xml = generateRssFeed<true>({
    title: feed.title,
    link: feed.pageUrl,
    description: toHtmlText(feed.description),
    language: feed.locale,
    lastBuildDate: feed.updatedAt === undefined ? undefined : new Date(feed.updatedAt),
    ttl: minutesToLive,
    atom: { links: [{ href: feed.feedUrls.rss, rel: 'self', type: 'application/rss+xml' }] },
    items: feed.articles.map(toRssArticle),
  })
  return replaceForbidden(xml)
}

function toRssArticle(article: FeedArticle): RssFeed.Item<Date, true> {
  const { cover, source } = article
  return {
    title: article.title,
    link: article.url,
    description: toHtmlText(article.summary),
    guid: { value: article.id, isPermaLink: false },
    pubDate: new Date(article.publishedAt),
    dc: { creators: article.authors },
    categories: article.topics.map((name) => ({ name })),
    source: source && { title: source.name, url: source.url },
    // The length is required and not known without fetching the picture; 0 says so.
    enclosures: cover && [{ url: cover.url, length: 0, type: cover.type }],
    media: cover && toMedia(cover),
    content: { encoded: article.html },
  }
}

type RssMedia = NonNullable<RssFeed.Item<Date, true>['media']>

function toMedia({ url, type, width, height, thumbnail, alt, credit }: FeedCover): RssMedia {
  return {
    contents: [
      {
        url,
        type,
        medium: 'image',
        width,
        height,
        description: alt === undefined ? undefined : { value: alt, type: 'plain' },
        thumbnails: [thumbnail],
        credits: credit === undefined ? undefined : [{ value: credit, role: 'photographer' }],
      },
    ],
  }
}

/**
 * A description is read as HTML, so plain text must not look like it. An ampersand that no reader
 * can take for a character reference stays: some show descriptions as they are.
 */
function toHtmlText(text: string): string {
  return text.replace(/&(?=[a-z#])/gi, '&amp;').replaceAll('<', '&lt;')
}

/**
 * What is outside `Char` of XML 1.0 (https://www.w3.org/TR/xml/#charsets). Replaced, never removed:
 * removal could join the two halves of a `]]>`.
 */
function replaceForbidden(xml: string): string {
  return xml
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
