import { hash } from 'node:crypto'
import { access, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArticleAddress } from '#lib/article-index/article-index.ts'
import type { WriteQueue } from '#lib/article-index/writes/write-queue.ts'
import type { WriteSession } from '#lib/article-index/writes/write-session.ts'
import { contentKindOf } from '#lib/content/read-content-folder.ts'
import { findFingerprint } from '#lib/content-sync/read-outcome.ts'
import type { SyncTarget } from '#lib/content-sync/sync.ts'
import type { Log } from '#lib/node/log.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { pullDocuments, writePicture } from './apply-documents.ts'
import { type ContentChange, type Document, toDocument } from './documents.ts'
import type { FleetDatabase } from './fleet-database.ts'
import { FencedError } from './leases.ts'

/** One transaction holds so many bytes of sources, or one document. A batch of a sync is mostly less. */
const bytesPerTransaction = 16 * 1024 * 1024

/** An index whose files are not in the database yet has this before the database's id, as its origin. */
const unwritten = 'unwritten '

export type FleetWriter = {
  /** What a content folder is synced to: changes are written to the database first, then to the index. */
  target: SyncTarget & Pick<WriteQueue, 'rebuild'>
  /**
   * Prepares the index for a folder whose files are all to be written, because the database is empty:
   * what is served stays until each file is read again.
   */
  adopt(): Promise<void>
  /** To be called when the whole folder was written after `adopt`. */
  settleAdopted(): Promise<void>
  /**
   * Takes over what the database holds and the index does not: what this node has written in a
   * transaction of which it was never told that it was committed. `latest` is the database's revision.
   * Answers whether there was any.
   */
  catchUp(latest: number): Promise<boolean>
  /** The revision of the last change that was written or seen. */
  revision(): number
}

/**
 * Writes the content of one node to the database, in one term of its lease. The index must be a copy of
 * the database, of `revision`. `onFenced` is called when another node has taken over.
 */
export function createFleetWriter({
  index,
  database,
  mediaDir,
  origin,
  term,
  revision: first,
  onRevision,
  onFenced,
}: {
  index: Pick<WriteQueue, 'write' | 'rebuild'>
  database: FleetDatabase
  mediaDir: string
  origin: string
  term: number
  revision: number
  onRevision: (revision: number) => void
  onFenced: () => void
}): FleetWriter {
  let revision = first
  let ownOrigin = origin
  /** Set while it is not known whether the last transaction was committed, there and here. */
  let isUncertain = false

  /** The index holds what the database holds; throws when it is no copy any more. */
  async function catchUp(session: WriteSession, latest = 0): Promise<boolean> {
    const position = session.findPosition()
    if (position?.origin !== ownOrigin) {
      throw new Error('The index is no copy of the database now; it is made anew first.')
    }
    const isSame = position.revision === revision && latest <= revision
    if (isSame && !isUncertain) return false
    const pulled = await pullDocuments(session, {
      database,
      mediaDir,
      origin: ownOrigin,
      from: position.revision,
    })
    isUncertain = false
    revision = pulled.revision
    onRevision(revision)
    await session.begin()
    return pulled.revision > position.revision
  }

  async function publish(
    changes: ContentChange[],
    removals: Parameters<FleetDatabase['publish']>[2],
    addresses: ArticleAddress[],
  ): Promise<void> {
    const documents = changes.map(toDocument)
    isUncertain = true
    for (const piece of toPieces(documents)) {
      const isLast = piece.at(-1) === documents.at(-1)
      const written = await database.publish(
        term,
        piece,
        isLast ? removals : [],
        isLast ? addresses : [],
      )
      for (const { path, source } of piece) {
        if (contentKindOf(path) !== 'picture') continue
        await writePicture(mediaDir, { path, changedAt: written.changedAt }, source)
      }
      revision = written.revision
    }
  }

  const target: FleetWriter['target'] = {
    keepsBytes: true,
    rebuild: index.rebuild,
    write: (work) =>
      index.write(async (session) => {
        // Each path once: the last change counts.
        const changes = new Map<string, ContentChange>()
        const addresses = new Map<string, ArticleAddress>()
        const begin = async () => {
          await session.begin()
          await catchUp(session)
        }
        const commit = async () => {
          await session.commit(async (removals) => {
            if (changes.size === 0) return {}
            // What was public before the first start is not news.
            const news = ownOrigin === origin ? [...addresses.values()] : []
            await publish([...changes.values()], removals, news).catch(toSentence)
            return { position: { origin: ownOrigin, revision } }
          })
          if (changes.size === 0) return
          changes.clear()
          addresses.clear()
          isUncertain = false
          onRevision(revision)
        }
        const result = await work({
          ...session,
          begin,
          async apply(change) {
            if (changes.size === 0) await begin()
            const path = change.kind === 'gone' ? change.path : change.file.path
            if (change.kind !== 'touched') changes.set(path, change)
            const places = await session.apply(change)
            for (const place of places) addresses.set(`${place.locale} ${place.slug}`, place)
            return places
          },
          commit,
        })
        await commit()
        return result
      }),
  }

  function toSentence(error: unknown): never {
    if (error instanceof FencedError) {
      onFenced()
      throw error
    }
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`The database of the fleet cannot be written: ${reason}`, { cause: error })
  }

  return {
    target,
    revision: () => revision,
    catchUp: (latest) =>
      index.write(async (session) => {
        await session.begin()
        return await catchUp(session, latest)
      }),
    async adopt() {
      ownOrigin = unwritten + origin
      await index.write(async (session) => {
        await session.begin()
        session.forgetFiles()
        await session.commit(async () => ({ position: { origin: ownOrigin, revision } }))
      })
    },
    async settleAdopted() {
      if (ownOrigin === origin) return
      await index.write(async (session) => {
        await session.begin()
        await session.commit(async () => ({ position: { origin, revision } }))
        ownOrigin = origin
      })
    },
  }
}

