import '#lib/site/load-site.ts'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { percentile } from '#bench/speed/measurement.ts'
import { type Report, UsageError } from '#cli/command.ts'
import { createSeededRandom } from '#lib/covers/art/seeded-random.ts'
import { buildWhenStale } from '#tooling/build.ts'
import { createFleetNode, type FleetNode, stopOnSignal } from '#tooling/start-fleet.ts'
import { type PostgresServer, startPostgres } from '#tooling/start-postgres.ts'
import { type Link, makeClock, openLink, startPooler } from './fleet-obstacles.ts'
import { mountMemory, mountObstacle, type Unmount } from './mount.ts'

export type FleetFaultOptions = {
  rounds: number
  /** Articles that are there before the first fault. */
  articles: number
  /** Words of the name of a fault: only such happen. */
  only: string
  seed: string
  /** The first of as many ports as there are nodes. */
  port: number
  /** The machines reach the database through pgbouncer in transaction mode. */
  pooler?: boolean
}

export const publishSecret = 'a-secret-of-the-trial'
/** How long a damage lasts, in ms: a lease must run out before another writer takes over. */
const pause = { ofWriter: 9000, ofReader: 3000 }
/** After healing every node must be the same within this time, in ms. A busy machine is slow. */
const longestHealing = 120_000

/** `heal` undoes it. Until then nodes answer for paths what is expected of them, as statuses. */
type Damage = {
  heal(): Promise<void>
  expected?: [node: FleetNode, path: string, status: number][]
}
type Fault = { name: string; isOfReader?: true; inflict(fleet: Fleet): Promise<Damage> }
/** A node, what is between it and the database, and what it has of its own. */
type Node = FleetNode & { link: Link; clock: ReturnType<typeof makeClock>; isOnOwnDisk: boolean }
type Fleet = { nodes: Node[]; postgres: PostgresServer; seedDir: string; pick<One>(of: One[]): One }

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

const isServed = (nodes: FleetNode[]) =>
  nodes.flatMap((node): [FleetNode, string, number][] => [
    [node, '/article/seed-0', 200],
    [node, '/readyz', 200],
  ])

