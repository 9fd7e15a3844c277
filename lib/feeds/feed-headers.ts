import { encodeFeedUrl } from '#lib/site/addresses/feed-url.ts'

/**
 * Headers of a feed beside those of every page; none for anything else. Readers that are pages
 * themselves may fetch it. The hub is named as discovery wants it
 * (https://www.w3.org/TR/websub/#discovery), by one `hub` and one `self`: not without a hub, and not for
 * filtered feeds, of which no hub is notified. `path` is a page's one true address, with its query;
 * `siteUrl` an origin without a trailing slash.
 */
export function feedHeaders(
  path: string,
  { siteUrl, hubUrl }: { siteUrl: string; hubUrl: string | undefined },
): Record<string, string> {
  if (!encodeFeedUrl(path)) return {}
  const readable = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
  }
  if (hubUrl === undefined || path.includes('?')) return readable
  return { ...readable, link: `<${hubUrl}>; rel="hub", <${siteUrl}${path}>; rel="self"` }
}
