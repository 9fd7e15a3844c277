import type { Log } from '#lib/node/log.ts'
import type { Deliver } from './deliver.ts'
import { type Channel, type Outbox, readOutbox, writeOutbox } from './outbox.ts'

/** A listener, and which addresses it is told of. */
export type Listener = { name: string; deliver: Deliver; mostUrls: number }

/** One change: an address with a digest of what is there now, and what each listener is told of it. */
export type Change = { url: string; digest: string; tell: Record<string, string[]> }

export type Notifier = {
  /** Notes changes; those that were told of before, by their digest, are no news. Never throws. */
  note(changes: Change[]): void
  wasTold(url: string): boolean
  begunAt: string
  lookedAt(): string
  setLookedAt(instant: string): void
  stop(): void
}

/** In ms: changes are gathered for a moment; a failure waits, longer each time, for two days in all. */
const gatherMilliseconds = 2000
const retryMilliseconds = { first: 30_000, most: 6 * 3_600_000 }
const mostAttempts = 18
const mostTold = 5000
const mostWaiting = 50_000

/**
 * Tells listeners of changes, beside everything else: what waits is kept in `file` and survives a
 * restart. A listener that fails is tried again later, one that refuses is not; `log` is told.
 */
export function createNotifier({
  file,
  listeners,
  log,
  now = () => new Date(),
  gather = gatherMilliseconds,
  retry = retryMilliseconds,
}: {
  file: string
  listeners: Listener[]
  log: Log
  now?: () => Date
  gather?: number
  retry?: { first: number; most: number }
}): Notifier {
  const outbox: Outbox = readOutbox(file, now())
  const told = new Map(outbox.told)
  const timers = new Map<string, NodeJS.Timeout>()
  const busy = new Set<string>()
  let isStopped = false

  const channelOf = (name: string): Channel => {
    outbox.channels[name] ??= { urls: [], attempts: 0, nextAt: 0 }
    return outbox.channels[name]
  }

  function save(): void {
    outbox.told = [...told].slice(-mostTold)
    try {
      writeOutbox(file, outbox)
    } catch (error) {
      log.error(`What listeners are to be told cannot be kept: ${error}`)
    }
  }

  function schedule(listener: Listener): void {
    if (isStopped || busy.has(listener.name)) return
    const { urls, nextAt } = channelOf(listener.name)
    clearTimeout(timers.get(listener.name))
    if (urls.length === 0) return
    const wait = Math.max(0, nextAt - now().getTime())
    const timer = setTimeout(() => void deliver(listener), wait)
    timer.unref()
    timers.set(listener.name, timer)
  }

  async function deliver(listener: Listener): Promise<void> {
    const { name, mostUrls } = listener
    const urls = channelOf(name).urls.slice(0, mostUrls)
    busy.add(name)
    const result = await listener.deliver(urls)
    busy.delete(name)
    if (isStopped) return
    const channel = channelOf(name)
    const isGivenUp = result.kind === 'again' && channel.attempts + 1 >= mostAttempts
    if (result.kind === 'again' && !isGivenUp) {
      const backOff = Math.min(retry.first * 2 ** channel.attempts, retry.most)
      if (channel.attempts === 0) log.info(`${name} is told again later: ${result.reason}.`)
      channel.attempts += 1
      channel.nextAt = now().getTime() + Math.max(backOff, result.afterMs ?? 0)
    } else {
      if (result.kind !== 'delivered') {
        log.error(`${name} was not told of ${urls.length} addresses: ${result.reason}.`)
      }
      const done = new Set(urls)
      channel.urls = channel.urls.filter((url) => !done.has(url))
      channel.attempts = 0
      channel.nextAt = 0
    }
    save()
    schedule(listener)
  }

  for (const listener of listeners) schedule(listener)

  return {
    note(changes) {
      const news = changes.filter(({ url, digest }) => told.get(url) !== digest)
      if (news.length === 0) return
      for (const { url, digest } of news) {
        // The newest last.
        told.delete(url)
        told.set(url, digest)
      }
      for (const listener of listeners) {
        const channel = channelOf(listener.name)
        const urls = news.flatMap(({ tell }) => tell[listener.name] ?? [])
        channel.urls = [...new Set([...channel.urls, ...urls])].slice(-mostWaiting)
        const instant = now().getTime()
        if (channel.nextAt <= instant) channel.nextAt = instant + gather
      }
      save()
      for (const listener of listeners) schedule(listener)
    },
    wasTold: (url) => told.has(url) && told.get(url) !== 'gone',
    begunAt: outbox.begunAt,
    lookedAt: () => outbox.lookedAt,
    setLookedAt(instant) {
      outbox.lookedAt = instant
      save()
    },
    stop() {
      isStopped = true
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
