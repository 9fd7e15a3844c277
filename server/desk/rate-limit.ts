import { LRUCache } from 'lru-cache'

/** How many keys are remembered; of more, the one that has been quiet for longest is forgotten. */
const mostKeys = 10_000

/**
 * Lets each key do something `most` times in any stretch of `perMilliseconds`: `take` answers whether
 * it may once more. A key that has used up its share gets it back evenly as time passes.
 */
export function createRateLimit({
  most,
  perMilliseconds,
  now,
}: {
  most: number
  perMilliseconds: number
  now: () => Date
}) {
  const left = new LRUCache<string, { tokens: number; at: number }>({ max: mostKeys })
  return {
    take(key: string): boolean {
      const at = now().getTime()
      const known = left.get(key) ?? { tokens: most, at }
      const tokens = Math.min(most, known.tokens + ((at - known.at) / perMilliseconds) * most)
      left.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at })
      return tokens >= 1
    },
  }
}
