import { promisify } from 'node:util'
import { zstdCompress, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { reasonOf } from './describe-error.ts'
import type { Log } from './log.ts'
import { isUnusable, openDatabase, removeDatabase } from './sqlite.ts'

/** Bytes as they are kept, with what their owner notes about them. */
type Blob = { body: Uint8Array; facts: string }

/**
 * Bytes by key in a file, so that a restart finds them again and several processes share them. It is
 * only ever a help: when the disk is full, the file damaged or locked, it finds nothing and keeps
 * nothing.
 */
export type BlobStore = {
  find(key: string): Blob | undefined
  /** Large bodies are compressed in another thread first, and are found a moment later. */
  write(key: string, blob: Blob): void
  forget(key: string): void
  /** Of compressed bodies, also those of other namespaces. */
  byteLength(): number
  close(): void
}

export type BlobStoreOptions = {
  /** The SQLite file; made when missing, replaced when damaged or of another version. */
  file: string
  /** What is kept, as messages name it: `Pages`. */
  what: string
  /** The limit, in bytes after compression; the least recently used are removed first. */
  maxBytes: number
  /** What the blobs belong to, such as a build. Those of others are not found. */
  namespace: string
  now: () => Date
  log: Log
}

/** Of the tables. */
const version = 4

const tables = `
  CREATE TABLE blobs (
    namespace TEXT NOT NULL,
    key TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    facts TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (namespace, key)
  ) STRICT;
  CREATE INDEX blobs_by_use ON blobs (used_at);
`

/** What belongs to another namespace is let go when nobody has asked for it this long, in ms. */
const foreignLifetime = 60 * 60 * 1000

/** How precisely the last use is known, in ms: what is asked for often is not written often. */
const usePrecision = 10 * 60 * 1000

/** After a failure the disk is left alone this long, in ms. */
const restAfterFailure = 30_000

/** Compressing more than this, in bytes, would hold up the thread for milliseconds. */
const largeBytes = 256 * 1024

const compressInThread = promisify<Uint8Array, Buffer>(zstdCompress)

export function openBlobStore(options: BlobStoreOptions): BlobStore {
  const { namespace, what, now, log } = options
  let connection: Connection | undefined
  let restsUntil = 0
  let isClosed = false

  /** Does something with the file. What fails is logged, and the file is left alone for a while. */
  function attempt<Result>(work: (connection: Connection) => Result): Result | undefined {
    if (isClosed || now().getTime() < restsUntil) return undefined
    try {
      connection ??= connect(options)
      return work(connection)
    } catch (error) {
      log.warn(`${what} are not kept on disk for now: ${reasonOf(error)}`)
      restsUntil = now().getTime() + restAfterFailure
      disconnect()
      if (isUnusable(error)) removeDatabase(options.file)
      return undefined
    }
  }

  function disconnect(): void {
    connection?.db.close()
    connection = undefined
  }

  function writeCompressed(key: string, facts: string, compressed: Uint8Array): void {
    attempt(({ statements, shrink }) => {
      const bytes = compressed.length + facts.length
      statements.write.run(namespace, key, now().getTime(), bytes, facts, compressed)
      shrink()
    })
  }

  attempt(({ prune }) => prune())

  return {
    find: (key) =>
      attempt(({ statements }) => {
        const row = statements.find.get(namespace, key)
        if (!row || !(row.body instanceof Uint8Array)) return undefined
        const time = now().getTime()
        if (time - Number(row.used_at) > usePrecision) statements.use.run(time, namespace, key)
        return { facts: String(row.facts), body: zstdDecompressSync(row.body) }
      }),

    write(key, { body, facts }) {
      if (body.length <= largeBytes) return writeCompressed(key, facts, zstdCompressSync(body))
      compressInThread(body).then(
        (compressed) => writeCompressed(key, facts, compressed),
        (error) => log.warn(`${what} cannot be compressed: ${error.message}`),
      )
    },

    forget(key) {
      attempt(({ statements }) => statements.forget.run(namespace, key))
    },

    byteLength: () => attempt(({ sum }) => sum()) ?? 0,
    close() {
      isClosed = true
      disconnect()
    },
  }
}

type Connection = ReturnType<typeof connect>

function connect({ file, what, maxBytes, namespace, now, log }: BlobStoreOptions) {
  const db = openDatabase({
    file,
    version,
    create: (created) => created.exec(tables),
    // What a power cut loses is made again, so nothing waits for the disk.
    synchronous: 'OFF',
    busyTimeoutMs: 50,
    // Checking a larger file would delay the start. Its damage is found when a query meets it.
    checkUpToBytes: 16 * 1024 * 1024,
    whenUnusable: 'delete',
    onUnusable: (reason) => log.info(`${what} kept in ${file} are deleted: ${reason}.`),
  })
  const statements = {
    find: db.prepare('SELECT used_at, facts, body FROM blobs WHERE namespace = ? AND key = ?'),
    use: db.prepare('UPDATE blobs SET used_at = ? WHERE namespace = ? AND key = ?'),
    write: db.prepare('INSERT OR REPLACE INTO blobs VALUES (?, ?, ?, ?, ?, ?)'),
    forget: db.prepare('DELETE FROM blobs WHERE namespace = ? AND key = ?'),
    sum: db.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM blobs'),
    forgetForeign: db.prepare('DELETE FROM blobs WHERE namespace <> ? AND used_at < ?'),
    forgetOldest: db.prepare(`DELETE FROM blobs WHERE rowid IN
      (SELECT rowid FROM blobs ORDER BY used_at LIMIT 64)`),
  }
  const sum = () => Number(statements.sum.get()?.bytes ?? 0)
  let writesUntilCount = 0
  let known = sum()

  /** Other processes write as well, so the sum is taken afresh now and then. */
  function shrink(): void {
    writesUntilCount -= 1
    if (writesUntilCount > 0 && known < maxBytes) return
    for (known = sum(); known > maxBytes; known = sum()) statements.forgetOldest.run()
    // As many as would fill a twentieth of the room, at some 8 KB each.
    writesUntilCount = Math.max(1, Math.floor((maxBytes - known) / 20 / 8192))
  }

  return {
    db,
    statements,
    sum,
    shrink,
    prune() {
      statements.forgetForeign.run(namespace, now().getTime() - foreignLifetime)
      shrink()
    },
  }
}
