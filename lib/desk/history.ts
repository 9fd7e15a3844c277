import type { DatabaseSync } from 'node:sqlite'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { toFileDigest } from '#lib/content/content-file.ts'
import { createTransact, numberOf, optionalTextOf, type Row, textOf } from '#lib/node/sqlite.ts'

/**
 * How a revision came about. `found`: in the folder, written by somebody else. `overwritten`: written by
 * a foreign process in the moment in which the desk replaced the file; it was in the file for that long.
 */
const revisionKinds = ['desk', 'restore', 'ingest', 'found', 'overwritten'] as const
export type RevisionKind = (typeof revisionKinds)[number]

/** One state of a content file. `digest` and `byteLength` are undefined for a file that was deleted. */
export type Revision = {
  id: number
  /** Relative to the content folder. */
  path: string
  digest: string | undefined
  byteLength: number | undefined
  kind: RevisionKind
  /** Who made it, as people read it. Empty for what was found. */
  by: string
  /** What was done, in words. */
  note: string | undefined
  /** UTC instant. */
  at: string
}

export type NewRevision = Pick<Revision, 'path' | 'kind' | 'by' | 'note' | 'at'> & {
  /** Undefined for a file that was deleted. */
  bytes: Uint8Array | undefined
}

export const historyTables = `
  -- Deflated bytes, once for each content.
  CREATE TABLE content (
    digest TEXT PRIMARY KEY,
    byte_length INTEGER NOT NULL,
    deflated BLOB NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE revision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL,
    -- NULL: the file was deleted.
    digest TEXT,
    kind TEXT NOT NULL,
    made_by TEXT NOT NULL,
    note TEXT,
    at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX revision_by_path ON revision (path, id);
  CREATE INDEX revision_by_digest ON revision (digest);

  -- How much the contents take, so that nobody has to count them.
  CREATE TABLE size (only INTEGER PRIMARY KEY CHECK (only = 1), bytes INTEGER NOT NULL) STRICT;
  INSERT INTO size VALUES (1, 0);

  -- The files as they were when the folder was last looked through.
  CREATE TABLE seen (path TEXT PRIMARY KEY, stamp TEXT NOT NULL) STRICT, WITHOUT ROWID;
`

export type History = ReturnType<typeof openHistory>

/**
 * The revisions of content files. `maxBytes` is what their deflated contents may take together: beyond
 * it the oldest revisions go, and never the newest of a file.
 */
