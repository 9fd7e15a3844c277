import type { ReactNode } from 'react'
import type { LanguagePath } from '#components/layout/language-links.tsx'
import { PageFrame } from '#components/layout/page-frame.tsx'
import type { Topic } from '#lib/article-index/article-index.ts'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { type MoodAddress, usualMood } from '#lib/site/addresses/mood-address.ts'
import { toSearchParamsIn } from '#lib/site/addresses/search-params.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { reviewPolicy } from '#lib/site/review-policy.ts'
import {
  homePath,
  type ListingScope,
  leastArticles,
  type Route,
  routePath,
} from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'

/** The frame of every page, filled from the index. `route` is undefined on 404 and error pages. */
export function PageShell({
  locale,
  route,
  children,
}: {
  locale: Locale
  route: Route | undefined
  children: ReactNode
}) {
  return (
    <PageFrame
      locale={locale}
      route={route}
      sections={listSections(locale, { inMenu: true })}
      allSections={listSections(locale, { inMenu: false })}
      pages={servingIndex()
        .listPages(locale)
        .filter(({ inFooter }) => inFooter)}
      languagePaths={languagePaths(route)}
      hasSources={reviewPolicy() !== undefined}
    >
      {children}
    </PageFrame>
  )
}

/**
 * The sections that have articles, in the editor's order: the page of an empty one is a 404. A category
 * that the configuration does not name is served but not listed here.
 */
function listSections(locale: Locale, { inMenu }: { inMenu: boolean }): Topic[] {
  const found = new Map(
    servingIndex()
      .listCategories(locale)
      .map((topic) => [topic.segment, topic]),
  )
  return site()
    .sections.filter((section) => section.inMenu || !inMenu)
    .flatMap(({ segment }) => found.get(segment) ?? [])
}

/** The same page in each language, or that language's front page where there is no such page. */
function languagePaths(route: Route | undefined): LanguagePath[] {
  return locales.map((locale) => {
    const page = route && findInLanguage(locale, route)
    // 404 and error pages exist in every language: a link from one need not say that it leads elsewhere.
    return {
      locale,
      path: page ? routePath(page) : homePath(locale),
      isSamePage: !route || Boolean(page),
    }
  })
}

/** The same page in another language; of a listing in pages, its first one. */
function findInLanguage(locale: Locale, route: Route): Route | undefined {
  if (locale === route.locale) return route
  const index = servingIndex()
  switch (route.page) {
    case 'article':
      return index
        .listTranslations({ locale: route.locale, slug: route.slug })
        .filter((other) => other.locale === locale)
        .map(({ slug }) => ({ ...route, locale, slug }))[0]
    case 'editor-page':
      return index.findPage(locale, route.name) ? { ...route, locale } : undefined
    case 'listing':
      return hasArticles(locale, route.scope) ? { ...route, locale, number: 1 } : undefined
    case 'mood':
      return route.scope.kind === 'latest' || hasArticles(locale, route.scope)
        ? { locale, page: 'mood', ...usualMood(route.scope), ...toSpan(route) }
        : undefined
    case 'corrections':
      return { ...route, locale, number: 1 }
    case 'search': {
      const { question } = route
      return {
        ...route,
        locale,
        question: question && toSearchParamsIn(locale, route.locale, question),
      }
    }
    default:
      return { ...route, locale }
  }
}

/** Days and hours without articles are no pages: of them, the charts. */
function toSpan({ period, sentiment }: MoodAddress): Partial<MoodAddress> {
  return period.kind === 'span' ? { period, sentiment } : {}
}

const hasArticles = (locale: Locale, scope: ListingScope) =>
  (scope.kind === 'author' && servingIndex().findAuthor(locale, scope.key) !== undefined) ||
  servingIndex().listArticles({ locale, scope, page: 1, pageSize: 1 }).articleCount >=
    leastArticles(scope)
