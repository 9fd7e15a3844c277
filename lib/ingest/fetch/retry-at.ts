const longestWait = 24 * 3600_000

/**
 * When a server's `Retry-After` allows the next request: seconds from now, or an HTTP date (RFC 9110,
 * section 10.2.3). At most a day ahead, so that a wrong clock does not silence a source. Undefined
 * without a usable value.
 */
export function parseRetryAfter(header: string | undefined, now: Date): Date | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  const time = /^\d+$/.test(text) ? now.getTime() + Number(text) * 1000 : Date.parse(text)
  if (Number.isNaN(time)) return undefined
  return new Date(Math.min(Math.max(time, now.getTime()), now.getTime() + longestWait))
}

const firstWait = 60_000
const longestBackOff = 6 * 3600_000

/**
 * When to retry after this many failures in a row, as a UTC instant. The wait doubles from a minute to
 * six hours. `random` (0 to 1) takes up to half of it away, so that sources that failed together are
 * not all retried at once.
 */
export function toRetryAt(
  failures: number,
  { now, random }: { now: () => Date; random: () => number },
): string {
  const full = Math.min(firstWait * 2 ** Math.min(failures - 1, 20), longestBackOff)
  return new Date(now().getTime() + Math.round(full * (1 - random() / 2))).toISOString()
}
