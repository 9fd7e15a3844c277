import { toSegment } from '#lib/site/segment.ts'
import type { Article } from './article.ts'
import { type ArticleIdentity, articleIdentity, isSlug, localeOf } from './article-identity.ts'
import type { IngestMark } from './format-article.ts'
import { type Finding, quote } from './front-matter/finding.ts'
import { articleForm, type FrontMatter } from './front-matter/front-matter.ts'
import { countWords, toPlainText } from './plain-text.ts'
import type { Problem } from './problem.ts'
import { type RawFile, readMarkdownFile } from './read-markdown-file.ts'

export type ArticleFile = RawFile

/** What a content file holds. `plainText` has the body's words, as its page shows them. */
export type ParsedArticle = {
  article: Article
  plainText: string
  /** The line of the file on which the body begins. */
  bodyLine: number
  warnings: Problem[]
  /** Undefined in a file that ingest did not write. */
  ingestMark: IngestMark | undefined
}

/**
 * A content file → the article it holds, and what deserves attention in it. Pure: no disk, no clock.
 * Throws `InvalidArticleError` with every error and every warning of the file when it cannot become
 * an article; `frontMatterSchema` says which values are errors.
 */
export function parseArticle(file: ArticleFile): ParsedArticle {
  const identity = articleIdentity(file.path)
  const { fields, body, words, bodyLine, warnings } = readMarkdownFile(
    file,
    articleForm,
    (frontMatter) => checkMeaning(identity, frontMatter),
  )
  const plainText = words ?? toPlainText(body)
  const article = toArticle(identity, fields, { body, plainText })
  return { article, plainText, bodyLine, warnings, ingestMark: fields.ingest }
}

/** What only shows when path and front matter are seen together. */
function checkMeaning(
  { slug, hintedLocale }: ArticleIdentity,
  frontMatter: FrontMatter | undefined,
): Finding[] {
  const findings: Finding[] = []
  const warn = (field: string, found: string, expected: string) => {
    findings.push({ severity: 'warning', path: [field], found: quote(found), expected })
  }
  if (!isSlug(slug)) {
    const expected =
      'a file name without white space, / \\ ? # %, control characters or a leading dot'
    findings.push({ severity: 'error', field: 'file', line: 1, found: quote(slug), expected })
  }
  if (!frontMatter) return findings
  const { lang, aliases, publishedAt, updatedAt } = frontMatter
  if (lang !== undefined && hintedLocale !== undefined && lang !== hintedLocale) {
    warn('lang', lang, `${hintedLocale}, as the path says; ${lang} is taken`)
  }
  if (updatedAt !== undefined && updatedAt < publishedAt) {
    warn(
      'updatedAt',
      updatedAt,
      `an instant that is not before publishedAt; ${publishedAt} is taken`,
    )
  }
  if (aliases?.includes(slug)) warn('aliases', slug, 'former slugs only, not the present one')
  return findings
}

/**
 * A field goes into the article under its own name unless it is named here, so a new one needs nothing
 * in this function.
 */
function toArticle(
  identity: ArticleIdentity,
  frontMatter: FrontMatter,
  { body, plainText }: { body: string; plainText: string },
): Article {
  const { slug } = identity
  const { lang, coverImage, author, ingest: _, ...fields } = frontMatter
  const { publishedAt, updatedAt = publishedAt, tags = [], aliases = [] } = fields
  const authors = [author, ...(fields.authors ?? [])].filter((name) => name !== undefined)
  return {
    ...fields,
    slug,
    locale: localeOf(lang, identity),
    description: fields.description ?? '',
    // A correction is an edit, whether the author says so or not. Such instants sort as text.
    updatedAt:
      [publishedAt, updatedAt, ...(fields.corrections ?? []).map(({ at }) => at)].sort().at(-1) ??
      publishedAt,
    tags: distinctTopics(tags),
    alsoReportedBy: fields.alsoReportedBy ?? [],
    authors: [...new Set(authors)],
    stickyWeight: fields.stickyWeight ?? 0,
    score: fields.score ?? 0,
    cover: coverImage,
    aliases: [...new Set(aliases)].filter((alias) => alias !== slug),
    corrections: fields.corrections ?? [],
    noindex: fields.noindex ?? false,
    draft: fields.draft ?? false,
    withdrawn: fields.withdrawn ?? false,
    wordCount: countWords(plainText),
    body,
  }
}

/** Tags that share an address count once; the first spelling stays. */
function distinctTopics(names: string[]): string[] {
  const bySegment = new Map<string, string>()
  for (const name of names) {
    const segment = toSegment(name)
    if (!bySegment.has(segment)) bySegment.set(segment, name)
  }
  return [...bySegment.values()]
}
