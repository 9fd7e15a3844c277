import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { z } from 'zod'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { codeOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { isLocale, type Locale } from '#lib/site/locales.ts'
import { articlePath, mostReadFile, parsePath, toRoute } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { Address } from '../http/address.ts'
import { clientAddressOf, toNetwork } from '../http/client-address.ts'
import { cacheControl, sharedHeaders } from '../http/headers.ts'
import { readBody } from '../http/read-body.ts'
import { type Endpoint, send } from '../http/send.ts'
import { sendText } from '../http/send-document.ts'

/** What is shown, and how much there has to be before anything is. */
const shown = { most: 5, leastArticles: 3, leastReaders: 5 }

/** What is held at most: readings and readers of a day in memory, articles in memory and on disk. */
const held = { readings: 100_000, readers: 20_000, articles: 2000 }

/** Nobody reads more articles in a day. */
const mostPerReader = 100

/**
 * Of one address this many browsers count in a day. The name of a browser is whatever a request says, so
 * without this one machine could be all the readers of a day.
 */
const mostBrowsers = 10

/** A path of ours, and nothing else, is in a beacon. In bytes. */
const longestBeacon = 1024

/** How often counts are written, in ms, when there are new ones. */
const writeEvery = 60_000

const day = 86_400_000

const storedSchema = z.object({
  day: z.int(),
  counts: z.array(
    z.object({ locale: z.string(), slug: z.string(), today: z.int(), yesterday: z.int() }),
  ),
})

type Count = { locale: Locale; slug: string; today: number; yesterday: number }

/**
 * What readers read most, over about a day. A page says once that its article is being read
 * (`POST` of the article's path). Of each day a reading counts once for a reader, whom nothing names:
 * address and browser go into a digest with a salt that is made for the day, stays in memory and is
 * thrown away with it. On disk there are numbers of articles alone (`most-read.json`), written at most
 * once a minute. A file that cannot be read is begun anew.
 */
export function createMostRead({
  index,
  dataDir,
  siteUrl,
  now,
  log,
}: {
  index: Pick<ArticleIndex, 'findArticle'>
  dataDir: string
  siteUrl: string
  now: () => Date
  log: Log
}): {
  beacon: Endpoint
  find: (address: Address) => Endpoint | undefined
  stop: () => Promise<void>
} {
  const file = join(dataDir, 'most-read.json')
  const today = () => Math.floor(now().getTime() / day)
  const stored = readStored(file, log)
  const counts = new Map(stored.counts.map((count) => [keyOf(count), count]))
  let current = stored.day
  let salt = randomBytes(16)
  const readings = new Set<string>()
  const readers = new Map<string, number>()
  const browsers = new Map<string, number>()
  let hasNew = false
  let writing: Promise<void> = Promise.resolve()

  function beginDay(): void {
    const passed = today() - current
    if (passed === 0) return
    current = today()
    salt = randomBytes(16)
    readings.clear()
    readers.clear()
    browsers.clear()
    for (const [key, count] of counts) {
      count.yesterday = passed === 1 ? count.today : 0
      count.today = 0
      if (count.yesterday === 0) counts.delete(key)
    }
  }

  function digest(...parts: string[]): string {
    const hash = createHash('sha256').update(salt)
    for (const part of parts) hash.update(`${part.length} ${part}`)
    return hash.digest('base64url').slice(0, 12)
  }

  function countReading(
    { address, browser }: Reader,
    { locale, slug }: Pick<Count, 'locale' | 'slug'>,
  ): void {
    beginDay()
    const key = keyOf({ locale, slug })
    const where = address === undefined ? undefined : digest(address)
    const [who, reading] = [digest(address ?? '', browser), digest(address ?? '', browser, key)]
    const read = readers.get(who) ?? 0
    if (readings.has(reading) || read >= mostPerReader) return
    const known = where === undefined ? 0 : (browsers.get(where) ?? 0)
    if (read === 0 && known >= mostBrowsers) return
    if (readings.size >= held.readings || (read === 0 && readers.size >= held.readers)) return
    const count = counts.get(key) ?? { locale, slug, today: 0, yesterday: 0 }
    if (!counts.has(key) && counts.size >= held.articles) return
    readings.add(reading)
    readers.set(who, read + 1)
    if (where !== undefined && read === 0) browsers.set(where, known + 1)
    counts.set(key, { ...count, today: count.today + 1 })
    hasNew = true
  }

  function write(): Promise<void> {
    if (!hasNew) return writing
    hasNew = false
    const text = JSON.stringify({ day: current, counts: [...counts.values()] })
    writing = writeWhole(file, text, { mode: 0o600 }).catch((error: Error) => {
      log.warn('What was read most could not be written.', { reason: error.message })
    })
    return writing
  }

  const timer = setInterval(write, writeEvery)
  timer.unref()

  /** Of yesterday the part counts that is not older than a day. */
  function listMostRead(locale: Locale, segment: string | undefined): [string, string][] {
    beginDay()
    const rest = 1 - (now().getTime() % day) / day
    const found = [...counts.values()]
      .filter((count) => count.locale === locale)
      .map((count) => ({ ...count, score: count.today + count.yesterday * rest }))
      .filter(({ score }) => score >= shown.leastReaders)
      .sort((a, b) => b.score - a.score)
      .flatMap(({ slug }) => index.findArticle(locale, slug) ?? [])
      .filter(({ category }) => segment === undefined || toSegment(category) === segment)
      .slice(0, shown.most)
    if (found.length < shown.leastArticles) return []
    return found.map(({ slug, title }) => [articlePath(locale, slug), title])
  }

  return {
    async beacon(exchange) {
      const { request } = exchange
      const path = isByReader(request, siteUrl)
        ? (await readBody(request, longestBeacon).catch(() => undefined))?.toString()
        : undefined
      const route = path === undefined ? undefined : parsePath(path)
      if (route?.page === 'article' && index.findArticle(route.locale, route.slug)) {
        countReading(readerOf(request), route)
      }
      // Whoever sends anything else learns nothing of it.
      send(exchange, { status: 204, headers: { 'cache-control': cacheControl.none } })
    },

    find({ segments }) {
      if (segments.at(-1) !== mostReadFile) return undefined
      const route = toRoute(segments.slice(0, -1))
      const isHome = route?.page === 'home'
      const scope = route?.page === 'listing' && route.number === 1 ? route.scope : undefined
      if (!route || !(isHome || scope?.kind === 'category')) return undefined
      const segment = scope?.kind === 'category' ? scope.segment : undefined
      return (exchange) =>
        sendText(exchange, {
          contentType: 'application/json; charset=utf-8',
          headers: { ...sharedHeaders, 'x-robots-tag': 'noindex' },
          isText: false,
          body: JSON.stringify(listMostRead(route.locale, segment)),
        })
    },

    stop() {
      clearInterval(timer)
      return write()
    },
  }
}

const keyOf = ({ locale, slug }: { locale: string; slug: string }) => `${locale}/${slug}`

function readStored(file: string, log: Log): { day: number; counts: Count[] } {
  try {
    const { day, counts } = storedSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    const known = counts.flatMap(({ locale, ...count }) =>
      isLocale(locale) ? [{ locale, ...count }] : [],
    )
    return { day, counts: known.slice(0, held.articles) }
  } catch (error) {
    const isMissing = codeOf(error) === 'ENOENT'
    if (!isMissing) {
      log.warn('What was read most cannot be read from disk and is counted anew.', { file })
    }
    return { day: 0, counts: [] }
  }
}

const robots =
  /bot|crawl|spider|slurp|headless|lighthouse|preview|monitor|curl|wget|python|java\/|go-http|node/i

/** A browser that says where the request comes from says that it comes from a page of ours. */
function isByReader({ headers }: IncomingMessage, siteUrl: string): boolean {
  const agent = headers['user-agent'] ?? ''
  if (!agent.startsWith('Mozilla/') || robots.test(agent)) return false
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return headers.origin === undefined || headers.origin === new URL(siteUrl).origin
}

/** `address` is undefined where a proxy in front of us does not say whose the request is. */
type Reader = { address: string | undefined; browser: string }

function readerOf(request: IncomingMessage): Reader {
  const address = clientAddressOf(request)
  return { address: address && toNetwork(address), browser: request.headers['user-agent'] ?? '' }
}
