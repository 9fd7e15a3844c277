import type { Metadata } from 'next'
import type { Listing } from '#lib/article-index/article-index.ts'
import type { EditorPageSummary } from '#lib/content/article.ts'
import { describeListing, titleOfListing } from '#lib/i18n/describe-listing.ts'
import { formatNumber } from '#lib/i18n/format.ts'
import { messagesFor, textOf } from '#lib/i18n/messages.ts'
import { type MoodAddress, usualMood } from '#lib/site/addresses/mood-address.ts'
import { articleImageShapes, localizedDocumentPath } from '#lib/site/document-paths.ts'
import type { Locale } from '#lib/site/locales.ts'
import { type PlainPageName, plainPages } from '#lib/site/plain-pages.ts'
import {
  correctionsPath,
  editorPagePath,
  homePath,
  type ListingScope,
  listingPath,
  moodPath,
  plainPagePath,
  searchPath,
} from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { everyLanguage, toLanguageVersions } from './language-versions.ts'
import { feedLinks, indexed, notIndexed, openGraphSite } from './page-head.ts'

/** The head of the front page. `siteUrl` here and below is an origin without a trailing slash. */
export function homeMetadata({ locale, siteUrl }: { locale: Locale; siteUrl: string }): Metadata {
  const { tagline, description } = messagesFor(locale)
  const head = pageHead({
    locale,
    title: `${site().name} — ${tagline}`,
    description,
    url: siteUrl + homePath(locale),
  })
  return {
    ...head,
    title: { absolute: `${site().name} — ${tagline}` },
    alternates: {
      ...head.alternates,
      languages: everyLanguage((other) => siteUrl + homePath(other)),
      types: feedLinks(locale, siteUrl),
    },
  }
}

/** The head of one page of a listing. `name` is what readers call its scope: `Trading`. */
export function listingMetadata({
  locale,
  scope,
  name,
  listing: { page, pageCount, articleCount },
  siteUrl,
}: {
  locale: Locale
  scope: ListingScope
  name: string
  listing: Pick<Listing, 'page' | 'pageCount' | 'articleCount'>
  siteUrl: string
}): Metadata {
  const place = messagesFor(locale).pageOf(
    formatNumber(locale, page),
    formatNumber(locale, pageCount),
  )
  const title = titleOfListing(locale, scope, name)
  const head = pageHead({
    locale,
    title: page > 1 ? `${title} · ${place}` : title,
    description: describeListing(locale, scope, name),
    url: siteUrl + listingPath(locale, scope, page),
  })
  // Of other listings, and of further pages, nobody knows here whether other languages have them.
  const isEverywhere = scope.kind === 'latest' && page === 1
  return {
    ...head,
    robots: isThinListing(scope.kind, articleCount) ? notIndexed : indexed,
    alternates: {
      ...head.alternates,
      languages: isEverywhere
        ? everyLanguage((other) => siteUrl + listingPath(other, scope))
        : undefined,
      types: feedLinks(locale, siteUrl, { scope, name }),
    },
  }
}

type Place = { locale: Locale; siteUrl: string }

/** The head of a page that an editor wrote; `locales` are those in which there is one of its name. */
export function editorPageMetadata({
  page: { locale, name, title, description, noindex },
  locales,
  siteUrl,
}: {
  page: EditorPageSummary
  locales: readonly Locale[]
  siteUrl: string
}): Metadata {
  const toUrl = (other: Locale) => siteUrl + editorPagePath(other, name)
  const head = pageHead({ locale, title, description, url: toUrl(locale) })
  const versions = locales.map((other) => ({ locale: other, url: toUrl(other) }))
  return {
    ...head,
    robots: noindex ? notIndexed : indexed,
    alternates: {
      ...head.alternates,
      languages: noindex ? undefined : toLanguageVersions(versions),
      types: feedLinks(locale, siteUrl),
    },
  }
}

