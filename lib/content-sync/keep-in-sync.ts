import type { Log } from '#lib/node/log.ts'
import type { IndexProgress, KeptInSync, Synced } from './follow-content.ts'
import { type Follower, startFollower } from './start-follower.ts'

export type { IndexProgress, KeptInSync, Synced }

/** A process that dies is started again after this long, in ms, and longer each time. */
const restartMilliseconds = { first: 1000, most: 60_000 }

/** An index that was just begun again is not blamed for what was read of the former one. */
const blamelessMilliseconds = 5000

/**
 * Keeps the index in `dataDir` in step with a content folder, in a process of its own, so that whoever
 * serves from the index is neither held up by what is written to it nor left with the memory that a
 * first index takes, and survives whatever a file does to its reader. See `followContent` for what is
 * noticed and when this resolves: once nothing in the index is out of date. Rejects when the folder
 * cannot be read to begin with. A process that dies later is started again, which `log` is told.
 */
export async function keepInSync(options: {
  dataDir: string
  contentDir: string
  log: Log
  /** Told of every sync that changed something, once that can be read. */
  onSynced?: (synced: Synced) => void
  /** After so many new files at once a fresh process goes on. */
  manyFiles?: number
}): Promise<
  KeptInSync & {
    /** Throws the index away and builds it anew, for a reader that has found it damaged. */
    beginAgain: (reason: string) => void
    /** The process at work; undefined while it is being started again. */
    pid: () => number | undefined
  }
> {
  const { log, manyFiles = 5000 } = options
  let follower: Follower | undefined
  let isStopped = false
  let restartIn = restartMilliseconds.first
  let begunAgainAt = Number.NEGATIVE_INFINITY
  let progress: IndexProgress = { state: 'indexing', filesSeen: 0, filesTotal: 0 }
  // Keeps the process that serves alive while it waits for the first one.
  const waiting = setInterval(() => {}, 60_000)

  /** The new one takes over when it has seen to everything itself. */
  async function start(): Promise<void> {
    const former = follower
    const starting = startFollower({
      ...options,
      manyFiles,
      onSynced: options.onSynced,
      onProgress: (told) => {
        progress = told
      },
      onWorn: () => void starting.then(start).catch(() => undefined),
      onEnd: (reason) => {
        log.error(`The process that follows the content has died: ${reason}`)
        follower = undefined
        startLater()
      },
    })
    const next = await starting
    restartIn = restartMilliseconds.first
    follower = next
    former?.stop()
    if (isStopped) next.stop()
  }

  function startLater(): void {
    if (isStopped) return
    const wait = restartIn
    restartIn = Math.min(restartIn * 2, restartMilliseconds.most)
    setTimeout(() => {
      if (isStopped) return
      start().catch((error) => {
        log.error(`Content is not followed: ${error.message}`)
        startLater()
      })
    }, wait).unref()
  }

  await start().finally(() => clearInterval(waiting))

  return {
    async syncNow(paths) {
      if (follower) return await follower.syncNow(paths)
      throw new Error('The process that follows the content is being started again')
    },
    progress: () => progress,
    pid: () => follower?.pid,
    beginAgain(reason) {
      if (!follower || performance.now() - begunAgainAt < blamelessMilliseconds) return
      begunAgainAt = performance.now()
      follower.beginAgain(reason)
    },
    stop() {
      isStopped = true
      follower?.stop()
    },
  }
}
