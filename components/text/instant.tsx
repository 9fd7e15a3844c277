import {
  formatDate,
  formatDateTime,
  formatDayAndTime,
  formatShortDate,
  formatUtcDate,
} from '#lib/i18n/format.ts'
import type { Locale } from '#lib/site/locales.ts'

const formats = {
  date: formatDate,
  'utc-date': formatUtcDate,
  'short-date': formatShortDate,
  'date-time': formatDateTime,
  'day-time': formatDayAndTime,
}

/** A moment for people, with its machine-readable form beside it. */
export function Instant({
  locale,
  at,
  format,
  className,
}: {
  locale: Locale
  at: string
  format: keyof typeof formats
  className?: string
}) {
  return (
    <time dateTime={at} className={className}>
      {formats[format](locale, at)}
    </time>
  )
}
