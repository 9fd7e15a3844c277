import '#lib/site/load-site.ts'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Report, UsageError } from '#cli/command.ts'
import { createSeededRandom } from '#lib/covers/art/seeded-random.ts'
import { buildWhenStale } from '#tooling/build.ts'
import { createFleetNode, type FleetNode } from '#tooling/start-fleet.ts'
import { type PostgresServer, startPostgres } from '#tooling/start-postgres.ts'

export type FleetFaultOptions = {
  rounds: number
  /** Articles that are there before the first fault. */
  articles: number
  /** Words of the name of a fault: only such happen. */
  only: string
  seed: string
  /** The first of as many ports as there are nodes. */
  port: number
}

const secret = 'a-secret-of-the-trial'
/** In ms. Long enough for a lease to run out. */
const pause = 9000
/** After healing every node must be the same within this time, in ms. A busy machine is slow. */
const longestHealing = 60_000

type Fault = { name: string; inflict(fleet: Fleet): Promise<() => Promise<void>> }
type Fleet = { nodes: FleetNode[]; postgres: PostgresServer; pick<One>(of: One[]): One }

const writersOf = ({ nodes }: Fleet) => nodes.filter(({ role }) => role === 'all')
const websOf = ({ nodes }: Fleet) => nodes.filter(({ role }) => role === 'web')

/** A machine counts as healed when its server answers, whatever it answers with. */
async function startAgain(node: FleetNode): Promise<void> {
  node.start()
  const deadline = performance.now() + longestHealing
  while (performance.now() < deadline) {
    const isThere = await ask(node, '/livez').then(
      ({ status }) => status === 200,
      () => false,
    )
    if (isThere) return
    await wait(50)
  }
}

/** Each answers what heals it. */
const faults: Fault[] = [
  {
    name: 'a writer is killed',
    async inflict(fleet) {
      const node = (await findWriter(fleet)) ?? fleet.pick(writersOf(fleet))
      await node.kill()
      return async () => await startAgain(node)
    },
  },
  {
    name: 'a writer is stopped for longer than its lease',
    async inflict(fleet) {
      const node = (await findWriter(fleet)) ?? fleet.pick(writersOf(fleet))
      const pids = await node.pids()
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      return async () => {
        for (const pid of pids.toReversed()) {
          try {
            process.kill(pid, 'SIGCONT')
          } catch {
            // It was replaced meanwhile.
          }
        }
      }
    },
  },
  {
    name: 'a reader is killed',
    async inflict(fleet) {
      const node = fleet.pick(websOf(fleet))
      await node.kill()
      return async () => await startAgain(node)
    },
  },
  {
    name: 'a reader loses its data folder',
    async inflict(fleet) {
      const node = fleet.pick(websOf(fleet))
      await node.kill()
      rmSync(node.dataDir, { recursive: true, force: true })
      return async () => await startAgain(node)
    },
  },
  {
    name: 'the database hangs',
    async inflict({ postgres }) {
      const pid = postgres.process?.pid
      if (pid === undefined) return async () => {}
      const pids = [pid, ...(await listChildren(pid))]
      for (const one of pids) process.kill(one, 'SIGSTOP')
      return async () => {
        for (const one of pids) process.kill(one, 'SIGCONT')
      }
    },
  },
  {
    name: 'the database is killed',
    async inflict({ postgres }) {
      postgres.process?.kill('SIGKILL')
      return async () => await postgres.restart()
    },
  },
]

/**
 * `dateline fleet:faults`: a database, two writers and two readers in processes of their own, killed and
 * stopped at random while articles are published. No publishing that was acknowledged may be lost, no
 * draft shown, and afterwards every node answers the same bytes. Exit code 1 with what differed.
 */
