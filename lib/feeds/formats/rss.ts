import { generateRssFeed, type RssFeed } from 'feedsmith'
import { feedTypes } from '#lib/site/routes.ts'
import type { Feed } from '../feed.ts'
import type { FeedArticle } from '../feed-article.ts'
import { toMediaRss } from './media-rss.ts'
import { writeInPieces } from './xml-in-pieces.ts'
import { listMarks, toProvenance } from './xml-marks.ts'

/** Minutes for which subscribers need not ask again. */
const minutesToLive = 15

/** Pixels of the feed's picture. */
const iconSize = 144

/**
 * RSS 2.0 after the RSS Advisory Board's profile (https://www.rssboard.org/rss-profile), with full
 * texts in `content:encoded` and covers both as `enclosure` and in Media RSS. Characters that XML
 * cannot hold come out as U+FFFD.
 */
export function toRss(feed: Feed): Promise<string> {
  return writeInPieces({
    frame: generateRssFeed<true>({ ...toChannel(feed), items: [] }),
    articles: feed.articles,
    element: { article: 'item', parent: 'channel' },
    toDocument: (article) =>
      generateRssFeed<true>({
        title: 'of one article',
        link: feed.pageUrl,
        description: 'to be taken out of it',
        items: [toRssArticle(article, feed)],
      }),
  })
}

function toChannel(feed: Feed): RssFeed.Feed<Date, true> {
  const links = [{ href: feed.feedUrls.rss, rel: 'self', type: feedTypes.rss }]
  const hub = feed.hubUrl === undefined ? [] : [{ href: feed.hubUrl, rel: 'hub' }]
  return {
    title: feed.title,
    link: feed.pageUrl,
    description: toHtmlText(feed.description),
    language: feed.locale,
    lastBuildDate: feed.updatedAt === undefined ? undefined : new Date(feed.updatedAt),
    ttl: minutesToLive,
    image: {
      url: feed.iconUrl,
      title: feed.title,
      link: feed.pageUrl,
      width: iconSize,
      height: iconSize,
    },
    atom: { links: [...links, ...hub] },
  }
}

function toRssArticle(article: FeedArticle, feed: Feed): RssFeed.Item<Date, true> {
  const { cover, source } = article
  const marks = listMarks(article, feed.vocabularyUrl)
  return {
    title: article.title,
    link: article.url,
    description: toHtmlText(article.summary) || cutText(article.html),
    guid: { value: article.id, isPermaLink: false },
    pubDate: new Date(article.publishedAt),
    atom: { updated: new Date(article.updatedAt) },
    dc: { creators: article.authors },
    categories: [
      ...article.topics.map((name) => ({ name })),
      ...marks.map(({ scheme, term }) => ({ domain: scheme, name: term })),
    ],
    source: source && { title: source.name, url: source.url },
    // The length is required and not known without fetching the picture; 0 says so.
    enclosures: cover && [{ url: cover.best.url, length: 0, type: cover.best.type }],
    media: cover && toMediaRss(cover),
    dcterms: toProvenance(article),
    content: { encoded: article.html },
  }
}

/** In characters. */
const mostExcerpt = 300

/**
 * The beginning of an HTML text without its tags, for an article that has no description: RSS readers
 * list items by it, and some refuse an item without one. Character references stay as they are.
 */
function cutText(html: string): string {
  const text = html
    .replace(/<(?:[^<>"']|"[^"]*"|'[^']*')*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (text.length <= mostExcerpt) return text
  return `${text.slice(0, mostExcerpt + 1).replace(/\s+\S*$/, '')}…`
}

/**
 * A description is read as HTML, so plain text must not look like it. An ampersand that no reader
 * can take for a character reference stays: some show descriptions as they are.
 */
function toHtmlText(text: string): string {
  return text.replace(/&(?=[a-z#])/gi, '&amp;').replaceAll('<', '&lt;')
}
