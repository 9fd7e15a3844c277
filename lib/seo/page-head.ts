import type { Metadata } from 'next'
import type { Locale } from '#lib/site/locales.ts'
import { publication } from '#lib/site/publication.ts'
import { feedPath, type ListingScope } from '#lib/site/routes.ts'

/** The territories that Open Graph wants beside a language. */
const openGraphLocales: Record<Locale, string> = { en: 'en_GB', uk: 'uk_UA' }

/** What every page says to networks where it is shared. */
export const openGraphSite = (locale: Locale) => ({
  siteName: publication.name,
  locale: openGraphLocales[locale],
})

export const indexed = {
  index: true,
  follow: true,
  'max-image-preview': 'large',
} satisfies Metadata['robots']

export const notIndexed = { ...indexed, index: false } satisfies Metadata['robots']

/**
 * The feeds a page offers: that of everything, then that of the page's own listing. `name` is what
 * readers call the listing.
 */
export function feedLinks(
  locale: Locale,
  siteUrl: string,
  own?: { scope: ListingScope; name: string },
): { 'application/rss+xml': { url: string; title: string }[] } {
  const whole = {
    url: siteUrl + feedPath(locale, { kind: 'latest' }, 'rss'),
    title: publication.name,
  }
  if (!own || own.scope.kind === 'latest') return { 'application/rss+xml': [whole] }
  const url = siteUrl + feedPath(locale, own.scope, 'rss')
  return { 'application/rss+xml': [whole, { url, title: `${own.name} · ${publication.name}` }] }
}
