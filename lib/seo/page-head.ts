import type { Metadata } from 'next'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import { feedFormats, feedPath, feedTypes, type ListingScope } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

/** What every page says to networks where it is shared. */
export const openGraphSite = (locale: Locale) => ({
  siteName: site().name,
  // Open Graph wants a territory beside the language.
  locale: messagesFor(locale).languageTag.replace('-', '_'),
})

export const indexed = {
  index: true,
  follow: true,
  'max-image-preview': 'large',
} satisfies Metadata['robots']

export const notIndexed = { ...indexed, index: false } satisfies Metadata['robots']

/**
 * The feeds a page offers, in every format: that of everything, then that of the page's own listing.
 * `name` is what readers call the listing.
 */
export function feedLinks(
  locale: Locale,
  siteUrl: string,
  own?: { scope: ListingScope; name: string },
): Record<string, { url: string; title: string }[]> {
  const hasOwn = own !== undefined && own.scope.kind !== 'latest'
  return Object.fromEntries(
    feedFormats.map((format) => {
      const toUrl = (scope: ListingScope) => siteUrl + feedPath(locale, scope, format)
      const whole = { url: toUrl({ kind: 'latest' }), title: site().name }
      if (!hasOwn) return [feedTypes[format], [whole]]
      const title = `${own.name} · ${site().name}`
      return [feedTypes[format], [whole, { url: toUrl(own.scope), title }]]
    }),
  )
}
