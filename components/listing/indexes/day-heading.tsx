import { Instant } from '#components/text/instant.tsx'
import { dayIn } from '#lib/site/day-in.ts'
import type { Locale } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'

/** Where a day (`2026-11-30`) begins in the listing of its month. */
export const dayId = (date: string): string => `_day-${date}`

/** The day of an instant in the publication's time zone, as texts have it: `2026-11-30`. */
export const dateOf = (instant: string): string => dayIn(site().timeZone, Date.parse(instant))

/** `at` is an instant of the day. */
export function DayHeading({ locale, at }: { locale: Locale; at: string }) {
  return (
    <h2 id={dayId(dateOf(at))} className="section-title day-heading">
      <Instant locale={locale} at={at} format="date" />
    </h2>
  )
}
