import { isDeepStrictEqual } from 'node:util'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import type { Article } from '#lib/content/article.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { Edition } from './edition.ts'

const pageSize = 500

/** Everything in which the index in a data folder differs from an edition, a line each. */
export async function compareIndex(dataDir: string, edition: Edition): Promise<string[]> {
  const index = openArticleIndex({ dataDir, readOnly: true, now: () => edition.now })
  try {
    const differences: string[] = []
    const { fileCount } = index.status()
    if (fileCount !== edition.fileCount) {
      differences.push(`index: has ${fileCount} files, there are ${edition.fileCount}`)
    }
    for (const locale of locales) {
      differences.push(...compareArticles(index, edition, locale))
      differences.push(...compareCounts(index, edition, locale))
      differences.push(...(await compareSearch(index, edition, locale)))
    }
    return differences
  } catch (error) {
    return [`index: cannot be read: ${reasonOf(error)}`]
  } finally {
    index.close()
  }
}

function compareArticles(index: ArticleIndex, edition: Edition, locale: Locale): string[] {
  const expected = edition.visibleIn(locale)
  const listed: string[] = []
  for (let page = 1; ; page += 1) {
    const { articles } = index.listArticles({ locale, scope: { kind: 'latest' }, page, pageSize })
    if (articles.length === 0) break
    listed.push(...articles.map(({ slug }) => slug))
  }
  const order = expected.map(({ slug }) => slug)
  const differences = compareLists(`index, ${locale}`, listed, order)
  for (const article of expected) {
    const found = index.findArticle(locale, article.slug)
    if (found && !isSameArticle(found, article)) {
      differences.push(
        `index: ${locale} ${article.slug} is “${found.title}”, the file has “${article.title}”`,
      )
    }
  }
  return differences
}

/** What is there and should not be, what is missing, or that the order alone is wrong. */
export function compareLists(where: string, found: string[], expected: string[]): string[] {
  if (isDeepStrictEqual(found, expected)) return []
  const [has, wants] = [new Set(found), new Set(expected)]
  const surplus = found.filter((name) => !wants.has(name))
  const missing = expected.filter((name) => !has.has(name))
  if (surplus.length + missing.length === 0) return [`${where}: the order is wrong`]
  return [
    ...surplus.map((name) => `${where}: has ${name}, which is not to be there`),
    ...missing.map((name) => `${where}: lacks ${name}`),
  ]
}

function compareCounts(index: ArticleIndex, edition: Edition, locale: Locale): string[] {
  const articles = edition.visibleIn(locale)
  const listings = {
    category: {
      found: index
        .listCategories(locale)
        .map(({ segment, articleCount }) => [segment, articleCount]),
      expected: articles.map(({ category }) => toSegment(category)),
    },
    tag: {
      found: index.listTags(locale).map(({ segment, articleCount }) => [segment, articleCount]),
      expected: articles.flatMap(({ tags }) => tags.map(toSegment)),
    },
    source: {
      found: index
        .listSources(locale)
        .map(({ source, articleCount }) => [source.key, articleCount]),
      expected: articles.flatMap(({ source }) => source?.key ?? []),
    },
    month: {
      found: index
        .listMonths(locale)
        .map(({ year, month, articleCount }) => [`${year}-${month}`, articleCount]),
      expected: articles.map(({ publishedAt }) => {
        const at = new Date(publishedAt)
        return `${at.getUTCFullYear()}-${at.getUTCMonth() + 1}`
      }),
    },
  }
  return Object.entries(listings).flatMap(([kind, { found, expected }]) => {
    const counts = new Map<string, number>()
    for (const name of expected) counts.set(name, (counts.get(name) ?? 0) + 1)
    const say = (pairs: Iterable<unknown[]>) => [...pairs].map((pair) => pair.join(' ×')).sort()
    return compareLists(`index, ${locale} by ${kind}`, say(found), say(counts))
  })
}

/**
 * Every article is found by the word of its group, and by no word of a text it no longer has. A file that was
 * cut off while it was written may end right behind the word.
 */
async function compareSearch(
  index: ArticleIndex,
  edition: Edition,
  locale: Locale,
): Promise<string[]> {
  const groups = new Map<string, string[]>()
  for (const { slug, body } of edition.visibleIn(locale)) {
    const word = /under (kq\w+kq)\b/.exec(body)?.[1]
    if (word) groups.set(word, [...(groups.get(word) ?? []), slug])
  }
  const differences: string[] = []
  for (const [text, expected] of groups) {
    const { hits } = await index.search({ locale, text, page: 1, pageSize: 200 })
    const found = hits.map(({ article }) => article.slug).sort()
    differences.push(...compareLists(`search, ${locale} ${text}`, found, expected.sort()))
  }
  return differences
}

/** Fields that are undefined and fields that are not there are the same to readers. */
const isSameArticle = (a: Article, b: Article) =>
  isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b)))
