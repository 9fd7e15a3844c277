import './indexes.css'
import type { ArchiveDay, ArchiveMonth } from '#lib/article-index/article-index.ts'
import { formatCalendarDate, formatCount, formatMonth, formatWeekdays } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlesPerPage, listingPath } from '#lib/site/routes.ts'
import { dayId } from './day-heading.tsx'

type Month = Pick<ArchiveMonth, 'year' | 'month'>

/** A month by days, each leading to where it begins in the listing; and the months beside it. */
export function MonthCalendar({
  locale,
  month,
  days,
  later,
  earlier,
}: {
  locale: Locale
  month: Month
  days: ArchiveDay[]
  later: Month | undefined
  earlier: Month | undefined
}) {
  const messages = messagesFor(locale)
  const counts = new Map(days.map(({ date, articleCount }) => [date, articleCount]))
  const length = new Date(Date.UTC(month.year, month.month, 0)).getUTCDate()
  return (
    <nav aria-label={messages.days} className="calendar">
      <ul className="calendar-weekdays" aria-hidden="true">
        {formatWeekdays(locale).map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
      <ol>
        {Array.from({ length }, (_, at) => at + 1).map((day) => {
          const date = toDate(month, day)
          const count = counts.get(date)
          return (
            <li key={day} style={day === 1 ? { gridColumnStart: firstWeekday(month) } : undefined}>
              {count === undefined ? (
                <span>{day}</span>
              ) : (
                <a href={dayPath(locale, month, date, days)}>
                  <span aria-hidden="true">{day}</span>
                  <span className="visually-hidden">
                    {formatCalendarDate(locale, date)},{' '}
                    {formatCount(locale, messages.articles, count)}
                  </span>
                </a>
              )}
            </li>
          )
        })}
      </ol>
      <p>
        <MonthLink locale={locale} month={earlier} label={messages.olderMonth} rel="prev" />
        <MonthLink locale={locale} month={later} label={messages.newerMonth} rel="next" />
      </p>
    </nav>
  )
}

function MonthLink({
  locale,
  month,
  label,
  rel,
}: {
  locale: Locale
  month: Month | undefined
  label: string
  rel: string
}) {
  if (!month) return undefined
  return (
    <a href={listingPath(locale, { kind: 'archive', ...month })} rel={rel}>
      <span className="visually-hidden">{label}: </span>
      {formatMonth(locale, month)}
    </a>
  )
}

/** Of the listing's pages, newest first, the one that the day's newest article stands on. */
function dayPath(locale: Locale, month: Month, date: string, days: ArchiveDay[]): string {
  const newer = days
    .filter((other) => other.date > date)
    .reduce((sum, { articleCount }) => sum + articleCount, 0)
  const page = Math.floor(newer / articlesPerPage) + 1
  return `${listingPath(locale, { kind: 'archive', ...month }, page)}#${dayId(date)}`
}

/** The column of the first day, from 1; weeks begin on Mondays. */
const firstWeekday = ({ year, month }: Month) =>
  ((new Date(Date.UTC(year, month - 1, 1)).getUTCDay() + 6) % 7) + 1

const toDate = ({ year, month }: Month, day: number) =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
