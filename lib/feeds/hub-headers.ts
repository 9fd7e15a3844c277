import { toFeedToken } from '#lib/site/feed-token.ts'

/**
 * How a feed names its hub in the headers (https://www.w3.org/TR/websub/#discovery): one `hub` and one
 * `self`. Nothing without a hub, for other pages, and for filtered feeds, of which no hub is told.
 * `path` is a page's one true address, with its query; `siteUrl` an origin without a trailing slash.
 */
export function hubHeaders(
  path: string,
  { siteUrl, hubUrl }: { siteUrl: string; hubUrl: string | undefined },
): Record<string, string> {
  if (hubUrl === undefined || path.includes('?') || !toFeedToken(path)) return {}
  return { link: `<${hubUrl}>; rel="hub", <${siteUrl}${path}>; rel="self"` }
}
