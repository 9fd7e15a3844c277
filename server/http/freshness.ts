/** For how long a proxy may answer by itself, in seconds, and for how long more while it asks us. */
const proxySeconds = { fresh: 2, staleWhileRevalidate: 8 }

/** After so many ms no proxy holds what was changed or taken back. */
export const longestInProxyMilliseconds =
  (proxySeconds.fresh + proxySeconds.staleWhileRevalidate) * 1000

/** Cache-Control of pages and feeds. Browsers ask again each time and mostly get a 304. */
export const freshness = `public, max-age=0, s-maxage=${proxySeconds.fresh}, stale-while-revalidate=${proxySeconds.staleWhileRevalidate}`
