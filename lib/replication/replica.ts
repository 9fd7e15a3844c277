import type { Suppressed } from '#lib/article-index/article-index.ts'
import type { WriteQueue } from '#lib/article-index/writes/write-queue.ts'
import { loadInThread } from '#lib/content-sync/load-index.ts'
import type { FoundChange } from '#lib/content-sync/read-outcome.ts'
import type { IndexProgress } from '#lib/content-sync/sync-continuously.ts'
import { createUnwrittenChanges } from '#lib/content-sync/unwritten-changes.ts'
import type { Log } from '#lib/node/log.ts'
import { isUnwritable } from '#lib/node/sqlite.ts'
import { pullDocuments, readDocuments } from './apply-documents.ts'
import type { Beat, FleetDatabase } from './fleet-database.ts'
import type { LoadAnswer, LoadRequest } from './load-worker.ts'

/** Changes that are looked through for what was taken back while nothing can be written. */
const mostSuppressed = 2000

/** The index of a node as a copy of the database. Nothing here is called twice at the same time. */
export type Replica = {
  /**
   * Brings the index up to date. An index that is no copy of this database, or of too old a revision,
   * is emptied and made anew: this resolves when its newest articles are served, and the others follow.
   */
  follow(state: Pick<Beat, 'origin' | 'revision' | 'prunedRevision' | 'changes'>): Promise<void>
  /** All up to this revision is served; undefined while the index is not whole. */
  revision(): number | undefined
  /** What the node has written itself is in its index already. */
  noteRevision(revision: number): void
  /** The node has written all that there is: so many files. */
  noteWhole(revision: number, files: number): void
  progress(): IndexProgress
  /** The database cannot be asked: an index that was a whole copy when it was last written is served. */
  serveAsIs(): Promise<void>
  /** The index is empty again. */
  reset(): void
  stop(): void
}

type State =
  | { kind: 'unknown' }
  /** The newest articles are served, and what has changed since this revision. */
  | { kind: 'partial'; origin: string; servedRevision: number; documents: number }
  | { kind: 'whole'; revision: number }