function* toPieces(documents: Document[]): Generator<Document[]> {
  let piece: Document[] = []
  let bytes = 0
  for (const document of documents) {
    const size = document.source?.byteLength ?? 0
    if (piece.length > 0 && bytes + size > bytesPerTransaction) {
      yield piece
      piece = []
      bytes = 0
    }
    piece.push(document)
    bytes += size
  }
  if (piece.length > 0) yield piece
}

/** So many files are compared at a time. */
const filesPerPiece = 200

/**
 * Brings a content folder up to what was published, before it is followed. A file that a document was
 * once is old, whoever has written since, and is replaced; a file that was deleted elsewhere is deleted
 * here. A file that is missing is written, unless this node was the last one to write (`wasWriter`) and
 * nothing in its folder is old: then it was deleted here. Any other file is an edit, and stays. Answers
 * how many files were written and deleted. Throws when the folder is not there, which says nothing about
 * any file.
 */
export async function catchUpFolder(
  index: Pick<WriteQueue, 'write'>,
  {
    database,
    contentDir,
    wasWriter,
    log,
  }: { database: FleetDatabase; contentDir: string; wasWriter: boolean; log: Log },
): Promise<{ written: number; deleted: number }> {
  await access(contentDir)
  const deleted = await deleteFiles(database, contentDir)
  /** Files that were here when their documents were published. */
  const missing: string[] = []
  let written = 0
  const write = async (paths: string[]) => {
    for (let i = 0; i < paths.length; i += filesPerPiece) {
      const piece = paths.slice(i, i + filesPerPiece)
      written += await writeFiles(database, contentDir, piece, log)
    }
  }
  for (let after = ''; ; ) {
    const { files, last } = await index.write(async ({ listFingerprints, findFile }) => {
      const listed = listFingerprints(after, 2000)
      const changed = listed.filter(
        ([path, known]) => known === '' || known !== findFingerprint(contentDir, path),
      )
      const found = changed.flatMap(([path]) => findFile(path) ?? [])
      return { files: found, last: listed.at(-1)?.[0] }
    })
    const behind: string[] = []
    for (const { path, digest, fingerprint } of files) {
      const found = await digestOf(join(contentDir, path))
      if (found === toBytesDigest(digest)) continue
      if (found === undefined && fingerprint !== '' && wasWriter) missing.push(path)
      else behind.push(path)
    }
    await write(behind)
    if (last === undefined) break
    after = last
  }
  if (written + deleted > 0) await write(missing)
  return { written, deleted }
}

/** A file that is back after it was deleted, with the same bytes as then, is an old copy. */
async function deleteFiles(database: FleetDatabase, contentDir: string): Promise<number> {
  const former = await database.snapshot((snapshot) => snapshot.readFormerDigests())
  let deleted = 0
  for (const [path, digests] of former) {
    const digest = await digestOf(join(contentDir, path))
    if (digest === undefined || !digests.map(toBytesDigest).includes(digest)) continue
    await rm(join(contentDir, path))
    deleted += 1
  }
  return deleted
}

async function writeFiles(
  database: FleetDatabase,
  contentDir: string,
  paths: string[],
  log: Log,
): Promise<number> {
  return await database.snapshot(async (snapshot) => {
    const former = await snapshot.readFormerDigests(paths)
    let written = 0
    for (const path of paths) {
      const file = join(contentDir, path)
      const digest = await digestOf(file)
      if (digest !== undefined && !former.get(path)?.map(toBytesDigest).includes(digest)) {
        log.warn(`${path} is another one here than what was published; it is published.`)
        continue
      }
      const source = (await snapshot.readSources([path])).get(path)
      if (!source) continue
      await writeWhole(file, source)
      written += 1
    }
    return written
  })
}

/** The digest of a live story says as well until when it holds. */
const toBytesDigest = (digest: string) => digest.replace(/ until .*$/, '')

/** As `readChange` does it; undefined when there is no file. */
async function digestOf(file: string): Promise<string | undefined> {
  try {
    return hash('sha1', await readFile(file), 'base64url')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}
