import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { findFreePort, findNginx, startNginx } from '#deploy/nginx-process.ts'
import { articlePath, feedPath, homePath, listingPath } from '#lib/site/routes.ts'
import type { Corpus } from './corpus.ts'
import { type Measurement, median } from './measurement.ts'
import { get, type ServerProcess } from './site-process.ts'

const root = resolve(import.meta.dirname, '../..')
const encoding = 'gzip'

/** `microseconds`: processor time of nginx per request, where the platform says so (Linux). */
type Load = { rate: number; p50: number; p99: number; microseconds: number }

/** Throws, before anything is written, when a program that `measureProxy` needs is missing. */
export function requireProxyPrograms(): string {
  const nginx = findNginx()
  if (nginx && !spawnSync('wrk', ['-v']).error) return nginx
  throw new Error('--only proxy needs nginx and wrk: apt-get install nginx-light wrk')
}

/**
 * How many requests a second the site answers through nginx with the configuration of `deploy/`,
 * beside nginx sending the same compressed bytes as a file, and beside the server alone. Rounds take
 * turns, so that what else the machine does falls on all of them; compare figures of one run only.
 * Processor time per request is the firmer figure where wrk and others share the cores.
 */
export async function measureProxy(
  site: ServerProcess,
  { slugs }: Corpus,
  { folder, seconds, runs }: { folder: string; seconds: number; runs: number },
): Promise<Measurement[]> {
  const fileDir = join(folder, 'files')
  await mkdir(fileDir, { recursive: true })
  const filePort = await findFreePort()
  const proxy = await startNginx(requireProxyPrograms(), {
    folder: join(folder, 'nginx'),
    port: await findFreePort(),
    servers: { server: Number(new URL(site.url).port), standIn: await findFreePort() },
    publicDir: join(root, 'public'),
    assetsDir: join(folder, 'assets'),
    furtherServers: fileServer(filePort, { folder, fileDir }),
  })
  try {
    const pages = {
      article: articlePath('en', slugs[0] ?? ''),
      home: homePath('en'),
      category: listingPath('en', { kind: 'category', segment: 'markets' }),
      feed: feedPath('en', { kind: 'latest' }, 'rss'),
    }
    const bytes: Record<string, number> = {}
    // All are fetched first: connections that are kept open do not outlive a load.
    for (const [page, path] of Object.entries(pages)) {
      const { status, headers, body } = await get(`${proxy.url}${path}`, encoding)
      if (status !== 200 || headers['content-encoding'] !== encoding) {
        throw new Error(`${path} was answered with ${status}, ${headers['content-encoding']}`)
      }
      await writeFile(join(fileDir, page), body)
      bytes[page] = body.length
    }
    const found: Measurement[] = []
    for (const [page, path] of Object.entries(pages)) {
      const [proxied, fromFile, alone]: [Load[], Load[], Load[]] = [[], [], []]
      const ask = (url: string) => load(url, { seconds, nginxPid: proxy.pid })
      for (let round = 0; round < runs; round += 1) {
        fromFile.push(ask(`http://127.0.0.1:${filePort}/${page}`))
        proxied.push(ask(`${proxy.url}${path}`))
        alone.push(ask(`${site.url}${path}`))
      }
      found.push(...toMeasurements(`${page}, ${bytes[page]} bytes`, { proxied, fromFile, alone }))
    }
    return found
  } finally {
    await proxy.stop()
  }
}

