import type { ListingScope } from './routes.ts'

/** How far back the mood of the coverage is looked at: in hours, or in days (UTC) with today. */
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
 * A stretch of time whose articles can be listed: a span that ends now, a day (`2026-11-22`) or an
 * hour (`2026-11-22T17`), in UTC.
 */
export type MoodPeriod =
  | { kind: 'span'; span: MoodSpan }
  | { kind: 'day' | 'hour'; startsAt: string }

export const millisecondsPer = { hour: 3_600_000, day: 86_400_000 } as const

function isMoodSpan(value: string): value is MoodSpan {
  return Object.hasOwn(moodSpans, value)
}

export function toMoodSegment(period: MoodPeriod): string {
  if (period.kind === 'span') return period.span
  return period.startsAt.slice(0, period.kind === 'day' ? 10 : 13)
}

/** The inverse of `toMoodSegment`; undefined for what it never writes. */
export function parseMoodPeriod(segment: string): MoodPeriod | undefined {
  if (isMoodSpan(segment)) return { kind: 'span', span: segment }
  const [, day, hour] = /^(\d{4}-\d{2}-\d{2})(T\d{2})?$/.exec(segment) ?? []
  const time = Date.parse(`${day}${hour ?? 'T00'}:00:00.000Z`)
  if (day === undefined || Number.isNaN(time)) return undefined
  const startsAt = new Date(time).toISOString()
  // A thirty-first of February is another day to `Date`.
  return startsAt.startsWith(segment)
    ? { kind: hour === undefined ? 'day' : 'hour', startsAt }
    : undefined
}

/** A period as instants in ms since 1970: inclusive, exclusive. A span ends with what is now. */
export function toBounds(period: MoodPeriod, now: number): { from: number; before: number } {
  if (period.kind !== 'span') {
    const from = Date.parse(period.startsAt)
    return { from, before: from + millisecondsPer[period.kind] }
  }
  const { unit, steps } = moodSpans[period.span]
  const length = millisecondsPer[unit]
  const current = Math.floor(now / length)
  return { from: (current - steps + 1) * length, before: (current + 1) * length }
}
