import { findEncoding } from './encoding/decode-text.ts'
import { repairEncoding } from './encoding/repair-encoding.ts'
import { type ArticleFile, parseArticle } from './parse-article.ts'
import { InvalidArticleError } from './problem.ts'

/**
 * The file with its broken encodings repaired, as UTF-8 without byte order mark; undefined when
 * there is nothing to repair. Line ends, quoting and everything else stay as they are, byte for
 * byte: what is put in is never ASCII, so it cannot disturb the quotes around it.
 *
 * The repaired file parses to the same article. Where that is not so, or where bytes are not UTF-8
 * and would be lost, the file is left alone.
 */
export function repairFile(bytes: Uint8Array): Uint8Array | undefined {
  const text = decodeExactly(bytes)
  if (text === undefined) return undefined
  const repaired = new TextEncoder().encode(text.split(lineEnds).map(repairEncoding).join(''))
  return isSame(repaired, bytes) || !isSameArticle(bytes, repaired) ? undefined : repaired
}

/** Splitting keeps the line ends, so that `\r` never stands between two broken characters. */
const lineEnds = /(\r\n?|\n)/

function decodeExactly(bytes: Uint8Array): string | undefined {
  const encoding = findEncoding(bytes)
  if (encoding === undefined) return undefined
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function isSameArticle(before: Uint8Array, after: Uint8Array): boolean {
  return (
    summarise({ path: 'same.md', bytes: before }) === summarise({ path: 'same.md', bytes: after })
  )
}

/** The article, or the errors that keep it from being one. */
function summarise(file: ArticleFile): string {
  try {
    return JSON.stringify(parseArticle(file).article)
  } catch (cause) {
    if (!(cause instanceof InvalidArticleError)) throw cause
    return JSON.stringify(cause.problems.filter(({ severity }) => severity === 'error'))
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at])
}
