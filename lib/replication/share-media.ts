import { createHash } from 'node:crypto'
import { type Dirent, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises'
import { dirname, extname, join, sep } from 'node:path'
import { isPassiveMedia } from '#lib/content/read-content-folder.ts'
import {
  createRemovalGuard,
  formatHeldRemovals,
  type RemovalLimit,
} from '#lib/content-sync/removal-guard.ts'
import type { Log } from '#lib/node/log.ts'
import { channel, type FleetDatabase } from './fleet-database.ts'
import { FencedError } from './leases.ts'

/** Larger files are read and written in pieces of so many bytes. */
const bytesPerPiece = 4 * 1024 * 1024

/** The files of a build that no node has run lately are kept so long, in days: a page may be cached. */
const buildsKept = 7

export const ofContent = 'content'

/** The sources that an editor has switched off, for ingest on another machine. */
export const ofIngest = 'ingest'
export const switches = '.ingest/sources-off.txt'

/** On several machines a wrong folder is one of many: nothing large is removed until somebody says so. */
export const removalLimit: RemovalLimit = { largestShare: 1 / 20, fewest: 5, waits: false }

/** A file as the database lists it. `changedAt` is in ms since 1970. */
export type SharedFile = {
  owner: string
  path: string
  pieces: string[]
  size: number
  changedAt: number
}

/** Files of every node that are no content, and that all nodes have. */
export type MediaShare = {
  /** What this node holds all files of; undefined before the first time. */
  revision(): number | undefined
  /** The revision from which on every node has the files of this build; undefined before that is known. */
  buildRevision(): number | undefined
  /** Writes the files of this build to the database, if they are not there. */
  shareBuild(): Promise<void>
  /** Brings the files here up to a revision of the database. */
  pull(latest: number): Promise<void>
  /**
   * Brings `media` of a new writer's content folder up to what was published elsewhere: copies what is
   * missing or was replaced, and deletes what was deleted. Any other file is an edit, and stays.
   */
  catchUpFolder(contentDir: string): Promise<void>
  /**
   * Writes what has changed in `media` of the content folder to the database, in a term of its writer.
   * Files that are missing stay when they are many, unless `confirmRemovals` is set.
   */
  shareFolder(contentDir: string, term: number, confirmRemovals?: boolean): Promise<void>
}

/**
 * Sound, film and documents of `content/media`, and the files of each build, whose pages may be sent by
 * one node and their files asked of another. `folders.media` and `folders.builds` are written here.
 */
export function createMediaShare({
  database,
  build,
  folders,
  log,
}: {
  database: FleetDatabase
  build: string
  folders: {
    /** The files of this build; without it none are shared. */
    build: string | undefined
    /** Holds a folder `media`. */
    media: string
    /** The files of all other builds. Their names hold a digest: one name is one file. */
    builds: string
  }
  log: Log
}): MediaShare {
  let revision: number | undefined
  let buildRevision: number | undefined
  const guard = createRemovalGuard(undefined, removalLimit)
  let isHeld = false
  let pulling: Promise<void> = Promise.resolve()

  /** Writes files, and deletes others, in one statement, whose pieces are there already. */
  async function writeList(
    owner: string,
    files: Omit<SharedFile, 'owner'>[],
    gone: string[],
    term: number | undefined,
  ): Promise<number> {
    const [row] = await database.query(
      `WITH taken AS (
         UPDATE state SET media_revision = media_revision + 1
         WHERE $2::bigint IS NULL OR term = $2 RETURNING media_revision
       ), former AS (
         INSERT INTO former_media (path, digest)
         SELECT path, encode(sha256(array_to_string(pieces, ' ')::bytea), 'hex')
         FROM taken, media_files WHERE owner = $1 AND owner = '${ofContent}'
           AND path = ANY($3::text[] || $7::text[])
         ON CONFLICT (path, digest) DO UPDATE SET replaced_at = excluded.replaced_at
       ), deleted AS (
         DELETE FROM media_files USING taken WHERE owner = $1 AND path = ANY($7)
       ), written AS (
         INSERT INTO media_files (owner, path, pieces, size, changed_at)
         SELECT $1, path, string_to_array(pieces, ' '), size, to_timestamp(changed_at / 1000)
         FROM taken, unnest($3::text[], $4::text[], $5::float8[], $6::float8[])
           AS given (path, pieces, size, changed_at)
         ON CONFLICT (owner, path) DO UPDATE SET pieces = excluded.pieces, size = excluded.size,
           changed_at = excluded.changed_at
       )
       SELECT media_revision::float8 AS revision, pg_notify('${channel}', '') FROM taken`,
      [
        owner,
        term ?? null,
        files.map(({ path }) => path),
        files.map(({ pieces }) => pieces.join(' ')),
        files.map(({ size }) => size),
        files.map(({ changedAt }) => changedAt),
        gone,
      ],
    )
    if (!row) throw new FencedError()
    return Number(row.revision)
  }

  const list = (owners: '=' | '<>', owner: string) => listSharedFiles(database, owners, owner)

  /** Writes the pieces of a file that the database lacks, and answers their names. */
  async function writePieces(file: string): Promise<string[]> {
    const pieces: string[] = []
    for await (const { name, bytes } of readPieces(file)) {
      pieces.push(name)
      // One that is there is kept for a day more, so that it is not deleted before it is named.
      const known = await database.query(
        'UPDATE media SET added_at = now() WHERE sha256 = $1 RETURNING 1 AS one',
        [name],
      )
      if (known.length > 0) continue
      await database.query(
        'INSERT INTO media (sha256, type, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
        [name, extname(file), bytes],
      )
    }
    return pieces
  }

  /** Writes the pieces of files, and then their list. */
  async function write(
    owner: string,
    folder: string,
    files: { path: string; size: number; changedAt: number }[],
    { gone = [], term }: { gone?: string[]; term?: number },
  ): Promise<number> {
    const written: Omit<SharedFile, 'owner'>[] = []
    for (const file of files) {
      written.push({ ...file, pieces: await writePieces(join(folder, file.path)) })
    }
    return await writeList(owner, written, gone, term)
  }

  /** What files of `content/media` were once, by their paths; those that were deleted among them. */
  async function readFormerDigests(): Promise<Map<string, string[]>> {
    const rows = await database.query(
      'SELECT path, array_agg(digest) AS digests FROM former_media GROUP BY path',
    )
    return new Map(rows.map(({ path, digests }) => [String(path), digests as string[]]))
  }

  async function shareSwitches(contentDir: string, term: number): Promise<void> {
    const [shared] = await list('=', ofIngest)
    const stats = statSync(join(contentDir, switches), { throwIfNoEntry: false })
    const [size, changedAt] = [stats?.size, stats && Math.floor(stats.mtimeMs)]
    if (size === shared?.size && changedAt === shared?.changedAt) return
    const files = stats ? [{ path: switches, size: stats.size, changedAt: Number(changedAt) }] : []
    await write(ofIngest, contentDir, files, { gone: stats ? [] : [switches], term })
  }

  /** One at a time: two would write the same files. */
  async function pull(latest: number): Promise<void> {
    if (revision === latest) return
    const wanted = await list('<>', build)
    const files = new Set<string>()
    for (const one of wanted) {
      const isContent = one.owner === ofContent
      if (one.owner === ofIngest) continue
      if (!isSafe(one.path) || (isContent && !isPassiveMedia(one.path))) continue
      const file = join(isContent ? folders.media : folders.builds, one.path)
      if (files.has(file)) continue
      files.add(file)
      const found = await stat(file).catch(() => undefined)
      const isSame =
        found?.size === one.size && (!isContent || Math.floor(found.mtimeMs) === one.changedAt)
      if (!isSame) await copySharedFile(database, one, file)
    }
    const there = [
      ...listPassive(folders.media).map(({ path }) => join(folders.media, path)),
      ...listFiles(folders.builds).map(({ path }) => join(folders.builds, path)),
    ]
    for (const file of there) if (!files.has(file)) rmSync(file, { force: true })
    revision = latest
  }

  return {
    revision: () => revision,
    buildRevision: () => buildRevision,

    async shareBuild() {
      const folder = folders.build
      if (folder === undefined) {
        buildRevision = 0
        return
      }
      const known = new Set((await list('=', build)).map(({ path }) => path))
      const files = listFiles(folder).filter(({ path }) => !known.has(path))
      const latest = await findMediaRevision(database)
      // Who has come to this revision has what other nodes with this build have written.
      buildRevision = files.length > 0 ? await write(build, folder, files, {}) : latest
    },

    pull(latest) {
      pulling = pulling.catch(() => {}).then(() => pull(latest))
      return pulling
    },

    async catchUpFolder(contentDir) {
      const shared = new Map((await list('=', ofContent)).map((file) => [file.path, file]))
      const former = await readFormerDigests()
      for (const path of new Set([...shared.keys(), ...former.keys()])) {
        if (!isSafe(path)) continue
        const [file, current] = [join(contentDir, path), shared.get(path)]
        const isThere = existsSync(file)
        if (isThere && !(await isBehind(file, current, former.get(path)))) continue
        if (current) await copySharedFile(database, current, file)
        else await rm(file, { force: true })
      }
      const [off] = await list('=', ofIngest)
      const file = join(contentDir, switches)
      if (off && !existsSync(file)) await copySharedFile(database, off, file)
    },

    async shareFolder(contentDir, term, confirmRemovals = false) {
      await shareSwitches(contentDir, term)
      const shared = await list('=', ofContent)
      const known = new Map(shared.map((file) => [file.path, file]))
      const files = listPassive(contentDir).filter(({ path, size, changedAt }) => {
        const before = known.get(path)
        known.delete(path)
        return before?.size !== size || before.changedAt !== changedAt
      })
      const missing = [...known.keys()]
      const held = guard.judge(missing.length, shared.length, confirmRemovals)
      if (held && !isHeld) log.warn(`Files of media: ${formatHeldRemovals(held)}`)
      isHeld = held !== undefined
      const gone = held ? [] : missing
      if (files.length + gone.length === 0) return
      await write(ofContent, contentDir, files, { gone, term })
      for (const path of gone) log.info(`${path} is gone on every machine.`)
    },
  }
}

/** Whether a file here is one that was replaced or deleted elsewhere. Any other one is an edit. */
async function isBehind(
  file: string,
  current: SharedFile | undefined,
  former: string[] = [],
): Promise<boolean> {
  const { size, mtimeMs } = statSync(file)
  const isCurrent = size === current?.size && Math.floor(mtimeMs) === current.changedAt
  if (isCurrent || former.length === 0) return false
  const pieces: string[] = []
  for await (const { name } of readPieces(file)) pieces.push(name)
  const digest = createHash('sha256').update(pieces.join(' ')).digest('hex')
  return pieces.join(' ') !== current?.pieces.join(' ') && former.includes(digest)
}

export async function findMediaRevision(database: Pick<FleetDatabase, 'query'>): Promise<number> {
  const [row] = await database.query('SELECT media_revision::float8 AS revision FROM state')
  return Number(row?.revision)
}

/** The files of an owner, or of all others. */
export async function listSharedFiles(
  database: Pick<FleetDatabase, 'query'>,
  owners: '=' | '<>',
  owner: string,
): Promise<SharedFile[]> {
  const rows = await database.query(
    `SELECT owner, path, array_to_string(pieces, ' ') AS pieces, size,
       round((extract(epoch FROM changed_at) * 1000)::numeric)::float8 AS changed_at
     FROM media_files WHERE owner ${owners} $1 ORDER BY owner, path`,
    [owner],
  )
  return rows.map(({ owner, path, pieces, size, changed_at }) => ({
    owner: String(owner),
    path: String(path),
    pieces: String(pieces).split(' ').filter(Boolean),
    size: Number(size),
    changedAt: Number(changed_at),
  }))
}

/** A file of this machine in the pieces that the database has of it, with their names. */
export async function* readPieces(
  file: string,
): AsyncGenerator<{ name: string; bytes: Uint8Array }> {
  const handle = await open(file)
  try {
    for (;;) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(bytesPerPiece), 0)
      if (bytesRead === 0) return
      const bytes = buffer.subarray(0, bytesRead)
      yield { name: createHash('sha256').update(bytes).digest('hex'), bytes }
    }
  } finally {
    await handle.close()
  }
}

