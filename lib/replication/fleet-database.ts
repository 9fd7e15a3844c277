import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import type { ArticleAddress } from '#lib/article-index/article-index.ts'
import type { Removal } from '#lib/article-index/writes/placement-writer.ts'
import type { FleetPeer } from '#lib/content-sync/sync-messages.ts'
import type { Document } from './documents.ts'
import { FencedError, type Leases, openLeases } from './leases.ts'
import {
  documentColumns,
  type Snapshot,
  type StoredDocument,
  toSnapshot,
  toStored,
} from './snapshot.ts'

/**
 * How long a connection, and a statement, may take, in ms. A server that hangs is as good as away. What
 * a cut has swallowed TCP repeats later each time: beside a connection that waits a new one is tried
 * after `again`, because the network may be back, and a server that is only slow answers the first.
 */
const limits = { connect: 3000, again: 1000, statement: 5000, load: 600_000 }

/** A node that was seen within so many seconds counts as running. */
const liveSeconds = 3

const migrationsDir = join(import.meta.dirname, 'migrations')

/** Where news is announced. Only wakes: every node looks each second in any case. */
export const channel = 'dateline'

/** The database was made by newer code than this. */
export class NewerSchemaError extends Error {
  override name = 'NewerSchemaError'
}

/** What the database says each second. */
export type Beat = {
  /** The database's own id. */
  origin: string
  revision: number
  prunedRevision: number
  /** The database's clock, in ms since 1970. */
  now: number
  lease: { holder: string; term: number } | undefined
  peers: FleetPeer[]
  /** Files that wait for the node that writes. */
  submissions: number
  /** See `MediaShare`. */
  mediaRevision: number
  /** How many passes of ingest there were in the fleet of which a report was kept. */
  ingestReports: number
  /** All that is newer than what a node holds that follows; undefined when that is nothing, or much. */
  changes: RecentChanges | undefined
}

/** Documents and removals of one instant after a revision, in the order of their revisions. */
export type RecentChanges = {
  after: number
  documents: StoredDocument[]
  removals: Removal[]
}

export type Node = {
  id: string
  role: string
  build: string
  revision: number | undefined
  mediaRevision?: number | undefined
  /** It is to be given what is newer than its revision. */
  follows?: boolean
}

/**
 * The PostgreSQL database of a fleet. Works through a pooler in transaction mode, except for
 * notifications, which then do not come. Every method rejects when the database does not answer
 * within 5 s.
 */
export type FleetDatabase = Leases & {
  /** Makes the tables, or those that are missing. Throws `NewerSchemaError`. */
  migrate(): Promise<void>
  /** Notes that a node is running, and reads how the fleet is. Rejects after `milliseconds`. */
  beat(node: Node, milliseconds?: number): Promise<Beat>
  leave(nodeId: string): Promise<void>
  /**
   * Writes documents in one transaction, and the addresses at which something else is served for them.
   * Answers the revision of the last one and when they were changed (ms since 1970). Throws
   * `FencedError`.
   */
  publish(
    term: number,
    documents: Document[],
    removals: Removal[],
    addresses?: ArticleAddress[],
  ): Promise<{ revision: number; changedAt: number }>
  /** Replaces what other code has made of documents; those that have changed since stay. */
  refresh(documents: (Document & { revision: number })[]): Promise<void>
  /** Forgets what was deleted longer ago than so many days. */
  prune(term: number, days: number): Promise<void>
  /** Nodes that are running and have not come to a revision yet. */
  listBehind(revision: number): Promise<string[]>
  /** One statement, for tables that only its caller uses. */
  query: Query
  snapshot<Result>(read: (snapshot: Snapshot) => Promise<Result>): Promise<Result>
  /**
   * Calls `wake` for every new revision until it is closed, as far as the database says so. `onEnd` is
   * called when it says so no more.
   */
  listen(wake: () => void, onEnd: () => void): Promise<{ close(): void }>
  close(): Promise<void>
}

