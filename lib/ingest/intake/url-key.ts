import { stripTrackers } from './strip-trackers.ts'

/**
 * What two addresses of the same page have in common: no protocol, `www.`, `m.` or `amp.`, trackers,
 * AMP variant, trailing slash or fragment; parameters in order. Undefined for a front page, which is
 * the address of no story, and for what is no http address.
 */
export function toUrlKey(address: string | undefined): string | undefined {
  const plain = address === undefined ? undefined : stripTrackers(address)
  if (plain === undefined) return undefined
  const url = new URL(plain)
  for (const name of ['amp', 'outputType', 'guccounter', 'feed', 'from', 'ref', 'source', 'rss'])
    url.searchParams.delete(name)
  url.searchParams.sort()
  const host = url.host.replace(/^(www\d?|m|mobile|amp)\./, '')
  const path = url.pathname
    .replace(/\/(amp|amp\.html|index\.(html?|php))$/i, '/')
    .replace(/\.amp$/, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
  if (path === '' && url.search === '') return undefined
  return `${host}${path}${url.search}`
}