export async function fleetFaults({
  rounds,
  articles,
  only,
  seed,
  port,
}: FleetFaultOptions): Promise<Report> {
  const wanted = faults.filter(({ name }) => name.includes(only))
  if (wanted.length === 0) throw new UsageError(`No fault has “${only}” in its name.`)
  if ((await buildWhenStale()) !== 0) throw new Error('The site could not be built.')
  const say = (line: string) => console.error(line)
  const folder = await mkdtemp(join(tmpdir(), 'dateline-fleet-'))
  const postgres = await startPostgres()
  const random = createSeededRandom(seed)
  const contentDir = join(folder, 'first', 'content')
  for (let i = 0; i < articles; i += 1) writeArticle(contentDir, `seed-${i}`, `Seed ${i}`)
  writeArticle(contentDir, 'hidden', 'Hidden', 'draft: true')
  cpSync(contentDir, join(folder, 'second', 'content'), { recursive: true })
  const names = ['first', 'second', 'third', 'fourth']
  const nodes = names.map((name, i) =>
    createFleetNode({
      name,
      role: i < 2 ? 'all' : 'web',
      port: port + i,
      databaseUrl: postgres.url,
      contentDir: join(folder, name, 'content'),
      dataDir: join(folder, name, 'data'),
      publishSecret: secret,
      // The same on every node: it stands in what they answer.
      siteUrl: 'https://fleet.example',
    }),
  )
  const fleet: Fleet = {
    nodes,
    postgres,
    pick: (of) => random.pick(of as [(typeof of)[number], ...typeof of]),
  }
  const acknowledged = new Map<string, string>()
  const findings: string[] = []
  const counts: Record<string, number> = {}
  const healings: { fault: string; seconds: number }[] = []
  try {
    for (const node of nodes) {
      node.start()
      await node.waitUntilReady()
    }
    say(`Seed ${seed}: ${nodes.length} nodes with ${articles} articles are ready.`)
    for (let round = 0; round < rounds; round += 1) {
      const fault = fleet.pick(wanted)
      counts[fault.name] = (counts[fault.name] ?? 0) + 1
      const publishing = publishFor(fleet, round, acknowledged)
      const heal = await fault.inflict(fleet)
      const unserved = await findUnserved(fleet, fault)
      await wait(pause)
      // What is asked of a machine that hangs is answered only when it goes on.
      const stopped = publishing.stop()
      await heal()
      const healedAt = performance.now()
      const seconds = await measureUntilSame(fleet, healedAt)
      await stopped
      healings.push({ fault: fault.name, seconds })
      const differences = await waitUntilSame(fleet, acknowledged)
      say(
        `${round + 1}. ${fault.name}: ${acknowledged.size} acknowledged, the same after ${seconds.toFixed(1)} s`,
      )
      for (const line of [...unserved, ...differences]) findings.push(`${fault.name}: ${line}`)
      for (const line of findings.slice(-3)) say(`   ${line}`)
    }
  } finally {
    for (const node of nodes) await node.kill()
    await postgres.stop()
    await rm(folder, { recursive: true, force: true })
  }
  const json = { seed, rounds, faults: counts, acknowledged: acknowledged.size, healings, findings }
  const text = [
    `${rounds} faults, ${acknowledged.size} publishings acknowledged, ${findings.length} findings`,
    ...findings,
  ].join('\n')
  return { text, json, exitCode: findings.length > 0 ? 1 : 0 }
}

function writeArticle(contentDir: string, slug: string, title: string, fields = ''): string {
  const path = `articles/en/2026/05/${slug}.md`
  mkdirSync(dirname(join(contentDir, path)), { recursive: true })
  const lines = [`title: ${title}`, "publishedAt: '2026-05-01T08:00:00.000Z'", 'category: MARKETS']
  const text = `---\n${[...lines, fields].filter(Boolean).join('\n')}\n---\nIt opened.\n`
  writeFileSync(join(contentDir, path), text)
  return path
}

/** The node that says that it writes, of those that answer. */
async function findWriter(fleet: Fleet): Promise<FleetNode | undefined> {
  for (const node of writersOf(fleet)) {
    const health = await ask(node, '/health').catch(() => undefined)
    if (health && JSON.parse(health.text).fleet?.lease?.isMine) return node
  }
  return undefined
}

/** Publishes one article after the other at whichever writer takes it, and notes what was acknowledged. */
function publishFor(fleet: Fleet, round: number, acknowledged: Map<string, string>) {
  let isStopped = false
  const run = async () => {
    for (let i = 0; !isStopped; i += 1) {
      const slug = `round-${round}-${i % 5}`
      for (const node of writersOf(fleet)) {
        const title = `Title ${round} ${i}`
        const path = writeArticle(node.contentDir, slug, title)
        const answer = await fetch(`${node.url}/api/publish`, {
          method: 'POST',
          headers: { authorization: `Bearer ${secret}` },
          body: JSON.stringify({ paths: [path] }),
          signal: AbortSignal.timeout(20_000),
        }).catch(() => undefined)
        if (answer?.status === 200) {
          acknowledged.set(slug, title)
          break
        }
        // Nobody has seen it: it is taken back, so that it is no edit when this node writes.
        rmSync(join(node.contentDir, path), { force: true })
      }
      await wait(100)
    }
  }
  const running = run()
  return {
    async stop() {
      isStopped = true
      await running
    },
  }
}

