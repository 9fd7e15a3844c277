/**
 * When something that failed is tried again. Sources, stories, translations and notifications have their
 * rule here: after a failure a minute, doubled with each further failure, six hours at most, and never
 * before the time that a server asked for, which is obeyed for a day at most.
 */
export const retryRule = {
  firstMs: 60_000,
  longestMs: 6 * 3600_000,
  longestRetryAfterMs: 24 * 3600_000,
}

/** How long to wait after this many failures in a row (from 1), in ms. */
export function toBackOffMs(
  failures: number,
  { firstMs, longestMs }: Pick<typeof retryRule, 'firstMs' | 'longestMs'> = retryRule,
): number {
  return Math.min(firstMs * 2 ** Math.min(failures - 1, 20), longestMs)
}

/**
 * When to retry after this many failures in a row (from 1), as a UTC instant. `random` (0 to 1) takes
 * up to half of the wait away, so that what failed together is not all retried at once.
 */
export function toRetryAt(
  failures: number,
  { now, random }: { now: () => Date; random: () => number },
): string {
  const wait = Math.round(toBackOffMs(failures) * (1 - random() / 2))
  return new Date(now().getTime() + wait).toISOString()
}

/**
 * When a server's `Retry-After` allows the next request: seconds from now, or an HTTP date (RFC 9110,
 * section 10.2.3). At most a day ahead, so that a wrong clock does not silence a source. Undefined
 * without a usable value.
 */
export function parseRetryAfter(header: string | null | undefined, now: Date): Date | undefined {
  if (header === undefined || header === null) return undefined
  const text = header.trim()
  const time = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text)
  if (Number.isNaN(time)) return undefined
  const latest = now.getTime() + retryRule.longestRetryAfterMs
  return new Date(Math.min(Math.max(time, now.getTime()), latest))
}
