import type { Removal } from '#lib/article-index/writes/placement-writer.ts'
import type { Document } from './documents.ts'
import type { Query } from './fleet-database.ts'

/** A document as it is read, and whether there is more of it than was read. */
export type StoredDocument = Omit<Document, 'source'> & {
  revision: number
  /** In ms since 1970. */
  changedAt: number
  /** Bytes of the source; 0 when there is none. */
  sourceBytes: number
}

/** Documents and removals of one instant. */
export type Snapshot = {
  /** After a revision, in the order of their revisions. */
  listAfter(revision: number, limit: number): Promise<StoredDocument[]>
  listRemovalsAfter(revision: number): Promise<Removal[]>
  /** Without deleted ones: everything but articles, and the newest articles. */
  listNewest(articles: number): Promise<StoredDocument[]>
  /** All without deleted ones, the oldest first, in pieces. */
  listAll(): AsyncGenerator<StoredDocument[]>
  /** What documents were before, by their paths; without paths, of those that were deleted. */
  readFormerDigests(paths?: string[]): Promise<Map<string, string[]>>
  /** The sources of some documents, by their paths. */
  readSources(paths: string[]): Promise<Map<string, Uint8Array>>
  /** Which files have changed after a revision, in the order of their revisions. */
  listFiles(
    revision: number,
    limit: number,
  ): Promise<{ path: string; revision: number; deleted: boolean }[]>
  findState(): Promise<{ revision: number; documents: number }>
}

/** What `toStored` makes a document of. */
export const documentColumns = `path, revision::float8, digest, deleted,
  extract(epoch FROM changed_at)::float8 * 1000 AS changed_at, newest_at, prepared, prepared_version,
  coalesce(octet_length(source), 0) AS source_bytes`

/** So many documents are read at a time: some 5 MB. */
const documentsPerPiece = 1000

export function toSnapshot(run: Query): Snapshot {
  const list = async (sql: string, values: unknown[] = []) =>
    (await run(`SELECT ${documentColumns} FROM documents ${sql}`, values)).map(toStored)
  return {
    listAfter: (revision, limit) =>
      list('WHERE revision > $1 ORDER BY documents.revision LIMIT $2', [revision, limit]),

    async listRemovalsAfter(revision) {
      const rows = await run(
        'SELECT locale, kind, segment, removed_at FROM removals WHERE revision > $1',
        [revision],
      )
      return rows.map((row) => ({
        locale: String(row.locale),
        kind: String(row.kind),
        segment: String(row.segment),
        removedAt: Number(row.removed_at),
      }))
    },

    async listNewest(articles) {
      const others = await list('WHERE NOT deleted AND newest_at IS NULL ORDER BY path')
      const sql = 'WHERE NOT deleted AND newest_at IS NOT NULL ORDER BY newest_at DESC LIMIT $1'
      return [...others, ...(await list(sql, [articles]))]
    },

    async *listAll() {
      await run(`DECLARE everything NO SCROLL CURSOR FOR SELECT ${documentColumns} FROM documents
        WHERE NOT deleted ORDER BY newest_at NULLS FIRST`)
      for (;;) {
        const rows = await run(`FETCH ${documentsPerPiece} FROM everything`)
        if (rows.length === 0) return
        yield rows.map(toStored)
      }
    },

    async readSources(paths) {
      const rows = await run(
        'SELECT path, source FROM documents WHERE path = ANY($1) AND source IS NOT NULL',
        [paths],
      )
      return new Map(rows.map(({ path, source }) => [String(path), toBytes(source)]))
    },

    async listFiles(revision, limit) {
      const rows = await run(
        `SELECT path, revision::float8, deleted FROM documents WHERE revision > $1
         ORDER BY documents.revision LIMIT $2`,
        [revision, limit],
      )
      return rows.map(({ path, revision, deleted }) => ({
        path: String(path),
        revision: Number(revision),
        deleted: deleted === true,
      }))
    },

    async readFormerDigests(paths) {
      const which = paths ? 'path = ANY($1) AND NOT deleted' : 'deleted'
      const rows = await run(
        `SELECT path, former_digests FROM documents WHERE ${which}`,
        paths ? [paths] : [],
      )
      return new Map(rows.map((row) => [String(row.path), row.former_digests as string[]]))
    },

    async findState() {
      const [row] = await run(`SELECT revision::float8,
        (SELECT count(*) FROM documents WHERE NOT deleted)::float8 AS documents FROM state`)
      return { revision: Number(row?.revision), documents: Number(row?.documents) }
    },
  }
}

export function toStored(row: Record<string, unknown>): StoredDocument {
  return {
    path: String(row.path),
    revision: Number(row.revision),
    digest: String(row.digest),
    deleted: row.deleted === true,
    changedAt: Math.floor(Number(row.changed_at)),
    newestAt: row.newest_at === null ? undefined : Number(row.newest_at),
    prepared: row.prepared === null ? undefined : toBytes(row.prepared),
    preparedVersion: row.prepared_version === null ? undefined : String(row.prepared_version),
    sourceBytes: Number(row.source_bytes),
  }
}

function toBytes(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw new TypeError('The column holds no bytes')
  return value
}
