/**
 * Times of forms are those of the publication's time zone: `2026-11-30T09:30`, as `datetime-local`
 * fields have them. Instants are UTC ISO strings.
 */

/** The instant that a clock in a time zone (IANA) shows; undefined for a text that is no time. */
export function toInstant(local: string, timeZone: string): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2})?$/.test(local)) return undefined
  const wanted = Date.parse(`${local}Z`)
  if (Number.isNaN(wanted)) return undefined
  // What the clock is ahead of UTC is not known before the instant is: a second look corrects the first.
  let instant = wanted
  for (const _ of [1, 2]) {
    instant = wanted - (Date.parse(`${toLocalSeconds(instant, timeZone)}Z`) - instant)
  }
  return new Date(instant).toISOString()
}

/** What a clock in the time zone shows at an instant, to the minute. */
export const toLocal = (instant: string, timeZone: string): string =>
  toLocalSeconds(Date.parse(instant), timeZone).slice(0, 16)

function toLocalSeconds(instant: number, timeZone: string): string {
  // Swedish writes dates and times as ISO 8601 does.
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone,
    dateStyle: 'short',
    timeStyle: 'medium',
  })
  return format.format(instant).replace(' ', 'T')
}
