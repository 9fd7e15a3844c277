import { type AtomFeed, generateAtomFeed } from 'feedsmith'
import { feedTypes } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import type { Feed } from '../feed.ts'
import type { FeedArticle } from '../feed-article.ts'
import { toMediaRss } from './media-rss.ts'
import { writeInPieces } from './xml-in-pieces.ts'
import { listMarks, toProvenance } from './xml-marks.ts'

/** A feed has to say when it changed; one that never had an article did so before the first. */
const beforeTheFirst = `${site().foundedIn}-01-01T00:00:00.000Z`

type Link = NonNullable<AtomFeed.Entry<Date, true>['links']>[number]

/**
 * Atom 1.0 (RFC 4287) with full texts and covers in Media RSS. The story an article was written from
 * is its `via` link: `source` is for copies. Characters that XML cannot hold come out as U+FFFD.
 */
export function toAtom(feed: Feed): Promise<string> {
  return writeInPieces({
    frame: generateAtomFeed<true>(toFrame(feed)),
    articles: feed.articles,
    element: { article: 'entry', parent: 'feed' },
    toDocument: (article) =>
      generateAtomFeed<true>({
        id: feed.id,
        title: toText('of one article, to be taken out of it'),
        updated: new Date(article.updatedAt),
        entries: [toAtomArticle(article, feed)],
      }),
  })
}

function toFrame(feed: Feed): AtomFeed.Feed<Date, true> {
  const links: Link[] = [
    { href: feed.feedUrls.atom, rel: 'self', type: feedTypes.atom },
    { href: feed.pageUrl, rel: 'alternate', type: 'text/html', hreflang: feed.locale },
    ...(feed.hubUrl === undefined ? [] : [{ href: feed.hubUrl, rel: 'hub' }]),
  ]
  return {
    id: feed.id,
    title: toText(feed.title),
    subtitle: toText(feed.description),
    updated: new Date(feed.updatedAt ?? beforeTheFirst),
    authors: [{ name: site().name, uri: feed.pageUrl }],
    icon: feed.iconUrl,
    links,
    xml: { lang: feed.locale },
  }
}

function toAtomArticle(article: FeedArticle, feed: Feed): AtomFeed.Entry<Date, true> {
  const { cover } = article
  return {
    id: article.id,
    title: toText(article.title),
    summary: article.summary === '' ? undefined : toText(article.summary),
    published: new Date(article.publishedAt),
    updated: new Date(article.updatedAt),
    authors: article.authors.map((name) => ({ name })),
    links: toLinks(article),
    categories: [
      ...article.topics.map((name) => ({ term: name })),
      ...listMarks(article, feed.vocabularyUrl),
    ],
    media: cover && toMediaRss(cover),
    dcterms: toProvenance(article),
    content: { value: article.html, type: 'html' },
  }
}

function toLinks({ url, locale, source, cover }: FeedArticle): Link[] {
  return [
    { href: url, rel: 'alternate', type: 'text/html', hreflang: locale },
    ...(source?.storyUrl ? [{ href: source.storyUrl, rel: 'via', title: source.name }] : []),
    ...(cover ? [{ href: cover.best.url, rel: 'enclosure', type: cover.best.type }] : []),
  ]
}

const toText = (value: string) => ({ value, type: 'text' })
