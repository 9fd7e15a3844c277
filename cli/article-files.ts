import { relative, resolve, sep } from 'node:path'
import type { Article } from '#lib/content/article.ts'
import { articleIdentity } from '#lib/content/article-identity.ts'
import { readContentFile, writeContentFile } from '#lib/content/content-file.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { isContentPath, listContentFiles } from '#lib/content/read-content-folder.ts'
import { findUnpublishedReason, type UnpublishedReason } from '#lib/content/visibility.ts'
import { isLocale, type Locale } from '#lib/site/locales.ts'
import { nearest } from '#lib/site/nearest.ts'
import { articlePath, parsePath } from '#lib/site/routes.ts'
import { typedFrom, UsageError } from './command.ts'

/** An article file as it is on disk. `path` is relative to the content folder. */
export type FoundArticle = { path: string; bytes: Uint8Array; article: Article }

type Wanted = {
  contentDir: string
  /** The name of a file, a slug or an address. */
  named: string
  /** Which of the languages, when a slug is in several. */
  lang?: string | undefined
}

/**
 * A typed name of a content file → its path relative to the content folder, with forward
 * slashes: `content/articles/en/a.md` as well as `articles/en/a.md`. The file need not exist.
 */
export function toContentPath(contentDir: string, typed: string, from = typedFrom()): string {
  const absolute = resolve(from, typed)
  const inFolder = relative(contentDir, absolute)
  const isInFolder = inFolder !== '..' && !inFolder.startsWith(`..${sep}`)
  const path = isInFolder && resolve(contentDir, inFolder) === absolute ? inFolder : typed
  return path.split(sep).join('/')
}

/**
 * The file of an article that is named by its path, its slug or its address, as a path relative to
 * the content folder. The file is not parsed when it is named by its path. Throws an `Error` when
 * there is none, and a `UsageError` that lists them when a slug is in several languages.
 */
export async function findArticlePath({ contentDir, named, lang }: Wanted): Promise<string> {
  if (lang !== undefined && !isLocale(lang)) throw new UsageError(`${lang} is not a language here.`)
  const address = parseAddress(named)
  if (address?.file) return await existing(contentDir, address.file)
  if (!address && named.endsWith('.md')) {
    return await existing(contentDir, toContentPath(contentDir, named))
  }
  const slug = (address?.slug ?? named).normalize('NFC')
  const wanted = address?.locale ?? lang
  const all = await listArticlePaths(contentDir)
  const candidates = all.filter((path) => articleIdentity(path).slug === slug)
  const read = await Promise.all(
    candidates.map(async (path) => ({ path, locale: await readLocale(contentDir, path) })),
  )
  const found = read.filter(({ locale }) => wanted === undefined || locale === wanted)
  const [first, ...others] = found
  if (first && others.length === 0) return first.path
  if (first) {
    const paths = found.map(({ path }) => `  ${path}`).join('\n')
    throw new UsageError(`${slug} names several files. Name one of them, or use --lang:\n${paths}`)
  }
  const present = await findByAlias(contentDir, all, { slug, locale: wanted })
  if (present) return present
  throw new Error(`There is no article ${slug} in ${contentDir}.${suggest(slug, all)}`)
}

/** The same with what it holds. Throws an `InvalidArticleError` when it cannot become an article. */
export async function findArticle(wanted: Wanted): Promise<FoundArticle> {
  const path = await findArticlePath(wanted)
  const bytes = await readContentFile(wanted.contentDir, path)
  if (!bytes) throw new Error(`There is no file ${path} in ${wanted.contentDir}.`)
  return { path, bytes, article: parseArticle({ path, bytes }).article }
}

/** The file that an article of this slug and language has, if there is one. */
export async function findHolder(
  contentDir: string,
  { slug, locale }: { slug: string; locale: Locale },
): Promise<string | undefined> {
  for (const path of await listArticlesNamed(contentDir, slug)) {
    const known = await readLocale(contentDir, path)
    if (known === undefined || known === locale) return path
  }
  return undefined
}

/** The files whose name is this slug, in any language. */
async function listArticlesNamed(contentDir: string, slug: string): Promise<string[]> {
  const all = await listArticlePaths(contentDir)
  return all.filter((path) => articleIdentity(path).slug === slug)
}