const faults: Fault[] = [
  {
    name: 'a writer is killed',
    async inflict(fleet) {
      const node = (await findWriter(fleet)) ?? fleet.pick(writersOf(fleet))
      await node.kill()
      return { heal: async () => await startAgain(node) }
    },
  },
  {
    name: 'a writer is stopped for longer than its lease',
    async inflict(fleet) {
      const node = (await findWriter(fleet)) ?? fleet.pick(writersOf(fleet))
      const pids = await node.pids()
      for (const pid of pids) process.kill(pid, 'SIGSTOP')
      const heal = async () => {
        for (const pid of pids.toReversed()) {
          try {
            process.kill(pid, 'SIGCONT')
          } catch {
            // It was replaced meanwhile.
          }
        }
      }
      return { heal }
    },
  },
  {
    name: 'a reader is killed',
    isOfReader: true,
    async inflict(fleet) {
      const node = fleet.pick(websOf(fleet))
      await node.kill()
      return { heal: async () => await startAgain(node) }
    },
  },
  {
    name: 'a reader loses its data folder',
    isOfReader: true,
    async inflict(fleet) {
      const node = fleet.pick(websOf(fleet))
      await node.kill()
      for (const name of readdirSync(node.dataDir)) {
        rmSync(join(node.dataDir, name), { recursive: true, force: true })
      }
      return { heal: async () => await startAgain(node) }
    },
  },
  {
    name: 'the database hangs',
    async inflict(fleet) {
      const pid = Number(fleet.postgres.process?.pid)
      const pids = [pid, ...(await listChildren(pid))]
      for (const one of pids) process.kill(one, 'SIGSTOP')
      const heal = async () => {
        for (const one of pids) process.kill(one, 'SIGCONT')
      }
      return { heal, expected: isServed(websOf(fleet)) }
    },
  },
  {
    name: 'the database is killed',
    async inflict(fleet) {
      const { postgres } = fleet
      postgres.process?.kill('SIGKILL')
      return { heal: async () => await postgres.restart(), expected: isServed(websOf(fleet)) }
    },
  },
  {
    name: 'a writer is cut off from the database',
    async inflict(fleet) {
      const node = (await findWriter(fleet)) ?? fleet.pick(writersOf(fleet))
      node.link.cut()
      return { heal: async () => node.link.heal(), expected: isServed([node]) }
    },
  },
  {
    name: 'a reader is cut off from the database',
    isOfReader: true,
    async inflict(fleet) {
      const node = fleet.pick(websOf(fleet))
      node.link.cut()
      return { heal: async () => node.link.heal(), expected: isServed([node]) }
    },
  },
  {
    name: 'a writer comes back with an old content folder',
    async inflict(fleet) {
      const node = (await findWriter(fleet)) ?? fleet.pick(writersOf(fleet))
      await node.kill()
      const heal = async () => {
        rmSync(node.contentDir, { recursive: true })
        cpSync(fleet.seedDir, node.contentDir, { recursive: true, preserveTimestamps: true })
        await startAgain(node)
        // It has to write with this folder.
        for (const other of writersOf(fleet)) {
          if (other === node) continue
          await other.stop()
          await startAgain(other)
        }
      }
      return { heal }
    },
  },
  {
    name: 'a reader was away for longer than deletions are kept',
    isOfReader: true,
    async inflict(fleet) {
      const node = fleet.pick(websOf(fleet))
      await node.kill()
      const heal = async () => {
        const client = new pg.Client({ connectionString: fleet.postgres.url })
        await client.connect()
        await client.query(`DELETE FROM documents WHERE deleted;
          UPDATE state SET pruned_revision = revision`)
        await client.end()
        await startAgain(node)
      }
      return { heal }
    },
  },
  {
    name: 'the clock of a reader is put forward',
    isOfReader: true,
    async inflict(fleet) {
      const { clock, ...node } = fleet.pick(websOf(fleet))
      if (!clock) throw new UsageError('A clock cannot be put forward: apt-get install faketime.')
      clock.setOffset(5)
      return {
        heal: async () => clock.setOffset(0),
        expected: [
          [node, '/article/seed-0', 200],
          [node, '/readyz', 503],
        ],
      }
    },
  },
  {
    name: 'the disk of a reader is full',
    isOfReader: true,
    async inflict(fleet) {
      const node = fleet.pick(websOf(fleet))
      if (!node.isOnOwnDisk) throw new UsageError(`A disk cannot be filled: ${mountObstacle()}`)
      const filling = join(node.dataDir, 'filling')
      const { bavail, bsize } = statfsSync(node.dataDir)
      const file = openSync(filling, 'w')
      for (let left = bavail * bsize; left > 0; )
        left -= writeSync(file, filler, 0, Math.min(left, filler.length))
      closeSync(file)
      return { heal: async () => rmSync(filling), expected: [[node, '/article/seed-0', 200]] }
    },
  },
]

