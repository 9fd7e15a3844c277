import { stat } from 'node:fs/promises'

/** How often is looked, in ms: one call to the file system each time. */
const lookMilliseconds = 500

/**
 * Tells when another folder stands at a path than before: a link was turned elsewhere, or a folder
 * renamed into place. The platform's watcher follows the folder that it was given, not its name.
 */
export function watchPlace(path: string, onExchanged: () => void): { stop: () => void } {
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

async function identify(path: string): Promise<string | undefined> {
  const stats = await stat(path).catch(() => undefined)
  return stats && `${stats.dev} ${stats.ino}`
}