/** The head of a plain page, in the words that its row names. */
export function plainPageMetadata({
  locale,
  page,
  siteUrl,
}: Place & { page: PlainPageName }): Metadata {
  const { title, description, isIndexable } = plainPages[page]
  const words = { title: textOf(locale, title), description: textOf(locale, description) }
  const toPath = (other: Locale) => plainPagePath(other, page)
  if (isIndexable) return everywhereHead({ locale, siteUrl }, words, toPath)
  const toUrl = (other: Locale) => siteUrl + toPath(other)
  return {
    ...words,
    robots: notIndexed,
    alternates: { canonical: toUrl(locale), languages: everyLanguage(toUrl) },
  }
}

/** Of a page that every language has. */
function everywhereHead(
  { locale, siteUrl }: Place,
  words: { title: string; description: string },
  toPath: (locale: Locale) => string,
): Metadata {
  const head = pageHead({ locale, ...words, url: siteUrl + toPath(locale) })
  return {
    ...head,
    alternates: {
      ...head.alternates,
      languages: everyLanguage((other) => siteUrl + toPath(other)),
      types: feedLinks(locale, siteUrl),
    },
  }
}

/** The head of the list of corrections. */
export function correctionsMetadata({ locale, siteUrl, page }: Place & { page: number }): Metadata {
  const { correctionsTitle, correctionsIntro } = messagesFor(locale)
  const words = { title: correctionsTitle, description: correctionsIntro }
  if (page === 1) return everywhereHead({ locale, siteUrl }, words, correctionsPath)
  return pageHead({ locale, ...words, url: siteUrl + correctionsPath(locale, page) })
}

/** The head of a page about the mood. Only the first of them is for search engines. */
export function moodMetadata({
  locale,
  siteUrl,
  title,
  address,
}: Place & { title: string; address: MoodAddress }): Metadata {
  const words = { title, description: messagesFor(locale).mood.intro }
  const path = moodPath(locale, address)
  const toPath = (other: Locale) => moodPath(other, usualMood({ kind: 'latest' }))
  if (path === toPath(locale)) return everywhereHead({ locale, siteUrl }, words, toPath)
  return { ...pageHead({ locale, ...words, url: siteUrl + path }), robots: notIndexed }
}

/**
 * The head of the search. Without a query it is a page like others; with one, whatever it says, it is
 * not for search engines, but its links are. `text` are the words that are asked for.
 */
export function searchMetadata({
  locale,
  text,
  hasQuery,
  siteUrl,
}: Place & { text: string; hasQuery: boolean }): Metadata {
  const { search, searchResultsFor, searchDescription } = messagesFor(locale)
  const words = { title: text ? searchResultsFor(text) : search, description: searchDescription }
  if (!hasQuery) return everywhereHead({ locale, siteUrl }, words, searchPath)
  return {
    ...words,
    robots: notIndexed,
    alternates: { types: feedLinks(locale, siteUrl) },
  }
}

/** The head of a page that says why there is no page. It has no address of its own. */
export function noticeMetadata({
  locale,
  kind,
}: {
  locale: Locale
  kind: 'missing' | 'gone' | 'broken'
}): Metadata {
  const messages = messagesFor(locale)
  return {
    title: messages[`${kind}Title`],
    description: messages[`${kind}Text`],
    robots: notIndexed,
  }
}

type PageWords = { locale: Locale; title: string; description: string; url: string }

function pageHead({ locale, title, description, url }: PageWords): Metadata {
  const image = {
    url: new URL(localizedDocumentPath(locale, 'shareImage'), url).href,
    ...articleImageShapes.share,
    alt: `${site().name} — ${messagesFor(locale).tagline}`,
  }
  return {
    title,
    description,
    alternates: { canonical: url },
    openGraph: {
      ...openGraphSite(locale),
      type: 'website',
      title,
      description,
      url,
      images: [{ ...image, type: 'image/jpeg' }],
    },
    twitter: {
      card: 'summary_large_image',
      title,
      description,
      images: [{ url: image.url, alt: image.alt }],
    },
    robots: indexed,
  }
}

/**
 * Whether a listing is too thin for search engines: a tag, a source or an asset with a single article shows
 * nothing that the article itself does not. Sections and months are how the publication is walked.
 */
export function isThinListing(kind: ListingScope['kind'], articleCount: number): boolean {
  return ['tag', 'source', 'story', 'asset'].includes(kind) && articleCount < 2
}