const filler = Buffer.alloc(1024 * 1024, 1)

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
  pooler: isPooled = false,
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
  const seedDir = join(folder, 'seed')
  for (const place of [join(folder, 'second', 'content'), seedDir]) {
    cpSync(contentDir, place, { recursive: true, preserveTimestamps: true })
  }
  const databasePort = Number(new URL(postgres.url).port)
  const pooler = isPooled ? await startPooler(join(folder, 'pooler'), databasePort) : undefined
  const unmounts: Unmount[] = []
  const nodes: Node[] = []
  for (const [i, name] of ['first', 'second', 'third', 'fourth'].entries()) {
    const link = await openLink(pooler?.port ?? databasePort)
    const databaseUrl = new URL(postgres.url)
    databaseUrl.port = String(link.port)
    const dataDir = join(folder, name, 'data')
    const isReader = i >= 2
    const isOnOwnDisk = isReader && mountObstacle() === undefined
    if (isOnOwnDisk) unmounts.push(mountMemory(dataDir, '128m'))
    const clock = isReader ? makeClock(join(folder, `${name}.clock`)) : undefined
    const node = createFleetNode({
      name,
      role: isReader ? 'web' : 'all',
      port: port + i,
      databaseUrl: databaseUrl.href,
      contentDir: join(folder, name, 'content'),
      dataDir,
      publishSecret,
      // The same on every node: it stands in what they answer.
      siteUrl: 'https://fleet.example',
      ...(clock ? { environment: clock.environment } : {}),
    })
    nodes.push({ ...node, link, clock, isOnOwnDisk })
  }
  const fleet: Fleet = {
    nodes,
    postgres,
    seedDir,
    pick: (of) => random.pick(of as [(typeof of)[number], ...typeof of]),
  }
  const stop = stopOnSignal(async () => {
    for (const node of nodes) {
      await node.kill()
      node.link.close()
    }
    await pooler?.stop()
    await postgres.stop()
    for (const unmount of unmounts) unmount()
    await rm(folder, { recursive: true, force: true })
  })
  const acknowledged = new Map<string, string>()
  let acknowledgements = 0
  const onAcknowledged = (slug: string, title: string) => {
    acknowledgements += 1
    acknowledged.set(slug, title)
  }
  const findings: string[] = []
  const healings = new Map<string, number[]>()
  try {
    for (const node of nodes) {
      node.start()
      await node.waitUntilReady()
    }
    say(`Seed ${seed}: ${nodes.length} nodes with ${articles} articles are ready.`)
    for (let round = 0; round < rounds; round += 1) {
      const fault = fleet.pick(wanted)
      const before = acknowledgements
      const publishing = publishFor(fleet, round, onAcknowledged)
      // Something is to be lost.
      for (let i = 0; i < 50 && acknowledgements === before; i += 1) await wait(100)
      const { heal, expected = [] } = await fault.inflict(fleet)
      await wait(fault.isOfReader ? pause.ofReader : pause.ofWriter)
      const unexpected = await findUnexpected(expected)
      // What is asked of a machine that hangs is answered only when it goes on.
      const stopped = publishing.stop()
      await heal()
      const healedAt = performance.now()
      const { seconds, last } = await measureUntilSame(fleet, healedAt)
      await stopped
      healings.set(fault.name, [...(healings.get(fault.name) ?? []), seconds])
      const differences = await waitUntilSame(fleet, acknowledged)
      say(
        `${round + 1}. ${fault.name}: ${acknowledgements} acknowledged, the same after ${seconds.toFixed(1)} s${last}`,
      )
      const found = [...unexpected, ...differences].map((line) => `${fault.name}: ${line}`)
      for (const line of found) say(`   ${line}`)
      findings.push(...found)
    }
  } finally {
    await stop()
  }
  const json = {
    seed,
    rounds,
    acknowledged: acknowledgements,
    healings: Object.fromEntries(healings),
    findings,
  }
  const text = [
    `${rounds} faults, ${acknowledgements} publishings acknowledged, ${findings.length} findings`,
    'Seconds from healing to the same answers everywhere (a machine that was killed: from its first answer at /livez):',
    ...[...healings].map(([fault, all]) => {
      const format = (share: number) => percentile(all, share).toFixed(1)
      return `  ${fault}: median ${format(0.5)}, most ${format(1)}, of ${all.length}`
    }),
    ...findings,
  ].join('\n')
  return { text, json, exitCode: findings.length > 0 ? 1 : 0 }
}

const toArticlePath = (slug: string) => `articles/en/2026/05/${slug}.md`

function readIfThere(file: string): Buffer | undefined {
  return existsSync(file) ? readFileSync(file) : undefined
}

/** Answers its path, relative to the content folder. */
export function writeArticle(contentDir: string, slug: string, title: string, fields = ''): string {
  const path = toArticlePath(slug)
  mkdirSync(dirname(join(contentDir, path)), { recursive: true })
  const lines = [`title: ${title}`, "publishedAt: '2026-05-01T08:00:00.000Z'", 'category: MARKETS']
  const text = `---\n${[...lines, fields].filter(Boolean).join('\n')}\n---\nIt opened.\n`
  writeFileSync(join(contentDir, path), text)
  return path
}

