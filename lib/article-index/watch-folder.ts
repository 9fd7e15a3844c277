import { type FSWatcher, watch } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** Quiet time after the last event of a burst: editors write in two steps, copies in many. */
const settleMilliseconds = 60

/** A burst that never ends is handled this long after it began. */
const patienceMilliseconds = 500

export type FolderWatch = { stop: () => void }

/**
 * Tells of changes below a folder, in batches: the Markdown files touched, as paths relative to the
 * folder with forward slashes, or `undefined` when folders came or went and everything is in doubt.
 * One watcher per folder: a recursive one costs a watch per file on Linux. `onFail` is told once
 * when the platform's watcher gives up; no more changes are reported then.
 */
export async function watchFolder(
  rootDir: string,
  {
    onChange,
    onFail,
  }: { onChange: (paths: string[] | undefined) => void; onFail: (error: Error) => void },
): Promise<FolderWatch> {
  const watchers = new Map<string, FSWatcher>()
  let touched = new Set<string>()
  let isInDoubt = false
  let firstEventAt = 0
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  function report(): void {
    timer = undefined
    const paths = isInDoubt ? undefined : [...touched]
    touched = new Set()
    isInDoubt = false
    if (paths === undefined) watchBelow(rootDir).catch(fail)
    onChange(paths)
  }

  function notice(dir: string, name: string | null): void {
    const path = name === null ? undefined : join(dir, name)
    if (path?.endsWith('.md')) touched.add(relative(rootDir, path).split(sep).join('/'))
    else if (path === undefined || !/\.[^/\\]+$/.test(path)) isInDoubt = true
    else return
    const now = Date.now()
    if (timer === undefined) firstEventAt = now
    clearTimeout(timer)
    timer = setTimeout(
      report,
      Math.max(0, Math.min(settleMilliseconds, firstEventAt + patienceMilliseconds - now)),
    )
  }

  async function watchBelow(dir: string): Promise<void> {
    if (!watchers.has(dir) && !isStopped) {
      const watcher = watch(dir, (_event, name) => notice(dir, name))
      watchers.set(dir, watcher)
      watcher.on('error', () => {
        // The folder is gone; its parent's watcher has told of that.
        watcher.close()
        watchers.delete(dir)
      })
    }
    for (const child of await readdir(dir, { withFileTypes: true })) {
      if (child.isDirectory() && !child.name.startsWith('.'))
        await watchBelow(join(dir, child.name))
    }
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

  await watchBelow(rootDir).catch(fail)
  return { stop }
}
