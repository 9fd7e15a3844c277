import { utimesSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ArticleAddress } from '#lib/article-index/article-index.ts'
import type { Removal } from '#lib/article-index/writes/placement-writer.ts'
import type { WriteSession } from '#lib/article-index/writes/write-session.ts'
import { contentKindOf, isContentPath } from '#lib/content/read-content-folder.ts'
import { readChanges } from '#lib/content-sync/read-changes.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { type ContentChange, type Document, isPrepared, toChange, toDocument } from './documents.ts'
import type { FleetDatabase, RecentChanges } from './fleet-database.ts'
import type { Snapshot, StoredDocument } from './snapshot.ts'

/** A document and the change that brings it into an index. */
export type ReadDocument = { document: StoredDocument; change: ContentChange }

/** A document whose rows this code has made, for those who run the same code. */
export type PreparedHere = Document & { revision: number }

/** Sources read at a time, in bytes; one that is larger comes alone. */
const sourceBytesPerPiece = 16 * 1024 * 1024

/**
 * What documents are for an index, in their order. Those that other code has prepared are parsed here,
 * in the threads that parse files, with their limits; `onPrepared` is called with them. Pictures are
 * written below `mediaDir`, if it is given, under their paths, with the same time on every node, because
 * it is part of how they are served.
 */
export async function* readDocuments(
  snapshot: Pick<Snapshot, 'readSources'>,
  documents: StoredDocument[],
  mediaDir: string | undefined,
  onPrepared: (document: PreparedHere) => void = () => {},
): AsyncGenerator<ReadDocument> {
  for (const piece of toPieces(documents)) {
    const wanted = piece.filter(needsSource).map(({ document }) => document.path)
    const sources = wanted.length > 0 ? await snapshot.readSources(wanted) : new Map()
    const toParse = piece.filter(({ change }) => !change).map(({ document }) => document)
    const parsed = await parseSources(toParse, sources)
    for (const { document, change: prepared } of piece) {
      const { path, revision } = document
      const change = prepared ?? parsed.get(path)
      if (!change) throw new Error(`${path} has no source in the database`)
      const source = sources.get(path)
      if (mediaDir && isPicture(document)) await writePicture(mediaDir, document, source)
      if (!prepared && change.kind !== 'gone') {
        const file = { ...change.file, bytes: source }
        onPrepared({ ...toDocument({ ...change, file }), revision })
      }
      yield { document, change }
    }
  }
}

type Unread = { document: StoredDocument; change: ContentChange | undefined }

/** Of a picture the source is all. */
const isWithoutSource = (document: StoredDocument) =>
  document.deleted || (isPrepared(document) && !isPicture(document))

const needsSource = ({ document, change }: Unread) => !change || isPicture(document)

function* toPieces(documents: StoredDocument[]): Generator<Unread[]> {
  let piece: Unread[] = []
  let bytes = 0
  for (const document of documents) {
    const one = { document, change: toChange(document) }
    const size = needsSource(one) ? document.sourceBytes : 0
    if (piece.length > 0 && bytes + size > sourceBytesPerPiece) {
      yield piece
      piece = []
      bytes = 0
    }
    piece.push(one)
    bytes += size
  }
  if (piece.length > 0) yield piece
}

async function parseSources(
  documents: StoredDocument[],
  sources: Map<string, Uint8Array>,
): Promise<Map<string, ContentChange>> {
  const files = documents.map(({ path }) => ({ path, known: undefined, bytes: sources.get(path) }))
  const parsed = new Map<string, ContentChange>()
  for await (const looks of readChanges('', files)) {
    for (const { file, look } of looks) {
      if (typeof look === 'string' || look.change.kind === 'touched') continue
      parsed.set(file.path, look.change)
    }
  }
  // A file that could not be parsed in time has a digest of its tries: here it is known by its bytes.
  for (const { path, digest } of documents) {
    const change = parsed.get(path)
    if (change && change.kind !== 'gone') change.file = { path, fingerprint: '', digest }
  }
  return parsed
}

const isPicture = ({ path }: { path: string }) => contentKindOf(path) === 'picture'

/** A path of the database that would lead out of the folder is no picture's. */
const isSafe = (path: string) =>
  isContentPath(path) && path.split('/').every((name) => name !== '' && !name.startsWith('.'))

/** Writes a picture, or deletes it where it has no bytes. `changedAt` is in ms since 1970. */
export async function writePicture(
  mediaDir: string,
  { path, changedAt }: { path: string; changedAt: number },
  bytes: Uint8Array | undefined,
): Promise<void> {
  if (!isSafe(path)) return
  const file = join(mediaDir, path)
  if (!bytes) return await rm(file, { force: true })
  await writeWhole(file, bytes)
  utimesSync(file, changedAt / 1000, changedAt / 1000)
}

/** So many documents are written in one local transaction. */
const documentsPerCommit = 2000

/**
 * Brings an index from a revision of the database to the latest one, in the turn of a session. Answers
 * where it is then, and the addresses at which something else may be served. What the node was given
 * with the state of the fleet, as `changes`, is not asked again.
 */
export async function pullDocuments(
  session: WriteSession,
  {
    database,
    mediaDir,
    origin,
    from,
    changes,
    onRevision = () => {},
  }: {
    database: Pick<FleetDatabase, 'snapshot'>
    mediaDir: string
    /** The database's id; without it the index is not whole yet and has no position. */
    origin: string | undefined
    /** The index holds all up to here. Where it has a position, that is asked instead. */
    from: number
    changes?: RecentChanges | undefined
    onRevision?: (revision: number) => void
  },
): Promise<{ revision: number; addresses: ArticleAddress[] }> {
  await session.begin()
  const addresses: ArticleAddress[] = []
  let revision = origin === undefined ? from : (session.findPosition()?.revision ?? from)

  async function apply(
    snapshot: Pick<Snapshot, 'readSources'>,
    documents: StoredDocument[],
    removals: Removal[],
  ): Promise<void> {
    const last = documents.at(-1)
    if (!last) return
    await session.begin()
    for await (const { document, change } of readDocuments(snapshot, documents, mediaDir)) {
      const known = session.findFile(document.path)
      const isSame = change.kind === 'gone' ? !known : known?.digest === document.digest
      if (!isSame) addresses.push(...(await session.apply(change)))
    }
    const position = origin === undefined ? undefined : { origin, revision: last.revision }
    await session.commit(async () => ({ position, removals }))
    revision = last.revision
    onRevision(revision)
  }

  if (changes?.after === revision && changes.documents.every(isWithoutSource)) {
    await apply({ readSources: async () => new Map() }, changes.documents, changes.removals)
    return { revision, addresses }
  }
  await database.snapshot(async (snapshot) => {
    let removals = await snapshot.listRemovalsAfter(revision)
    for (;;) {
      const documents = await snapshot.listAfter(revision, documentsPerCommit)
      await apply(snapshot, documents, removals)
      removals = []
      // The snapshot holds no more, and each question is a way to another machine and back.
      if (documents.length < documentsPerCommit) break
    }
  })
  return { revision, addresses }
}
