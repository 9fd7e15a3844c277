import type { ArticleSummary } from '#lib/content/article.ts'
import { findCoverFile } from '#lib/covers/cover-url.ts'
import { locales } from '#lib/site/locales.ts'
import { articlePath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { articleVersions, type LanguageVersions } from '../language-versions.ts'

/** The limits of one file (https://www.sitemaps.org/protocol.html): addresses, and bytes unpacked. */
const mostUrls = 50_000
const mostBytes = 52_000_000

/** What an address weighs beside its addresses, and the longest address of a picture, in bytes. */
const bytesPerUrl = 300
const longestImage = 330

/**
 * How many articles a part may hold, so that it stays within both limits whatever they are called:
 * with all its versions an article has its address in it four times.
 */
export function articlesPerPart({
  siteUrl,
  longestSlug,
}: {
  siteUrl: string
  longestSlug: number
}): number {
  const address =
    siteUrl.length +
    Math.max(...locales.map((locale) => articlePath(locale, '').length)) +
    longestSlug
  return Math.min(mostUrls, Math.floor(mostBytes / (bytesPerUrl + longestImage + 4 * address)))
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'
const schemas = 'http://www.sitemaps.org/schemas/sitemap/0.9'
const google = 'http://www.google.com/schemas'

/** What stands around the pieces of each kind of document. */
export const sitemapFrames = {
  index: {
    start: `${declaration}<sitemapindex xmlns="${schemas}">\n`,
    end: '</sitemapindex>\n',
  },
  urls: {
    start: `${declaration}<urlset xmlns="${schemas}" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="${google}/sitemap-image/1.1">\n`,
    end: '</urlset>\n',
  },
  news: {
    start: `${declaration}<urlset xmlns="${schemas}" xmlns:news="${google}/sitemap-news/0.9">\n`,
    end: '</urlset>\n',
  },
} as const

/** A part as the index names it. `url` is absolute; `lastModifiedAt` a UTC instant. */
export function toSitemapReference(url: string, lastModifiedAt: string | undefined): string {
  return `<sitemap><loc>${escapeXml(url)}</loc>${toLastmod(lastModifiedAt)}</sitemap>\n`
}

/** A page that is no article. `languages` are its versions by hreflang, itself included. */
export function toPageUrl(page: {
  url: string
  lastModifiedAt: string | undefined
  languages: LanguageVersions | undefined
}): string {
  return `<url><loc>${escapeXml(page.url)}</loc>${toLastmod(page.lastModifiedAt)}${toAlternates(page.languages)}</url>\n`
}

/** An article with its picture and its versions. `siteUrl` is an origin without a trailing slash. */
export function toArticleUrl(
  article: ArticleSummary,
  translations: ArticleSummary[],
  siteUrl: string,
): string {
  const url = siteUrl + articlePath(article.locale, article.slug)
  const languages =
    translations.length > 0 ? articleVersions(article, translations, siteUrl) : undefined
  return `<url><loc>${escapeXml(url)}</loc>${toLastmod(article.updatedAt)}${toAlternates(languages)}${toImage(article, siteUrl)}</url>\n`
}

/**
 * An article of the last two days as Google News reads it
 * (https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap).
 */
export function toNewsUrl({ locale, slug, title, publishedAt }: ArticleSummary, siteUrl: string) {
  return `<url><loc>${escapeXml(siteUrl + articlePath(locale, slug))}</loc><news:news><news:publication><news:name>${escapeXml(site().name)}</news:name><news:language>${locale}</news:language></news:publication><news:publication_date>${publishedAt}</news:publication_date><news:title>${escapeXml(title)}</news:title></news:news></url>\n`
}

const toLastmod = (instant: string | undefined) =>
  instant === undefined ? '' : `<lastmod>${instant}</lastmod>`

const toAlternates = (languages: LanguageVersions = {}) =>
  Object.entries(languages)
    .map(
      ([language, url]) =>
        `<xhtml:link rel="alternate" hreflang="${language}" href="${escapeXml(url)}"/>`,
    )
    .join('')

function toImage({ cover }: ArticleSummary, siteUrl: string): string {
  const url = cover && findCoverFile(cover, siteUrl)
  const escaped = url === undefined ? '' : escapeXml(url)
  return escaped === '' || escaped.length > longestImage
    ? ''
    : `<image:image><image:loc>${escaped}</image:loc></image:image>`
}

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/**
 * Text as it may stand in an element or an attribute of XML 1.0. Characters that XML has no way to
 * write (most control characters, U+FFFE, U+FFFF) are left out; lone surrogates become U+FFFD.
 */
export function escapeXml(text: string): string {
  return (isPlain.test(text) ? text : withoutUnwritable(text)).replace(
    /[&<>"']/g,
    (mark) => references[mark] ?? '',
  )
}

/** Most addresses are, and need not be looked through character by character. */
const isPlain = /^[ -~]*$/

const withoutUnwritable = (text: string) =>
  text.toWellFormed().replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
