import { randomBytes } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { contentKindOf, isContentPath } from '#lib/content/read-content-folder.ts'
import type { IngestLock } from '#lib/ingest/ingest-lock.ts'
import type { SharedState, StateRow } from '#lib/ingest/state/shared-state.ts'
import type { Log } from '#lib/node/log.ts'
import { channel, openFleetDatabase } from './fleet-database.ts'
import { FencedError, leaseSeconds } from './leases.ts'
import { copySharedFile, listSharedFiles, ofIngest, switches } from './share-media.ts'

/** How often the lease is renewed, in ms. */
const beatMs = 1000

/** How often it is asked whether the writer has published a file, and how long, in ms. */
const submission = { lookMs: 50, longestMs: 30_000 }

/** So many files, and rows of state, are read at a time. */
const filesPerPiece = 200
const rowsPerPiece = 1000

/** True for the one machine that holds the lease of ingest, which keeps it until the statement is done. */
const mayIngest = `SELECT 1 FROM leases WHERE name = 'ingest' AND holder = $1 AND term = $2 FOR UPDATE`

export type IngestShare = {
  /** The lock of this machine; undefined while another one ingests. Rejects when the database does. */
  takeLock(): Promise<IngestLock | undefined>
  close(): Promise<void>
}

/**
 * Ingest as a part of a fleet: one machine at a time, by a lease. Its state is in the database; what is
 * published is compared with in a folder of its own, `ingest-content` in the data folder, which follows
 * the database; and its files go to the node that writes, which publishes them as its own.
 */
