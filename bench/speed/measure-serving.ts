import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { articlePath, feedPath, homePath } from '#lib/site/routes.ts'
import type { Corpus } from './corpus.ts'
import { measureRequestRate } from './load.ts'
import { type Measurement, median } from './measurement.ts'
import { get, type ServerProcess, startServer } from './site-process.ts'

const encoding = 'gzip'

/** In turns. The best round of each counts, because other work on the machine can only slow them. */
const rounds = 3

/** What it costs to answer a request for an article that nobody has asked for yet. */
export async function measureRendering(
  site: ServerProcess,
  { slugs }: Corpus,
): Promise<Measurement[]> {
  const ask = (slug: string) => get(`${site.url}${articlePath('en', slug)}`, encoding)
  const [warmUp, asked] = [slugs.slice(0, 30), slugs.slice(30, 130)]
  for (const slug of warmUp) await ask(slug)
  const cpuBefore = site.cpuMilliseconds()
  const taken: number[] = []
  for (const slug of asked) {
    const startedAt = performance.now()
    const { status } = await ask(slug)
    if (status !== 200) throw new Error(`${slug} was answered with ${status}`)
    taken.push(performance.now() - startedAt)
  }
  const found = [{ name: 'article, first request, median', value: median(taken), unit: 'ms' }]
  const cpuAfter = site.cpuMilliseconds()
  if (cpuBefore !== undefined && cpuAfter !== undefined) {
    const value = (cpuAfter - cpuBefore) / asked.length
    found.push({ name: 'article, first request, processor time', value, unit: 'ms' })
  }
  return found.map((measured) => ({ section: 'render', ...measured }))
}

/** What a feed reader asks most of the time: whether there is anything new. */
async function measureUnchanged(url: string, seconds: number): Promise<Measurement> {
  const { headers } = await get(url, encoding)
  const held = { 'if-none-match': String(headers.etag) }
  const rates: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    rates.push(await measureRequestRate(url, seconds, held))
  }
  return { section: 'serve', name: 'feed, 304', value: Math.max(...rates), unit: 'req/s' }
}

/** Requests per second of kept pages beside a bare server that sends the same bytes. */
export async function measureServing(
  site: ServerProcess,
  { slugs }: Corpus,
  { folder, port, seconds }: { folder: string; port: number; seconds: number },
): Promise<Measurement[]> {
  const feed = feedPath('en', { kind: 'latest' }, 'rss')
  const pages = { home: homePath('en'), article: articlePath('en', slugs[0] ?? ''), feed }
  const found: Measurement[] = [await measureUnchanged(`${site.url}${feed}`, seconds)]
  for (const [page, path] of Object.entries(pages)) {
    const { body, headers } = await get(`${site.url}${path}`, encoding)
    const bodyFile = join(folder, `${page}.body`)
    await writeFile(bodyFile, body)
    // The first three Node adds itself.
    const { date, connection, 'keep-alive': keepAlive, ...sent } = headers
    const bare = await startServer('bench/speed/bare-server.ts', {
      port,
      path: '/',
      env: { BENCH_PORT: String(port), BENCH_BODY: bodyFile, BENCH_HEADERS: JSON.stringify(sent) },
    })
    let [ours, theirs] = [0, 0]
    for (let round = 0; round < rounds; round += 1) {
      ours = Math.max(ours, await measureRequestRate(`${site.url}${path}`, seconds))
      theirs = Math.max(theirs, await measureRequestRate(`${bare.url}/`, seconds))
    }
    await bare.stop()
    found.push(
      { section: 'serve', name: `${page}, kept`, value: ours, unit: 'req/s' },
      { section: 'serve', name: `${page}, bare node:http`, value: theirs, unit: 'req/s' },
      { section: 'serve', name: `${page}, kept / bare`, value: ours / theirs, unit: '' },
    )
  }
  return found
}
