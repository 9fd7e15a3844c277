/**
 * Defaults of every answer; an answer may replace one by its own (`sharedHeaders`). Browsers must not
 * guess types, use devices, or share a window or document with other sites.
 */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy':
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
} as const

/** For what other sites show in their pages: pictures, feeds, the API. */
export const sharedHeaders = { 'cross-origin-resource-policy': 'cross-origin' } as const

/**
 * Browsers ask again each time and mostly hear 304. A proxy may answer for two seconds, and for eight
 * more while it asks: what is withdrawn is gone everywhere ten seconds later.
 */
export const proxySeconds = { fresh: 2, stale: 8 } as const
export const freshness = `public, max-age=0, s-maxage=${proxySeconds.fresh}, stale-while-revalidate=${proxySeconds.stale}`

/** For what belongs to one request alone. */
export const uncached = 'no-store'

/** For what follows from its address: art, and files of a build, whose names hold a digest. */
export const immutable = 'public, max-age=31536000, immutable'