/** Medians of the rounds. A ratio is that of one round, so both loads had the same neighbours. */
function toMeasurements(
  page: string,
  { proxied, fromFile, alone }: Record<'proxied' | 'fromFile' | 'alone', Load[]>,
): Measurement[] {
  const middle = (loads: Load[], name: keyof Load) => median(loads.map((one) => one[name]))
  const ratio = (name: keyof Load) =>
    median(proxied.map((one, round) => (one[name] / (fromFile[round]?.[name] ?? Number.NaN)) * 100))
  const found: [string, number, string][] = [
    ['through nginx', middle(proxied, 'rate'), 'req/s'],
    ['the same file', middle(fromFile, 'rate'), 'req/s'],
    ['ratio of rates', ratio('rate'), '%'],
    ['the server alone', middle(alone, 'rate'), 'req/s'],
    ['median', middle(proxied, 'p50'), 'ms'],
    ['p99', middle(proxied, 'p99'), 'ms'],
  ]
  if (proxied.every(({ microseconds }) => Number.isFinite(microseconds))) {
    found.push(
      ['nginx, processor time', middle(proxied, 'microseconds'), 'µs'],
      ['file, processor time', middle(fromFile, 'microseconds'), 'µs'],
      ['ratio of processor time', ratio('microseconds'), '%'],
    )
  }
  return found.map(([what, value, unit]) => ({
    section: 'proxy',
    name: `${page}: ${what}`,
    value,
    unit,
  }))
}

/** nginx at its best with a file: opened once, its log written as the site's is. */
function fileServer(
  port: number,
  { folder, fileDir }: { folder: string; fileDir: string },
): string {
  return `server {
    listen 127.0.0.1:${port};
    root ${fileDir};
    default_type text/html;
    add_header Content-Encoding ${encoding};
    sendfile on;
    tcp_nopush on;
    open_file_cache max=200 inactive=60s;
    keepalive_requests 10000;
    access_log ${join(folder, 'files.log')} combined buffer=64k flush=5s;
  }`
}

/** Two threads, 32 connections kept open. Throws when anything but 200 came back. */
function load(url: string, { seconds, nginxPid }: { seconds: number; nginxPid: number }): Load {
  const accept = `Accept-Encoding: ${encoding}`
  const parameters = ['-t2', '-c32', `-d${seconds}s`, '--latency', '-H', accept, url]
  const before = workerMilliseconds(nginxPid)
  const { stdout } = spawnSync('wrk', parameters, { encoding: 'utf8' })
  const taken = workerMilliseconds(nginxPid) - before
  const find = (pattern: RegExp) => pattern.exec(stdout)?.[1]
  const [rate, p50, p99] = [/Requests\/sec:\s+(\S+)/, /^\s+50%\s+(\S+)/m, /^\s+99%\s+(\S+)/m].map(
    find,
  )
  const answered = Number(find(/(\d+) requests in/))
  if (!answered || !rate || !p50 || !p99 || /Non-2xx|Socket errors/.test(stdout)) {
    throw new Error(`wrk met errors at ${url}:\n${stdout}`)
  }
  return {
    rate: Number(rate),
    p50: toMilliseconds(p50),
    p99: toMilliseconds(p99),
    microseconds: (taken * 1000) / answered,
  }
}

/** As wrk writes times: `812.00us`, `1.25ms`, `2.00s`. Throws for anything else. */
export function toMilliseconds(text: string): number {
  const [, number, unit = ''] = /^([\d.]+)(us|ms|s)$/.exec(text) ?? []
  if (number === undefined) throw new Error(`wrk says ${text} where a time is expected`)
  return Number(number) * ({ us: 0.001, s: 1000 }[unit] ?? 1)
}

/**
 * Processor time that nginx's workers have used so far: fields 14 and 15 of `/proc/<pid>/stat`
 * (proc(5)), in ticks of 10 ms. NaN where there is no such file.
 */
function workerMilliseconds(nginxPid: number): number {
  try {
    const children = readFileSync(`/proc/${nginxPid}/task/${nginxPid}/children`, 'utf8')
    const ticks = children
      .trim()
      .split(' ')
      .map((pid) => {
        const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        return Number(fields[11]) + Number(fields[12])
      })
    return ticks.reduce((sum, used) => sum + used, 0) * 10
  } catch {
    return Number.NaN
  }
}
