import { arrangeUpdates } from '#lib/markdown/live-updates.ts'
import { readBody } from '#lib/markdown/read-body.ts'
import type { BeginStage } from '#lib/node/answer-calls.ts'
import { toSegment } from '#lib/site/segment.ts'
import { site } from '#lib/site/site.ts'
import type { Article } from './article.ts'
import { type ArticleIdentity, articleIdentity, isSlug, localeOf } from './article-identity.ts'
import type { IngestMark } from './format-article.ts'
import { type Finding, quote } from './front-matter/finding.ts'
import { articleForm, type FrontMatter } from './front-matter/front-matter.ts'
import { tryBody } from './parse-limits.ts'
import { countWords, toPlainText } from './plain-text.ts'
import { InvalidArticleError, type Problem } from './problem.ts'
import { type RawFile, readMarkdownFile } from './read-markdown-file.ts'
import { findReview } from './review.ts'

export type ArticleFile = RawFile

/** What a content file holds. `plainText` has the body's words, as its page shows them. */
export type ParsedArticle = {
  article: Article
  plainText: string
  /** The body line for line as in the file; that of a live story is arranged anew in `article`. */
  writtenBody: string
  /** When an update that was left out is due, as a UTC instant: then the file is another article. */
  nextDueAt: string | undefined
  /** The line of the file on which the body begins. */
  bodyLine: number
  warnings: Problem[]
  /** Undefined in a file that ingest did not write. */
  ingestMark: IngestMark | undefined
}

/**
 * A content file → the article it holds, and what deserves attention in it. Pure: no disk, no clock.
 * Updates of a live story that are dated after `now` are left out; without `now`, as in a preview, none is.
 * Throws `InvalidArticleError` with every error and every warning of the file when it cannot become
 * an article; `frontMatterSchema` says which values are errors.
 */
export function parseArticle(file: ArticleFile, now?: Date): ParsedArticle {
  const identity = articleIdentity(file.path)
  let review: ReturnType<typeof findReview>
  const { fields, body, words, bodyLine, warnings } = readMarkdownFile(
    file,
    articleForm,
    (frontMatter, writtenBody) => {
      const findings = checkMeaning(identity, frontMatter)
      if (frontMatter?.review === undefined) return findings
      const locale = localeOf(frontMatter.lang, identity)
      review = findReview({ locale, fields: frontMatter, body: writtenBody })
      return review ? findings : [...findings, toVoidReview(frontMatter.review.by)]
    },
  )
  const read = { bodyLine, writtenBody: body, ingestMark: fields.ingest }
  if (fields.kind !== 'live') {
    const plainText = words ?? toPlainText(body)
    const article = toArticle(identity, fields, { body, plainText, review })
    return { ...read, article, plainText, warnings, nextDueAt: undefined }
  }
  const { publishedAt } = fields
  const arranged = arrangeUpdates(body, { publishedAt, timeZone: site().timeZone, now })
  const plainText =
    (words === undefined ? undefined : readBody(arranged.body).words) ?? toPlainText(arranged.body)
  const article = toArticle(identity, fields, { body: arranged.body, plainText, review })
  const { newestAt = publishedAt, nextDueAt } = arranged
  const problems = arranged.findings.map(({ line, ...finding }) => {
    return { ...finding, file: file.path, field: 'body', line: bodyLine + line - 1 }
  })
  return {
    ...read,
    // An update is an edit, whether the editor says so or not.
    article: newestAt > article.updatedAt ? { ...article, updatedAt: newestAt } : article,
    plainText,
    warnings: [...warnings, ...problems].sort((a, b) => a.line - b.line),
    nextDueAt,
  }
}

export type ParseAnswer = { parsed: ParsedArticle } | { problems: Problem[] }

/**
 * `parseArticle` for a thread of its own, because some files may never end; their bodies are tried as
 * well. Without a file only the thread is.
 */
export async function parseInThread(
  file: ArticleFile | undefined,
  beginStage: BeginStage,
): Promise<ParseAnswer> {
  if (!file) return { problems: [] }
  try {
    const parsed = parseArticle(file)
    const { body, locale } = parsed.article
    await tryBody(file.path, { body, locale, line: parsed.bodyLine }, beginStage)
    return { parsed }
  } catch (error) {
    if (error instanceof InvalidArticleError) return { problems: error.problems }
    throw error
  }
}

function toVoidReview(by: string): Finding {
  return {
    severity: 'warning',
    path: ['review'],
    found: `a review by ${quote(by)} of another text`,
    expected: 'a new review: the text has changed since, and readers see none',
  }
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
  {
    body,
    plainText,
    review,
  }: Pick<Article, 'body'> & {
    plainText: string
    review: ReturnType<typeof findReview>
  },
): Article {
  const { slug } = identity
  const { lang, coverImage, author, ingest: _, review: _written, ...fields } = frontMatter
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
    reviewedBy: review?.by,
    reviewedAt: review?.at,
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
