import { describeFeed, type FeedRequest } from './feed.ts'
import { toRss } from './rss.ts'

/** A feed ready to be sent. `lastModifiedAt` is a UTC ISO instant, undefined for an empty feed. */
export type FeedDocument = { body: string; contentType: string; lastModifiedAt: string | undefined }

/** The RSS feed of a listing. Its bytes change only when one of its articles does. */
export async function rssDocument(request: FeedRequest): Promise<FeedDocument> {
  const feed = await describeFeed(request)
  return {
    body: toRss(feed),
    contentType: 'application/rss+xml; charset=utf-8',
    lastModifiedAt: feed.updatedAt,
  }
}
