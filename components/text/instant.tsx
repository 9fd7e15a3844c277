import {
  formatDate,
  formatDateTime,
  formatDayAndTime,
  formatEdition,
  formatShortDate,
  formatTime,
} from '#lib/i18n/format.ts'
import type { Locale } from '#lib/site/locales.ts'

const formats = {
  date: formatDate,
  'short-date': formatShortDate,
  'date-time': formatDateTime,
  'day-time': formatDayAndTime,
  edition: formatEdition,
  time: formatTime,
}

/**
 * A time for people, with its machine-readable form in `datetime`. With `hasAge` the browser shows a
 * time of the last day as a relative one (`relative-times.browser.ts`), because a cached page would be
 * wrong; the title then has the whole date with its zone.
 */
export function Instant({
  locale,
  at,
  format,
  className,
  hasAge = false,
}: {
  locale: Locale
  at: string
  format: keyof typeof formats
  className?: string
  hasAge?: boolean
}) {
  return (
    <time
      dateTime={at}
      className={className}
      {...(hasAge && { 'data-age': '', title: formatDateTime(locale, at) })}
    >
      {formats[format](locale, at)}
    </time>
  )
}