/** Rejects after `milliseconds`, if they are given. */
export type Query = (
  sql: string,
  values?: unknown[],
  milliseconds?: number,
) => Promise<Record<string, unknown>[]>

/** `isLoading`: statements may take minutes. */
export function openFleetDatabase(
  url: string,
  { isLoading = false }: { isLoading?: boolean } = {},
): FleetDatabase {
  const config: pg.ClientConfig = {
    connectionString: url,
    connectionTimeoutMillis: limits.connect,
    query_timeout: limits.statement,
    // A connection on which nothing comes is lost after 20 s, and not forgotten by routers before.
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    application_name: 'dateline',
  }
  function openPool(): pg.Pool {
    const opened = new pg.Pool({ ...config, max: 3, idleTimeoutMillis: 30_000 })
    // A connection that ends while nobody uses it is replaced when it is needed.
    opened.on('error', ignore)
    return opened
  }
  let pool = openPool()

  function connect(from: pg.Pool): Promise<pg.PoolClient> {
    return new Promise((resolve, reject) => {
      let isSettled = false
      const attempt = async () => {
        try {
          const client = await from.connect()
          if (isSettled) client.release()
          resolve(client)
        } catch (error) {
          reject(error)
        }
        isSettled = true
        clearInterval(timer)
      }
      const timer = setInterval(attempt, limits.again)
      void attempt()
    })
  }

  /**
   * A connection on which anything failed is not used again: a statement may still be running on it. When
   * the server did not answer, the others are not used either: a network that was cut has mostly lost all
   * of them, and each would be waited for.
   */
  async function use<Result>(work: (query: Query) => Promise<Result>): Promise<Result> {
    const own = pool
    const replaceLost = (error: unknown) => {
      if (error instanceof pg.DatabaseError || pool !== own) return
      pool = openPool()
      own.end().catch(ignore)
    }
    const client = await connect(own).catch((error) => {
      replaceLost(error)
      throw error
    })
    client.on('error', ignore)
    let failure: Error | undefined
    try {
      return await work(async (text, values, milliseconds = limits.statement) => {
        // The package's types lack the limit of one statement.
        const statement: pg.QueryConfig & { query_timeout: number } = {
          text,
          ...(values ? { values } : {}),
          query_timeout: isLoading ? limits.load : milliseconds,
        }
        return (await client.query(statement)).rows
      })
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error))
      throw failure
    } finally {
      client.off('error', ignore)
      client.release(failure)
      if (failure) replaceLost(failure)
    }
  }
  const query: Query = (...statement) => use((run) => run(...statement))

  return {
    ...openLeases(query),
    migrate: () => use(migrate),
    query,

    async beat({ id, role, build, revision, mediaRevision, follows }, milliseconds) {
      const after = follows ? revision : undefined
      const rows = await query(
        `WITH seen AS (
           INSERT INTO nodes (id, role, revision, build, media_revision, seen_at)
           VALUES ($1, $2, $3, $4, $6, clock_timestamp())
           ON CONFLICT (id) DO UPDATE SET role = excluded.role, revision = excluded.revision,
             build = excluded.build, media_revision = excluded.media_revision,
             seen_at = excluded.seen_at
         ), gone AS (
           DELETE FROM nodes WHERE seen_at < clock_timestamp() - interval '1 hour'
         )
         SELECT id::text AS origin, state.revision::float8 AS latest, pruned_revision::float8,
           media_revision::float8, extract(epoch FROM clock_timestamp())::float8 * 1000 AS now,
           (SELECT json_build_object('holder', holder, 'term', term) FROM leases
             WHERE name = 'writer' AND until > clock_timestamp()) AS lease,
           (SELECT count(*) FROM submissions WHERE outcome IS NULL)::float8 AS submissions,
           (SELECT reports FROM ingest)::float8 AS reports,
           (SELECT json_agg(json_build_object('node', id, 'role', role, 'revision', revision,
               'build', build, 'mediaRevision', media_revision) ORDER BY id) FROM nodes
             WHERE seen_at > clock_timestamp() - $5 * interval '1 second') AS peers,
           (SELECT json_agg(json_build_object('locale', locale, 'kind', kind, 'segment', segment,
               'removedAt', removed_at)) FROM removals WHERE revision > $7) AS removals,
           listed.*
         FROM state LEFT JOIN LATERAL (SELECT ${documentColumns} FROM documents
           WHERE documents.revision > $7 ORDER BY documents.revision LIMIT $8) AS listed ON true`,
        [
          id,
          role,
          revision ?? null,
          build,
          liveSeconds,
          mediaRevision ?? null,
          after ?? null,
          mostRecentChanges,
        ],
        milliseconds,
      )
      const [row] = rows
      if (!row) throw new Error('The database has lost its state row.')
      return {
        origin: String(row.origin),
        revision: Number(row.latest),
        prunedRevision: Number(row.pruned_revision),
        now: Number(row.now),
        lease: (row.lease as Beat['lease'] | null) ?? undefined,
        peers: ((row.peers as FleetPeer[] | null) ?? []).map((peer) => ({
          ...peer,
          revision: peer.revision ?? undefined,
          mediaRevision: peer.mediaRevision ?? undefined,
        })),
        submissions: Number(row.submissions),
        mediaRevision: Number(row.media_revision),
        ingestReports: Number(row.reports),
        changes:
          after === undefined || row.path === null || rows.length === mostRecentChanges
            ? undefined
            : { after, documents: rows.map(toStored), removals: toRemovals(row.removals) },
      }
    },

    async leave(nodeId) {
      await query('DELETE FROM nodes WHERE id = $1', [nodeId])
    },

    async publish(term, documents, removals, addresses = []) {
      const column = <Value>(toValue: (document: Document) => Value) => documents.map(toValue)
      // One statement, so that its locks are held by nobody who is stopped half-way.
      const [row] = await query(
        `WITH taken AS (
           UPDATE state SET revision = revision + $2 WHERE term = $1
           RETURNING revision - $2 AS base, revision, clock_timestamp() AS at
         ), written AS (
           INSERT INTO documents (path, revision, digest, deleted, changed_at, newest_at, source,
             prepared, prepared_version)
           SELECT path, base + number, digest, deleted, at, newest_at, source, prepared, version
           FROM taken, unnest($3::text[], $4::text[], $5::bool[], $6::float8[], $7::bytea[],
             $8::bytea[], $9::text[]) WITH ORDINALITY
             AS given (path, digest, deleted, newest_at, source, prepared, version, number)
           ON CONFLICT (path) DO UPDATE SET revision = excluded.revision, digest = excluded.digest,
             former_digests = (array_append(documents.former_digests, documents.digest))[
               greatest(1, cardinality(documents.former_digests) - 48):],
             deleted = excluded.deleted, changed_at = excluded.changed_at,
             newest_at = excluded.newest_at, source = excluded.source,
             prepared = excluded.prepared, prepared_version = excluded.prepared_version
         ), removed AS (
           INSERT INTO removals (locale, kind, segment, removed_at, revision)
           SELECT locale, kind, segment, removed_at, revision
           FROM taken, unnest($10::text[], $11::text[], $12::text[], $13::float8[])
             AS given (locale, kind, segment, removed_at)
           ON CONFLICT (locale, kind, segment) DO UPDATE
             SET removed_at = excluded.removed_at, revision = excluded.revision
         ), noted AS (
           INSERT INTO outbox (locale, slug, revision) SELECT locale, slug, revision
           FROM taken, unnest($14::text[], $15::text[]) AS given (locale, slug)
           ON CONFLICT (locale, slug) DO UPDATE SET revision = excluded.revision
         )
         SELECT revision::float8, extract(epoch FROM at)::float8 * 1000 AS at,
           pg_notify('${channel}', revision::text) FROM taken`,
        [
          term,
          documents.length,
          column(({ path }) => path),
          column(({ digest }) => digest.replaceAll('\0', '')),
          column(({ deleted }) => deleted),
          column(({ newestAt }) => newestAt ?? null),
          column(({ source }) => source ?? null),
          column(({ prepared }) => prepared ?? null),
          column(({ preparedVersion }) => preparedVersion ?? null),
          removals.map(({ locale }) => locale),
          removals.map(({ kind }) => kind),
          removals.map(({ segment }) => segment),
          removals.map(({ removedAt }) => removedAt),
          addresses.map(({ locale }) => locale),
          addresses.map(({ slug }) => slug),
        ],
      )
      if (!row) throw new FencedError()
      return { revision: Number(row.revision), changedAt: Math.floor(Number(row.at)) }
    },

    async refresh(documents) {
      await query(
        `UPDATE documents SET prepared = given.prepared, prepared_version = given.version
         FROM unnest($1::text[], $2::float8[], $3::bytea[], $4::text[])
           AS given (path, revision, prepared, version)
         WHERE documents.path = given.path AND documents.revision = given.revision::bigint`,
        [
          documents.map(({ path }) => path),
          documents.map(({ revision }) => revision),
          documents.map(({ prepared }) => prepared ?? null),
          documents.map(({ preparedVersion }) => preparedVersion ?? null),
        ],
      )
    },

    async prune(term, days) {
      await query(
        `WITH forgotten AS (
           DELETE FROM documents WHERE deleted AND changed_at < clock_timestamp() - $2 * interval '1 day'
             AND EXISTS (SELECT 1 FROM state WHERE term = $1)
           RETURNING revision
         )
         UPDATE state SET pruned_revision =
           greatest(pruned_revision, (SELECT max(revision) FROM forgotten))
         WHERE term = $1 AND EXISTS (SELECT 1 FROM forgotten)`,
        [term, days],
      )
    },

    async listBehind(revision) {
      const rows = await query(
        `SELECT id FROM nodes WHERE seen_at > clock_timestamp() - $2 * interval '1 second'
         AND role <> 'ingest' AND (revision IS NULL OR revision < $1) ORDER BY id`,
        [revision, liveSeconds],
      )
      return rows.map(({ id }) => String(id))
    },

    snapshot: (read) =>
      use(async (run) => {
        await run('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
        const result = await read(toSnapshot(run))
        await run('COMMIT')
        return result
      }),

    async listen(wake, onEnd) {
      const client = new pg.Client(config)
      client.on('error', ignore)
      client.on('notification', wake)
      client.on('end', onEnd)
      const close = () => void client.end().catch(ignore)
      try {
        await client.connect()
        await client.query(`LISTEN ${channel}`)
      } catch (error) {
        close()
        throw error
      }
      return { close }
    },

    close: () => pool.end(),
  }
}

