import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Article } from '#lib/content/article.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import type { Locale } from '#lib/site/locales.ts'

/** How an address of an article has to be answered. */
type RightAnswer =
  | { status: 200; article: Article }
  | { status: 308; slug: string }
  | { status: 404 | 410 }

/**
 * What the site has to show at an instant, read from the content folder alone: the rule of what is
 * visible is written here once more, so that the site is judged by another's reading of it.
 */
export type Edition = {
  now: Date
  fileCount: number
  /** Visible articles, newest first; of one instant, by slug. */
  visibleIn(locale: Locale): Article[]
  answerOf(locale: Locale, slug: string): RightAnswer
}

/** `undefined` for a file that cannot become an article. */
type Reading = { path: string; article: Article | undefined }

/** Reads the content folder as it is. A file whose bytes were read before is not parsed again. */
export function createEditionReader(contentDir: string): (now?: Date) => Promise<Edition> {
  let known = new Map<string, Article | undefined>()

  return async function readEdition(now = new Date()) {
    const paths = await listPaths(contentDir)
    const current = new Map<string, Article | undefined>()
    const readings: Reading[] = []
    for (const path of paths) {
      const bytes = await readFile(join(contentDir, path))
      const digest = createHash('sha1').update(path).update('\n').update(bytes).digest('base64')
      const article = known.has(digest) ? known.get(digest) : parse(path, bytes)
      current.set(digest, article)
      readings.push({ path, article })
    }
    known = current
    return judge(readings, now)
  }
}

async function listPaths(contentDir: string): Promise<string[]> {
  const found = await readdir(contentDir, { recursive: true, withFileTypes: true })
  return found
    .filter((name) => name.isFile() && name.name.endsWith('.md') && !name.name.startsWith('.'))
    .map((name) => join(name.parentPath, name.name).slice(contentDir.length + 1))
    .sort()
}

function parse(path: string, bytes: Uint8Array): Article | undefined {
  try {
    return parseArticle({ path, bytes }).article
  } catch (error) {
    if (error instanceof InvalidArticleError) return undefined
    throw error
  }
}

function judge(readings: Reading[], now: Date): Edition {
  const holders = new Map<string, Article>()
  const isDue = ({ publishedAt }: Article) => publishedAt <= now.toISOString()
  // One address, several files: the first by path, and no draft where another is none.
  for (const { article } of readings) {
    const holder = article && holders.get(keyOf(article))
    if (article && (!holder || (holder.draft && !article.draft))) {
      holders.set(keyOf(article), article)
    }
  }
  const due = [...holders.values()].filter((article) => !article.draft && isDue(article))
  const visible = due.filter(({ withdrawn }) => !withdrawn)
  const visibleByLocale = Map.groupBy(visible.toSorted(byAge), ({ locale }) => locale)
  const claimsOf = (articles: Article[]) =>
    new Map(
      articles
        .toSorted(byAge)
        .reverse()
        .flatMap((article) =>
          article.aliases.map((slug) => [keyOf({ ...article, slug }), article] as const),
        ),
    )
  const moved = claimsOf(visible)
  const lost = claimsOf(due.filter(({ withdrawn }) => withdrawn))
  const bySlug = new Map(due.map((article) => [keyOf(article), article]))
  return {
    now,
    fileCount: readings.length,
    visibleIn: (locale) => visibleByLocale.get(locale) ?? [],
    answerOf(locale, slug) {
      const key = keyOf({ locale, slug })
      const article = bySlug.get(key)
      if (article && !article.withdrawn) return { status: 200, article }
      const owner = moved.get(key)
      if (owner) return { status: 308, slug: owner.slug }
      return { status: article || lost.has(key) ? 410 : 404 }
    },
  }
}

const keyOf = ({ locale, slug }: Pick<Article, 'locale' | 'slug'>) => `${locale} ${slug}`

function byAge(a: Article, b: Article): number {
  if (a.publishedAt !== b.publishedAt) return a.publishedAt < b.publishedAt ? 1 : -1
  return a.slug < b.slug ? -1 : 1
}