/** Copies a file from the database. `place` puts the whole file there: it replaces one that is there. */
export async function copySharedFile(
  database: Pick<FleetDatabase, 'query'>,
  { pieces, changedAt }: SharedFile,
  file: string,
  place = rename,
): Promise<void> {
  const temporary = join(dirname(file), `.${createHash('sha1').update(file).digest('hex')}.tmp`)
  await mkdir(dirname(file), { recursive: true })
  try {
    const handle = await open(temporary, 'w')
    try {
      for (const name of pieces) {
        const [row] = await database.query('SELECT bytes FROM media WHERE sha256 = $1', [name])
        if (!(row?.bytes instanceof Uint8Array)) throw new Error(`the database lacks piece ${name}`)
        await handle.write(row.bytes)
      }
    } finally {
      await handle.close()
    }
    // It is sent to readers as `Last-Modified`, so it is the same on every node.
    await utimes(temporary, changedAt / 1000, changedAt / 1000)
    await place(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
}

/**
 * Forgets builds that no node has run lately, what files were more than `days` ago, and pieces that no
 * file names any more.
 */
export async function pruneMedia(
  database: Pick<FleetDatabase, 'query'>,
  days: number,
): Promise<void> {
  await database.query(
    `DELETE FROM former_media WHERE replaced_at < now() - $1 * interval '1 day'`,
    [days],
  )
  await database.query(
    `DELETE FROM media_files WHERE owner NOT IN ($1, $2) AND owner NOT IN (SELECT build FROM nodes)
       AND owner NOT IN (SELECT owner FROM media_files GROUP BY owner
         HAVING max(changed_at) > now() - $3 * interval '1 day')`,
    [ofContent, ofIngest, buildsKept],
  )
  await database.query(
    `DELETE FROM media WHERE added_at < now() - interval '1 day'
       AND NOT EXISTS (SELECT 1 FROM media_files WHERE media.sha256 = ANY(pieces))`,
  )
}

const listPassive = (folder: string) => listFiles(folder, 'media', isPassiveMedia)

/**
 * Files below a folder, with forward slashes; none where it is missing. Links are not followed. Only
 * those that are `wanted` are looked at: beside a film there may be thousands of pictures.
 */
function listFiles(
  folder: string,
  below = '',
  wanted = (_path: string) => true,
): { path: string; size: number; changedAt: number }[] {
  let entries: Dirent[] = []
  try {
    entries = readdirSync(join(folder, below), { recursive: true, withFileTypes: true })
  } catch {
    return []
  }
  return entries.flatMap((entry) => {
    if (!entry.isFile()) return []
    const file = join(entry.parentPath, entry.name)
    const path = file.slice(folder.length + 1).replaceAll(sep, '/')
    if (!isSafe(path) || !wanted(path)) return []
    const stats = statSync(file, { throwIfNoEntry: false })
    if (!stats) return []
    return [{ path, size: stats.size, changedAt: Math.floor(stats.mtimeMs) }]
  })
}

/** A path that stays in its folder, and no name that begins with a dot. */
const isSafe = (path: string) =>
  path.split('/').every((name) => name !== '' && !name.startsWith('.') && !/[\\\0]/.test(name))
