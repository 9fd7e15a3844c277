import type { AiProvenance, ArticleSummary, Cover } from '#lib/content/article.ts'
import { toCoverCredit } from '#lib/covers/cover-credit.ts'
import { listCoverVariants } from '#lib/covers/cover-variants.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import { defaultLocale } from '#lib/site/locales.ts'
import { publication } from '#lib/site/publication.ts'
import { articlePath, homePath, listingPath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { toJsonLdScript } from './json-ld-script.ts'

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
  siteUrl,
}: {
  article: ArticleSummary
  translations: ArticleSummary[]
  siteUrl: string
}): string {
  return toJsonLdScript({
    '@context': 'https://schema.org',
    '@graph': [
      { ...describeArticle(article, siteUrl), ...relateVersions(article, translations, siteUrl) },
      describePlace(article, siteUrl),
    ],
  })
}

const urlOf = ({ locale, slug }: ArticleSummary, siteUrl: string) =>
  siteUrl + articlePath(locale, slug)

const idOf = (article: ArticleSummary, siteUrl: string) => `${urlOf(article, siteUrl)}#article`

function describeArticle(article: ArticleSummary, siteUrl: string) {
  const { locale, source, authors, corrections, tags, cover } = article
  const url = urlOf(article, siteUrl)
  const publisher = {
    '@type': 'Organization',
    name: publication.name,
    url: siteUrl + homePath(defaultLocale),
  }
  return {
    '@type': 'NewsArticle',
    '@id': idOf(article, siteUrl),
    url,
    mainEntityOfPage: { '@type': 'WebPage', '@id': article.canonicalUrl ?? url },
    headline: article.title,
    description: article.description || undefined,
    image: cover && describeImages(cover, siteUrl),
    datePublished: article.publishedAt,
    dateModified: article.updatedAt,
    author: authors.length > 0 ? authors.map((name) => ({ '@type': 'Person', name })) : publisher,
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
    creditText: source?.name,
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

/** The terms that schema.org takes from IPTC (https://schema.org/IPTCDigitalSourceEnumeration). */
function digitalSourceType(ai: AiProvenance): string | undefined {
  if (ai.rewritten) return 'https://schema.org/TrainedAlgorithmicMediaDigitalSource'
  const isTouched = ai.expandedAt !== undefined || ai.translatedFrom !== undefined
  return isTouched
    ? 'https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource'
    : undefined
}

function describeImages(cover: Cover, siteUrl: string) {
  const credit = toCoverCredit(cover)
  const images = listCoverVariants(cover, siteUrl).map(({ url, width, height }) => ({
    '@type': 'ImageObject',
    url,
    // Only of a crop is the size certain.
    ...(height === undefined ? {} : { width, height }),
    caption: cover.alt,
    creditText: credit && [credit.name, credit.platform?.name].filter(Boolean).join(' / '),
    creator: credit && { '@type': 'Person', name: credit.name, url: credit.url },
  }))
  return images.length > 0 ? images : undefined
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

function describePlace({ locale, title, category, slug }: ArticleSummary, siteUrl: string) {
  const segment = toSegment(category)
  const steps = [
    { name: messagesFor(locale).home, path: homePath(locale) },
    {
      name: formatTopic(locale, category),
      path: listingPath(locale, { kind: 'category', segment }),
    },
    { name: title, path: articlePath(locale, slug) },
  ]
  return {
    '@type': 'BreadcrumbList',
    itemListElement: steps.map(({ name, path }, at) => ({
      '@type': 'ListItem',
      position: at + 1,
      name,
      item: siteUrl + path,
    })),
  }
}
