import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type ListingScope, mostReadPath } from '#lib/site/routes.ts'

/** Where the browser lists what is read most. Not there until there is something to list. */
export function MostRead({ locale, scope }: { locale: Locale; scope: ListingScope }) {
  return (
    <section
      className="most-read"
      aria-labelledby="_most-read"
      data-address={mostReadPath(locale, scope)}
      hidden
    >
      <h2 id="_most-read" className="section-title">
        {messagesFor(locale).mostRead}
      </h2>
      <ol />
    </section>
  )
}

/** Where the browser says how much is new since the last visit: its room is there from the start. */
export function SinceVisit({ locale }: { locale: Locale }) {
  const { sinceVisit } = messagesFor(locale)
  return (
    <span
      className="since-visit"
      data-forms={JSON.stringify(sinceVisit.count)}
      data-label={sinceVisit.label}
    />
  )
}
