import { dayNumberIn, startOfDayIn } from './day-in.ts'
import type { ListingScope } from './routes.ts'
import { site } from './site.ts'

/**
 * How far back the mood of the coverage is looked at: in hours, or in days of the publication's time
 * zone with today.
 */
export const moodSpans = {
  '24-hours': { unit: 'hour', steps: 24 },
  '7-days': { unit: 'day', steps: 7 },
  '30-days': { unit: 'day', steps: 30 },
  '90-days': { unit: 'day', steps: 90 },
} as const
export type MoodSpan = keyof typeof moodSpans
export const moodSpanNames = Object.keys(moodSpans).filter(isMoodSpan)

/** The span that `/mood` shows, and strips elsewhere. */
export const usualSpan: MoodSpan = '7-days'

/** From the shortest on: a strip shows the first that has something to show. */
export const stripSpans: MoodSpan[] = ['7-days', '30-days', '90-days']

/** What has a mood of its own. */
export type MoodScope = Exclude<ListingScope, { kind: 'archive' | 'author' | 'story' }>

/**
 * A stretch of time whose articles can be listed: a span that ends now, a day of the publication's time
 * zone (`2026-11-22`), or an hour that begins at a UTC instant (`2026-11-22T17` in addresses).
 */
export type MoodPeriod =
  | { kind: 'span'; span: MoodSpan }
  | { kind: 'day'; date: string }
  | { kind: 'hour'; startsAt: string }

export const millisecondsPerHour = 3_600_000

/** The day of a count since 1970, as `2026-11-22`. */
const toDate = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10)

function isMoodSpan(value: string): value is MoodSpan {
  return Object.hasOwn(moodSpans, value)
}

export function toMoodSegment(period: MoodPeriod): string {
  if (period.kind === 'span') return period.span
  return period.kind === 'day' ? period.date : period.startsAt.slice(0, 13)
}

/** The inverse of `toMoodSegment`; undefined for what it never writes. */
export function parseMoodPeriod(segment: string): MoodPeriod | undefined {
  if (isMoodSpan(segment)) return { kind: 'span', span: segment }
  const [, day, hour] = /^(\d{4}-\d{2}-\d{2})(T\d{2})?$/.exec(segment) ?? []
  const time = Date.parse(`${day}${hour ?? 'T00'}:00:00.000Z`)
  if (day === undefined || Number.isNaN(time)) return undefined
  const startsAt = new Date(time).toISOString()
  // A thirty-first of February is another day to `Date`.
  if (!startsAt.startsWith(segment)) return undefined
  return hour === undefined ? { kind: 'day', date: day } : { kind: 'hour', startsAt }
}

/** A period as instants in ms since 1970: inclusive, exclusive. A span ends with what is now. */
export function toBounds(period: MoodPeriod, now: number): { from: number; before: number } {
  const { timeZone } = site()
  const daysFrom = (first: number, count: number) => ({
    from: startOfDayIn(timeZone, first),
    before: startOfDayIn(timeZone, first + count),
  })
  const hoursFrom = (from: number, count: number) => ({
    from,
    before: from + count * millisecondsPerHour,
  })
  if (period.kind === 'day') return daysFrom(Date.parse(period.date) / 86_400_000, 1)
  if (period.kind === 'hour') return hoursFrom(Date.parse(period.startsAt), 1)
  const { unit, steps } = moodSpans[period.span]
  const first = toMoodStep(unit, now) - steps + 1
  return unit === 'day' ? daysFrom(first, steps) : hoursFrom(first * millisecondsPerHour, steps)
}

/** The hour (UTC) or the day (of the publication's time zone) of an instant, counted from 1970. */
export const toMoodStep = (unit: 'hour' | 'day', at: number): number =>
  unit === 'hour' ? Math.floor(at / millisecondsPerHour) : dayNumberIn(site().timeZone, at)

/** The period of a step. */
export const toMoodPeriod = (unit: 'hour' | 'day', step: number): MoodPeriod =>
  unit === 'hour'
    ? { kind: 'hour', startsAt: new Date(step * millisecondsPerHour).toISOString() }
    : { kind: 'day', date: toDate(step) }
