import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type ListingScope, newestPath, newestUpdatesPath } from '#lib/site/routes.ts'

/** Where an open page offers what was published meanwhile. Empty, and in nobody's way, until then. */
export function NewArticles({ locale, scope }: { locale: Locale; scope: ListingScope }) {
  return (
    <div
      className="new-articles"
      role="status"
      data-address={newestPath(locale, scope)}
      data-forms={JSON.stringify(messagesFor(locale).tools.newArticles)}
    />
  )
}

/** The same for the updates of a live story. */
export function NewUpdates({ locale, slug }: { locale: Locale; slug: string }) {
  return (
    <div
      className="new-articles"
      role="status"
      data-address={newestUpdatesPath(locale, slug)}
      data-items=".update"
      data-forms={JSON.stringify(messagesFor(locale).tools.newUpdates)}
    />
  )
}
