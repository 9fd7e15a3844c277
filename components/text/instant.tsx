import {
  formatDate,
  formatDateTime,
  formatDayAndTime,
  formatEdition,
  formatShortDate,
  formatTime,
  formatUtcDate,
} from '#lib/i18n/format.ts'
import type { Locale } from '#lib/site/locales.ts'

const formats = {
  date: formatDate,
  'utc-date': formatUtcDate,
  'short-date': formatShortDate,
  'date-time': formatDateTime,
  'day-time': formatDayAndTime,
  edition: formatEdition,
  time: formatTime,
}

/**
 * A moment for people, with its machine-readable form beside it. With `hasAge` a reader's browser says
 * how long ago it was while it is fresh (`ages.browser.ts`): a page that is cached cannot know. The
 * whole date, with its zone, is then at hand as a title.
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
