import { z } from 'zod'
import { isLocale, type Locale } from '#lib/site/locales.ts'
import { isAuthorKey } from '#lib/site/segment.ts'
import type { Author } from './article.ts'
import { flag, line, listOf, optional, picture, secureUrl } from './front-matter/field-kinds.ts'
import { quote } from './front-matter/finding.ts'
import { withoutMarkdownEnding } from './hidden-name.ts'
import type { Problem } from './problem.ts'
import { type RawFile, readMarkdownFile } from './read-markdown-file.ts'

/** The front matter of `content/authors/<key>.md`. Only `name` is required. */
export const authorSchema = z.strictObject({
  name: line('the name of the author', 200).describe('The author as readers know them.'),
  role: optional(line('a role', 200)).describe('What the author does: Markets editor.'),
  bio: optional(line('a sentence or two', 1000)).describe(
    'One or two plain sentences for search engines and the top of the page. No Markdown.',
  ),
  links: optional(
    listOf(
      z.strictObject(
        {
          name: line('what the link is called', 100).describe('What readers see: Mastodon.'),
          url: secureUrl.describe('An absolute https:// address.'),
        },
        { error: 'a mapping with name and url' },
      ),
      'a list of links',
    ),
  ).describe('Pages about the author elsewhere. Search engines take them for the same person.'),
  picture: optional(picture).describe('A portrait: media/olena.jpg, or an https:// address.'),
  draft: optional(flag).describe('true: not finished, never served.'),
})

/**
 * An author's file → the author, undefined while it is a draft. `locale` is that of `<key>.<lang>.md`;
 * a file without one is for every language that has none of its own. Pure. Throws
 * `InvalidArticleError` with every problem of the file.
 */
export function parseAuthor(file: RawFile): {
  author: Author | undefined
  locale: Locale | undefined
  bodyLine: number
  warnings: Problem[]
} {
  const [, baseName = '', ...deeper] = withoutMarkdownEnding(file.path.normalize('NFC')).split('/')
  const dot = baseName.lastIndexOf('.')
  const suffix = dot === -1 ? undefined : baseName.slice(dot + 1)
  const locale = isLocale(suffix) ? suffix : undefined
  const key = locale ? baseName.slice(0, dot) : baseName
  const { fields, body, bodyLine, warnings } = readMarkdownFile(
    file,
    { schema: authorSchema, essentialFields: new Set(['name', 'draft']), isBodyOptional: true },
    () => {
      if (isAuthorKey(key) && deeper.length === 0) return []
      const expected = 'authors/<key>.md with a key of a-z, 0-9 and single hyphens'
      return [{ severity: 'error', field: 'file', line: 1, found: quote(file.path), expected }]
    },
  )
  const { name, role, bio, links = [], picture, draft } = fields
  const author = draft ? undefined : { key, name, role, bio, links, picture, body }
  return { author, locale, bodyLine, warnings }
}
