/** Sent with everything. */
export const commonHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
} as const

/**
 * Pages for reading run no inline script and none of anybody else's. Inline styles are allowed as
 * attributes only: the shapes of pictures and their prints stand in them. Covers come from any https host.
 */
export const readingPagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' https: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** For pages that keep the framework's runtime, which begins with inline scripts. */
export const runtimePagePolicy = readingPagePolicy.replace(
  "script-src 'self'",
  "script-src 'self' 'unsafe-inline'",
)
