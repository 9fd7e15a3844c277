import { feedFiles } from '../routes.ts'

const names = Object.values(feedFiles).map((file) => file.replace('.', '\\.'))
// An article may be called like a file.
const feedAddress = new RegExp(
  `^(?!(?:/[a-z]{2,3})?/article/)[^?]*/(?:${names.join('|')})(?:\\?|$)`,
)

/**
 * The name under which a feed is rendered and kept: its public address with the query that filters
 * it, in letters that mean nothing else in a path. Undefined for addresses of anything but a feed.
 */
export function encodeFeedUrl(address: string): string | undefined {
  return feedAddress.test(address) ? Buffer.from(address).toString('base64url') : undefined
}

/** The inverse of `encodeFeedUrl`. */
export const decodeFeedUrl = (encoded: string): string =>
  Buffer.from(encoded, 'base64url').toString('utf8')
