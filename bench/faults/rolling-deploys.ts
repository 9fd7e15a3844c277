import '#lib/site/load-site.ts'
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, createServer, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { crc32 } from 'node:zlib'
import type { Report } from '#cli/command.ts'
import { buildWhenStale } from '#tooling/build.ts'
import { createFleetNode, type FleetNode, ownRelease, stopOnSignal } from '#tooling/start-fleet.ts'
import { startPostgres } from '#tooling/start-postgres.ts'
import { publishSecret, writeArticle } from './fleet-faults.ts'

export type RollingOptions = {
  rounds: number
  articles: number
  /** Requests at a time. */
  load: number
  /** Of the balancer; nodes have the next ones. */
  port: number
}

/** How often the balancer asks each node whether it may send readers there, in ms. */
const probeMs = 1000

/**
 * `dateline fleet:deploys`: replaces the nodes of a fleet one by one, with another build each round,
 * while readers ask for pages and for the files that these name. Behind a balancer that repeats no
 * request and sends one address to one node. Exit code 1 when a request failed.
 */
export async function rollingDeploys({
  rounds,
  articles,
  load,
  port,
}: RollingOptions): Promise<Report> {
  if ((await buildWhenStale()) !== 0) throw new Error('The site could not be built.')
  const say = (line: string) => console.error(line)
  const folder = await mkdtemp(join(tmpdir(), 'dateline-deploys-'))
  const releases = [join(folder, 'this-release'), join(folder, 'other-release')] as const
  // Both are copies: who works on the sources meanwhile does not change what runs.
  for (const release of releases) copyRelease(release)
  makeOtherBuild(join(releases[1], '.next'))
  const postgres = await startPostgres()
  const contentDir = join(folder, 'content')
  for (let i = 0; i < articles; i += 1) writeArticle(contentDir, `seed-${i}`, `Seed ${i}`)
  const nodes = ['first', 'second', 'third'].map((name, i) =>
    createFleetNode({
      name,
      role: i === 0 ? 'all' : 'web',
      port: port + 1 + i,
      databaseUrl: postgres.url,
      contentDir,
      dataDir: join(folder, name),
      publishSecret,
      siteUrl: `http://127.0.0.1:${port}`,
    }),
  )
  const balancer = startBalancer(nodes, port)
  const failures: string[] = []
  let requests = 0
  const stop = stopOnSignal(async () => {
    balancer.stop()
    for (const node of nodes) await node.kill()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  })
  try {
    for (const node of nodes) {
      node.start(releases[0])
      await node.waitUntilReady()
    }
    await wait(2 * probeMs)
    say(`${nodes.length} nodes with ${articles} articles are ready.`)
    const readers = startReaders(`http://127.0.0.1:${port}`, { articles, load })
    for (let round = 0; round < rounds; round += 1) {
      const startedAt = performance.now()
      for (const node of nodes) {
        const since = (at: number) => ((performance.now() - at) / 1000).toFixed(1)
        const stoppingAt = performance.now()
        await node.stop()
        const stopped = since(stoppingAt)
        const startingAt = performance.now()
        node.start(releases[(round + 1) % releases.length])
        await node.waitUntilReady()
        const ready = since(startingAt)
        // As long as a balancer may take to see that.
        await wait(probeMs + 200)
        say(
          `   ${node.name}: stopped after ${stopped} s, ready after ${ready} s; ${readers.count()} requests, ${readers.failures.length} failed`,
        )
      }
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
      say(
        `${round + 1}. ${seconds} s, ${readers.count()} requests, ${readers.failures.length} failed`,
      )
      for (const line of readers.failures.slice(failures.length, failures.length + 3))
        say(`   ${line}`)
      failures.push(...readers.failures.slice(failures.length))
    }
    await readers.stop()
    requests = readers.count()
  } finally {
    await stop()
  }
  return {
    text: [
      `${rounds} deploys, ${requests} requests, ${failures.length} failed`,
      ...failures.slice(0, 20),
    ].join('\n'),
    json: { rounds, requests, failures },
    exitCode: failures.length > 0 ? 1 : 0,
  }
}

function copyRelease(target: string): void {
  const left = new Set(['.git', '.next', 'node_modules', '.data'])
  mkdirSync(target, { recursive: true })
  for (const name of readdirSync(ownRelease)) {
    if (!left.has(name)) cpSync(join(ownRelease, name), join(target, name), { recursive: true })
  }
  symlinkSync(join(ownRelease, 'node_modules'), join(target, 'node_modules'))
  cpSync(join(ownRelease, '.next'), join(target, '.next'), {
    recursive: true,
    filter: (path) => path !== join(ownRelease, '.next', 'cache'),
  })
}

