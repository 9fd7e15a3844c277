import type { Listing } from '#lib/article-index/article-index.ts'
import { describeListing } from '#lib/i18n/describe-listing.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { articlesPerPage } from '#lib/site/listing-size.ts'
import type { Locale } from '#lib/site/locales.ts'
import { publication } from '#lib/site/publication.ts'
import {
  aboutPath,
  archiveIndexPath,
  articlePath,
  homePath,
  type ListingScope,
  listingPath,
  searchPath,
} from '#lib/site/routes.ts'
import { describeBreadcrumbs } from './breadcrumbs.ts'
import { toJsonLdScript } from './json-ld-script.ts'
import { describeOrganization, organizationId, websiteId } from './organization.ts'

type Place = { locale: Locale; siteUrl: string }

/**
 * The front page for machines: the site with its search, and who publishes it. Here and below the
 * answer is serialised safely for a script element; `siteUrl` is an origin without a trailing slash.
 */
export function homeJsonLd({ locale, siteUrl }: Place): string {
  const { tagline, description } = messagesFor(locale)
  return toGraph([
    {
      '@type': 'WebSite',
      '@id': websiteId(siteUrl),
      name: publication.name,
      alternateName: `${publication.name} — ${tagline}`,
      description,
      url: siteUrl + homePath(locale),
      inLanguage: locale,
      publisher: { '@id': organizationId(siteUrl) },
      potentialAction: {
        '@type': 'SearchAction',
        target: {
          '@type': 'EntryPoint',
          urlTemplate: `${siteUrl}${searchPath(locale)}?q={search_term_string}`,
        },
        'query-input': 'required name=search_term_string',
      },
    },
    describeOrganization(siteUrl),
  ])
}

/** One page of a listing: what it lists, in its order, and where it stands. */
export function listingJsonLd({
  locale,
  scope,
  name,
  listing: { articles, page, articleCount },
  siteUrl,
}: Place & { scope: ListingScope; name: string; listing: Omit<Listing, 'pageCount'> }): string {
  const url = siteUrl + listingPath(locale, scope, page)
  return toGraph([
    {
      '@type': 'CollectionPage',
      '@id': url,
      url,
      name,
      description: describeListing(locale, scope, name),
      inLanguage: locale,
      isPartOf: { '@id': websiteId(siteUrl) },
      publisher: { '@id': organizationId(siteUrl) },
      mainEntity: {
        '@type': 'ItemList',
        itemListOrder: 'https://schema.org/ItemListOrderDescending',
        numberOfItems: articleCount,
        itemListElement: articles.map((article, at) => ({
          '@type': 'ListItem',
          position: (page - 1) * articlesPerPage + at + 1,
          url: siteUrl + articlePath(article.locale, article.slug),
          name: article.title,
        })),
      },
    },
    describeBreadcrumbs([
      { name: messagesFor(locale).home, url: siteUrl + homePath(locale) },
      ...stepsAbove(scope, { locale, siteUrl }),
      { name, url: siteUrl + listingPath(locale, scope) },
    ]),
    describeOrganization(siteUrl),
  ])
}

/** The list of months. */
export function archiveJsonLd({ locale, siteUrl }: Place): string {
  const { archive, archiveIntro, home } = messagesFor(locale)
  const url = siteUrl + archiveIndexPath(locale)
  return toGraph([
    {
      '@type': 'CollectionPage',
      '@id': url,
      url,
      name: archive,
      description: archiveIntro,
      inLanguage: locale,
      isPartOf: { '@id': websiteId(siteUrl) },
    },
    describeBreadcrumbs([
      { name: home, url: siteUrl + homePath(locale) },
      { name: archive, url },
    ]),
  ])
}

/** The page about the paper, where its principles are. */
export function aboutJsonLd({ locale, siteUrl }: Place): string {
  const { about, aboutTitle, aboutIntro, home } = messagesFor(locale)
  const url = siteUrl + aboutPath(locale)
  return toGraph([
    {
      '@type': 'AboutPage',
      '@id': url,
      url,
      name: aboutTitle,
      description: aboutIntro,
      inLanguage: locale,
      about: { '@id': organizationId(siteUrl) },
    },
    describeBreadcrumbs([
      { name: home, url: siteUrl + homePath(locale) },
      { name: about, url },
    ]),
    describeOrganization(siteUrl),
  ])
}

/** The archive stands between the front page and a month. */
function stepsAbove({ kind }: ListingScope, { locale, siteUrl }: Place) {
  if (kind !== 'archive') return []
  return [{ name: messagesFor(locale).archive, url: siteUrl + archiveIndexPath(locale) }]
}

const toGraph = (things: object[]) =>
  toJsonLdScript({ '@context': 'https://schema.org', '@graph': things })
