import type { Metadata } from 'next'
import type { ArticleSummary } from '#lib/content/article.ts'
import { toArticleImage } from '#lib/covers/share-image.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { articleMarkdownPath } from '#lib/site/document-paths.ts'
import { articlePath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { articleVersions } from './language-versions.ts'
import { feedLinks, indexed, notIndexed, openGraphSite } from './page-head.ts'

/**
 * The head of an article's page. The layout adds the publication's name to the title; every address
 * is absolute. `siteUrl` is an origin without a trailing slash; `translations` are the article's
 * visible versions in other languages.
 */
export function articleMetadata({
  article,
  translations,
  siteUrl,
}: {
  article: ArticleSummary
  translations: ArticleSummary[]
  siteUrl: string
}): Metadata {
  const { locale, slug, title, category, canonicalUrl, authors } = article
  const description = article.description || undefined
  const url = siteUrl + articlePath(locale, slug)
  const section = formatTopic(locale, category)
  const alt = article.cover?.alt ?? title
  const image = { ...toArticleImage(article, 'share', siteUrl), alt }
  return {
    title,
    description,
    authors: authors.length > 0 ? authors.map((name) => ({ name })) : undefined,
    alternates: {
      canonical: canonicalUrl ?? url,
      languages: articleVersions(article, translations, siteUrl),
      types: {
        ...feedLinks(locale, siteUrl, {
          scope: { kind: 'category', segment: toSegment(category) },
          name: section,
        }),
        'text/markdown': siteUrl + articleMarkdownPath(locale, slug),
      },
    },
    openGraph: {
      ...openGraphSite(locale),
      type: 'article',
      title,
      description,
      url,
      publishedTime: article.publishedAt,
      modifiedTime: article.updatedAt,
      section,
      tags: article.tags.map((tag) => formatTopic(locale, tag)),
      authors,
      images: [image],
    },
    twitter: { card: 'summary_large_image', title, description, images: [{ url: image.url, alt }] },
    robots: article.noindex ? notIndexed : indexed,
  }
}
