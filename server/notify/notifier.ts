import type { Log } from '#lib/node/log.ts'
import { retryRule, toBackOffMs } from '#lib/node/retry.ts'
import type { Deliver, Delivery } from './deliver.ts'
import type { Channel, OutboxStore } from './outbox.ts'

/** A service that is notified of changes. One delivery holds at most `mostUrls` addresses. */
export type NotificationTarget = { name: string; deliver: Deliver; mostUrls: number }

/** One change: an address, a digest of its state, and the addresses that each target is sent for it. */
export type Change = { url: string; digest: string; urlsByTarget: Record<string, string[]> }

/** How the notifications of one target go. Instants are UTC ISO strings. */
export type NotificationStatus = {
  name: string
  /** Addresses that it has yet to be notified of. */
  pending: number
  /** The first failure since the last success; undefined when there is none. */
  failingSince: string | undefined
  lastSuccessAt: string | undefined
}

export type Notifier = {
  /** Notes changes; one whose digest was noted before is skipped. Never throws. */
  note(changes: Change[]): void
  /** Sends addresses to one target for a change that has no digest. Never throws. */
  noteUrls(target: string, urls: string[]): void
  wasNoted(url: string): boolean
  begunAt: string
  lookedAt(): string
  setLookedAt(instant: string): void
  status(): NotificationStatus[]
  stop(): void
}

export type NotifierTiming = {
  /** From a change to its first delivery, in ms. */
  delay: number
  /** See `retryRule`. */
  retry: { firstMs: number; longestMs: number }
}

/** A delivery that has failed so often is dropped, after about two days. */
const mostAttempts = 18
const mostNoted = 5000
const mostWaiting = 50_000

/** Also the most that a clock that was wrong can cost, in ms. */
const longestWait = retryRule.longestRetryAfterMs

/**
 * An address in the queue of a target. `again` is set when it changed once more while it waited or
 * was being delivered: the delivery under way may have been too early for that change.
 */
type Waiting = { readyAt: number; again?: number }

/** Who may not send now asks again after so long, in ms. */
const askAgainAfter = 5000

/**
 * Notifies targets of changes in the background. What waits is kept in `store` and survives a restart,
 * so everything is delivered at least once. After a failure it is tried again, for two days in all;
 * a refusal is final. Both are logged, and so is whatever is dropped.
 */
