import { randomBytes } from 'node:crypto'
import { createRemovalGuard, type RemovalLimit } from '#lib/content-sync/removal-guard.ts'
import type { Follow } from '#lib/content-sync/run-sync-process.ts'
import {
  type ContinuousSync,
  type SyncState,
  syncContinuously,
} from '#lib/content-sync/sync-continuously.ts'
import type { FleetState } from '#lib/content-sync/sync-messages.ts'
import { type Beat, openFleetDatabase } from './fleet-database.ts'
import { createReplica } from './replica.ts'
import { catchUpFolder, createFleetWriter, type FleetWriter } from './write-documents.ts'

/** How often the database is asked, in ms, if it does not say itself that there is something new. */
const beatMs = 1000

/** A writer that could not start gives the lease back and lets others try for so long, in ms. */
const restMs = 5000

/** How long publishing on demand waits for the other nodes, in ms. */
const waitForNodesMs = 2000

/** Deleted documents are kept so long, in days: a node that was away for longer starts anew. */
const keptDays = 30

/** On several machines a wrong folder is one of many: nothing large is removed until somebody says so. */
const removalLimit: RemovalLimit = { largestShare: 1 / 20, fewest: 5, waits: false }

/** The writing of one term. */
type Leading = {
  term: number
  writer: FleetWriter
  /** Undefined until the folder has been looked through once. */
  sync: ContinuousSync | undefined
  /** The database was empty, so nothing is whole before the folder is. */
  isFirst: boolean
  starting: Promise<void>
  isOver: boolean
}

/**
 * Keeps the index of a node as the database of its fleet is, and, in a node with a content folder, the
 * database as this folder is while it holds the lease. Resolves when nothing that is served is out of
 * date, as far as the database can be asked; without it the node serves what it has.
 */
