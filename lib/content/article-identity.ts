import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import { withoutMarkdownEnding } from './hidden-name.ts'

/** What a file's path says about its article. `hintedLocale` is undefined when it says nothing. */
export type ArticleIdentity = { slug: string; hintedLocale: Locale | undefined }

/**
 * The slug is the base name without its ending and without a trailing `.<lang>` of a language we publish
 * in (`a.uk.md` → `a`), in Unicode NFC. The locale is hinted by that trailing `.<lang>`, else by the
 * innermost folder that is named like a locale (`articles/uk/2026/a.md`). The front matter's `lang`
 * wins over both, and without any of them an article is in `defaultLocale`.
 *
 * `index.md` and `index.uk.md` have the name of their folder (`my-post/index.md` → `my-post`), unless that
 * is one of the folders that only sort: a language, a year, a month, `articles`.
 *
 * `path` is relative to the content folder, with forward slashes.
 */
export function articleIdentity(path: string): ArticleIdentity {
  const segments = path.normalize('NFC').split('/')
  const baseName = withoutMarkdownEnding(segments.pop() ?? '')
  const dot = baseName.lastIndexOf('.')
  const suffix = dot === -1 ? undefined : baseName.slice(dot + 1)
  const [name, locale] = isLocale(suffix) ? [baseName.slice(0, dot), suffix] : [baseName, undefined]
  const folder = segments.at(-1)
  const isBundle = name === 'index' && folder !== undefined && !isSortingFolder(folder)
  return { slug: isBundle ? folder : name, hintedLocale: locale ?? segments.findLast(isLocale) }
}

const isSortingFolder = (name: string): boolean =>
  isLocale(name) || /^(?:\d{1,4}|articles)$/.test(name)

/** Used when neither front matter nor path names a locale. */
export function localeOf(lang: Locale | undefined, identity: ArticleIdentity): Locale {
  return lang ?? identity.hintedLocale ?? defaultLocale
}

/**
 * Slugs stand in addresses as they are: letters of any script, digits and most punctuation, but no
 * white space, no `/ \ ? # %`, no control or invisible characters, no dot at the start.
 */
export function isSlug(slug: string): boolean {
  return slug !== '' && slug.length <= 200 && !/^\.|[\s/\\?#%\p{C}]/u.test(slug)
}

/** The file of an article relative to the content folder. Languages differ in their folder only. */
export function toArticlePath(locale: Locale, publishedAt: string, slug: string): string {
  const [year, month] = publishedAt.split('-')
  return `articles/${locale}/${year}/${month}/${slug}.md`
}

/**
 * The file of a translation: `articles/en/2026/03/a.md` in `uk` is `articles/uk/2026/03/a.md`. A path
 * without a language folder has no translations and stays as it is.
 */
export function toTranslationPath(path: string, locale: Locale): string {
  const [folder, language, ...rest] = path.split('/')
  return isLocale(language) && rest.length > 0 ? [folder, locale, ...rest].join('/') : path
}
