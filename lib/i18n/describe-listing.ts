import type { Locale } from '#lib/site/locales.ts'
import type { ListingScope } from '#lib/site/routes.ts'
import { messagesFor } from './messages.ts'

/** What a listing holds, in a sentence. `name` is what readers call its scope: `Trading`. */
export function describeListing(locale: Locale, scope: ListingScope, name: string): string {
  const messages = messagesFor(locale)
  switch (scope.kind) {
    case 'latest':
      return messages.latestDescription
    case 'category':
    case 'tag':
      return messages.listingDescription(name)
    case 'source':
      return messages.sourceDescription(name)
    case 'author':
      return messages.authorDescription(name)
    case 'archive':
      return messages.monthDescription(name)
  }
}
