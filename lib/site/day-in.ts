const formats = new Map<string, Intl.DateTimeFormat>()

/** The day that calendars of a zone (IANA) show at an instant, in ms since 1970: `2026-11-30`. */
export function dayIn(timeZone: string, at: number): string {
  // Sweden writes dates as ISO 8601 does.
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone })
  formats.set(timeZone, format)
  return format.format(at)
}

const dayMs = 86_400_000
/** Every hour of UTC and every day of any zone begins at a quarter of an hour; in ms. */
export const quarterMs = 900_000

/** The same as a count of days since 1970, for sums and keys. */
export const dayNumberIn = (timeZone: string, at: number): number =>
  Date.parse(dayIn(timeZone, at)) / dayMs

/** When the day after that of an instant begins in a zone, in ms since 1970. */
export const startOfTomorrowIn = (timeZone: string, at: number): number =>
  startOfDayIn(timeZone, dayNumberIn(timeZone, at) + 1)

/** When a day (of a count since 1970) begins in a zone, in ms since 1970. */
export function startOfDayIn(timeZone: string, day: number): number {
  // No zone is a day away from UTC.
  let [low, high] = [((day - 1) * dayMs) / quarterMs, ((day + 1) * dayMs) / quarterMs]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if (dayNumberIn(timeZone, middle * quarterMs) < day) low = middle + 1
    else high = middle
  }
  return low * quarterMs
}
