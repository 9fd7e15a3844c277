/** How many ids a minute of publication has; further articles take ids of the next minutes. */
export const idsPerMinute = 1024

const firstMinute = Date.UTC(1900, 0) / 60_000

/**
 * The lowest id for an article published in the minute of `publishedAt` (ms since 1970). Ids that
 * grow with time let full-text search take the newest matches without looking at the others.
 */
export function firstIdAt(publishedAt: number): number {
  return Math.max(1, (Math.floor(publishedAt / 60_000) - firstMinute) * idsPerMinute)
}
