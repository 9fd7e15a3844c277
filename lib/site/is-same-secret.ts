import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Whether somebody showed the right secret. Digests are compared, so the time it takes tells neither
 * how much of a wrong one is right nor how long the right one is.
 */
export function isSameSecret(shown: string, secret: string): boolean {
  return timingSafeEqual(toDigest(shown), toDigest(secret))
}

const toDigest = (text: string) => createHash('sha256').update(text).digest()