export function openHistory(db: DatabaseSync, { maxBytes }: { maxBytes: number }) {
  const transact = createTransact(db)
  const columns = 'id, path, revision.digest, byte_length, kind, made_by, note, at'
  const joined = `SELECT ${columns} FROM revision LEFT JOIN content USING (digest)`
  const latest = db.prepare(`${joined} WHERE path = ? ORDER BY id DESC LIMIT 1`)
  const ofPath = db.prepare(`${joined} WHERE path = ? AND id < ? ORDER BY id DESC LIMIT ?`)
  const ofAll = db.prepare(`${joined} WHERE id < ? ORDER BY id DESC LIMIT ?`)
  const byId = db.prepare(`${joined} WHERE id = ?`)
  const before = db.prepare(`${joined} WHERE path = ? AND id < ? ORDER BY id DESC LIMIT 1`)
  const findContent = db.prepare('SELECT deflated FROM content WHERE digest = ?')
  const insert = db.prepare(
    'INSERT INTO revision (path, digest, kind, made_by, note, at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const addContent = db.prepare('INSERT OR IGNORE INTO content VALUES (?, ?, ?)')
  const grow = db.prepare('UPDATE size SET bytes = bytes + ?')
  const size = db.prepare('SELECT bytes FROM size')
  const oldest = db.prepare(
    `SELECT id, digest FROM revision WHERE id < (
       SELECT max(id) FROM revision AS newer WHERE newer.path = revision.path)
     ORDER BY id LIMIT 100`,
  )
  const remove = db.prepare('DELETE FROM revision WHERE id = ?')
  const removeContent = db.prepare(
    `DELETE FROM content WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM revision WHERE digest = ?1)
     RETURNING length(deflated) AS freed`,
  )
  const listSeen = db.prepare('SELECT path, stamp FROM seen')
  const putSeen = db.prepare('INSERT OR REPLACE INTO seen VALUES (?, ?)')
  const removeSeen = db.prepare('DELETE FROM seen WHERE path = ?')
  const byteLength = () => numberOf(size.get() ?? {}, 'bytes')

  function findLatest(path: string): Revision | undefined {
    const row = latest.get(path)
    return row && toRevision(row)
  }

  /** The oldest revisions go, a hundred at a time, until the rest is small enough. */
  function prune(): void {
    while (byteLength() > maxBytes) {
      const rows = oldest.all()
      if (rows.length === 0) return
      for (const row of rows) {
        if (byteLength() <= maxBytes) return
        remove.run(numberOf(row, 'id'))
        const digest = optionalTextOf(row, 'digest')
        const freed = digest === undefined ? undefined : removeContent.get(digest)
        if (freed) grow.run(-numberOf(freed, 'freed'))
      }
    }
  }

  return {
    /**
     * Adds a revision, unless the file's newest one has the same bytes. Answers the newest revision of
     * the file, be it the new one or that.
     */
    record({ path, bytes, kind, by, note, at }: NewRevision): Revision {
      const digest = bytes && toFileDigest(bytes)
      return transact(() => {
        const known = findLatest(path)
        if (known && known.digest === digest) return known
        if (bytes && digest !== undefined && !findContent.get(digest)) {
          const deflated = deflateRawSync(bytes)
          addContent.run(digest, bytes.length, deflated)
          grow.run(deflated.length)
        }
        const { lastInsertRowid } = insert.run(path, digest ?? null, kind, by, note ?? null, at)
        prune()
        const id = Number(lastInsertRowid)
        return { id, path, digest, byteLength: bytes?.length, kind, by, note, at }
      })
    },
    findLatest,
    find(id: number): Revision | undefined {
      const row = byId.get(id)
      return row && toRevision(row)
    },
    /** The revision of the same file before this one. */
    findBefore({ path, id }: Pick<Revision, 'path' | 'id'>): Revision | undefined {
      const row = before.get(path, id)
      return row && toRevision(row)
    },
    /** The newest first, those older than the revision `before`; of every file without a path. */
    list({
      path,
      before: beforeId = Number.MAX_SAFE_INTEGER,
      limit = 50,
    }: {
      path?: string
      before?: number
      limit?: number
    }): Revision[] {
      const rows =
        path === undefined ? ofAll.all(beforeId, limit) : ofPath.all(path, beforeId, limit)
      return rows.map(toRevision)
    },
    /** The bytes that have a digest; undefined when no revision has them any more. */
    read(digest: string): Uint8Array | undefined {
      const deflated = findContent.get(digest)?.deflated
      return deflated instanceof Uint8Array ? inflateRawSync(deflated) : undefined
    },
    /** The stamp of each file when the folder was last looked through, by path. */
    mapSeen: () =>
      new Map(listSeen.all().map((row) => [textOf(row, 'path'), textOf(row, 'stamp')])),
    /** Undefined for a file that is gone. */
    setSeen(path: string, stamp: string | undefined): void {
      if (stamp === undefined) removeSeen.run(path)
      else putSeen.run(path, stamp)
    },
    /** What the deflated contents take. */
    byteLength,
  }
}

function toRevision(row: Row): Revision {
  const kind = textOf(row, 'kind')
  return {
    id: numberOf(row, 'id'),
    path: textOf(row, 'path'),
    digest: optionalTextOf(row, 'digest'),
    byteLength: row.byte_length === null ? undefined : numberOf(row, 'byte_length'),
    kind: revisionKinds.find((one) => one === kind) ?? 'found',
    by: textOf(row, 'made_by'),
    note: optionalTextOf(row, 'note'),
    at: textOf(row, 'at'),
  }
}
