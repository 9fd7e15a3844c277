import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

/** What stands where a list has nothing in it: that nothing is there, and what would change that. */
export function EmptyListing({
  locale,
  title = messagesFor(locale).nothingYet,
  hint = messagesFor(locale).nothingYetHint,
}: {
  locale: Locale
  title?: string
  hint?: string
}) {
  return (
    <div className="empty-listing">
      <p className="empty-listing-title">{title}</p>
      <p>{hint}</p>
    </div>
  )
}
