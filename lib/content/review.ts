import { createHash } from 'node:crypto'
import type { Locale } from '#lib/site/locales.ts'
import { articleIdentity, localeOf } from './article-identity.ts'
import { articleForm, type FrontMatter } from './front-matter/front-matter.ts'
import { type RawFile, readMarkdownFile } from './read-markdown-file.ts'

/**
 * The fields that a review does not cover: they say when and where an article is shown, how it is
 * paired with others, and who wrote the file last. Every other field is covered, so a new one is too.
 */
const uncoveredFields = new Set<keyof FrontMatter>([
  'review',
  'ingest',
  'publishedAt',
  'updatedAt',
  'draft',
  'draftReason',
  'withdrawn',
  'stickyWeight',
  'pinnedUntil',
  'breakingUntil',
  'score',
  'noindex',
  'canonicalUrl',
  'aliases',
  'externalId',
  'translationKey',
  'storyKey',
  'proposedStoryKey',
  'lang',
  'author',
])

/** What a reader reads of an article: its language, its front matter as parsed, its body as written. */
export type ReviewedText = { locale: Locale; fields: FrontMatter; body: string }

/**
 * The digest of all that a reader reads: title, description, body, cover with alt text and credit,
 * sources, authors, tags, corrections, what a model did. Quotes, order, comments, line ends, Unicode
 * form and blank lines around the body do not change it. SHA-256 as base64url.
 */
function toReviewDigest({ locale, fields, body }: ReviewedText): string {
  const { author, authors = [] } = fields
  const covered = {
    ...Object.fromEntries(
      Object.entries(fields).filter(([name]) => !uncoveredFields.has(name as keyof FrontMatter)),
    ),
    authors: [...new Set(author === undefined ? authors : [author, ...authors])],
    locale,
    body: body
      .replaceAll('\r\n', '\n')
      .replace(/^(?:[ \t]*\n)+/, '')
      .trimEnd(),
  }
  const text = JSON.stringify(toCanonical(covered)).normalize('NFC')
  return createHash('sha256').update(`dateline review 1\n${text}`).digest('base64url')
}

/** Keys in order, without what says nothing: undefined, empty texts and lists, empty mappings. */
function toCanonical(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map((one) => toCanonical(one) ?? null)
  }
  if (typeof value !== 'object' || value === null) return value === '' ? undefined : value
  const kept = Object.entries(value)
    .map(([key, part]) => [key, toCanonical(part)] as const)
    .filter(([, part]) => part !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return kept.length === 0 ? undefined : Object.fromEntries(kept)
}

/**
 * The review of a text, if the text is still the one that was reviewed; undefined when there is none
 * or when anything has changed since. The one place that decides whether readers see a review.
 */
export function findReview(text: ReviewedText): { by: string; at: string } | undefined {
  const { review } = text.fields
  if (!review || review.digest !== toReviewDigest(text)) return undefined
  return { by: review.by, at: review.at }
}

/** The digest of the text in an article's file. Throws `InvalidArticleError` for a file that holds none. */
export function reviewDigestOf(file: RawFile): string {
  const identity = articleIdentity(file.path)
  let digest = ''
  readMarkdownFile(file, articleForm, (fields, body) => {
    if (fields) digest = toReviewDigest({ locale: localeOf(fields.lang, identity), fields, body })
    return []
  })
  return digest
}
