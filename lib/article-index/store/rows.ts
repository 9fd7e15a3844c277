import type { SQLOutputValue } from 'node:sqlite'
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { Article, ArticleSummary } from '#lib/content/article.ts'
import { type Row, textOf } from '#lib/node/sqlite.ts'

/** The body has a column of its own; fields that are undefined are absent when read back. */
export function toSummaryColumn(article: Article): string {
  const { body: _, ...summary } = article
  return JSON.stringify(summary)
}

/** The column was written by `toSummaryColumn` under the same schema version. */
export function toSummary(row: Row): ArticleSummary {
  return JSON.parse(textOf(row, 'summary'))
}

export function toArticle(row: Row): Article {
  return { ...toSummary(row), body: toBody(row.body) }
}

/**
 * Level 1: 40 µs for 4 KB, to about a third. Level 3 is no smaller on texts this short. With its own
 * pieces of 64 KB the compressor takes three times as long, most of it to clear them away. A copy,
 * because all of a piece goes along to another thread.
 */
export function toBodyColumn(body: string): Uint8Array {
  const bytes = Buffer.from(body)
  return new Uint8Array(
    zstdCompressSync(bytes, {
      params: { [constants.ZSTD_c_compressionLevel]: 1 },
      pledgedSrcSize: bytes.length,
      chunkSize: largestCompressed(bytes.length),
    }),
  )
}

/** Bytes that Zstandard takes at most (`ZSTD_COMPRESSBOUND` of zstd.h). */
const largestCompressed = (length: number) => length + Math.ceil(length / 256) + 512

function toBody(column: SQLOutputValue | undefined): string {
  if (!(column instanceof Uint8Array)) throw new TypeError('Column body holds no bytes')
  return zstdDecompressSync(column).toString('utf8')
}
