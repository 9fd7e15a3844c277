import { LRUCache } from 'lru-cache'
import { toFileDigest } from '#lib/content/content-file.ts'
import { type ParsedArticle, parseArticle } from '#lib/content/parse-article.ts'
import { parseArticleInWorker } from '#lib/content/parse-article-in-worker.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import type { RawFile } from '#lib/content/read-markdown-file.ts'
import { mayTakeLong } from '#lib/markdown/compile-limits.ts'

/** Files up to this size are parsed in a few ms where they are asked for, larger ones in a thread. */
const mostParsedHere = 32 * 1024

/** By path and digest, at most 2 MB of files, twice the longest body; the least recently used are removed first. */
const held = new LRUCache<string, Promise<ParsedArticle>>({ maxSize: 2 * 1024 * 1024 })

/**
 * `parseArticle`, once for the same bytes at the same path: a page of the desk asks several times, and an
 * editor looks again and again. What comes back is shared, so nobody changes it. Throws
 * `InvalidArticleError`, also for a file that takes too long.
 */
export function parseOnce(file: RawFile): Promise<ParsedArticle> {
  const key = `${file.path} ${toFileDigest(file.bytes)}`
  const known = held.get(key)
  if (known) return known
  const parsed = parse(file)
  held.set(key, parsed, { size: file.bytes.byteLength || 1 })
  // What failed for another reason than the file itself is tried again.
  parsed.catch((error) => {
    if (!(error instanceof InvalidArticleError)) held.delete(key)
  })
  return parsed
}

async function parse(file: RawFile): Promise<ParsedArticle> {
  const isSmall = file.bytes.byteLength <= mostParsedHere
  return isSmall && !mayTakeLong(new TextDecoder().decode(file.bytes))
    ? parseArticle(file)
    : parseArticleInWorker(file)
}