export const followFleet: Follow = async (index, options) => {
  const { fleet, contentDir, log } = options
  if (!fleet) throw new Error('A node of a fleet needs the settings of the fleet')
  const { databaseUrl, mediaDir, role, build } = fleet
  const mayWrite = role !== 'web'
  const id = `${fleet.node}/${randomBytes(2).toString('hex')}`
  const database = openFleetDatabase(databaseUrl)
  let isMigrated = false
  let listening: { close(): void } | undefined
  let leading: Leading | undefined
  let beat: Beat | undefined
  let clockOffsetMs: number | undefined
  let failure: string | undefined
  let behindSince: number | undefined
  let restsUntil = 0
  let isStopped = false
  let looking: Promise<void> = Promise.resolve()
  let wake = () => {}

  const replica = createReplica({
    index,
    database,
    databaseUrl,
    mediaDir,
    refreshes: mayWrite,
    log,
    onProgress: report,
    onSuppressed: options.onSuppressed,
  })
  options.setOnEmptied(() => {
    replica.reset()
    stopLeading()
    wake()
  })

  function report(): void {
    const { state, filesSeen, filesTotal } = replica.progress()
    const writing = leading?.isFirst ? (leading.sync?.progress() ?? firstProgress) : undefined
    options.onProgress(writing ?? { state, filesSeen, filesTotal })
    options.onState(findState())
    options.onFleet(findFleet())
  }

  function findState(): SyncState {
    if (failure !== undefined) return { state: 'failed', reason: failure }
    const writing = leading?.sync?.state()
    if (writing?.reason !== undefined) return writing
    return { state: replica.progress().state }
  }

  function findFleet(): FleetState {
    const isBehind = behindSince !== undefined
    return {
      node: id,
      role,
      revision: replica.revision(),
      latestRevision: beat?.revision,
      lagSeconds: isBehind ? Math.round((performance.now() - Number(behindSince)) / 1000) : 0,
      failure,
      clockOffsetMs,
      lease: beat?.lease && { ...beat.lease, isMine: leading?.term === beat.lease.term },
      peers: beat?.peers ?? [],
    }
  }

  async function ask(): Promise<Beat> {
    const askedAt = Date.now()
    const answer = await database.beat({ id, role, build, revision: replica.revision() })
    const isBackwards = beat && beat.origin === answer.origin && beat.revision > answer.revision
    if (isBackwards) log.warn('The database of the fleet is at an older revision than before.')
    beat = answer
    clockOffsetMs = Math.round((askedAt + Date.now()) / 2 - beat.now)
    return beat
  }

  async function look(): Promise<void> {
    if (!isMigrated) await database.migrate()
    isMigrated = true
    listening ??= await listen()
    const state = await ask()
    if (leading) await renew(leading)
    if (leading && state.revision > leading.writer.revision()) takeOver(leading, state.revision)
    if (!leading) {
      const hadRevision = replica.revision()
      noteLag(state.revision)
      const isEmpty = state.revision === 0
      // Of an empty database only its first writer may say that the site is empty.
      if (!isEmpty) await replica.follow(state)
      const isCurrent = isEmpty || replica.revision() !== undefined
      if (mayWrite && isCurrent && !state.lease && performance.now() >= restsUntil)
        await lead(state)
      noteLag(state.revision)
      // Whoever waits for this node need not wait for the next second.
      if (replica.revision() !== hadRevision) await ask()
    } else noteLag(state.revision)
    if (failure !== undefined) log.info('The index follows the database of the fleet again.')
    failure = undefined
  }

  function noteLag(latest: number): void {
    const isBehind = (replica.revision() ?? -1) < latest
    behindSince = isBehind ? (behindSince ?? performance.now()) : undefined
  }

  /** Where a pooler swallows notifications, or there are none, looking each second does. */
  async function listen() {
    const own = await database
      .listen(
        () => wake(),
        () => {
          if (listening === own) listening = undefined
        },
      )
      .catch(() => undefined)
    return own
  }

  async function lead(state: Beat): Promise<void> {
    if (isStopped) return
    const term = await database.takeLease('writer', id)
    if (term === undefined) return
    if (isStopped) return await database.releaseLease('writer', id, term)
    log.info(`This node is the writer of the fleet now, in term ${term}.`)
    const writer = createFleetWriter({
      index,
      database,
      mediaDir,
      origin: state.origin,
      term,
      revision: replica.revision() ?? 0,
      onRevision: (revision) => {
        replica.noteRevision(revision)
        if (beat) beat.revision = Math.max(beat.revision, revision)
      },
      onFenced: () => {
        stopLeading()
        wake()
      },
    })
    const isFirst = state.revision === 0
    const own: Leading = {
      term,
      writer,
      sync: undefined,
      isFirst,
      isOver: false,
      starting: Promise.resolve(),
    }
    leading = own
    own.starting = startWriting(own).catch(async (error) => {
      if (own.isOver || isStopped) return
      const reason = error instanceof Error ? error.message : String(error)
      log.error(`This node cannot be the writer: ${reason}`)
      stopLeading()
      restsUntil = performance.now() + restMs
      await database.releaseLease('writer', id, term).catch(() => {})
    })
  }

  async function startWriting(own: Leading): Promise<void> {
    const { writer, isFirst, term } = own
    if (isFirst) await writer.adopt()
    // What others have written between the last look and the lease.
    else await writer.catchUp(Number.POSITIVE_INFINITY)
    if (!isFirst) {
      const { written, deleted } = await catchUpFolder(index, { database, contentDir, log })
      if (written + deleted > 0) {
        log.info(
          `The content folder is brought up to what was published elsewhere: ${written} files written, ${deleted} deleted.`,
        )
      }
    }
    if (own.isOver) return
    const sync = await syncContinuously(writer.target, {
      contentDir,
      log,
      guard: createRemovalGuard(undefined, removalLimit),
      longestVerification: Number.POSITIVE_INFINITY,
      onSynced: (synced) => {
        if (!own.isOver) options.onSynced(synced)
        if (synced.isWhole) {
          settleFirst(own).catch((error) => log.error(`The first index is not settled: ${error}`))
        }
      },
      onProgress: report,
      onState: report,
      onSuppressed: options.onSuppressed,
    })
    own.sync = sync
    if (own.isOver || isStopped) return sync.stop()
    if (sync.progress().state === 'ready') await settleFirst(own)
    // Whoever writes next does it otherwise.
    await database.prune(term, keptDays).catch(() => {})
    report()
  }

  async function settleFirst(own: Leading): Promise<void> {
    if (!own.isFirst) return
    await own.writer.settleAdopted()
    own.isFirst = false
    replica.noteWhole(own.writer.revision(), own.sync?.progress().filesTotal ?? 0)
  }

  /**
   * The database holds something that this node has written and not been told of. Its folder may be
   * another one by now. Not waited for: a long piece of writing must not cost the lease.
   */
  function takeOver(own: Leading, latest: number): void {
    own.writer
      .catchUp(latest)
      .then((hasFound) => {
        if (hasFound && !own.isOver) own.sync?.scan()
      })
      .catch((error) => log.warn(`What was written last is not known yet: ${error}`))
  }

  async function renew(own: Leading): Promise<void> {
    if (await database.renewLease('writer', id, own.term)) return
    log.warn('Another node has become the writer of the fleet.')
    stopLeading()
  }

  function stopLeading(): void {
    if (!leading) return
    leading.isOver = true
    leading.sync?.stop()
    leading = undefined
  }

  async function lookOnce(): Promise<void> {
    try {
      await look()
    } catch (error) {
      const reason = error instanceof Error ? error.message || error.name : String(error)
      const sentence = `The index cannot follow the database of the fleet, what is known stays served: ${reason}`
      if (failure !== sentence && !isStopped) log.error(sentence)
      failure = sentence
      // It may be lost without a word as well.
      listening?.close()
      listening = undefined
    }
    report()
  }

  /** Looks again as soon as the database says so, and each second. */
  async function keepLooking(): Promise<void> {
    while (!isStopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, beatMs)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      if (isStopped) return
      looking = lookOnce()
      await looking
    }
  }

  /** Nodes that are not there yet after a while, by their names. */
  async function waitForNodes(revision: number): Promise<string[]> {
    const deadline = performance.now() + waitForNodesMs
    for (;;) {
      const behind = (await database.listBehind(revision)).filter((node) => node !== id)
      if (behind.length === 0 || performance.now() > deadline) return behind
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
  }

  await lookOnce()
  if (failure !== undefined) await replica.serveAsIs()
  await leading?.starting
  void keepLooking()

  return {
    state: findState,
    async syncNow(wanted) {
      const own = leading
      // Whether it still may: an answer of this node is one of the fleet.
      await ask().catch((error) => {
        throw new Error(`The database of the fleet does not answer: ${error.message}`)
      })
      if (own) await renew(own)
      const sync = leading?.sync
      if (!own || !sync) throw new Error(explainNoWriter())
      const report = await sync.syncNow(wanted)
      if (own !== leading) throw new Error(explainNoWriter())
      const revision = own.writer.revision()
      return { ...report, revision, nodesBehind: await waitForNodes(revision) }
    },
    async stop() {
      isStopped = true
      wake()
      const term = leading?.term
      stopLeading()
      replica.stop()
      listening?.close()
      const leave = async () => {
        if (term !== undefined) await database.releaseLease('writer', id, term)
        // A look that was under way says once more that this node is running.
        await looking
        await database.leave(id)
      }
      const leaving = leave().catch(() => {})
      await Promise.race([leaving, new Promise((resolve) => setTimeout(resolve, 1000).unref())])
    },
  }

  function explainNoWriter(): string {
    const holder = beat?.lease?.holder
    if (leading)
      return 'This node has just become the writer and is still reading its content folder.'
    if (holder === undefined)
      return 'No node is the writer at the moment. Ask again in some seconds.'
    return `This node does not write content; ${holder} does. Publish there.`
  }
}

const firstProgress = { state: 'indexing', filesSeen: 0, filesTotal: 0 } as const
