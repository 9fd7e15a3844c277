import type { ArticleSummary } from '#lib/content/article.ts'
import { defaultLocale, type Locale, locales } from '#lib/site/locales.ts'
import { articlePath } from '#lib/site/routes.ts'

/** Absolute addresses by hreflang value. */
export type LanguageVersions = Record<Locale | 'x-default', string>

/**
 * The versions of a page for hreflang: each one, the page's own included, and the default locale's
 * as `x-default`. Undefined for a page in one language: there is nothing to choose from.
 */
export function toLanguageVersions(
  versions: { locale: Locale; url: string }[],
): LanguageVersions | undefined {
  if (versions.length < 2) return undefined
  const byLocale: LanguageVersions = {}
  for (const { locale, url } of versions) byLocale[locale] = url
  const fallback = byLocale[defaultLocale]
  return fallback === undefined ? byLocale : { ...byLocale, 'x-default': fallback }
}

/** The versions of a page that every language has. */
export const everyLanguage = (toUrl: (locale: Locale) => string) =>
  toLanguageVersions(locales.map((locale) => ({ locale, url: toUrl(locale) })))

/**
 * The versions of an article. Search engines trust hreflang only between pages that name each other
 * and are canonical, so a version that asks not to be indexed, or whose text lives elsewhere, takes
 * no part, and an article that is one names none.
 */
export function articleVersions(
  article: ArticleSummary,
  translations: ArticleSummary[],
  siteUrl: string,
): LanguageVersions | undefined {
  const others = translations.filter(({ locale }) => locale !== article.locale)
  const versions = [article, ...others].map((version) => ({
    locale: version.locale,
    url: siteUrl + articlePath(version.locale, version.slug),
    takesPart: !version.noindex,
    canonicalUrl: version.canonicalUrl,
  }))
  const trusted = versions.filter(
    ({ takesPart, url, canonicalUrl = url }) => takesPart && canonicalUrl === url,
  )
  return trusted[0]?.locale === article.locale ? toLanguageVersions(trusted) : undefined
}
