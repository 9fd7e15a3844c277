import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { articleMarkdownPath, documentPaths } from '#lib/site/document-paths.ts'
import { defaultLocale, type Locale, locales } from '#lib/site/locales.ts'
import { reviewPolicy } from '#lib/site/review-policy.ts'
import { feedPath, listingPath, plainPagePath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

const newestArticles = 20

/**
 * The paper in one page of Markdown for assistants (https://llmstxt.org): what it is, how to read its
 * articles as plain text, its sections and its newest articles. `siteUrl` is an origin; without `hasNews`
 * there is no news sitemap to name.
 */
export function llmsTxt(
  index: Pick<ArticleIndex, 'listArticles' | 'listCategories'>,
  { siteUrl, hasNews }: { siteUrl: string; hasNews: boolean },
): string {
  const { description, footerNote } = messagesFor(defaultLocale)
  return [
    `# ${site().name}`,
    '',
    `> ${description}`,
    '',
    `Every article is also there as Markdown: its address with .md at the end. The header of that text names its source, its dates and what a language model did to it.${reviewPolicy() ? ` ${footerNote}` : ''}`,
    '',
    'Cite the address of the article, without .md, and its source.',
    '',
    ...locales.flatMap((locale) => describeLanguage(index, locale, siteUrl)),
    '## Optional',
    '',
    `- [Sitemaps](${siteUrl}${documentPaths.sitemapIndex}): every article and listing`,
    ...(hasNews
      ? [
          `- [News sitemap](${siteUrl}${documentPaths.newsSitemap}): the articles of the last two days`,
        ]
      : []),
    '',
  ].join('\n')
}

function describeLanguage(
  index: Pick<ArticleIndex, 'listArticles' | 'listCategories'>,
  locale: Locale,
  siteUrl: string,
): string[] {
  const messages = messagesFor(locale)
  const latest = { kind: 'latest' } as const
  const { articles } = index.listArticles({
    locale,
    scope: latest,
    page: 1,
    pageSize: newestArticles,
  })
  if (articles.length === 0) return []
  const toLink = (name: string, path: string) => `- [${toMarkdownText(name)}](${siteUrl}${path})`
  return [
    `## ${messages.languageName}: ${messages.sections}`,
    '',
    toLink(messages.latestNews, listingPath(locale, latest)),
    ...index
      .listCategories(locale)
      .map(({ name, segment }) =>
        toLink(formatTopic(locale, name), listingPath(locale, { kind: 'category', segment })),
      ),
    toLink(messages.archive, plainPagePath(locale, 'archive')),
    toLink(messages.feed, feedPath(locale, latest, 'rss')),
    '',
    `## ${messages.languageName}: ${messages.latestNews}`,
    '',
    ...articles.map(
      ({ slug, title, publishedAt }) =>
        `${toLink(title, articleMarkdownPath(locale, slug))}: ${publishedAt.slice(0, 10)}`,
    ),
    '',
  ]
}

/**
 * Text as one line of Markdown that shows just that text: signs that could mean something are
 * escaped, line breaks and other control characters become spaces.
 */
function toMarkdownText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\\`*_[\]<>&~|!#]/g, '\\$&')
    .trim()
}
