import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether somebody showed the right secret. Digests are compared, so the time it takes does not
 * depend on how much of a wrong secret is right, or on how long the right one is.
 */
export function isSameSecret(shown: string, secret: string): boolean {
  return timingSafeEqual(toDigest(shown), toDigest(secret))
}

const toDigest = (text: string) => createHash('sha256').update(text).digest()
