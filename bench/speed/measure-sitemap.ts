import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { sitemapPartPath } from '#lib/site/document-paths.ts'
import { type Measurement, milliseconds } from './measurement.ts'
import { get, type ServerProcess } from './site-process.ts'

/** So that the articles of one sitemap part all fall into October, up to the newest of a corpus. */
export const millisecondsApartInPart = 53_000

const rounds = 3

/**
 * The largest part of the sitemaps: how long it takes, what the server needs for it, and how long it
 * keeps another request waiting meanwhile.
 */
export async function measureSitemap(site: ServerProcess): Promise<Measurement[]> {
  const path = sitemapPartPath({
    kind: 'articles',
    locale: 'en',
    year: 2026,
    month: 10,
    number: 1,
  })
  await untilIndexed(site)
  // What starting and indexing needed is given back.
  await wait(10_000)
  const found: Omit<Measurement, 'section'>[] = []
  const atRest = memoryOf(site.pid)
  let [most, slowest] = [atRest, 0]
  for (const [name, encoding] of [
    ['plain', 'identity'],
    ['gzip', 'gzip'],
  ] as const) {
    const taken: number[] = []
    let answer = { urls: 0, bytes: 0 }
    for (let round = 0; round < rounds; round += 1) {
      let isDone = false
      const watching = watchWhile(site, () => !isDone)
      taken.push(
        await milliseconds(async () => {
          answer = await countUrls(`${site.url}${path}`, encoding)
        }),
      )
      isDone = true
      const seen = await watching
      most = Math.max(most, seen.memory)
      slowest = Math.max(slowest, seen.slowest)
    }
    if (encoding === 'identity') {
      found.push({ name: 'largest part, addresses', value: answer.urls, unit: '' })
    }
    found.push({ name: `largest part, ${name}`, value: Math.min(...taken), unit: 'ms' })
    found.push({ name: `largest part, ${name}, size`, value: answer.bytes / 1000, unit: 'kB' })
  }
  const { headers } = await get(`${site.url}${path}`)
  const confirmed = await milliseconds(() => confirm(`${site.url}${path}`, headers.etag ?? ''))
  const index = await milliseconds(() => get(`${site.url}/sitemap.xml`))
  found.push(
    { name: 'memory above rest', value: (most - atRest) / 1e6, unit: 'MB' },
    { name: 'slowest other request meanwhile', value: slowest, unit: 'ms' },
    { name: 'largest part, 304', value: confirmed, unit: 'ms' },
    { name: 'index of the parts', value: index, unit: 'ms' },
  )
  return found.map((measured) => ({ section: 'sitemap', ...measured }))
}

async function untilIndexed(site: ServerProcess): Promise<void> {
  for (;;) {
    const { body } = await get(`${site.url}/health`)
    if (JSON.parse(body.toString()).index.state === 'ready') return
    await wait(500)
  }
}

/** Reads a document to its end and keeps none of it. */
async function countUrls(url: string, encoding: string): Promise<{ urls: number; bytes: number }> {
  const asked = request(url, { headers: { 'accept-encoding': encoding } })
  asked.end()
  const [response] = await once(asked, 'response')
  if (response.statusCode !== 200) throw new Error(`${url} was answered ${response.statusCode}`)
  let [urls, bytes, tail] = [0, 0, '']
  for await (const chunk of response) {
    bytes += chunk.length
    // An end tag may be cut in two.
    const text: string = tail + chunk.toString('latin1')
    urls += text.split('</url>').length - 1
    tail = text.slice(text.lastIndexOf('>') + 1)
  }
  return { urls, bytes }
}

async function confirm(url: string, etag: string): Promise<void> {
  const asked = request(url, { headers: { 'if-none-match': etag } })
  asked.end()
  const [response] = await once(asked, 'response')
  response.resume()
  if (response.statusCode !== 304) throw new Error(`${url} was answered ${response.statusCode}`)
}

/** Asks for something small again and again, and looks at the memory in between. */
async function watchWhile(
  site: ServerProcess,
  isWanted: () => boolean,
): Promise<{ memory: number; slowest: number }> {
  let [memory, slowest] = [0, 0]
  while (isWanted()) {
    slowest = Math.max(slowest, await milliseconds(() => get(`${site.url}/robots.txt`)))
    memory = Math.max(memory, memoryOf(site.pid))
  }
  return { memory, slowest }
}

/** `VmRSS` of Linux's `/proc/<pid>/status` in bytes; 0 where the platform does not tell. */
function memoryOf(pid: number | undefined): number {
  try {
    const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kilobytes ?? 0) * 1024
  } catch {
    return 0
  }
}