export function createNotifier({
  store,
  targets,
  log,
  now = () => new Date(),
  timing: { delay, retry },
}: {
  store: OutboxStore
  targets: NotificationTarget[]
  log: Log
  now?: () => Date
  timing: NotifierTiming
}): Notifier {
  const { outbox } = store
  const noted = new Map(outbox.notified)
  const queues = targets.map((target) => openQueue(target, outbox.channels[target.name]))
  let isStopped = false

  function save(): void {
    outbox.notified = [...noted].slice(-mostNoted)
    for (const queue of queues) outbox.channels[queue.name] = queue.toChannel()
    store.save()
  }

  function openQueue({ name, deliver, mostUrls }: NotificationTarget, stored?: Channel) {
    const start = now().getTime()
    const waiting = new Map<string, Waiting>(
      stored?.urls.map((url) => [url, { readyAt: start + delay }]),
    )
    let attempts = stored?.attempts ?? 0
    let nextAt = Math.min(stored?.nextAt ?? 0, start + longestWait)
    let { failingSince, lastSuccessAt } = stored ?? {}
    let timer: NodeJS.Timeout | undefined
    let isDelivering = false

    /** Those noted first are ready first, and every address waits as long. */
    function listReady(instant: number): string[] {
      const ready: string[] = []
      for (const [url, { readyAt }] of waiting) {
        if (readyAt > instant || ready.length === mostUrls) break
        ready.push(url)
      }
      return ready
    }

    function schedule(): void {
      clearTimeout(timer)
      const [first] = waiting.values()
      if (isStopped || isDelivering || !first) return
      const wait = Math.max(first.readyAt, nextAt) - now().getTime()
      timer = setTimeout(run, Math.min(Math.max(0, wait), longestWait))
      timer.unref()
    }

    async function run(): Promise<void> {
      const startedAt = now().getTime()
      const urls = startedAt < nextAt ? [] : listReady(startedAt)
      if (urls.length > 0) {
        isDelivering = true
        const mayDeliver = await store.mayDeliver()
        const delivery = mayDeliver && !isStopped ? await deliver(urls) : undefined
        isDelivering = false
        if (isStopped) return
        if (!delivery) {
          nextAt = now().getTime() + askAgainAfter
          return schedule()
        }
        settle(delivery, urls, startedAt)
        save()
      }
      schedule()
    }

    function settle(delivery: Delivery, urls: string[], startedAt: number): void {
      const instant = now()
      const mayRetry = delivery.kind === 'later' && attempts + 1 < mostAttempts
      if (mayRetry) {
        if (attempts === 0) log.warn(`${name} is notified again later: ${delivery.reason}.`)
        attempts += 1
        const wait = Math.max(toBackOffMs(attempts, retry), delivery.afterMs ?? 0)
        nextAt = instant.getTime() + Math.min(wait, longestWait)
        failingSince ??= instant.toISOString()
        return
      }
      if (delivery.kind === 'delivered') {
        failingSince = undefined
        lastSuccessAt = instant.toISOString()
      } else {
        failingSince ??= instant.toISOString()
        log.error(`${name} was not notified of ${urls.length} addresses: ${delivery.reason}.`)
      }
      attempts = 0
      nextAt = 0
      for (const url of urls) {
        const again = waiting.get(url)?.again
        waiting.delete(url)
        if (again !== undefined && again > startedAt) waiting.set(url, { readyAt: again })
      }
    }

    return {
      name,
      schedule,
      add(urls: string[]): void {
        const readyAt = now().getTime() + delay
        for (const url of urls) {
          const known = waiting.get(url)
          if (known) known.again = readyAt
          else waiting.set(url, { readyAt })
        }
        const excess = waiting.size - mostWaiting
        if (excess <= 0) return
        for (const url of [...waiting.keys()].slice(0, excess)) waiting.delete(url)
        log.error(`${name} is not notified of ${excess} addresses: more than ${mostWaiting} wait.`)
      },
      toChannel: (): Channel => ({
        urls: [...waiting.keys()],
        attempts,
        nextAt,
        failingSince,
        lastSuccessAt,
      }),
      status: (): NotificationStatus => ({
        name,
        pending: waiting.size,
        failingSince,
        lastSuccessAt,
      }),
      stop: () => clearTimeout(timer),
    }
  }

  function add(urlsOf: (target: string) => string[]): void {
    for (const queue of queues) queue.add(urlsOf(queue.name))
    save()
    for (const queue of queues) queue.schedule()
  }

  for (const queue of queues) queue.schedule()

  return {
    note(changes) {
      const news = changes.filter(({ url, digest }) => noted.get(url) !== digest)
      if (news.length === 0) return
      for (const { url, digest } of news) {
        // The newest last.
        noted.delete(url)
        noted.set(url, digest)
      }
      add((target) => news.flatMap(({ urlsByTarget }) => urlsByTarget[target] ?? []))
    },
    noteUrls: (name, urls) => add((target) => (target === name ? urls : [])),
    wasNoted: (url) => noted.has(url) && noted.get(url) !== 'gone',
    begunAt: outbox.begunAt,
    lookedAt: () => outbox.lookedAt,
    setLookedAt(instant) {
      outbox.lookedAt = instant
      save()
    },
    status: () => queues.map((queue) => queue.status()),
    stop() {
      isStopped = true
      for (const queue of queues) queue.stop()
    },
  }
}

/**
 * The notifications as a part of `/health`: `off` where no target is configured, `failing` with a
 * reason while the last delivery to one failed, else `ok`.
 */
export function toNotificationHealth(targets: NotificationStatus[]) {
  const failing = targets.filter(({ failingSince }) => failingSince !== undefined)
  const reasons = failing.map(
    ({ name, failingSince, pending }) =>
      `${name} cannot be notified since ${failingSince}, ${pending} addresses wait`,
  )
  return {
    state: targets.length === 0 ? 'off' : failing.length > 0 ? 'failing' : 'ok',
    ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
    targets,
  }
}