/** The files in other languages that are paired with an article. Reads all, and parses few of them. */
export async function listTranslations(
  contentDir: string,
  { path, article }: FoundArticle,
): Promise<string[]> {
  const key = article.translationKey ?? article.slug
  const all = await listArticlePaths(contentDir)
  const found: string[] = []
  for (const other of all) {
    if (other === path) continue
    const isNamed = articleIdentity(other).slug === key
    const text = new TextDecoder().decode(await readContentFile(contentDir, other))
    if (!isNamed && !(text.includes('translationKey') && text.includes(key))) continue
    const version = await readArticle(contentDir, other)
    if (!version || version.locale === article.locale) continue
    if ((version.translationKey ?? version.slug) === key) found.push(other)
  }
  return found
}

/**
 * Writes a content file that is not there yet, whole or not at all: it appears under its name when it
 * is complete. Throws an `Error` when the name is taken.
 */
export async function createArticleFile(
  contentDir: string,
  path: string,
  content: string | Uint8Array,
): Promise<void> {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const { kind } = await writeContentFile(contentDir, path, bytes, undefined)
  if (kind === 'changed') throw new Error(`${path} is there already, and was not touched.`)
}

/** What commands report about the article that they changed. */
export type ArticleState = {
  file: string
  address: string
  state: 'published' | UnpublishedReason
  publishedAt: string
}

export function toState(
  { path, article }: Pick<FoundArticle, 'path' | 'article'>,
  { siteUrl, now }: { siteUrl: string; now: Date },
): ArticleState {
  return {
    file: path,
    address: siteUrl + articlePath(article.locale, article.slug),
    state: findUnpublishedReason(article, now) ?? 'published',
    publishedAt: article.publishedAt,
  }
}

/** The same in three lines. */
export function formatState({ file, address, state, publishedAt }: ArticleState): string {
  const sentences = {
    published: 'published',
    draft: 'draft: nobody is shown it until `draft` is removed',
    scheduled: `scheduled for ${publishedAt}`,
    withdrawn: 'withdrawn: the address answers 410',
  }
  return `File:    ${file}\nAddress: ${address}\nState:   ${sentences[state]}`
}

type Address = { slug: string; locale: Locale | undefined; file: string | undefined }

/** `https://host/uk/article/a`, `/article/a` and links to previews; undefined for other words. */
function parseAddress(named: string): Address | undefined {
  const isUrl = /^https?:\/\//i.test(named)
  if (!isUrl && (!named.startsWith('/') || named.endsWith('.md'))) return undefined
  if (!URL.canParse(named, 'http://site.invalid')) return undefined
  const { pathname, searchParams } = new URL(named, 'http://site.invalid')
  const file = pathname.startsWith('/preview/') ? searchParams.get('file') : undefined
  if (file) return { slug: '', locale: undefined, file }
  const route = parsePath(pathname)
  if (route?.page === 'article') return { slug: route.slug, locale: route.locale, file: undefined }
  throw new UsageError(`${named} is not the address of an article, such as /article/<slug>.`)
}

async function existing(contentDir: string, path: string): Promise<string> {
  if (isContentPath(path) && (await readContentFile(contentDir, path))) return path
  throw new Error(`There is no file ${path} in ${contentDir}.`)
}

async function listArticlePaths(contentDir: string): Promise<string[]> {
  const paths: string[] = []
  for await (const { path } of listContentFiles(contentDir)) paths.push(path)
  return paths.sort()
}

/** Undefined when the file cannot become an article and its path does not say either. */
async function readLocale(contentDir: string, path: string): Promise<Locale | undefined> {
  const article = await readArticle(contentDir, path)
  return article?.locale ?? articleIdentity(path).hintedLocale
}

async function readArticle(contentDir: string, path: string): Promise<Article | undefined> {
  const bytes = await readContentFile(contentDir, path)
  if (!bytes) return undefined
  try {
    return parseArticle({ path, bytes }).article
  } catch (error) {
    if (error instanceof InvalidArticleError) return undefined
    throw error
  }
}

/** The article that had this slug before. Only for slugs that no file has: it reads every file. */
async function findByAlias(
  contentDir: string,
  paths: string[],
  { slug, locale }: { slug: string; locale: string | undefined },
): Promise<string | undefined> {
  for (const path of paths) {
    const article = await readArticle(contentDir, path)
    const fits = locale === undefined || article?.locale === locale
    if (fits && article?.aliases.includes(slug)) return path
  }
  return undefined
}

function suggest(slug: string, paths: string[]): string {
  const near = nearest(slug, [...new Set(paths.map((path) => articleIdentity(path).slug))])
  return near === undefined ? '' : ` Did you mean ${near}?`
}
