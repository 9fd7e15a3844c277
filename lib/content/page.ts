import { z } from 'zod'
import { isLocale, type Locale, locales } from '#lib/site/locales.ts'
import { isReservedName } from '#lib/site/routes.ts'
import type { EditorPage } from './article.ts'
import { flag, instant, line, optional } from './front-matter/field-kinds.ts'
import { type Finding, quote } from './front-matter/finding.ts'
import { withoutMarkdownEnding } from './hidden-name.ts'
import type { Problem } from './problem.ts'
import { type RawFile, readMarkdownFile } from './read-markdown-file.ts'

/** The front matter of `content/pages/<lang>/<name>.md`. Only `title` is required. */
export const pageSchema = z.strictObject({
  title: line('a title').describe('The headline, and the name of the link in the footer.'),
  description: optional(line('a sentence or two', 5000)).describe(
    'One or two plain sentences under the headline and for search engines. No Markdown.',
  ),
  updatedAt: optional(instant).describe('When the text last changed, for search engines.'),
  draft: optional(flag).describe('true: not finished, never served.'),
  noindex: optional(flag).describe('true: search engines are asked to leave the page out.'),
  inFooter: optional(flag).describe('false: no link in the footer. Left out: there is one.'),
})

/** Lower-case letters of any script and digits, in words joined by hyphens. */
const namePattern = /^[\p{Ll}\p{Lo}\p{N}]+(?:-[\p{Ll}\p{Lo}\p{N}]+)*$/u

/**
 * A page's file → the page, undefined while it is a draft. Pure. Throws `InvalidArticleError` with
 * every problem of the file, also when its name is an address that something else answers.
 */
export function parsePage(file: RawFile): {
  page: EditorPage | undefined
  bodyLine: number
  warnings: Problem[]
} {
  const [, folder, baseName = '', ...deeper] = file.path.normalize('NFC').split('/')
  const name = withoutMarkdownEnding(baseName)
  const locale = isLocale(folder) && deeper.length === 0 ? folder : undefined
  const { fields, body, bodyLine, warnings } = readMarkdownFile(
    file,
    { schema: pageSchema, essentialFields: new Set(['title', 'draft', 'noindex']) },
    () => checkPlace(file.path, locale, name),
  )
  const { title, description = '', updatedAt, draft, noindex, inFooter } = fields
  if (draft || !locale) return { page: undefined, bodyLine, warnings }
  const page = { locale, name, title, description, updatedAt, body }
  return {
    page: { ...page, noindex: noindex ?? false, inFooter: inFooter ?? true },
    bodyLine,
    warnings,
  }
}

function checkPlace(path: string, locale: Locale | undefined, name: string): Finding[] {
  const refuse = (found: string, expected: string): Finding[] => [
    { severity: 'error', field: 'file', line: 1, found: quote(found), expected },
  ]
  if (!locale) {
    return refuse(
      path,
      `a page in a folder of its language: pages/${locales.join('/… or pages/')}/…`,
    )
  }
  if (!namePattern.test(name) || name.length > 100) {
    return refuse(name, 'a name of lower-case letters, digits and single hyphens')
  }
  return isReservedName(name)
    ? refuse(name, `another name: the site itself answers at /${name}`)
    : []
}
