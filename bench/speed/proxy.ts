import '#lib/site/load-site.ts'
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { findFreePort, findNginx, startNginx } from '#deploy/nginx-process.ts'
import { feedPath, homePath, listingPath } from '#lib/site/routes.ts'
import { median } from './measurement.ts'
import { get, startServer } from './site-process.ts'

/**
 * `node bench/speed/proxy.ts`: how many requests a second the built site answers through nginx with
 * the configuration of `deploy/`, beside nginx sending the same compressed bytes as a file, and beside
 * the server alone. Wants nginx and wrk. Rounds take turns, so that what else the machine does falls
 * on all of them; compare figures of one run only. Processor time per request is the firmer figure
 * where wrk and others share the cores.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    port: { type: 'string', default: '3310' },
    json: { type: 'boolean', default: false },
  },
})
const rounds = Number(values.rounds)
const seconds = Number(values.seconds)
const serverPort = Number(values.port)
if (!rounds || !seconds || !serverPort) {
  console.error('node bench/speed/proxy.ts [--rounds 3] [--seconds 5] [--port 3310] [--json]')
  process.exit(2)
}
const nginx = findNginx()
if (!nginx || spawnSync('wrk', ['-v']).error) {
  console.error('This bench wants nginx and wrk: apt-get install nginx-light wrk')
  process.exit(2)
}

const root = resolve(import.meta.dirname, '../..')
const encoding = 'gzip'
const listings = {
  home: homePath('en'),
  category: listingPath('en', { kind: 'category', segment: 'markets' }),
  RSS: feedPath('en', { kind: 'latest' }, 'rss'),
}

/** `microseconds`: processor time of nginx per request, where the platform tells (Linux). */
type Load = { rate: number; p50: string; p99: string; microseconds: number }

/** One page: its bytes as sent, and a load per round through each of the three. */
type Row = {
  page: string
  path: string
  bytes: number
  proxied: Load[]
  fromFile: Load[]
  alone: Load[]
}

const folder = await mkdtemp(join(tmpdir(), 'dateline-proxy-bench-'))
const rows: Row[] = []
try {
  const site = await startServer('server/main.ts', {
    port: serverPort,
    path: '/health',
    env: {
      CONTENT_DIR: join(root, 'content'),
      DATA_DIR: join(folder, 'data'),
      HOST: '127.0.0.1',
      SITE_URL: '',
    },
  })
  try {
    rows.push(...(await measureThroughNginx(nginx, `http://127.0.0.1:${serverPort}`)))
  } finally {
    await site.stop()
  }
} finally {
  await rm(folder, { recursive: true })
}
console.log(values.json ? JSON.stringify(rows, undefined, 2) : formatRows(rows))

async function measureThroughNginx(nginx: string, siteUrl: string): Promise<Row[]> {
  const fileDir = join(folder, 'files')
  await mkdir(fileDir, { recursive: true })
  const filePort = await findFreePort()
  const proxy = await startNginx(nginx, {
    folder: join(folder, 'nginx'),
    port: await findFreePort(),
    serverPort,
    standInPort: await findFreePort(),
    publicDir: join(root, 'public'),
    assetsDir: join(folder, 'assets'),
    furtherServers: fileServer(filePort, fileDir),
  })
  try {
    const pages = { article: await findArticle(siteUrl), ...listings }
    const measured: Row[] = []
    // All are fetched first: connections that are kept open do not outlive a load.
    for (const [page, path] of Object.entries(pages)) {
      const { status, headers, body } = await get(`${proxy.url}${path}`, encoding)
      if (status !== 200 || headers['content-encoding'] !== encoding) {
        throw new Error(`${path} was answered with ${status}, ${headers['content-encoding']}`)
      }
      await writeFile(join(fileDir, page), body)
      measured.push({ page, path, bytes: body.length, proxied: [], fromFile: [], alone: [] })
    }
    for (const { page, path, proxied, fromFile, alone } of measured) {
      for (let round = 0; round < rounds; round += 1) {
        fromFile.push(load(`http://127.0.0.1:${filePort}/${page}`, proxy.pid))
        proxied.push(load(`${proxy.url}${path}`, proxy.pid))
        alone.push(load(`${siteUrl}${path}`, proxy.pid))
      }
    }
    return measured
  } finally {
    await proxy.stop()
  }
}

/** nginx at its best with a file: opened once, its log written as the site's is. */
function fileServer(port: number, fileDir: string): string {
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
function load(url: string, nginxPid: number): Load {
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
  if (!rate || !p50 || !p99 || /Non-2xx|Socket errors/.test(stdout)) {
    throw new Error(`wrk met errors at ${url}:\n${stdout}`)
  }
  return { rate: Number(rate), p50, p99, microseconds: (taken * 1000) / answered }
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

function formatRows(rows: Row[]): string {
  const middle = (loads: Load[], name: 'rate' | 'microseconds') =>
    median(loads.map((load) => load[name]))
  const lines = rows.map(({ page, bytes, proxied, fromFile, alone }) => {
    const ratios = proxied.map(({ rate }, round) => rate / (fromFile[round]?.rate ?? Number.NaN))
    const costs = [middle(proxied, 'microseconds'), middle(fromFile, 'microseconds')] as const
    const typical = proxied.toSorted((a, b) => a.rate - b.rate)[Math.floor(proxied.length / 2)]
    return [
      page,
      String(bytes),
      middle(proxied, 'rate').toFixed(0),
      middle(fromFile, 'rate').toFixed(0),
      `${(median(ratios) * 100).toFixed(0)} %`,
      costs[0].toFixed(1),
      costs[1].toFixed(1),
      `${((costs[1] / costs[0]) * 100).toFixed(0)} %`,
      middle(alone, 'rate').toFixed(0),
      `${typical?.p50} / ${typical?.p99}`,
    ]
  })
  const rates = ['nginx/s', 'file/s', 'ratio']
  const costs = ['nginx µs', 'file µs', 'ratio']
  const table = [['page', 'bytes', ...rates, ...costs, 'alone/s', 'p50 / p99'], ...lines]
  const widthOf = (column: number) => Math.max(...table.map((cells) => cells[column]?.length ?? 0))
  return table
    .map((cells) => cells.map((cell, column) => cell.padStart(widthOf(column))).join('  '))
    .join('\n')
}

/** The address of the article that leads the front page. */
async function findArticle(siteUrl: string): Promise<string> {
  const { body } = await get(`${siteUrl}${homePath('en')}`)
  const path = /href="(\/article\/[^"]+)"/.exec(body.toString())?.[1]
  if (!path) throw new Error('there is no article on the front page')
  return path
}