/** Nodes that should serve readers in spite of a fault, and do not. */
async function findUnserved(fleet: Fleet, { name }: Fault): Promise<string[]> {
  if (!name.startsWith('the database')) return []
  const found: string[] = []
  for (const node of websOf(fleet)) {
    for (const path of ['/article/seed-0', '/readyz']) {
      const answer = await ask(node, path).catch((error) => ({ status: 0, text: String(error) }))
      if (answer.status !== 200) found.push(`${node.name} answers ${answer.status} for ${path}`)
    }
  }
  return found
}

/**
 * How long after healing all nodes have been at the same revision and answered the same list, in s. One
 * question a node, all at once: on a busy machine many questions would be what takes the time.
 */
async function measureUntilSame({ nodes }: Fleet, healedAt: number): Promise<number> {
  let lastDifferent = healedAt
  const deadline = healedAt + longestHealing
  const isSame = async () => {
    const answers = await Promise.all(
      nodes.map(async (node) => {
        const [health, list] = await Promise.all([
          ask(node, '/health'),
          ask(node, '/api/articles?lang=en&limit=100&include=body'),
        ])
        const { revision, latestRevision } = JSON.parse(health.text).fleet
        return { isCurrent: revision === latestRevision, answer: `${revision} ${list.etag}` }
      }),
    ).catch(() => [])
    return (
      answers.length > 0 &&
      answers.every(({ isCurrent, answer }) => isCurrent && answer === answers[0]?.answer)
    )
  }
  // What was on its way when it healed may still change something: it has to stay the same.
  for (let same = 0; same < 5 && performance.now() < deadline; ) {
    const askedAt = performance.now()
    same = (await isSame()) ? same + 1 : 0
    if (same === 0) lastDifferent = askedAt
    await wait(200)
  }
  return (lastDifferent - healedAt) / 1000
}

/** Until every node answers what was acknowledged, and the same; what differs when time is up. */
async function waitUntilSame(fleet: Fleet, acknowledged: Map<string, string>): Promise<string[]> {
  const deadline = performance.now() + longestHealing
  for (;;) {
    const differences = await compare(fleet, acknowledged).catch((error) => [String(error)])
    if (differences.length === 0 || performance.now() > deadline) return differences
    await wait(200)
  }
}

async function compare({ nodes }: Fleet, acknowledged: Map<string, string>): Promise<string[]> {
  const differences: string[] = []
  const first = new Map<string, { name: string; answer: string }>()
  for (const node of nodes) {
    const hidden = await ask(node, '/article/hidden')
    if (hidden.status !== 404) differences.push(`${node.name} shows a draft`)
    for (const path of ['/api/articles?lang=en&limit=100&include=body', '/rss.xml', '/']) {
      const { status, text, etag } = await ask(node, path)
      const answer = `${status} ${etag} ${text}`
      const other = first.get(path) ?? { name: node.name, answer }
      first.set(path, other)
      if (other.answer === answer) continue
      const at = [...answer].findIndex((character, i) => character !== other.answer[i])
      const excerpt = (of: string) => JSON.stringify(of.slice(Math.max(0, at - 60), at + 60))
      differences.push(
        `${other.name} and ${node.name} answer ${path} differently: ${excerpt(other.answer)}, ${excerpt(answer)}`,
      )
    }
    for (const [slug, title] of acknowledged) {
      const { status, text } = await ask(node, `/api/articles/${slug}`)
      if (!text.includes(title))
        differences.push(`${node.name} lacks ${slug} “${title}” (${status})`)
    }
  }
  return differences
}

async function ask(node: FleetNode, path: string) {
  const response = await fetch(node.url + path, { signal: AbortSignal.timeout(10_000) })
  const etag = response.headers.get('etag')
  return { status: response.status, etag, text: await response.text() }
}

async function listChildren(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}
