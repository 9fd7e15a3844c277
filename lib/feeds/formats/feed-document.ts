import { type FeedFormat, feedTypes } from '#lib/site/routes.ts'
import { describeFeed, type Feed, type FeedRequest } from '../feed.ts'
import { toAtom } from './atom.ts'
import { toJsonFeed } from './json-feed.ts'
import { toRss } from './rss.ts'

/** A feed ready to be sent. */
export type FeedDocument = { body: string; contentType: string }

const serializers: Record<FeedFormat, (feed: Feed) => string | Promise<string>> = {
  rss: toRss,
  atom: toAtom,
  json: toJsonFeed,
}

/** The feed of a listing. Its bytes change only when one of its articles does. */
export async function feedDocument(
  format: FeedFormat,
  request: FeedRequest,
): Promise<FeedDocument> {
  const feed = await describeFeed(request)
  return {
    body: await serializers[format](feed),
    contentType: `${feedTypes[format]}; charset=utf-8`,
  }
}