/** The node that says that it writes, of those that answer. */
async function findWriter(fleet: Fleet): Promise<Node | undefined> {
  for (const node of writersOf(fleet)) {
    const health = await ask(node, '/health').catch(() => undefined)
    if (health && JSON.parse(health.text).fleet?.lease?.isMine) return node
  }
  return undefined
}

/**
 * Publishes one article after the other at whichever writer takes it, and notes what was acknowledged. The
 * same addresses come again in later rounds: an older text must not come back either.
 */
function publishFor(
  fleet: Fleet,
  round: number,
  onAcknowledged: (slug: string, title: string) => void,
) {
  let isStopped = false
  const run = async () => {
    for (let i = 0; !isStopped; i += 1) {
      const slug = `live-${round % 4}-${i % 5}`
      for (const node of writersOf(fleet)) {
        const title = `Title ${round} ${i}`
        const before = readIfThere(join(node.contentDir, toArticlePath(slug)))
        const path = writeArticle(node.contentDir, slug, title)
        const answer = await fetch(`${node.url}/api/publish`, {
          method: 'POST',
          headers: { authorization: `Bearer ${publishSecret}` },
          body: JSON.stringify({ paths: [path] }),
          // One that is stopped must not keep us from the other, which takes over.
          signal: AbortSignal.timeout(4000),
        }).catch(() => undefined)
        if (answer?.status === 200) {
          onAcknowledged(slug, title)
          break
        }
        // Nobody has seen it: it is taken back, so that it is no edit when this node writes.
        if (before) writeFileSync(join(node.contentDir, path), before)
        else rmSync(join(node.contentDir, path), { force: true })
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

/** Answers that are others than expected. */
async function findUnexpected(expected: NonNullable<Damage['expected']>): Promise<string[]> {
  const found: string[] = []
  for (const [node, path, status] of expected) {
    const answer = await ask(node, path).catch((error) => ({ status: 0, text: String(error) }))
    if (answer.status !== status) {
      found.push(
        `${node.name} answers ${answer.status} for ${path} and not ${status}: ${answer.text.slice(0, 200)}`,
      )
    }
  }
  return found
}

/**
 * How long after healing all nodes have been at the same revision and answered the same list, in s, and
 * what differed last. One question a node, all at once: on a busy machine many questions would be what
 * takes the time.
 */
async function measureUntilSame(
  { nodes }: Fleet,
  healedAt: number,
): Promise<{ seconds: number; last: string }> {
  let [seconds, last] = [0, '']
  const findDifference = async () => {
    const answers = await Promise.all(
      nodes.map(async (node) => {
        const [health, list] = await Promise.all([
          ask(node, '/health'),
          ask(node, '/api/articles?lang=en&limit=100&include=body'),
        ])
        const { revision, latestRevision, failure } = JSON.parse(health.text).fleet
        const position = `${node.name} at ${revision} of ${latestRevision}${failure ? ' alone' : ''}`
        return { isCurrent: revision === latestRevision, etag: list.etag, revision, position }
      }),
    )
    const isSame = answers.every(
      ({ isCurrent, etag, revision }) =>
        isCurrent && etag === answers[0]?.etag && revision === answers[0]?.revision,
    )
    return isSame ? undefined : answers.map(({ position }) => position).join(', ')
  }
  // What was on its way when it healed may still change something: it has to stay the same.
  for (let same = 0; same < 5 && performance.now() < healedAt + longestHealing; ) {
    const difference = await findDifference().catch((error: Error) => error.message.slice(0, 120))
    same = difference === undefined ? same + 1 : 0
    if (difference !== undefined) {
      seconds = (performance.now() - healedAt) / 1000
      last = `; last ${difference}`
    }
    await wait(200)
  }
  return { seconds, last }
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
      const answer = `${status} ${text} ${etag}`
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
  const response = await fetch(node.url + path, { signal: AbortSignal.timeout(10_000) }).catch(
    (error) => {
      const said = node.lines().slice(-3).join(' ')
      throw new Error(`${node.name} does not answer (${error}); it said: ${said}`)
    },
  )
  const etag = response.headers.get('etag')
  return { status: response.status, etag, text: await response.text() }
}

async function listChildren(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '')
  return text.split(' ').filter(Boolean).map(Number)
}
