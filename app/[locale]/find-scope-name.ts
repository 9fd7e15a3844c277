import type { Listing, PageIndex } from '#lib/article-index/article-index.ts'
import { formatMonth } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ListingScope } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'

/** The name of a listing, for readers: `Trading`, `Bloomberg (Crypto)`, `July 2026`. */
export function findScopeName(
  index: PageIndex,
  locale: Locale,
  scope: ListingScope,
  { articles: [newest] }: Listing,
): string {
  switch (scope.kind) {
    case 'latest':
      return messagesFor(locale).latestNews
    case 'category':
      return formatTopic(locale, newest?.category ?? scope.segment)
    case 'tag': {
      const tag = newest?.tags.find((value) => toSegment(value) === scope.segment)
      return formatTopic(locale, tag ?? scope.segment)
    }
    case 'source': {
      const known = index.listSources(locale).find(({ source }) => source.key === scope.key)
      return known?.source.name ?? scope.key
    }
    case 'author':
      return index.findAuthor(locale, scope.key)?.name ?? scope.key
    case 'archive':
      return formatMonth(locale, scope)
  }
}
