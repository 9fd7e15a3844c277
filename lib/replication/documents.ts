import { constants, crc32, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { schemaVersion } from '#lib/article-index/store/schema.ts'
import type { FileChange, IndexedFile } from '#lib/article-index/writes/article-writer.ts'
import { site } from '#lib/site/site.ts'

/** A content file as it is kept in the database. */
export type Document = {
  path: string
  /** As the index keeps it. */
  digest: string
  deleted: boolean
  /** Of an article: when it is published, in ms since 1970. */
  newestAt: number | undefined
  /** The file's bytes; undefined when it is deleted, or could not be read. */
  source: Uint8Array | undefined
  /** What the code of `preparedVersion` makes of it; see `toChange`. */
  prepared: Uint8Array | undefined
  preparedVersion: string | undefined
}

/** A change that says what a file holds now, or that it is gone. */
export type ContentChange = Exclude<FileChange, { kind: 'touched' }>

/**
 * What makes rows of a file here: our code, and the publication, whose languages and sections a file is
 * read by. Rows of another version are not taken; the file is parsed here instead.
 */
export const preparedVersion = [schemaVersion, crc32(JSON.stringify(site()))]
  .map((number) => number.toString(36))
  .join('-')

/** Throws when the change lacks the bytes of its file: they are what the database is for. */
export function toDocument(change: ContentChange): Document {
  if (change.kind === 'gone') {
    return {
      path: change.path,
      digest: '',
      deleted: true,
      newestAt: undefined,
      source: undefined,
      prepared: undefined,
      preparedVersion: undefined,
    }
  }
  const { path, digest, bytes } = change.file
  if (!bytes && change.kind !== 'invalid') throw new Error(`${path} was read without its bytes`)
  return {
    path,
    digest,
    deleted: false,
    newestAt: change.kind === 'article' ? change.article.publishedAt : undefined,
    source: bytes,
    prepared: pack(change),
    preparedVersion,
  }
}

type Stored = Pick<Document, 'path' | 'digest' | 'deleted' | 'prepared' | 'preparedVersion'> & {
  sourceBytes: number
}

/** Whether `toChange` answers a change. What is wrong with a file that could not be read is the same for any code. */
export const isPrepared = ({ deleted, prepared, preparedVersion: version, sourceBytes }: Stored) =>
  deleted || (prepared !== undefined && (version === preparedVersion || sourceBytes === 0))

/**
 * The change that brings a document into an index, or undefined when this code has to make it of the
 * document's source. The file has no fingerprint: it is no file of this machine.
 */
export function toChange(document: Stored): ContentChange | undefined {
  const { path, digest, deleted, prepared } = document
  if (deleted) return { kind: 'gone', path }
  if (!prepared || !isPrepared(document)) return undefined
  return unpack({ path, fingerprint: '', digest }, prepared)
}

/** JSON, compressed at level 1. */
function pack(change: Exclude<ContentChange, { kind: 'gone' }>): Uint8Array {
  const { file: _, ...rest } = change
  const bytes = Buffer.from(JSON.stringify(rest))
  return zstdCompressSync(bytes, {
    params: { [constants.ZSTD_c_compressionLevel]: 1 },
    pledgedSrcSize: bytes.length,
  })
}

/** It was written by `pack` under the same version. */
function unpack(file: IndexedFile, prepared: Uint8Array): ContentChange {
  return { ...JSON.parse(zstdDecompressSync(prepared).toString('utf8')), file }
}
