import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { prepareArticle } from '#lib/article-index/writes/prepared-article.ts'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { isIndexable } from '#lib/content/visibility.ts'
import type { Synced } from '#lib/content-sync/sync-continuously.ts'
import { logTo } from '#lib/node/log.ts'
import { cacheControl } from '#server/http/headers.ts'
import { notifyChanges } from './notify-changes.ts'

const siteUrl = 'https://dateline.test'
const hubUrl = 'https://hub.test/'
const indexNowUrl = 'https://indexnow.test/'
const begin = '2026-11-22T12:00:00.000Z'

let dataDir: string
const open: { stop(): void }[] = []
/** What `fetch` was given: the form fields `hub.url`, or the `urlList` of IndexNow. */
let received: { target: string; urls: string[]; at: number }[]

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'notify-'))
  received = []
  vi.useFakeTimers({
    now: new Date(begin),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  })
  vi.stubGlobal('fetch', async (target: string, { body }: { body: string | URLSearchParams }) => {
    const urls = body instanceof URLSearchParams ? body.getAll('hub.url') : JSON.parse(body).urlList
    received.push({ target, urls, at: Date.now() - Date.parse(begin) })
    return new Response(null, { status: 202 })
  })
})
afterEach(() => {
  for (const one of open.splice(0)) one.stop()
  vi.useRealTimers()
  vi.unstubAllGlobals()
  rmSync(dataDir, { recursive: true })
})

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

/** Long enough for every look and the delivery that follows. */
const aMinute = () => seconds(60)

type Targets = { hub?: boolean; indexNow?: boolean }

/** An index with its articles, and what notifies of its changes. */
async function siteWith(
  { hub = false, indexNow = false }: Targets,
  known: Article[] = [],
  fleet?: Parameters<typeof notifyChanges>[0]['fleet'],
) {
  const index = openArticleIndex({ dataDir })
  open.push({ stop: index.close })
  const write = (articles: Article[]) =>
    index.write(async ({ apply }) => {
      for (const article of articles) {
        const path = `${article.locale}/${article.slug}.md`
        const file = { path, fingerprint: path, digest: path }
        await apply({ kind: 'article', file, article: prepareArticle(article), warnings: [] })
      }
    })
  const remove = ({ locale, slug }: Article) =>
    index.write(({ apply }) => apply({ kind: 'gone', path: `${locale}/${slug}.md` }))
  await write(known)
  const lines: string[] = []
  const notifier = notifyChanges({
    index,
    env: {
      dataDir,
      siteUrl,
      websubHubUrl: hub ? hubUrl : undefined,
      indexNowKey: indexNow ? 'abcdefgh1234' : undefined,
      indexNowEndpoint: indexNowUrl,
    },
    log: logTo(lines),
    fleet,
  })
  if (notifier) open.unshift(notifier)
  const report = { added: 1, changed: 0, removed: 0, unchanged: 5, problems: [], milliseconds: 1 }
  const synced = (addresses: Addresses, counts = {}) =>
    notifier?.synced({ report: { ...report, ...counts, addresses }, isWhole: true })
  return { notifier, lines, write, remove, synced }
}

type Addresses = Synced['report']['addresses']

const news = (overrides: Partial<Article> = {}) =>
  articleWith({ slug: 'a', publishedAt: '2026-11-22T11:59:00.000Z', ...overrides })
const old = (overrides: Partial<Article> = {}) =>
  news({ publishedAt: '2026-03-02T09:00:00.000Z', ...overrides })
const pageOf = (slug: string) => `${siteUrl}/article/${slug}`
const urlsTo = (target: string) =>
  received.filter((one) => one.target === target).flatMap(({ urls }) => urls)

