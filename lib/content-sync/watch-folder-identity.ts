import { lstat, stat } from 'node:fs/promises'

/** How often is looked, in ms: two calls to the file system each time. */
const lookMilliseconds = 500

/**
 * Reports when something else stands at a path than before: a link was turned elsewhere, a folder
 * renamed into place, or a folder became a link, also one to itself. The platform's watcher follows
 * the folder that it was given, not its name, and may end when that is moved.
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
