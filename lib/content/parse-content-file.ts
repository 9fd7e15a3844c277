import type { Locale } from '#lib/site/locales.ts'
import type { Author, EditorPage, Picture } from './article.ts'
import { parseAuthor } from './author.ts'
import { parsePage } from './page.ts'
import { type ParsedArticle, parseArticle } from './parse-article.ts'
import { parsePicture } from './picture.ts'
import type { Problem } from './problem.ts'
import { contentKindOf } from './read-content-folder.ts'
import type { RawFile } from './read-markdown-file.ts'
import { parseRedirects, type Redirect } from './redirects.ts'

/** What a content file holds besides articles, each under the key by which it is asked for. */
export type ContentEntry =
  | { kind: 'page'; locale: Locale; key: string; value: EditorPage }
  /** Without a locale: for every language that has none of its own. */
  | { kind: 'author'; locale: Locale | undefined; key: string; value: Author }
  | { kind: 'redirect'; locale: undefined; key: string; value: Redirect }
  | { kind: 'picture'; locale: undefined; key: string; value: Picture }

/** `problems` of entries may be errors: of lines of `redirects.txt` that are left out. */
export type ParsedFile =
  | ({ kind: 'article' } & ParsedArticle)
  | { kind: 'entries'; entries: ContentEntry[]; problems: Problem[] }

/**
 * A content file → what it holds, by the kind that its path says. No disk, no clock. Throws
 * `InvalidArticleError` for a file that holds nothing that can be served.
 */
export function parseContentFile(file: RawFile): ParsedFile | Promise<ParsedFile> {
  switch (contentKindOf(file.path)) {
    case 'page': {
      const { page, warnings } = parsePage(file)
      const entries = page && [
        { kind: 'page' as const, locale: page.locale, key: page.name, value: page },
      ]
      return { kind: 'entries', entries: entries ?? [], problems: warnings }
    }
    case 'author': {
      const { author, locale, warnings } = parseAuthor(file)
      const entries = author && [
        { kind: 'author' as const, locale, key: author.key, value: author },
      ]
      return { kind: 'entries', entries: entries ?? [], problems: warnings }
    }
    case 'redirects': {
      const { redirects, problems } = parseRedirects(file)
      const entries = redirects.map((value) => ({
        kind: 'redirect' as const,
        locale: undefined,
        key: value.from,
        value,
      }))
      return { kind: 'entries', entries, problems }
    }
    case 'picture':
      return parsePicture(file).then((value) => ({
        kind: 'entries',
        entries: [{ kind: 'picture', locale: undefined, key: value.path, value }],
        problems: [],
      }))
    default:
      return { kind: 'article', ...parseArticle(file) }
  }
}