export function createReplica({
  index,
  database,
  databaseUrl,
  mediaDir,
  refreshes,
  log,
  servedAtOnce = 250,
  onProgress,
  onSuppressed,
}: {
  index: Pick<WriteQueue, 'write' | 'rebuild' | 'startReplacement'>
  database: FleetDatabase
  databaseUrl: string
  mediaDir: string
  /** Rows that this node's code has made are written back. */
  refreshes: boolean
  log: Log
  /** So many of the newest articles are served before the others are loaded. */
  servedAtOnce?: number
  onProgress: () => void
  /** As in `syncContinuously`: what was taken back, and cannot be written here. */
  onSuppressed: (suppressed: Suppressed[]) => void
}): Replica {
  let state: State = { kind: 'unknown' }
  let isLoading = false
  let stopping = new AbortController()
  let progress: IndexProgress = { state: 'indexing', filesSeen: 0, filesTotal: 0 }
  const unwritten = createUnwrittenChanges(onSuppressed)

  function setProgress(next: IndexProgress): void {
    progress = next
    onProgress()
  }

  function setWhole(revision: number, files: number): void {
    state = { kind: 'whole', revision }
    setProgress({ state: 'ready', filesSeen: files, filesTotal: files })
  }

  async function follow(of: Parameters<Replica['follow']>[0]): Promise<void> {
    const { origin, revision, prunedRevision, changes } = of
    const { position, files } = await index.write(async (session) => ({
      position: session.findPosition(),
      files: session.countFiles(),
    }))
    const isCopy =
      position?.origin === origin &&
      position.revision >= prunedRevision &&
      position.revision <= revision
    if (isCopy && position.revision < revision) await pull(origin, position.revision, changes)
    else if (isCopy) setWhole(position.revision, files)
    else if (state.kind === 'partial' && state.origin === origin) await followPartial(state)
    else await begin(origin, files)
  }

  async function pull(origin: string, from: number, changes: Beat['changes']): Promise<void> {
    try {
      const { revision, files } = await index.write(async (session) => {
        const wanted = { database, mediaDir, origin, from, changes }
        const { revision } = await pullDocuments(session, wanted)
        return { revision, files: session.countFiles() }
      })
      unwritten.resolve(unwritten.paths())
      setWhole(revision, files)
    } catch (error) {
      if (isUnwritable(error)) await suppressAfter(from)
      throw error
    }
  }

  /** Nothing can be written here: what was taken back since a revision is served no more all the same. */
  async function suppressAfter(revision: number): Promise<void> {
    await database.snapshot(async (snapshot) => {
      const documents = await snapshot.listAfter(revision, mostSuppressed)
      const found: FoundChange[] = []
      for await (const { change } of readDocuments(snapshot, documents, undefined)) {
        const path = change.kind === 'gone' ? change.path : change.file.path
        found.push({ path, known: undefined, change })
      }
      await unwritten.add(index, found)
    })
  }

  /** While the whole index is made, the one that is served follows what changes. */
  async function followPartial(partial: Extract<State, { kind: 'partial' }>): Promise<void> {
    await index.write(async (session) => {
      // It may have been put in place while this waited for its turn.
      if (state !== partial) return
      const from = partial.servedRevision
      const pulled = await pullDocuments(session, { database, mediaDir, origin: undefined, from })
      partial.servedRevision = pulled.revision
    })
    if (state === partial && !isLoading) startLoading(partial)
  }

  async function begin(origin: string, files: number): Promise<void> {
    setProgress({ state: 'indexing', filesSeen: 0, filesTotal: 0 })
    if (files > 0) await index.rebuild('it is no copy of what the database of the fleet holds')
    const { revision, documents, isWhole } = await index.write((session) =>
      database.snapshot(async (snapshot) => {
        const found = await snapshot.findState()
        const newest = await snapshot.listNewest(servedAtOnce)
        await session.begin()
        for await (const { change } of readDocuments(snapshot, newest, mediaDir)) {
          await session.apply(change)
        }
        const removals = await snapshot.listRemovalsAfter(0)
        const isWhole = newest.length >= found.documents
        const position = isWhole ? { origin, revision: found.revision } : undefined
        await session.commit(async () => ({ position, removals }))
        return { ...found, isWhole }
      }),
    )
    if (isWhole) return setWhole(revision, documents)
    const partial: State = { kind: 'partial', origin, servedRevision: revision, documents }
    state = partial
    setProgress({
      state: 'indexing',
      filesSeen: servedAtOnce,
      filesTotal: documents,
      isInThread: true,
    })
    startLoading(partial)
  }

  function startLoading({ origin, documents }: Extract<State, { kind: 'partial' }>): void {
    const { signal } = stopping
    isLoading = true
    load(origin, documents, signal)
      .catch((error) => {
        if (signal.aborted) return
        log.error(`The index cannot be loaded from the database; it is tried again: ${error}`)
      })
      .finally(() => {
        isLoading = false
      })
  }

  async function load(origin: string, documents: number, signal: AbortSignal): Promise<void> {
    const replacement = index.startReplacement()
    try {
      const url = new URL('./load-worker.ts', import.meta.url)
      const indexFile = replacement.path
      const request = { databaseUrl, mediaDir, indexFile, now: Date.now(), refreshes }
      const onCount = (count: number) =>
        setProgress({
          state: 'indexing',
          filesSeen: Math.min(count, documents - 1),
          filesTotal: documents,
          isInThread: true,
        })
      const loading = loadInThread<LoadRequest, LoadAnswer>(url, request, { signal, onCount })
      const { revision, removals } = await loading
      const made = replacement.open()
      await made.write(async (session) => {
        await session.begin()
        await session.commit(async () => ({ position: { origin, revision }, removals }))
      })
      const pullInto = () =>
        made.write(async (session) => ({
          ...(await pullDocuments(session, { database, mediaDir, origin, from: revision })),
          files: session.countFiles(),
        }))
      await pullInto()
      let whole = { revision, files: 0 }
      // Once more while nobody else writes: what was withdrawn meanwhile does not come back.
      await replacement.install(async () => {
        signal.throwIfAborted()
        whole = await pullInto()
      })
      setWhole(whole.revision, whole.files)
    } finally {
      replacement.discard()
    }
  }

  return {
    follow,
    revision: () => (state.kind === 'whole' ? state.revision : undefined),
    noteRevision(revision) {
      state = { kind: 'whole', revision }
    },
    noteWhole: setWhole,
    async serveAsIs() {
      const { position, files } = await index.write(async (session) => ({
        position: session.findPosition(),
        files: session.countFiles(),
      }))
      if (position) setWhole(position.revision, files)
    },
    progress: () => progress,
    reset() {
      stopping.abort()
      stopping = new AbortController()
      state = { kind: 'unknown' }
      setProgress({ state: 'indexing', filesSeen: 0, filesTotal: 0 })
    },
    stop: () => stopping.abort(),
  }
}
