import { existsSync, watch as watchOnPlatform } from 'node:fs'
import { lstat, readdir, stat } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { isContentPath } from '#lib/content/read-content-folder.ts'
import { codeOf } from '#lib/node/describe-error.ts'

/**
 * Quiet time after the last event of a burst: editors write in two steps, copies in many. A file that is
 * moved into place is whole.
 */
const settleMilliseconds = { written: 60, moved: 10 }

/** Elsewhere writing to a file may look like moving it. */
const tellsMoves = process.platform === 'linux'

/**
 * Files that were moved into place, and when, in ms since 1970. A new file that is written to is among
 * them until its first bytes are reported: only what it held before that time is whole.
 */
export type MovedFiles = ReadonlyMap<string, number>

/** A burst that never ends is handled this long after it began. */
const patienceMilliseconds = 500

/** The platform's queue of events is limited: after so many, some may be lost. */
const mostPathsReported = 1000

export type FolderWatch = { stop: () => void }

type Watcher = { on(event: 'error', listener: () => void): unknown; close(): void }

/** Reports names in one folder, not in folders below. The part of `fs.watch` that is used. */
export type Watch = (
  dir: string,
  listener: (event: 'rename' | 'change', name: string | null) => void,
) => Watcher

/**
 * Reports changes below a folder, in batches: the changed files that `isContentPath` accepts, as paths
 * relative to the folder with forward slashes, or `undefined` when any file may have changed.
 * One watcher per folder: a recursive one costs a watch per file on Linux. `onFail` is called once when
 * the platform's watcher gives up (on Linux its limits are ENOSPC and EMFILE) or the folder is gone
 * (`FolderGoneError`); no more changes are reported then.
 */
export async function watchFolder(
  rootDir: string,
  {
    onChange,
    onFail,
    watch = watchOnPlatform,
  }: {
    onChange: (paths: string[] | undefined, moved: MovedFiles) => void
    onFail: (error: Error) => void
    watch?: Watch
  },
): Promise<FolderWatch> {
  const watchers = new Map<string, Watcher>()
  const touched = new Set<string>()
  const moved = new Map<string, number>()
  /** Names that are not content files: folders that were created or removed, or other files. */
  const doubtful = new Set<string>()
  let firstEventAt = 0
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function notice(dir: string, event: 'rename' | 'change', name: string | null): void {
    if (isStopped) return
    const path = name === null ? dir : join(dir, name)
    const contentPath = toContentPath(path)
    if (isContentPath(contentPath)) {
      const isMoved = tellsMoves && event === 'rename' && !touched.has(contentPath)
      if (isMoved) moved.set(contentPath, Date.now())
      else moved.delete(contentPath)
      touched.add(contentPath)
    } else if (event === 'rename') doubtful.add(path)
    else return
    // For a folder that is itself removed or moved away the event has its own name.
    if (event === 'rename' && name === basename(dir)) doubtful.add(dir)
    if (timer === undefined) firstEventAt = performance.now()
    reportLater()
  }

  const areAllMoved = () => touched.size > 0 && moved.size === touched.size

  function reportLater(): void {
    clearTimeout(timer)
    const settle = settleMilliseconds[areAllMoved() ? 'moved' : 'written']
    const wait = Math.min(settle, firstEventAt + patienceMilliseconds - performance.now())
    timer = setTimeout(() => report().catch(fail), Math.max(0, wait))
  }

  async function report(): Promise<void> {
    // Editors move the old file away before they write the new one.
    if (areAllMoved() && [...moved.keys()].some((path) => !existsSync(join(rootDir, path)))) {
      moved.clear()
      return reportLater()
    }
    timer = undefined
    const names = [...doubtful]
    doubtful.clear()
    let isInDoubt = touched.size > mostPathsReported
    for (const path of names) {
      const isGone = forget(path)
      // The content folder itself may be a link; below it links are passed over.
      const look = path === rootDir ? stat : lstat
      const isFolder = (await look(path).catch(() => undefined))?.isDirectory()
      if (isFolder) await watchBelow(path)
      else if (path === rootDir) throw new FolderGoneError()
      isInDoubt ||= isGone
    }
    const paths = [...touched]
    const movedPaths = new Map(moved)
    touched.clear()
    moved.clear()
    if (isInDoubt) onChange(undefined, movedPaths)
    else if (paths.length > 0) onChange(paths, movedPaths)
  }

  /** Closes the watchers of a folder and of those below; true when there were any. */
  function forget(path: string): boolean {
    const below = [...watchers].filter(([dir]) => dir === path || dir.startsWith(path + sep))
    for (const [dir, watcher] of below) {
      watcher.close()
      watchers.delete(dir)
    }
    return below.length > 0
  }

  /** Watches first and reads afterwards, so that no change is missed in between. */
  async function watchBelow(dir: string, isNew = true): Promise<void> {
    if (isStopped) return
    try {
      if (!watchers.has(dir)) watchers.set(dir, startWatching(dir))
      for (const child of await readdir(dir, { withFileTypes: true })) {
        const path = join(dir, child.name)
        if (child.isDirectory() && !child.name.startsWith('.')) await watchBelow(path, isNew)
        else if (isNew && isContentPath(toContentPath(path))) touched.add(toContentPath(path))
      }
    } catch (error) {
      if (dir === rootDir || !['ENOENT', 'ENOTDIR'].includes(codeOf(error))) throw error
      forget(dir)
    }
  }

  function startWatching(dir: string): Watcher {
    const watcher = watch(dir, (event, name) => notice(dir, event, name))
    watcher.on('error', () => notice(dirname(dir), 'rename', basename(dir)))
    return watcher
  }

  function toContentPath(path: string): string {
    return relative(rootDir, path).split(sep).join('/')
  }

  function stop(): void {
    isStopped = true
    clearTimeout(timer)
    for (const watcher of watchers.values()) watcher.close()
    watchers.clear()
  }

  function fail(error: Error): void {
    if (isStopped) return
    stop()
    onFail(error)
  }

  await watchBelow(rootDir, false).catch(fail)
  return { stop }
}

/** The watched path no longer exists, or is not a folder. */
export class FolderGoneError extends Error {
  override name = 'FolderGoneError'
  override message = 'it is gone'
}

/** The interval between two looks, in ms. Each look is two calls to the file system. */
const lookMilliseconds = 500

/**
 * Reports when a path leads to another folder than before: a link was changed, a folder was renamed
 * into place, or a folder became a link, also one to itself. The platform's watcher follows the folder
 * that it was given, not its name, and may end when that folder is moved.
 */
export function watchFolderIdentity(path: string, onExchanged: () => void): { stop: () => void } {
  let known: string | undefined
  let isLooking = false

  async function look(): Promise<void> {
    if (isLooking) return
    isLooking = true
    const found = await identify(path)
    isLooking = false
    if (found === undefined || found === known) return
    const isFirst = known === undefined
    known = found
    if (!isFirst) onExchanged()
  }

  void look()
  const timer = setInterval(look, lookMilliseconds)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/** Undefined while there is nothing. */
async function identify(path: string): Promise<string | undefined> {
  const found = await Promise.all([lstat(path), stat(path)]).catch(() => undefined)
  return found?.map(({ dev, ino }) => `${dev} ${ino}`).join(' ')
}
