import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { locales } from '#lib/site/locales.ts'
import { articlePath, feedFormats, feedPath, homePath, listingPath } from '#lib/site/routes.ts'

/** How many of the newest articles of each language are rendered before anybody asks. */
const newestArticles = 12

/**
 * The addresses most readers open first, in that order: front pages, the newest articles, sections,
 * the feeds. In each language that has articles at all.
 */
export function listFirstPaths(
  index: Pick<ArticleIndex, 'listArticles' | 'listCategories'>,
): string[] {
  const latest = { kind: 'latest' } as const
  return locales.flatMap((locale) => {
    const { articles } = index.listArticles({
      locale,
      scope: latest,
      page: 1,
      pageSize: newestArticles,
    })
    if (articles.length === 0) return []
    return [
      homePath(locale),
      ...articles.map(({ slug }) => articlePath(locale, slug)),
      listingPath(locale, latest),
      ...index
        .listCategories(locale)
        .map(({ segment }) => listingPath(locale, { kind: 'category', segment })),
      ...feedFormats.map((format) => feedPath(locale, latest, format)),
    ]
  })
}

/**
 * Has pages rendered one after the other, giving way to readers between two of them. Pages that are
 * cached already cost a look. A page that fails is left to its first reader.
 */
export async function prerenderPages(
  paths: string[],
  warm: (path: string) => Promise<unknown>,
  { pause }: { pause: () => Promise<void> },
): Promise<void> {
  for (const path of paths) {
    await warm(path).catch(() => undefined)
    await pause()
  }
}
