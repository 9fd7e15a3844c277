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
 * How long to leave a source alone after this many failures in a row, in ms: doubles from a minute to
 * six hours, of which `random` (0 to 1) takes up to a half away, so that sources that fell together
 * are not all asked again at once.
 */
export function toBackOffMs(failures: number, random: number): number {
  const full = Math.min(firstWait * 2 ** Math.min(failures - 1, 20), longestBackOff)
  return Math.round(full * (1 - random / 2))
}
