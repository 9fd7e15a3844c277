import { randomBytes } from 'node:crypto'
import type { ArticleAddress } from '#lib/article-index/article-index.ts'
import { toFileDigest, writeContentFile } from '#lib/content/content-file.ts'
import { createRemovalGuard } from '#lib/content-sync/removal-guard.ts'
import type { Follow } from '#lib/content-sync/run-sync-process.ts'
import {
  type ContinuousSync,
  type SyncState,
  syncContinuously,
} from '#lib/content-sync/sync-continuously.ts'
import type { FleetState, TakenOutbox } from '#lib/content-sync/sync-messages.ts'
import { writeIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { type Beat, NewerSchemaError, openFleetDatabase } from './fleet-database.ts'
import { FencedError } from './leases.ts'
import { createReplica } from './replica.ts'
import { createMediaShare, findMediaRevision, pruneMedia, removalLimit } from './share-media.ts'
import { catchUpFolder, createFleetWriter, type FleetWriter } from './write-documents.ts'

/**
 * How often the database is asked, in ms, if it does not say itself that there is something new; and
 * how soon again after it did not answer: most of the time it is back in a moment.
 */
const beatMs = { usual: 1000, failed: 250 }

/**
 * How long an answer may take while the database is not known to be away, in ms. What a cut has swallowed
 * TCP repeats later each time, and a new connection is there sooner. A database that is only slow has
 * more time for the next answer: else a busy machine would open connections and nothing else.
 */
const firstAnswerMs = 2000

/** A writer that could not start gives the lease back and lets others try for so long, in ms. */
const restMs = 5000

/** How long publishing on demand waits for the other nodes, in ms. */
const waitForNodesMs = 2000

/** How often the writer looks for new files in `media` that are no pictures, in ms. */
const mediaScanMs = 5000

/** How long following waits for files of media, which may be large, and a node for the others, in ms. */
const longestMediaWait = { following: 1000, starting: 30_000 }

/** When more articles have changed than this, nobody is notified of each. */
const mostAddresses = 1000

/** Deleted documents are kept so long, in days: a node that was away for longer starts anew. */
const keptDays = 30

/** The writing of one term. */
type Leading = {
  term: number
  writer: FleetWriter
  /** Undefined until the folder has been looked through once. */
  sync: ContinuousSync | undefined
  /** The database was empty, so nothing is whole before the folder is. */
  isFirst: boolean
  starting: Promise<void>
  /** Files that were handed over are being published. */
  isTaking: boolean
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
  const { databaseUrl, mediaDir, role, build, assets } = fleet
  const mayWrite = role !== 'web'
  const id = `${fleet.node}/${randomBytes(2).toString('hex')}`
  const database = openFleetDatabase(databaseUrl)
  let isMigrated = false
  let listening: { close(): void } | undefined
  let leading: Leading | undefined
  let beat: Beat | undefined
  let clockOffsetMs: number | undefined
  let failure: string | undefined
  /** It will never follow: other nodes serve readers what is published, this one cannot. */
  let isOutdated = false
  let behindSince: number | undefined
  let restsUntil = 0
  let isStopped = false
  let looking: Promise<void> = Promise.resolve()
  /** News that came while the database was being asked is not lost: it is asked again at once. */
  let isWoken = false
  let endPause = () => {}
  const wake = () => {
    isWoken = true
    endPause()
  }

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
  const media = createMediaShare({
    database,
    build,
    folders: { build: assets.build, media: mediaDir, builds: assets.others },
    log,
  })
  const startedAt = performance.now()
  let pulling: Promise<void> | undefined
  let mediaFailure: string | undefined
  let scannedMediaAt = Number.NEGATIVE_INFINITY
  let isBuildThere = false
  let ingestReports = 0
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
      waitsFor: findWhatIsAwaited(),
      lagSeconds: isBehind ? Math.round((performance.now() - Number(behindSince)) / 1000) : 0,
      failure,
      clockOffsetMs,
      lease: beat?.lease && { ...beat.lease, isMine: leading?.term === beat.lease.term },
      peers: beat?.peers ?? [],
    }
  }

  /**
   * A page of this build may not be sent before every node has its files, nor may a reader be sent here
   * before the files of other builds are here. Without the database nobody waits.
   */
  function findWhatIsAwaited(): string | undefined {
    if (isOutdated) return failure
    if (isBuildThere || failure !== undefined) return undefined
    if (mediaFailure !== undefined) return mediaFailure
    const own = media.buildRevision()
    if (own === undefined || media.revision() === undefined) {
      return 'The files of media and of the builds of other nodes are being copied.'
    }
    const lacking = (beat?.peers ?? []).filter(
      ({ node, mediaRevision }) =>
        node !== id && mediaRevision !== undefined && mediaRevision < own,
    )
    const isLate = performance.now() - startedAt > longestMediaWait.starting
    if (lacking.length > 0 && !isLate) {
      return `${lacking.map(({ node }) => node).join(', ')} does not have the files of this build yet.`
    }
    isBuildThere = true
    return undefined
  }

  /**
   * Copies files that are no content, so that an article is not served before the film that it shows.
   * Large ones do not keep the index from following, nor do any in a node that has just started, which
   * is sent no readers before they are there.
   */
  async function followMedia(latest: number): Promise<void> {
    pulling ??= (async () => {
      try {
        if (media.buildRevision() === undefined) await media.shareBuild()
        await media.pull(latest)
        mediaFailure = undefined
      } catch (error) {
        const reason = `The files of media and builds cannot be copied: ${error}`
        if (mediaFailure !== reason) log.error(reason)
        mediaFailure = reason
      } finally {
        pulling = undefined
      }
    })()
    if (media.revision() === undefined) return
    await Promise.race([
      pulling,
      new Promise((resolve) => setTimeout(resolve, longestMediaWait.following).unref()),
    ])
  }

  /** Writes what is new in `media` of the content folder for the others. */
  async function scanMedia(own: Leading, confirmRemovals = false): Promise<void> {
    scannedMediaAt = performance.now()
    await media
      .shareFolder(contentDir, own.term, confirmRemovals)
      .catch((error) => log.warn(`The files of media cannot be copied to other machines: ${error}`))
  }

  /** Keeps the last report of ingest where it would be if it had run on this machine. */
  async function followIngestReport(latest: number): Promise<void> {
    if (latest === ingestReports) return
    const [row] = await database.query('SELECT report FROM ingest')
    if (typeof row?.report === 'string') {
      await writeIngestReport(options.dataDir, row.report).catch((error) =>
        log.warn(`The report of ingest cannot be kept: ${error}`),
      )
    }
    ingestReports = latest
  }

  async function ask(): Promise<Beat> {
    const askedAt = Date.now()
    const revision = replica.revision()
    const answer = await database.beat(
      { id, role, build, revision, mediaRevision: media.revision(), follows: !leading },
      failure === undefined ? firstAnswerMs : undefined,
    )
    const isBackwards = beat && beat.origin === answer.origin && beat.revision > answer.revision
    if (isBackwards) log.warn('The database of the fleet is at an older revision than before.')
    beat = answer
    clockOffsetMs = Math.round((askedAt + Date.now()) / 2 - beat.now)
    return beat
  }

  async function look(): Promise<void> {
    if (!isMigrated) await database.migrate()
    isMigrated = true
    const state = await ask()
    listening ??= await listen()
    if (leading) await renew(leading)
    await followIngestReport(state.ingestReports)
    const hadMedia = media.revision()
    await followMedia(state.mediaRevision)
    const isScanDue = performance.now() - scannedMediaAt > mediaScanMs
    if (leading?.sync && isScanDue) void scanMedia(leading)
    if (leading && state.revision > leading.writer.revision()) takeOver(leading, state.revision)
    if (leading?.sync && state.submissions > 0) takeSubmissions(leading, leading.sync)
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
      if (replica.revision() !== hadRevision || media.revision() !== hadMedia) await ask()
    } else noteLag(state.revision)
    if (failure === undefined) return
    log.info('The index follows the database of the fleet again.')
    failure = undefined
    // What could not be published meanwhile.
    leading?.sync?.scan()
  }

  function noteLag(latest: number): void {
    const isBehind = (replica.revision() ?? -1) < latest
    behindSince = isBehind ? (behindSince ?? performance.now()) : undefined
  }

  /** Where a pooler swallows notifications, or there are none, looking each second does. */
  async function listen() {
    const next = await database
      .listen(wake, () => {
        if (listening === next) listening = undefined
      })
      .catch(() => undefined)
    return next
  }

  async function lead(state: Beat): Promise<void> {
    if (isStopped) return
    const [former] = await database.query("SELECT holder FROM leases WHERE name = 'writer'")
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
      isTaking: false,
      isOver: false,
      starting: Promise.resolve(),
    }
    leading = own
    const wasWriter = String(former?.holder).startsWith(`${fleet?.node}/`)
    own.starting = startWriting(own, wasWriter).catch(async (error) => {
      if (own.isOver || isStopped) return
      const reason = error instanceof Error ? error.message : String(error)
      log.error(`This node cannot be the writer: ${reason}`)
      stopLeading()
      restsUntil = performance.now() + restMs
      await database.releaseLease('writer', id, term).catch(() => {})
    })
  }

  async function startWriting(own: Leading, wasWriter: boolean): Promise<void> {
    const { writer, isFirst, term } = own
    if (isFirst) await writer.adopt()
    // What others have written between the last look and the lease.
    else await writer.catchUp(Number.POSITIVE_INFINITY)
    if (!isFirst) {
      const { written, deleted } = await catchUpFolder(index, {
        database,
        contentDir,
        wasWriter,
        log,
      })
      if (written + deleted > 0) {
        log.info(
          `The content folder is brought up to what was published: ${written} files written, ${deleted} deleted.`,
        )
      }
    }
    await media.pull(await findMediaRevision(database))
    await media.catchUpFolder(contentDir)
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
    await pruneMedia(database, keptDays).catch(() => {})
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

  /** Publishes files that others hand over, such as ingest on another machine. Not waited for either. */
  function takeSubmissions(own: Leading, sync: ContinuousSync): void {
    if (own.isTaking) return
    own.isTaking = true
    const take = async () => {
      const rows = await database.query(
        `SELECT id, path, source, expected FROM submissions WHERE outcome IS NULL ORDER BY id LIMIT 50`,
      )
      for (const { id, path, source, expected } of rows) {
        if (own.isOver || !(source instanceof Uint8Array)) return
        const outcome = await publishFile(sync, String(path), source, expected).catch((error) => {
          log.warn(`${path} was handed over and is not published yet: ${error}`)
        })
        if (outcome === undefined) continue
        await database.query(
          `UPDATE submissions SET outcome = $2
           WHERE id = $1 AND EXISTS (SELECT 1 FROM state WHERE term = $3)`,
          [id, outcome, own.term],
        )
      }
      if (rows.length > 0) wake()
    }
    take()
      .catch((error) => log.warn(`What was handed over cannot be read: ${error}`))
      .finally(() => {
        own.isTaking = false
      })
  }

  /** The file may be there already: a writer may have ended after it was written. */
  async function publishFile(
    sync: ContinuousSync,
    path: string,
    bytes: Uint8Array,
    expected: unknown,
  ) {
    const digest = typeof expected === 'string' ? expected : undefined
    const written = await writeContentFile(contentDir, path, bytes, digest)
    const isThere =
      written.kind === 'written' ||
      (written.found && toFileDigest(written.found) === toFileDigest(bytes))
    if (!isThere) return 'changed'
    await sync.syncNow({ paths: [path] })
    return 'written'
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
      isOutdated = error instanceof NewerSchemaError
      // After a cut its connection looks well, and nothing comes through it any more.
      listening?.close()
      listening = undefined
    }
    report()
  }

  /** Looks again as soon as the database says so, and each second. */
  async function keepLooking(): Promise<void> {
    while (!isStopped) {
      if (!isWoken) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, failure === undefined ? beatMs.usual : beatMs.failed)
          endPause = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      if (isStopped) return
      isWoken = false
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
      await scanMedia(own, wanted?.confirmRemovals)
      const report = await sync.syncNow(wanted)
      if (own !== leading) throw new Error(explainNoWriter())
      const revision = own.writer.revision()
      return { ...report, revision, nodesBehind: await waitForNodes(revision) }
    },
    outbox: {
      take: () => takeOutbox(requireLead()),
      save: (content, revision) => saveOutbox(requireLead(), content, revision),
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

  function requireLead(): Leading {
    if (leading) return leading
    throw new Error(explainNoWriter())
  }

  /** One statement sees one instant: what is listed was published up to its revision. */
  async function takeOutbox(own: Leading): Promise<TakenOutbox> {
    const [row] = await database.query(
      `SELECT revision::float8, (SELECT content FROM notifications) AS content,
         (SELECT json_agg(json_build_object('locale', locale, 'slug', slug) ORDER BY revision)
           FROM (SELECT * FROM outbox LIMIT $1) AS listed) AS addresses
       FROM state`,
      [mostAddresses + 1],
    )
    // What was read is in the index then, which is asked about it.
    await own.writer.catchUp(0)
    const addresses = (row?.addresses as ArticleAddress[] | null) ?? []
    return {
      content: typeof row?.content === 'string' ? row.content : undefined,
      addresses: addresses.length > mostAddresses ? undefined : addresses,
      revision: Number(row?.revision),
    }
  }

  async function saveOutbox(own: Leading, content: string, revision: number): Promise<void> {
    const saved = await database.query(
      `WITH mine AS (SELECT 1 FROM state WHERE term = $1 FOR UPDATE), noted AS (
         DELETE FROM outbox USING mine WHERE revision <= $3
       )
       INSERT INTO notifications (content) SELECT $2 FROM mine
       ON CONFLICT (one) DO UPDATE SET content = excluded.content RETURNING 1 AS one`,
      [own.term, content, revision],
    )
    if (saved.length === 0) throw new FencedError()
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