export function openIngestShare({
  databaseUrl,
  node,
  dataDir,
  contentDir: firstContentDir,
  log,
}: {
  databaseUrl: string
  node: string
  dataDir: string
  /** Where ingest has written on one machine. The first of a fleet takes its records over. */
  contentDir: string
  log: Log
}): IngestShare {
  const id = `${node}/${randomBytes(2).toString('hex')}`
  const contentDir = join(dataDir, 'ingest-content')
  const positionFile = join(contentDir, '.position.json')
  const database = openFleetDatabase(databaseUrl)
  let isMigrated = false

  const beat = () =>
    database.beat({ id, role: 'ingest', build: '', revision: readPosition()?.revision })

  function readPosition(): { origin: string; revision: number } | undefined {
    try {
      return JSON.parse(readFileSync(positionFile, 'utf8'))
    } catch {
      // Missing or half written: everything is written anew.
      return undefined
    }
  }

  /** Writes what was published since the last time to the folder. Nobody else writes there. */
  async function follow(): Promise<void> {
    const { origin, revision: latest, prunedRevision } = await beat()
    const [shared] = await listSharedFiles(database, '=', ofIngest)
    if (shared) await copySharedFile(database, shared, join(contentDir, switches))
    else rmSync(join(contentDir, switches), { force: true })
    const position = readPosition()
    let revision = position?.revision ?? 0
    if (position?.origin !== origin || revision < prunedRevision || revision > latest) {
      rmSync(join(contentDir, 'articles'), { recursive: true, force: true })
      revision = 0
    }
    while (revision < latest) {
      const after = revision
      const files = await database.snapshot(async ({ listFiles, readSources }) => {
        const listed = await listFiles(after, filesPerPiece)
        const paths = listed.map(({ path }) => path).filter(isArticle)
        const sources = await readSources(paths)
        for (const path of paths) await writeCopy(path, sources.get(path))
        return listed
      })
      revision = files.at(-1)?.revision ?? latest
      await writeFile(positionFile, JSON.stringify({ origin, revision }))
    }
  }

  async function writeCopy(path: string, bytes: Uint8Array | undefined): Promise<void> {
    const file = join(contentDir, path)
    if (!bytes) return await rm(file, { force: true })
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }

  async function takeLock(): Promise<IngestLock | undefined> {
    if (!isMigrated) await database.migrate()
    isMigrated = true
    await beat()
    const term = await database.takeLease('ingest', id)
    if (term === undefined) return undefined
    log.info(`This machine ingests for the fleet now, in term ${term}.`)
    const lost = new AbortController()
    let renewedAt = performance.now()
    const renewing = setInterval(async () => {
      try {
        const [isMine] = await Promise.all([database.renewLease('ingest', id, term), beat()])
        if (!isMine) lost.abort()
        renewedAt = performance.now()
      } catch {
        if (performance.now() - renewedAt > leaseSeconds * 1000) lost.abort()
      }
    }, beatMs)
    const state = openState([id, term])
    mkdirSync(contentDir, { recursive: true })
    const release = async () => {
      clearInterval(renewing)
      await Promise.all([database.releaseLease('ingest', id, term), database.leave(id)]).catch(
        () => {},
      )
    }
    try {
      // What the machine before has handed over and not seen published, this one hands over again.
      await database.query('DELETE FROM submissions WHERE term <> $1', [term])
      const records = join(firstContentDir, '.ingest')
      if ((await state.findRevision(0)) === 0 && existsSync(records)) {
        cpSync(records, join(contentDir, '.ingest'), { recursive: true })
      }
    } catch (cause) {
      await release()
      throw cause
    }
    return {
      contentDir,
      state,
      follow,
      lost: lost.signal,
      release,
      async writeFile(path, bytes, expected) {
        const outcome = await submit([id, term], path, bytes, expected, lost.signal)
        if (outcome === 'written') await writeCopy(path, bytes)
        return outcome
      },
      async shareReport(report) {
        const [row] = await database.query(
          `WITH lease AS (${mayIngest})
           UPDATE ingest SET report = $3, reports = reports + 1 FROM lease
           RETURNING pg_notify('${channel}', '')`,
          [id, term, report],
        )
        if (!row) throw fenced()
      },
    }
  }

  async function submit(
    lease: [string, number],
    path: string,
    bytes: Uint8Array,
    expected: string | undefined,
    lost: AbortSignal,
  ): Promise<'written' | 'changed'> {
    const [row] = await database.query(
      `WITH lease AS (${mayIngest})
       INSERT INTO submissions (term, path, source, expected) SELECT $2, $3, $4, $5 FROM lease
       RETURNING id, pg_notify('${channel}', '')`,
      [...lease, path, bytes, expected ?? null],
    )
    if (!row) throw fenced()
    const deadline = performance.now() + submission.longestMs
    while (performance.now() < deadline && !lost.aborted) {
      await wait(submission.lookMs)
      const [found] = await database.query(
        'DELETE FROM submissions WHERE id = $1 AND outcome IS NOT NULL RETURNING outcome',
        [row.id],
      )
      if (found) return found.outcome === 'written' ? 'written' : 'changed'
    }
    await database.query('DELETE FROM submissions WHERE id = $1', [row.id])
    throw new Error(`${path} was handed to the node that writes, and it has not published it.`)
  }

  function openState(lease: [string, number]): SharedState {
    return {
      async findRevision(storeVersion) {
        const [row] = await database.query('SELECT revision::float8, store_version FROM ingest')
        if (Number(row?.store_version) > storeVersion && storeVersion > 0) {
          throw new Error(
            'The state of ingest was saved by a newer version of Dateline. Update this node.',
          )
        }
        return Number(row?.revision)
      },

      async *listRows() {
        let after = ['', '']
        for (;;) {
          const rows = await database.query(
            `SELECT relation, key, content FROM ingest_rows WHERE (relation, key) > ($1, $2)
             ORDER BY relation, key LIMIT ${rowsPerPiece}`,
            after,
          )
          const last = rows.at(-1)
          if (!last) return
          yield rows.map(toStateRow)
          after = [String(last.relation), String(last.key)]
        }
      },

      async save(rows, storeVersion) {
        const kept = rows.filter(({ content }) => content !== undefined)
        const gone = rows.filter(({ content }) => content === undefined)
        const column = (of: StateRow[], name: keyof StateRow) => of.map((row) => row[name])
        const [row] = await database.query(
          `WITH lease AS (${mayIngest}), taken AS (
             UPDATE ingest SET revision = revision + 1, store_version = greatest(store_version, $3)
             FROM lease RETURNING revision
           ), written AS (
             INSERT INTO ingest_rows (relation, key, content) SELECT given.*
             FROM taken, unnest($4::text[], $5::text[], $6::text[]) AS given
             ON CONFLICT (relation, key) DO UPDATE SET content = excluded.content
           ), deleted AS (
             DELETE FROM ingest_rows USING taken, unnest($7::text[], $8::text[]) AS given (relation, key)
             WHERE ingest_rows.relation = given.relation AND ingest_rows.key = given.key
           )
           SELECT revision::float8 FROM taken`,
          [
            ...lease,
            storeVersion,
            column(kept, 'relation'),
            column(kept, 'key'),
            column(kept, 'content'),
            column(gone, 'relation'),
            column(gone, 'key'),
          ],
        )
        if (!row) throw fenced()
        return Number(row.revision)
      },
    }
  }

  return { takeLock, close: () => database.close() }
}

const fenced = () => new FencedError('Another machine ingests now, so nothing was saved here.')

const isArticle = (path: string) => isContentPath(path) && contentKindOf(path) === 'article'

const toStateRow = ({ relation, key, content }: Record<string, unknown>): StateRow => ({
  relation: String(relation),
  key: String(key),
  content: String(content),
})
