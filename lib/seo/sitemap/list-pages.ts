import type { SourceCount, Topic } from '#lib/article-index/article-index.ts'
import type { Author, EditorPageSummary } from '#lib/content/article.ts'
import { usualMood } from '#lib/site/addresses/mood-address.ts'
import type { Locale } from '#lib/site/locales.ts'
import { plainPageNames, plainPages } from '#lib/site/plain-pages.ts'
import {
  correctionsPath,
  editorPagePath,
  homePath,
  listingPath,
  moodPath,
  plainPagePath,
  searchPath,
} from '#lib/site/routes.ts'
import { everyLanguage, type LanguageVersions, toLanguageVersions } from '../language-versions.ts'
import { isThinListing } from '../page-metadata.ts'

/** A page of the publication that is no article; `lastModifiedAt` is its newest article's. */
export type SitemapPage = {
  url: string
  lastModifiedAt: string | undefined
  languages: LanguageVersions | undefined
}

/** What one language has listings of. */
export type ListedTopics = {
  locale: Locale
  categories: Topic[]
  tags: Topic[]
  sources: SourceCount[]
  stories: Topic[]
  assets: Topic[]
  pages: EditorPageSummary[]
  authors: Pick<Author, 'key'>[]
  months: { year: number; month: number; latestAt: string | undefined }[]
}

/**
 * The first pages of everything that lists articles, for search engines; thin ones are left out, as
 * their own heads ask for. `siteUrl` is an origin without a trailing slash.
 */
export function listPages(topics: ListedTopics[], siteUrl: string): SitemapPage[] {
  const editorPage = ({ locale, name, updatedAt }: EditorPageSummary): SitemapPage => ({
    url: siteUrl + editorPagePath(locale, name),
    lastModifiedAt: updatedAt,
    languages: toLanguageVersions(
      topics
        .filter(({ pages }) => pages.some((other) => other.name === name && !other.noindex))
        .map((other) => ({
          locale: other.locale,
          url: siteUrl + editorPagePath(other.locale, name),
        })),
    ),
  })
  return topics.flatMap((listed) => {
    const { locale, categories, tags, sources, stories, assets, months, pages, authors } = listed
    const newest = categories
      .map(({ latestAt }) => latestAt)
      .sort()
      .at(-1)
    const everywhere = (
      toPath: (locale: Locale) => string,
      { showsNewest } = { showsNewest: true },
    ): SitemapPage => ({
      url: siteUrl + toPath(locale),
      lastModifiedAt: showsNewest ? newest : undefined,
      languages: everyLanguage((other) => siteUrl + toPath(other)),
    })
    const listing = (path: string, latestAt: string | undefined): SitemapPage => ({
      url: siteUrl + path,
      lastModifiedAt: latestAt,
      languages: undefined,
    })
    return [
      everywhere(homePath),
      everywhere((other) => listingPath(other, { kind: 'latest' })),
      ...plainPageNames
        .filter((page) => plainPages[page].isIndexable)
        .map((page) => everywhere((other) => plainPagePath(other, page), plainPages[page])),
      everywhere((other) => moodPath(other, usualMood({ kind: 'latest' }))),
      everywhere(correctionsPath, { showsNewest: false }),
      // The page about the publication is a plain one, whether there is a file for it or not.
      ...pages.filter(({ name, noindex }) => !noindex && name !== 'about').map(editorPage),
      ...authors.map(({ key }) => listing(listingPath(locale, { kind: 'author', key }), undefined)),
      everywhere(searchPath, { showsNewest: false }),
      ...categories.map(({ segment, latestAt }) =>
        listing(listingPath(locale, { kind: 'category', segment }), latestAt),
      ),
      ...tags
        .filter(({ articleCount }) => !isThinListing('tag', articleCount))
        .map(({ segment, latestAt }) =>
          listing(listingPath(locale, { kind: 'tag', segment }), latestAt),
        ),
      ...sources
        .filter(({ articleCount }) => !isThinListing('source', articleCount))
        .map(({ source: { key }, latestAt }) =>
          listing(listingPath(locale, { kind: 'source', key }), latestAt),
        ),
      ...stories
        .filter(({ articleCount }) => !isThinListing('story', articleCount))
        .map(({ segment: key, latestAt }) =>
          listing(listingPath(locale, { kind: 'story', key }), latestAt),
        ),
      ...assets
        .filter(({ articleCount }) => !isThinListing('asset', articleCount))
        .map(({ segment: key, latestAt }) =>
          listing(listingPath(locale, { kind: 'asset', key }), latestAt),
        ),
      ...months.map(({ year, month, latestAt }) =>
        listing(listingPath(locale, { kind: 'archive', year, month }), latestAt),
      ),
    ]
  })
}
