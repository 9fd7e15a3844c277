import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { z } from 'zod'
import type { Log } from '#lib/node/log.ts'
import { isUnusable, openDatabase, removeDatabase } from '#lib/node/sqlite.ts'
import type { CachedPage } from './page-cache.ts'

/** A page as it lies on disk, with the answers it was made from as the cache gave them: plain JSON. */
export type StoredPage<Answer> = { page: CachedPage; answers: Answer[] }

/**
 * Pages on disk, so that a restart finds them again and several servers share them. It is only ever
 * a help: when the disk is full, the file damaged or locked, it finds nothing and keeps nothing.
 */
export type PageStore<Answer> = {
  find(path: string): StoredPage<Answer> | undefined
  write(path: string, stored: StoredPage<Answer>): void
  forget(path: string): void
  byteLength(): number
  close(): void
}

export type PageStoreOptions<Answer> = {
  /** The SQLite file; made when missing, replaced when damaged or of another version. */
  file: string
  /** How much may be kept, in bytes of compressed pages; the longest unused leave first. */
  maxBytes: number
  /** The build and public address the pages belong to. Pages of others are not found. */
  namespace: string
  /** Reads back what `write` was given; throws when it is not that. */
  parseAnswers: (json: unknown) => Answer[]
  now: () => Date
  log: Log
}

/** Of the tables. */
const version = 3

const tables = `
  CREATE TABLE pages (
    namespace TEXT NOT NULL,
    path TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    facts TEXT NOT NULL,
    answers TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (namespace, path)
  ) STRICT;
  CREATE INDEX pages_by_use ON pages (used_at);
`

/** Pages of another build or address are let go when nobody has asked for them this long, in ms. */
const foreignLifetime = 60 * 60 * 1000

/** How precisely the last use is known, in ms: a page that is asked for often is not written often. */
const usePrecision = 10 * 60 * 1000

/** After a failure the disk is left alone this long, in ms. */
const restAfterFailure = 30_000

const factsSchema = z.object({
  status: z.number(),
  contentType: z.string(),
  lastModifiedAt: z.string(),
  etag: z.string(),
})

export function openPageStore<Answer>(options: PageStoreOptions<Answer>): PageStore<Answer> {
  const { namespace, now, log } = options
  let connection: Connection | undefined
  let restsUntil = 0

  /** Does something with the file. What fails is logged, and the file is left alone for a while. */
  function attempt<Result>(work: (connection: Connection) => Result): Result | undefined {
    if (now().getTime() < restsUntil) return undefined
    try {
      connection ??= connect(options)
      return work(connection)
    } catch (error) {
      log.warn(
        `Pages are not kept on disk for now: ${error instanceof Error ? error.message : error}`,
      )
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

  attempt(({ prune }) => prune())

  return {
    find: (path) =>
      attempt(({ statements }) => {
        const row = statements.find.get(namespace, path)
        if (!row || !(row.body instanceof Uint8Array)) return undefined
        const time = now().getTime()
        if (time - Number(row.used_at) > usePrecision) statements.use.run(time, namespace, path)
        const facts = factsSchema.parse(JSON.parse(String(row.facts)))
        const body = zstdDecompressSync(row.body)
        const answers = options.parseAnswers(JSON.parse(String(row.answers)))
        return { page: { ...facts, body }, answers }
      }),

    write(path, { page: { body, ...facts }, answers }) {
      attempt(({ statements, shrink }) => {
        const compressed = zstdCompressSync(body)
        const asked = JSON.stringify(answers)
        const bytes = compressed.length + asked.length
        const time = now().getTime()
        statements.write.run(namespace, path, time, bytes, JSON.stringify(facts), asked, compressed)
        shrink()
      })
    },

    forget(path) {
      attempt(({ statements }) => statements.forget.run(namespace, path))
    },

    byteLength: () => attempt(({ sum }) => sum()) ?? 0,
    close: disconnect,
  }
}

type Connection = ReturnType<typeof connect>

function connect({
  file,
  maxBytes,
  namespace,
  now,
  log,
}: Omit<PageStoreOptions<never>, 'parseAnswers'>) {
  const db = openDatabase({
    file,
    version,
    create: (created) => created.exec(tables),
    // A page that a power cut loses is rendered again, so nothing waits for the disk.
    synchronous: 'OFF',
    busyTimeoutMs: 50,
    // A larger file would hold up the start; damage in it is noticed by whoever meets it.
    checkUpToBytes: 16 * 1024 * 1024,
    whenUnusable: 'delete',
    onUnusable: (reason) => log.info(`The pages kept in ${file} are deleted: ${reason}.`),
  })
  const statements = {
    find: db.prepare(
      'SELECT used_at, facts, answers, body FROM pages WHERE namespace = ? AND path = ?',
    ),
    use: db.prepare('UPDATE pages SET used_at = ? WHERE namespace = ? AND path = ?'),
    write: db.prepare('INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?)'),
    forget: db.prepare('DELETE FROM pages WHERE namespace = ? AND path = ?'),
    sum: db.prepare('SELECT coalesce(sum(bytes), 0) AS bytes FROM pages'),
    forgetForeign: db.prepare('DELETE FROM pages WHERE namespace <> ? AND used_at < ?'),
    forgetOldest: db.prepare(`DELETE FROM pages WHERE rowid IN
      (SELECT rowid FROM pages ORDER BY used_at LIMIT 64)`),
  }
  const sum = () => Number(statements.sum.get()?.bytes ?? 0)
  let writesUntilCount = 0
  let known = sum()

  /** Other processes write as well, so the sum is taken afresh now and then. */
  function shrink(): void {
    writesUntilCount -= 1
    if (writesUntilCount > 0 && known < maxBytes) return
    for (known = sum(); known > maxBytes; known = sum()) statements.forgetOldest.run()
    // As many pages as would fill a twentieth of the room, at some 8 KB each.
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
