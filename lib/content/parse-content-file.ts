import type { BeginStage } from '#lib/node/answer-calls.ts'
import { defaultLocale, type Locale } from '#lib/site/locales.ts'
import type { Author, EditorPage, Picture } from './article.ts'
import { parseAuthor } from './author.ts'
import { parsePage } from './page.ts'
import { type ParsedArticle, parseArticle } from './parse-article.ts'
import { tryBody } from './parse-limits.ts'
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
 * A content file → what it holds, by the kind that its path says. No disk, no clock; `now` is that of
 * `parseArticle`. Throws
 * `InvalidArticleError` for a file that holds nothing that can be served. `beginStage` is that of the
 * thread: a body that may take long is tried, see `tryBody`.
 */
export async function parseContentFile(
  file: RawFile,
  beginStage: BeginStage = () => {},
  now?: Date,
): Promise<ParsedFile> {
  const tryServed = (body: string, line: number, locale: Locale = defaultLocale) =>
    tryBody(file.path, { body, line, locale }, beginStage)
  switch (contentKindOf(file.path)) {
    case 'page': {
      const { page, bodyLine, warnings } = parsePage(file)
      if (page) await tryServed(page.body, bodyLine, page.locale)
      const entries = page && [
        { kind: 'page' as const, locale: page.locale, key: page.name, value: page },
      ]
      return { kind: 'entries', entries: entries ?? [], problems: warnings }
    }
    case 'author': {
      const { author, locale, bodyLine, warnings } = parseAuthor(file)
      if (author) await tryServed(author.body, bodyLine, locale)
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
    case 'picture': {
      const value = await parsePicture(file)
      const entries = [{ kind: 'picture' as const, locale: undefined, key: value.path, value }]
      return { kind: 'entries', entries, problems: [] }
    }
    default: {
      const parsed = parseArticle(file, now)
      const { body, locale } = parsed.article
      await tryServed(body, parsed.bodyLine, locale)
      return { kind: 'article', ...parsed }
    }
  }
}
