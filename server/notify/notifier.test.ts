import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { logTo } from '#lib/node/log.ts'
import type { Delivery } from './deliver.ts'
import { createNotifier, type Notifier } from './notifier.ts'
import { openOutboxFile, readOutbox } from './outbox.ts'

const begin = '2026-11-22T12:00:00.000Z'
const timing = { delay: 12_000, retry: { firstMs: 30_000, longestMs: 240_000 } }
const delivered: Delivery = { kind: 'delivered' }
const later = (afterMs?: number): Delivery => ({ kind: 'later', afterMs, reason: 'it is down' })

let folder: string
const open: Notifier[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'notifier-'))
  vi.useFakeTimers({ now: new Date(begin) })
})
afterEach(() => {
  for (const notifier of open.splice(0)) notifier.stop()
  vi.useRealTimers()
  rmSync(folder, { recursive: true })
})

/** A notifier with one target, which gives the answers in turn and then the last one. */
function notifierWith(answers: (Delivery | Promise<Delivery>)[], { mostUrls = 100 } = {}) {
  const deliveries: { at: number; urls: string[] }[] = []
  const lines: string[] = []
  const log = logTo(lines)
  const notifier = createNotifier({
    store: openOutboxFile(join(folder, 'notify.json'), new Date(), log),
    targets: [
      {
        name: 'Hub',
        mostUrls,
        deliver: async (urls) => {
          deliveries.push({ at: Date.now() - Date.parse(begin), urls })
          return answers[Math.min(deliveries.length, answers.length) - 1] ?? delivered
        },
      },
    ],
    log,
    timing,
  })
  open.push(notifier)
  const note = (digest: string, ...urls: string[]) =>
    notifier.note([{ url: `page-${urls}`, digest, urlsByTarget: { Hub: urls } }])
  return { notifier, deliveries, lines, note }
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

describe('a notifier', () => {
  it('waits until no proxy holds what was there before', async () => {
    const { deliveries, note } = notifierWith([delivered])
    note('1', 'feed')
    await seconds(11.9)
    expect(deliveries).toEqual([])
    await seconds(0.1)
    expect(deliveries).toEqual([{ at: 12_000, urls: ['feed'] }])
  })

  it('delivers once more what changes while it waits, as late as the first time', async () => {
    const { deliveries, note } = notifierWith([delivered])
    note('1', 'feed')
    await seconds(11)
    note('2', 'feed')
    await seconds(60)
    expect(deliveries.map(({ at }) => at)).toEqual([12_000, 23_000])
  })

  it('loses no change that comes while a delivery is on its way', async () => {
    const { promise, resolve } = Promise.withResolvers<Delivery>()
    const { notifier, deliveries, note } = notifierWith([promise, delivered])
    note('1', 'feed', 'other')
    await seconds(15)
    note('2', 'feed')
    resolve(delivered)
    await seconds(0)
    expect(notifier.status()).toMatchObject([{ pending: 1 }])
    await seconds(60)
    expect(deliveries).toEqual([
      { at: 12_000, urls: ['feed', 'other'] },
      { at: 27_000, urls: ['feed'] },
    ])
    expect(notifier.status()).toMatchObject([{ pending: 0 }])
  })

  it('does not deliver twice what changed long before a repeated delivery', async () => {
    const { deliveries, note } = notifierWith([later(), delivered])
    note('1', 'feed')
    await seconds(13)
    note('2', 'feed')
    await seconds(600)
    expect(deliveries.map(({ at }) => at)).toEqual([12_000, 42_000])
  })

  it('is not held up by a feed that changes all the time', async () => {
    const { deliveries, note } = notifierWith([delivered])
    for (let second = 0; second < 60; second += 1) {
      note(String(second), 'feed')
      await seconds(1)
    }
    expect(deliveries.length).toBeGreaterThanOrEqual(4)
  })

  it('skips what it has noted before, by its digest', async () => {
    const { deliveries, note } = notifierWith([delivered])
    note('1', 'feed')
    note('1', 'feed')
    await seconds(60)
    note('1', 'feed')
    await seconds(60)
    expect(deliveries).toHaveLength(1)
  })

  it('sends long lists in parts', async () => {
    const { deliveries, note } = notifierWith([delivered], { mostUrls: 2 })
    note('1', 'a', 'b', 'c', 'd', 'e')
    await seconds(13)
    expect(deliveries.map(({ urls }) => urls)).toEqual([['a', 'b'], ['c', 'd'], ['e']])
  })

  it('repeats what failed, later each time, and says since when it fails', async () => {
    const { notifier, deliveries, lines, note } = notifierWith([later(), later(), delivered])
    note('1', 'feed')
    await seconds(12)
    expect(notifier.status()).toEqual([
      {
        name: 'Hub',
        pending: 1,
        failingSince: '2026-11-22T12:00:12.000Z',
        lastSuccessAt: undefined,
      },
    ])
    await seconds(300)
    expect(deliveries.map(({ at }) => at)).toEqual([12_000, 42_000, 102_000])
    expect(lines).toEqual(['Hub is notified again later: it is down.'])
    expect(notifier.status()).toMatchObject([
      { pending: 0, failingSince: undefined, lastSuccessAt: '2026-11-22T12:01:42.000Z' },
    ])
  })

  it.each([
    ['an hour', 3_600_000, 3_600_000],
    ['more than a timer can hold', 2 ** 33, 24 * 3_600_000],
    ['for ever', Number.POSITIVE_INFINITY, 24 * 3_600_000],
  ])('waits as long as it is asked to, a day at most: %s', async (_, afterMs, waited) => {
    const { deliveries, note } = notifierWith([later(afterMs), delivered])
    note('1', 'feed')
    await seconds(12)
    note('2', 'other')
    await vi.advanceTimersByTimeAsync(waited - 1)
    expect(deliveries).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(deliveries.map(({ urls }) => urls)).toEqual([['feed'], ['feed', 'other']])
  })

  it('drops what is refused, and says so', async () => {
    const { notifier, deliveries, lines, note } = notifierWith([
      { kind: 'refused', reason: 'it answered 403' },
    ])
    note('1', 'feed')
    await seconds(600)
    expect(deliveries).toHaveLength(1)
    expect(lines).toEqual(['Hub was not notified of 1 addresses: it answered 403.'])
    expect(notifier.status()).toMatchObject([
      { pending: 0, failingSince: '2026-11-22T12:00:12.000Z' },
    ])
  })

  it('gives up after eighteen times, and says so', async () => {
    const { notifier, deliveries, lines, note } = notifierWith([later()])
    note('1', 'feed')
    await seconds(2 * 86_400)
    expect(deliveries).toHaveLength(18)
    expect(lines.at(-1)).toBe('Hub was not notified of 1 addresses: it is down.')
    expect(notifier.status()).toMatchObject([{ pending: 0 }])
  })

  it('goes on after a restart, also with what was on its way', async () => {
    const former = notifierWith([new Promise<Delivery>(() => {})])
    former.note('1', 'feed')
    await seconds(12)
    former.note('2', 'other')
    former.notifier.stop()
    const { deliveries, notifier } = notifierWith([delivered])
    expect(notifier.status()).toMatchObject([{ pending: 2 }])
    await seconds(12)
    expect(deliveries.map(({ urls }) => urls)).toEqual([['feed', 'other']])
  })

  it('starts anew from a damaged file, and says so', () => {
    writeFileSync(join(folder, 'notify.json'), '{"begunAt":')
    const { notifier, lines } = notifierWith([delivered])
    expect(notifier.begunAt).toBe(begin)
    expect(lines).toEqual([expect.stringMatching(/notify\.json is damaged/)])
  })

  it('names how many addresses it drops when too many wait', async () => {
    const { notifier, lines } = notifierWith([later()])
    notifier.noteUrls(
      'Hub',
      Array.from({ length: 50_003 }, (_, at) => `feed-${at}`),
    )
    expect(notifier.status()).toMatchObject([{ pending: 50_000 }])
    expect(lines).toEqual(['Hub is not notified of 3 addresses: more than 50000 wait.'])
  })

  it('keeps a file that only its owner can read', () => {
    const { note } = notifierWith([delivered])
    note('1', 'feed')
    expect(statSync(join(folder, 'notify.json')).mode & 0o777).toBe(0o600)
  })
})

it('reads what waits in a file of the former form', () => {
  const file = join(folder, 'notify.json')
  const at = '2026-11-01T00:00:00.000Z'
  const channels = { hub: { urls: ['https://dateline.test/rss.xml'], attempts: 0, nextAt: 0 } }
  const told = [['https://dateline.test/article/a', 'digest']]
  writeFileSync(file, JSON.stringify({ begunAt: at, lookedAt: at, channels, told }))
  const { outbox, problem } = readOutbox(file, new Date(at))
  expect([outbox.notified, outbox.channels, problem]).toEqual([told, channels, undefined])
})
