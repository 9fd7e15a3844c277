import { toFileDigest } from '#lib/content/content-file.ts'
import { type ParsedArticle, parseArticle } from '#lib/content/parse-article.ts'
import { parseArticleInWorker } from '#lib/content/parse-article-in-worker.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import type { RawFile } from '#lib/content/read-markdown-file.ts'
import { mayTakeLong } from '#lib/markdown/compile-limits.ts'

/** Files up to this size are parsed in a few ms where they are asked for, larger ones in a thread. */
const mostParsedHere = 32 * 1024

/** What is held, in bytes of the files. */
const mostHeld = 2 * 1024 * 1024

/** By path and digest. A Map keeps insertion order: the first has not been asked for the longest. */
const held = new Map<string, { parsed: Promise<ParsedArticle>; bytes: number }>()
let heldBytes = 0

/**
 * `parseArticle`, once for the same bytes at the same path: a page of the desk asks several times, and an
 * editor looks again and again. What comes back is shared, so nobody changes it. Throws
 * `InvalidArticleError`, also for a file that takes too long.
 */
export function parseOnce(file: RawFile): Promise<ParsedArticle> {
  const key = `${file.path} ${toFileDigest(file.bytes)}`
  const entry = held.get(key) ?? { parsed: parse(file), bytes: file.bytes.byteLength }
  if (held.delete(key)) heldBytes -= entry.bytes
  held.set(key, entry)
  heldBytes += entry.bytes
  // What failed for another reason than the file itself is tried again.
  entry.parsed.catch((error) => {
    if (!(error instanceof InvalidArticleError)) forget(key)
  })
  for (const [oldest] of held) {
    if (heldBytes <= mostHeld || oldest === key) break
    forget(oldest)
  }
  return entry.parsed
}

function forget(key: string): void {
  heldBytes -= held.get(key)?.bytes ?? 0
  held.delete(key)
}

async function parse(file: RawFile): Promise<ParsedArticle> {
  const isSmall = file.bytes.byteLength <= mostParsedHere
  return isSmall && !mayTakeLong(new TextDecoder().decode(file.bytes))
    ? parseArticle(file)
    : parseArticleInWorker(file)
}
