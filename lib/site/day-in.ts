const formats = new Map<string, Intl.DateTimeFormat>()

/** The day that calendars of a zone (IANA) show at an instant, in ms since 1970: `2026-11-30`. */
export function dayIn(timeZone: string, at: number): string {
  // Sweden writes dates as ISO 8601 does.
  const format =
    formats.get(timeZone) ?? new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone })
  formats.set(timeZone, format)
  return format.format(at)
}
