/** Parameters that follow a reader and mean nothing to the page. */
const trackers =
  /^(utm_\w+|ga_\w+|mtm_\w+|pk_\w+|piwik_\w+|hsa_\w+|_hs\w+|oly_\w+|vero_\w+|mc_[ce]id|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|ysclid|_openstat|igshid|igsh|li_fat_id|mkt_tok|cmpid|cmp|campaign_id|ocid|ncid|nr_email_referer|smid|s_cid|ref_src|ref_url|rb_clickid|wickedid|cx_\w+|ss_source|spm|share_id|__twitter_impression)$/i

/** In characters. Browsers and servers agree on no more than about 2,000. */
const maxLength = 4000

/**
 * An http address without what follows the reader, or undefined for anything that is no such
 * address, is longer than 4,000 characters or carries a user name. Parameters that are not known to track stay as they are.
 */
export function stripTrackers(address: string): string | undefined {
  const url = address.length > maxLength ? null : URL.parse(address.trim())
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return undefined
  if (url.username !== '' || url.password !== '') return undefined
  const doomed = [...url.searchParams.keys()].filter((name) => trackers.test(name))
  for (const name of doomed) url.searchParams.delete(name)
  if (/^#?(utm_|:~:text=|xtor=)/i.test(url.hash.slice(1))) url.hash = ''
  return url.href
}

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