/** What a fleet shares, and the nodes of it that notify in turn. */
function fleetWith() {
  let holder = 0
  let stored: string | undefined
  let waiting: { slug: string; revision: number }[] = []
  let revision = 0
  const nodeOf = (number: number) => ({
    term: () => (holder === number ? number : undefined),
    outbox: {
      take: async () => ({
        content: stored,
        addresses: waiting.map(({ slug }) => ({ locale: 'en', slug })),
        revision,
      }),
      async save(content: string, upTo: number) {
        if (holder !== number) throw new Error('Another node is the writer now.')
        stored = content
        waiting = waiting.filter((one) => one.revision > upTo)
      },
    },
  })
  return {
    nodeOf,
    setHolder: (number: number) => {
      holder = number
    },
    publish(slug: string) {
      revision += 1
      waiting.push({ slug, revision })
    },
    isEmpty: () => waiting.length === 0,
  }
}

describe('a node of a fleet', () => {
  it('notifies in place of the one that has ended, of everything and once', async () => {
    const fleet = fleetWith()
    const known = [old(), old({ slug: 'b' }), old({ slug: 'c' })]
    const first = await siteWith({ indexNow: true }, known, fleet.nodeOf(1))
    fleet.publish('a')
    fleet.setHolder(1)
    await aMinute()
    // What was published before anybody was to be notified.
    expect([received, fleet.isEmpty()]).toEqual([[], true])
    await first.write([old({ title: 'Edited' })])
    fleet.publish('a')
    await aMinute()
    expect(urlsTo(indexNowUrl)).toEqual([pageOf('a')])

    // It notes a change and ends before it sends it, and publishes another that it does not note.
    fleet.publish('b')
    await seconds(6)
    expect([urlsTo(indexNowUrl).length, fleet.isEmpty()]).toEqual([1, true])
    fleet.publish('c')
    fleet.setHolder(2)
    // It was stopped and goes on, and does not know yet that it is another's turn.
    const stopped = { ...fleet.nodeOf(1), term: () => 1 }
    await siteWith({ indexNow: true }, [], stopped)
    const second = await siteWith({ indexNow: true }, [], fleet.nodeOf(2))
    await aMinute()
    expect(urlsTo(indexNowUrl).sort()).toEqual(['a', 'b', 'c'].map(pageOf))
    expect(second.notifier?.status()).toMatchObject([{ pending: 0 }])
    expect(first.notifier?.status()).toMatchObject([{ name: 'IndexNow', pending: 0 }])
  })
})

