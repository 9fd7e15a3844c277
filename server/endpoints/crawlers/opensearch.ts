import { messagesFor } from '#lib/i18n/messages.ts'
import { escapeXml } from '#lib/seo/sitemap/sitemap-xml.ts'
import { localizedDocumentPath } from '#lib/site/document-paths.ts'
import type { Locale } from '#lib/site/locales.ts'
import { searchPath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

/**
 * How a browser searches the publication (OpenSearch 1.1: names of at most 16 characters, descriptions of
 * at most 1,024). `siteUrl` is an origin without a trailing slash.
 */
export function openSearchDescription({
  locale,
  siteUrl,
}: {
  locale: Locale
  siteUrl: string
}): string {
  const { searchLabel, description } = messagesFor(locale)
  const search = `${siteUrl}${searchPath(locale)}?q={searchTerms}`
  return `<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${escapeXml([...site().name].slice(0, 16).join('').trim())}</ShortName>
<LongName>${escapeXml(`${site().name}: ${searchLabel}`)}</LongName>
<Description>${escapeXml(description)}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>${locale}</Language>
<Image width="64" height="64" type="image/svg+xml">${escapeXml(siteUrl)}/icon.svg</Image>
<Url type="text/html" template="${escapeXml(search)}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="${escapeXml(siteUrl + localizedDocumentPath(locale, 'openSearch'))}"/>
</OpenSearchDescription>
`
}
