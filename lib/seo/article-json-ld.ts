import type { AiProvenance, ArticleSummary, Byline } from '#lib/content/article.ts'
import { toCoverCredit } from '#lib/covers/cover-credit.ts'
import { findUnsplashUrl } from '#lib/covers/cover-url.ts'
import { listCoverVariants } from '#lib/covers/cover-variants.ts'
import { findOwnCoverPath, toArticleImage } from '#lib/covers/share-image.ts'
import { articleBreadcrumbs } from '#lib/i18n/breadcrumbs.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { ArticleKind } from '#lib/site/addresses/article-filter.ts'
import { defaultLocale, type Locale } from '#lib/site/locales.ts'
import { articlePath, listingPath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { describeBreadcrumbs, personId, toJsonLdScript } from './json-ld.ts'
import { describeOrganization, websiteId } from './publisher-json-ld.ts'

/**
 * What an article is, for machines: schema.org `NewsArticle` and `BreadcrumbList`, serialised safely
 * for a script element. `siteUrl` is an origin without a trailing slash; `translations` are the
 * article's visible versions in other languages. The properties are those that Google reads
 * (https://developers.google.com/search/docs/appearance/structured-data/article) and those that say
 * where the text comes from.
 */
export function articleJsonLd({
  article,
  translations,
  bylines = article.authors.map((name) => ({ name, key: undefined })),
  updates = [],
  siteUrl,
}: {
  article: ArticleSummary
  translations: ArticleSummary[]
  /** Of a live story: its updates in plain words, from the newest; `id` is that of the heading. */
  updates?: { id: string; at: string; title: string; text: string }[]
  /** Left out: its authors as written. */
  bylines?: Byline[]
  siteUrl: string
}): string {
  return toJsonLdScript({
    '@context': 'https://schema.org',
    '@graph': [
      {
        ...describeArticle(article, bylines, siteUrl),
        ...relateVersions(article, translations, siteUrl),
        ...describeCoverage(article, updates, siteUrl),
      },
      describeBreadcrumbs(articleBreadcrumbs(article), siteUrl),
    ],
  })
}

/** https://schema.org/NewsArticle and its subtypes; https://schema.org/LiveBlogPosting is none of them. */
const schemaTypes: Record<ArticleKind, string> = {
  news: 'NewsArticle',
  analysis: 'AnalysisNewsArticle',
  explainer: 'BackgroundNewsArticle',
  opinion: 'OpinionNewsArticle',
  live: 'LiveBlogPosting',
}

const urlOf = ({ locale, slug }: ArticleSummary, siteUrl: string) =>
  siteUrl + articlePath(locale, slug)

const idOf = (article: ArticleSummary, siteUrl: string) => `${urlOf(article, siteUrl)}#article`

function describePerson(locale: Locale, { name, key }: Byline, siteUrl: string) {
  if (key === undefined) return { '@type': 'Person', name }
  const url = siteUrl + listingPath(locale, { kind: 'author', key })
  return { '@type': 'Person', '@id': personId(siteUrl, key), name, url }
}

function describeArticle(article: ArticleSummary, bylines: Byline[], siteUrl: string) {
  const { locale, source, corrections, tags } = article
  const url = urlOf(article, siteUrl)
  const publisher = describeOrganization(siteUrl)
  return {
    '@type': schemaTypes[article.kind ?? 'news'],
    '@id': idOf(article, siteUrl),
    url,
    mainEntityOfPage: {
      '@type': 'WebPage',
      '@id': article.canonicalUrl ?? url,
      // The words that schema.org has for it are of the page.
      reviewedBy: article.reviewedBy && { '@type': 'Person', name: article.reviewedBy },
      lastReviewed: article.reviewedAt,
    },
    headline: article.title,
    description: article.description || undefined,
    image: describeImages(article, siteUrl),
    datePublished: article.publishedAt,
    dateModified: article.updatedAt,
    author:
      bylines.length > 0
        ? bylines.map((byline) => describePerson(locale, byline, siteUrl))
        : { '@type': 'Organization', name: publisher.name, url: publisher.url },
    publisher,
    articleSection: formatTopic(locale, article.category),
    keywords: tags.length > 0 ? tags.map((tag) => formatTopic(locale, tag)) : undefined,
    wordCount: article.wordCount,
    inLanguage: locale,
    isAccessibleForFree: true,
    isBasedOn: source?.url && {
      '@type': 'CreativeWork',
      url: source.url,
      publisher: { '@type': 'Organization', name: source.name },
    },
    citation: listReports(article),
    creditText: source?.name,
    isPartOf: { '@type': 'WebSite', '@id': websiteId(siteUrl), name: site().name },
    digitalSourceType: article.ai && digitalSourceType(article.ai),
    correction:
      corrections.length > 0
        ? corrections.map(({ at, text }) => ({
            '@type': 'CorrectionComment',
            text,
            datePublished: at,
          }))
        : undefined,
  }
}

/**
 * What search engines ask of live coverage: each update as a posting with an address of its own. When
 * the coverage ends nobody knows before; the newest update is the last that is known.
 */
function describeCoverage(
  article: ArticleSummary,
  updates: { id: string; at: string; title: string; text: string }[],
  siteUrl: string,
) {
  if (article.kind !== 'live') return {}
  const [newest, oldest] = [updates[0], updates.at(-1)]
  return {
    coverageStartTime: oldest && oldest.at < article.publishedAt ? oldest.at : article.publishedAt,
    coverageEndTime: newest?.at ?? article.updatedAt,
    liveBlogUpdate: updates.map(({ id, at, title, text }) => ({
      '@type': 'BlogPosting',
      '@id': `${urlOf(article, siteUrl)}#${id}`,
      url: `${urlOf(article, siteUrl)}#${id}`,
      headline: title || undefined,
      datePublished: at,
      articleBody: text || undefined,
    })),
  }
}

/** The story, and who else reported it: addresses. */
function listReports({ source, alsoReportedBy }: ArticleSummary): string[] | undefined {
  const urls = [source, ...alsoReportedBy].flatMap((report) => report?.url ?? [])
  return urls.length > 0 ? urls : undefined
}

/** The terms that schema.org takes from IPTC (https://schema.org/IPTCDigitalSourceEnumeration). */
function digitalSourceType(ai: AiProvenance): string | undefined {
  if (ai.rewritten) return 'https://schema.org/TrainedAlgorithmicMediaDigitalSource'
  const isTouched = ai.expandedAt !== undefined || ai.translatedFrom !== undefined
  return isTouched
    ? 'https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource'
    : undefined
}

/** Google asks for each of these shapes. */
const imageShapes = ['16x9', '4x3', '1x1'] as const

/** The cover, or what the page shows in its place: the drawing that every article has. */
function describeImages(article: ArticleSummary, siteUrl: string) {
  const { cover } = article
  const credit = cover && toCoverCredit(cover)
  const elsewhere = cover && !findUnsplashUrl(cover) && !findOwnCoverPath(cover)
  const asTheyAre = elsewhere ? listCoverVariants(cover, siteUrl).map(({ url }) => ({ url })) : []
  const files =
    asTheyAre.length > 0
      ? asTheyAre
      : imageShapes.map((shape) => toArticleImage(article, shape, siteUrl))
  return files.map(({ type: _, ...file }: { type?: string; url: string }) => ({
    '@type': 'ImageObject',
    ...file,
    caption: cover?.alt,
    creditText: credit && [credit.name, credit.platform?.name].filter(Boolean).join(' / '),
    creator: credit && { '@type': 'Person', name: credit.name, url: credit.url },
  }))
}

/**
 * Which version is a translation of which, as `ai.translatedFrom` says; where neither version says,
 * the default locale's is taken for the original.
 */
function relateVersions(article: ArticleSummary, translations: ArticleSummary[], siteUrl: string) {
  const others = translations.filter(({ locale }) => locale !== article.locale)
  const isOriginal = (original: ArticleSummary, other: ArticleSummary) => {
    if (other.ai?.translatedFrom !== undefined) return other.ai.translatedFrom === original.locale
    return original.ai?.translatedFrom === undefined && original.locale === defaultLocale
  }
  const toReference = (version: ArticleSummary) => ({
    '@type': 'NewsArticle',
    '@id': idOf(version, siteUrl),
    url: urlOf(version, siteUrl),
    headline: version.title,
    inLanguage: version.locale,
  })
  const made = others.filter((other) => isOriginal(article, other)).map(toReference)
  const original = others.find((other) => isOriginal(other, article))
  return {
    workTranslation: made.length > 0 ? made : undefined,
    translationOfWork: original && toReference(original),
  }
}
