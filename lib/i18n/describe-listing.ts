import type { Locale } from '#lib/site/locales.ts'
import type { ListingScope } from '#lib/site/routes.ts'
import { capitalize } from './format.ts'
import { messagesFor } from './messages.ts'

/**
 * What a listing is called at its head. A tag and a source say what they are: a category may have the
 * same name. `name` is what readers call its scope: `Trading`.
 */
export function titleOfListing(locale: Locale, scope: ListingScope, name: string): string {
  const messages = messagesFor(locale)
  if (scope.kind === 'tag') return messages.tagTitle(name)
  if (scope.kind === 'story') return messages.storyTitle(name)
  if (scope.kind === 'archive') return capitalize(locale, name)
  return scope.kind === 'source' ? messages.sourceTitle(name) : name
}

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
    case 'story':
      return messages.storyDescription(name)
    case 'asset':
      return messages.assetDescription(name)
    case 'archive':
      return messages.monthDescription(name)
  }
}