describe('notifyChanges', () => {
  it('does nothing when no target is configured', async () => {
    expect((await siteWith({})).notifier).toBeUndefined()
  })

  it('sends IndexNow the page, and the hub every feed that lists the article', async () => {
    const { write, synced, notifier } = await siteWith({ hub: true, indexNow: true })
    await write([old()])
    synced([old()])
    await aMinute()
    expect(urlsTo(indexNowUrl)).toEqual([pageOf('a')])
    expect(urlsTo(hubUrl)).toEqual(
      ['', '/category/markets', '/tag/exchange', '/source/sample_wire'].flatMap((listing) =>
        ['rss.xml', 'atom.xml', 'feed.json'].map((file) => `${siteUrl}${listing}/${file}`),
      ),
    )
    expect(notifier?.status()).toMatchObject([
      { name: 'The WebSub hub', pending: 0, lastSuccessAt: expect.any(String) },
      { name: 'IndexNow', pending: 0, lastSuccessAt: expect.any(String) },
    ])
  })

  it('waits until no proxy can hold the former feed, by what the server allows', async () => {
    const [, fresh, stale] =
      /s-maxage=(\d+), stale-while-revalidate=(\d+)/.exec(cacheControl.fresh) ?? []
    const { write, synced } = await siteWith({ hub: true, indexNow: true })
    await write([old()])
    synced([old()])
    await aMinute()
    expect(received).toHaveLength(2)
    for (const { at } of received)
      expect(at).toBeGreaterThan((Number(fresh) + Number(stale)) * 1000)
  })

  it('sends a change once, and the next one again', async () => {
    const { write, synced } = await siteWith({ indexNow: true })
    await write([old()])
    synced([old()])
    synced([old()])
    await aMinute()
    expect(received).toHaveLength(1)
    await write([old({ body: 'Another text.\n' })])
    synced([old()])
    await aMinute()
    expect(received).toHaveLength(2)
  })

  it('notifies of a scheduled article when it becomes due, and not before', async () => {
    const scheduled = news({ publishedAt: '2026-11-22T13:00:00.000Z' })
    const { synced } = await siteWith({ indexNow: true }, [scheduled])
    synced([scheduled])
    await seconds(3599)
    expect(received).toEqual([])
    await aMinute()
    expect(urlsTo(indexNowUrl)).toEqual([pageOf('a')])
  })

  it.each([
    ['noindex', { noindex: true }],
    ['a canonical address elsewhere', { canonicalUrl: 'https://elsewhere.test/a' }],
  ])('sends a scheduled article with %s to the hub only', async (_, overrides) => {
    const scheduled = news({ publishedAt: '2026-11-22T13:00:00.000Z', ...overrides })
    expect(isIndexable(scheduled)).toBe(false)
    await siteWith({ hub: true, indexNow: true }, [scheduled])
    await seconds(3700)
    expect(urlsTo(hubUrl)).toContain(`${siteUrl}/rss.xml`)
    expect(urlsTo(indexNowUrl)).toEqual([])
  })

  it('loses none of many articles that become due at once', async () => {
    const scheduled = Array.from({ length: 730 }, (_, at) =>
      news({
        slug: `due-${at}`,
        locale: at % 10 === 0 ? 'uk' : 'en',
        publishedAt: '2026-11-22T13:00:00.000Z',
      }),
    )
    await siteWith({ indexNow: true }, scheduled)
    await seconds(3900)
    await aMinute()
    expect(urlsTo(indexNowUrl)).toHaveLength(730)
  })

  it('notifies after a start of what became due meanwhile', async () => {
    const scheduled = news({ publishedAt: '2026-11-22T13:00:00.000Z' })
    const { notifier } = await siteWith({ indexNow: true }, [scheduled])
    await aMinute()
    notifier?.stop()
    vi.setSystemTime('2026-11-22T15:00:00.000Z')
    await siteWith({ indexNow: true })
    await aMinute()
    expect(urlsTo(indexNowUrl)).toEqual([pageOf('a')])
  })

  it('never names an article that was not public, and names one that is gone', async () => {
    const withdrawn = old({ slug: 'b', withdrawn: true })
    const draft = old({ slug: 'a-draft', draft: true })
    const { write, remove, synced } = await siteWith({ indexNow: true }, [draft, withdrawn])
    synced([draft, old({ slug: 'never-heard-of' })])
    await aMinute()
    expect(received).toEqual([])
    await write([old()])
    synced([old()])
    await aMinute()
    await remove(old())
    synced([old()])
    await aMinute()
    synced([withdrawn])
    await aMinute()
    expect(received.map(({ urls }) => urls)).toEqual([[pageOf('a')], [pageOf('a')], [pageOf('b')]])
  })

  it('takes no rebuilt index for news', async () => {
    const known = [old(), old({ slug: 'b' })]
    const { synced, lines } = await siteWith({ hub: true, indexNow: true }, known)
    synced(known, { added: 2, unchanged: 0 })
    synced(undefined, { added: 2000, unchanged: 0 })
    await aMinute()
    expect([received, lines]).toEqual([[], []])
  })

  it('sends the hub the main feeds when too much changed at once, and says so', async () => {
    const { synced, lines } = await siteWith({ hub: true, indexNow: true }, [old()])
    synced(undefined, { added: 2000 })
    await aMinute()
    expect(urlsTo(hubUrl)).toEqual(
      ['', '/uk'].flatMap((locale) =>
        ['rss.xml', 'atom.xml', 'feed.json'].map((file) => `${siteUrl}${locale}/${file}`),
      ),
    )
    expect(urlsTo(indexNowUrl)).toEqual([])
    expect(lines).toEqual([expect.stringMatching(/Too many articles changed at once/)])
  })
})