/** Gives a build an id of its own, and other names to the files that its pages name. */
function makeOtherBuild(build: string): void {
  const own = join(build, 'static')
  const id = readFileSync(join(build, 'BUILD_ID'), 'utf8').trim()
  const files = ['chunks', 'reader', 'media'].flatMap((folder) =>
    readdirSync(join(own, folder))
      .filter(
        (name) => /\.(?:css|woff2)$/.test(name) || (folder === 'reader' && /\.js$/.test(name)),
      )
      .map((name) => ({ folder: join(own, folder), from: name, to: `x${name.slice(1)}` })),
  )
  const renamed = [{ folder: own, from: id, to: `other${id.slice(5)}` }, ...files]
  for (const name of readdirSync(build, { recursive: true, encoding: 'utf8' })) {
    const file = join(build, name)
    if (!['.js', '.json', '.html', '.css', ''].includes(extname(name))) continue
    if (!statSync(file).isFile()) continue
    const text = readFileSync(file, 'utf8')
    let changed = text
    for (const { from, to } of renamed) changed = changed.replaceAll(from, to)
    if (changed === text) continue
    writeFileSync(file, changed)
    removeCompressed(file)
  }
  for (const { folder, from, to } of renamed) {
    removeCompressed(join(folder, from))
    renameSync(join(folder, from), join(folder, to))
  }
}

function removeCompressed(file: string): void {
  for (const copy of ['.br', '.gz']) rmSync(file + copy, { force: true })
}

/**
 * Sends each address to one node of those that were ready when it last asked. A request that fails is
 * not repeated at another node, as nginx would do it: nothing is to be hidden.
 */
function startBalancer(nodes: FleetNode[], port: number) {
  const agent = new Agent({ keepAlive: true })
  let ready: FleetNode[] = []
  const probe = async () => {
    const answers = await Promise.all(
      nodes.map((node) =>
        fetch(`${node.url}/readyz`, { signal: AbortSignal.timeout(5000) }).then(
          (response) => response.ok,
          () => false,
        ),
      ),
    )
    ready = nodes.filter((_, i) => answers[i])
  }
  const timer = setInterval(probe, probeMs)
  void probe()
  const server = createServer((asked, answer) => {
    const path = asked.url ?? '/'
    const node = ready[crc32(path) % Math.max(1, ready.length)]
    if (!node) {
      answer.writeHead(502).end('No node is ready.')
      return
    }
    const passed = request(
      node.url + path,
      { agent, method: asked.method, headers: asked.headers },
      (response: IncomingMessage) => {
        answer.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(answer)
        response.once('error', () => answer.destroy())
      },
    )
    passed.once('error', (error) => {
      if (answer.headersSent) answer.destroy()
      else answer.writeHead(502).end(`${node.name}: ${error.message}`)
    })
    passed.end()
  }).listen(port, '127.0.0.1')
  return {
    stop() {
      clearInterval(timer)
      server.closeAllConnections()
      server.close()
      agent.destroy()
    },
  }
}

/** Readers that open pages and everything that these name of the build. */
function startReaders(url: string, { articles, load }: { articles: number; load: number }) {
  const failures: string[] = []
  let count = 0
  let isStopped = false
  const ask = async (path: string): Promise<string> => {
    count += 1
    try {
      const response = await fetch(url + path, { signal: AbortSignal.timeout(20_000) })
      const text = await response.text()
      if (response.status !== 200) failures.push(`${path}: ${response.status} ${text.slice(0, 80)}`)
      return text
    } catch (error) {
      failures.push(`${path}: ${error} ${error instanceof Error ? error.cause : ''}`)
      return ''
    }
  }
  const read = async (reader: number) => {
    for (let i = reader; !isStopped; i += load) {
      const pages = [
        '/',
        '/latest',
        '/rss.xml',
        '/api/articles?lang=en',
        `/article/seed-${i % articles}`,
      ]
      const page = await ask(pages[i % pages.length] ?? '/')
      const assets = new Set(page.match(/\/_next\/static\/[\w./-]+/g))
      for (const asset of assets) await ask(asset)
      // Readers ask at a steady rate: the nodes that start share the processors with them.
      await wait(100)
    }
  }
  const reading = Array.from({ length: load }, (_, i) => read(i))
  return {
    failures,
    count: () => count,
    async stop() {
      isStopped = true
      await Promise.all(reading)
    },
  }
}
