import { createHash } from 'node:crypto'
import type { Article } from '#lib/content/article.ts'
import { formatArticle } from '#lib/content/format-article.ts'
import { type ParsedArticle, parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import type { KnownArticle } from '../state/article-table.ts'
import { toKnownArticle } from '../state/known-article.ts'
import type { ComposedArticle } from './compose-article.ts'

/** The text of an article's file, and what the store keeps of it, its stamp still empty. */
export type ComposedFile = { text: string; known: KnownArticle }

/** An article in the content folder, and who wrote its file last. */
export type ExistingArticle = {
  article: Article
  owner: 'ingest' | 'person'
  /** Of the story that the article was written from. */
  fingerprint: string
}

/** The file of an article, or why it could not be read back as one. */
export function composeArticleFile(
  path: string,
  article: ComposedArticle,
  fingerprint: string,
): ComposedFile | { problems: Problem[] } {
  const text = formatWithChecksum(article, fingerprint)
  const parsed = tryToParse(path, new TextEncoder().encode(text))
  if (parsed instanceof InvalidArticleError) return { problems: parsed.problems }
  return { text, known: toKnownArticle({ path, stamp: '', fingerprint }, parsed.article) }
}

/** The article in a file; undefined when the file holds none. */
export function parseExistingArticle(path: string, bytes: Uint8Array): ExistingArticle | undefined {
  const parsed = tryToParse(path, bytes)
  if (parsed instanceof InvalidArticleError) return undefined
  const owner = hasValidChecksum(bytes) ? 'ingest' : 'person'
  return { article: parsed.article, owner, fingerprint: parsed.ingestMark?.story ?? '' }
}

function tryToParse(path: string, bytes: Uint8Array): ParsedArticle | InvalidArticleError {
  try {
    return parseArticle({ path, bytes })
  } catch (cause) {
    if (cause instanceof InvalidArticleError) return cause
    throw cause
  }
}

/**
 * The text of an article's file with a checksum of everything else in the file, in the field
 * `ingest.seal`. While the checksum is valid, nobody has edited the file, and ingest may write it
 * again. The checksum is in the file itself, so that it survives the loss of the data folder and
 * stays valid where the file is copied to.
 */
function formatWithChecksum(article: ComposedArticle, fingerprint: string): string {
  const seal = toChecksum(formatArticle(article, { story: fingerprint, seal: undefined }))
  return formatArticle(article, { story: fingerprint, seal })
}

/** Whether the file is as ingest wrote it. False for a file without a checksum. */
export function hasValidChecksum(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes)
  const end = text.indexOf('\n---\n')
  // Found in the text, not in parsed YAML: the line must be as ingest writes it to be valid anyway.
  const line = /\n {2}seal: '?([\da-f]+)'?(?=\n)/.exec(text.slice(0, end + 1))
  if (!line) return false
  const rest = text.slice(0, line.index) + text.slice(line.index + line[0].length)
  return toChecksum(rest) === line[1]
}

function toChecksum(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24)
}
