import { Instant } from '#components/text/instant.tsx'
import type { Locale } from '#lib/site/locales.ts'

/** Where a day of a month begins in its listing. */
export const dayId = (day: number): string => `_day-${day}`

/** The day of the month, in UTC: months and days of the archive are those of UTC in the index too. */
export const utcDayOf = (instant: string): number => new Date(instant).getUTCDate()

/** `at` is an instant of the day. */
export function DayHeading({ locale, at }: { locale: Locale; at: string }) {
  return (
    <h2 id={dayId(utcDayOf(at))} className="section-title day-heading">
      <Instant locale={locale} at={at} format="utc-date" />
    </h2>
  )
}
