import type { ReactNode } from 'react'
import { PaperFrame } from '#components/layout/paper-frame.tsx'
import { servingIndex } from '#lib/article-index/serving-index.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { homePath, type Route, routePath } from '#lib/site/routes.ts'

/** How many sections the masthead names: the busiest. The footer names them all. */
const mastheadSections = 8

/** The frame of every page, filled from the index. `route` is undefined on pages about no page. */
export function Paper({
  locale,
  route,
  children,
}: {
  locale: Locale
  route: Route | undefined
  children: ReactNode
}) {
  const categories = servingIndex().listCategories(locale)
  return (
    <PaperFrame
      locale={locale}
      route={route}
      sections={categories.slice(0, mastheadSections)}
      allSections={categories}
      languagePaths={languagePaths(route)}
    >
      {children}
    </PaperFrame>
  )
}

/** The same page in each language, or that language's front page where there is no such page. */
function languagePaths(route: Route | undefined): Record<Locale, string> {
  const paths = locales.map((locale) => [
    locale,
    route && hasPage(locale, route) ? routePath({ ...route, locale }) : homePath(locale),
  ])
  return Object.fromEntries(paths)
}

function hasPage(locale: Locale, route: Route): boolean {
  if (locale === route.locale) return true
  if (route.page === 'article') {
    return servingIndex()
      .listTranslations(route)
      .some((other) => other.locale === locale)
  }
  if (route.page !== 'listing') return true
  const { scope, number } = route
  return (
    servingIndex().listArticles({ locale, scope, page: 1, pageSize: 1 }).articleCount > 0 &&
    number === 1
  )
}
