import type { Listing } from '#lib/article-index/article-index.ts'
import type { Author, EditorPageSummary } from '#lib/content/article.ts'
import { listingBreadcrumbs, toBreadcrumbs } from '#lib/i18n/breadcrumbs.ts'
import { describeListing } from '#lib/i18n/describe-listing.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import type { Locale } from '#lib/site/locales.ts'
import {
  articlePath,
  articlesPerPage,
  editorPagePath,
  homePath,
  type ListingScope,
  listingPath,
  plainPagePath,
  searchPath,
} from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { describeBreadcrumbs, personId, toJsonLdScript } from './json-ld.ts'
import { describeOrganization, organizationId, websiteId } from './publisher-json-ld.ts'

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
      name: site().name,
      alternateName: `${site().name} — ${tagline}`,
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
    describeBreadcrumbs(listingBreadcrumbs(locale, scope, name), siteUrl),
    describeOrganization(siteUrl),
  ])
}

/** The pages that list listings: months, topics, sources. */
export const archiveJsonLd = ({ locale, siteUrl }: Place): string => {
  const { archive, archiveIntro } = messagesFor(locale)
  return indexJsonLd({ locale, siteUrl }, archive, archiveIntro, plainPagePath(locale, 'archive'))
}

export const tagIndexJsonLd = ({ locale, siteUrl }: Place): string => {
  const { tags, tagIndexIntro } = messagesFor(locale)
  return indexJsonLd({ locale, siteUrl }, tags, tagIndexIntro, plainPagePath(locale, 'tags'))
}

export const sourceIndexJsonLd = ({ locale, siteUrl }: Place): string => {
  const { sources, sourceIndexIntro } = messagesFor(locale)
  return indexJsonLd(
    { locale, siteUrl },
    sources,
    sourceIndexIntro,
    plainPagePath(locale, 'sources'),
  )
}

function indexJsonLd({ locale, siteUrl }: Place, name: string, description: string, path: string) {
  const url = siteUrl + path
  return toGraph([
    {
      '@type': 'CollectionPage',
      '@id': url,
      url,
      name,
      description,
      inLanguage: locale,
      isPartOf: { '@id': websiteId(siteUrl) },
    },
    describeBreadcrumbs(toBreadcrumbs(locale, { name, path }), siteUrl),
  ])
}

/** A page that an editor wrote. */
export function editorPageJsonLd({
  page: { locale, name, title, description, updatedAt },
  siteUrl,
}: {
  page: EditorPageSummary
  siteUrl: string
}): string {
  const path = editorPagePath(locale, name)
  const url = siteUrl + path
  const type: Record<string, string> = { about: 'AboutPage', contact: 'ContactPage' }
  return toGraph([
    {
      '@type': type[name] ?? 'WebPage',
      '@id': url,
      url,
      name: title,
      description: description || undefined,
      dateModified: updatedAt,
      inLanguage: locale,
      about: { '@id': organizationId(siteUrl) },
    },
    describeBreadcrumbs(toBreadcrumbs(locale, { name: title, path }), siteUrl),
    describeOrganization(siteUrl),
  ])
}

/** An author's page: schema.org `ProfilePage` about a `Person`. */
export function authorJsonLd({ locale, author, siteUrl }: Place & { author: Author }): string {
  const { key, name, role, bio, links, picture } = author
  const url = siteUrl + listingPath(locale, { kind: 'author', key })
  return toGraph([
    {
      '@type': 'ProfilePage',
      '@id': `${url}#profile`,
      url,
      inLanguage: locale,
      mainEntity: {
        '@type': 'Person',
        '@id': personId(siteUrl, key),
        name,
        jobTitle: role,
        description: bio,
        url,
        image: picture && new URL(picture, siteUrl).href,
        sameAs: links.length > 0 ? links.map((link) => link.url) : undefined,
        worksFor: { '@id': organizationId(siteUrl) },
      },
    },
  ])
}

const toGraph = (things: object[]) =>
  toJsonLdScript({ '@context': 'https://schema.org', '@graph': things })
