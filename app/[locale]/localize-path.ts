import type { PageIndex } from '#lib/article-index/article-index.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath, parsePath } from '#lib/site/routes.ts'

/** A translation keeps the original's links; they lead to articles in the reader's language. */
export function localizePath(index: PageIndex, locale: Locale, path: string): string {
  const route = parsePath(path)
  if (route?.page !== 'article') return path
  return index.findArticle(locale, route.slug) ? articlePath(locale, route.slug) : path
}
