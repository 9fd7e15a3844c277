import { generateOpml } from 'feedsmith'
import type { SourceCount, Topic } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { Locale } from '#lib/site/locales.ts'
import { feedPath, homePath, type ListingScope, listingPath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { replaceForbidden } from './formats/xml-marks.ts'

/**
 * The feeds of a language as OPML 2.0 (http://opml.org/spec2.opml), which feed readers import: that of
 * everything, then folders of sections and of sources. RSS, which all of them read. No date: it would
 * change the file when nothing did.
 */
export function toFeedOutline({
  locale,
  categories,
  sources,
  siteUrl,
}: {
  locale: Locale
  categories: Topic[]
  sources: SourceCount[]
  siteUrl: string
}): string {
  const { feedPage, feeds, tagline } = messagesFor(locale)
  const toOutline = (scope: ListingScope, text: string, pagePath: string) => ({
    type: 'rss',
    text,
    title: text,
    xmlUrl: siteUrl + feedPath(locale, scope, 'rss'),
    htmlUrl: siteUrl + pagePath,
    language: locale,
  })
  const toListing = (scope: ListingScope, name: string) =>
    toOutline(scope, `${name} · ${site().name}`, listingPath(locale, scope))
  const folders = [
    {
      text: feedPage.byCategory,
      outlines: categories.map(({ name, segment }) =>
        toListing({ kind: 'category', segment }, formatTopic(locale, name)),
      ),
    },
    {
      text: feedPage.bySource,
      outlines: sources.map(({ source: { name, key } }) =>
        toListing({ kind: 'source', key }, name),
      ),
    },
  ]
  const whole = toOutline({ kind: 'latest' }, `${site().name} — ${tagline}`, homePath(locale))
  const xml = generateOpml({
    head: { title: `${site().name} · ${feeds}` },
    body: { outlines: [whole, ...folders.filter(({ outlines }) => outlines.length > 0)] },
  })
  return replaceForbidden(xml)
}
