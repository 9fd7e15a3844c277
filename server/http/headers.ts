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

/** Every `Cache-Control` of the site. */
export const cacheControl = {
  /** What is made of articles. */
  fresh: `public, max-age=0, s-maxage=${proxySeconds.fresh}, stale-while-revalidate=${proxySeconds.stale}`,
  /** What follows from its address: art, and files of a build, whose names hold a digest. */
  immutable: 'public, max-age=31536000, immutable',
  /** Files of `public/` and `content/media/`, and icons, which browsers would ask for on every page. */
  day: 'public, max-age=86400, stale-while-revalidate=604800',
  /** What only a setting changes: `robots.txt`, `security.txt`, the manifest. */
  hour: 'public, max-age=3600',
  /** Pictures of the content folder in other sizes: a file may be exchanged under its name. */
  minutes: 'public, max-age=300, stale-while-revalidate=86400',
  /** Speculation rules, whose digest the policy of pages names. */
  rules: 'public, max-age=86400',
  /** Redirects for good, as far as anything is: an editor may take one back. */
  redirect: 'public, max-age=300',
  /** What belongs to one request alone. */
  none: 'no-store',
  /** What one person alone may see. */
  personal: 'private, no-store',
} as const
