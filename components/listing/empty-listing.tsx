import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'

export function EmptyListing({ locale }: { locale: Locale }) {
  const messages = messagesFor(locale)
  return (
    <div className="empty-listing">
      <p className="empty-listing-title">{messages.nothingYet}</p>
      <p>{messages.nothingYetHint}</p>
    </div>
  )
}