const ignore = () => {}

/** Files whose names begin with their numbers, in their order. One at a time in a fleet. */
async function migrate(run: Query): Promise<void> {
  const files = readdirSync(migrationsDir)
    .filter((name) => /^\d{4}-.*\.sql$/.test(name))
    .sort()
  await run('BEGIN')
  // Who is cut off in the middle gives the lock back.
  await run("SET LOCAL idle_in_transaction_session_timeout = '10s'")
  // Held until the commit, also through a pooler.
  await run("SELECT pg_advisory_xact_lock(hashtext('dateline migrations'))")
  await run(`CREATE TABLE IF NOT EXISTS migrations (
    number int PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`)
  const [row] = await run('SELECT coalesce(max(number), 0) AS number FROM migrations')
  const applied = Number(row?.number)
  if (applied > files.length) {
    throw new NewerSchemaError(
      `The database was made by a newer version of Dateline: it has migration ${applied}, this code ends with ${files.length}. Update this node.`,
    )
  }
  for (const [i, name] of files.entries()) {
    if (i + 1 <= applied) continue
    await run(readFileSync(join(migrationsDir, name), 'utf8'))
    await run('INSERT INTO migrations (number, name) VALUES ($1, $2)', [i + 1, name])
  }
  await run('COMMIT')
}

/** A node that follows is given so many documents as it asks, less one; more are worth a question of their own. */
const mostRecentChanges = 16

const toRemovals = (json: unknown) => (json as Removal[] | null) ?? []
