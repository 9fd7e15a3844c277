import { randomBytes } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { openFeedFixture } from '#bench/evals/test-servers/open-feed-fixture.ts'
import { openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { openLink } from '#bench/faults/fleet-obstacles.ts'
import { mountMemory, mountObstacle } from '#bench/faults/mount.ts'
import { describeArticleIndex } from '#lib/article-index/article-index.contract.ts'
import type { ArticleIndex, Suppressed } from '#lib/article-index/article-index.ts'
import { describeEntries } from '#lib/article-index/entries.contract.ts'
import type { IndexedArticle } from '#lib/article-index/open-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { indexPath } from '#lib/article-index/store/database-file.ts'
import type { FileChange } from '#lib/article-index/writes/article-writer.ts'
import { prepareArticle } from '#lib/article-index/writes/prepared-article.ts'
import { openWriteQueue } from '#lib/article-index/writes/write-queue.ts'
import { type IndexProgress, syncContinuously } from '#lib/content-sync/sync-continuously.ts'
import type { FleetRole, FleetState } from '#lib/content-sync/sync-messages.ts'
import { describeIngestStore } from '#lib/ingest/state/ingest-store.contract.ts'
import { openSharedStore } from '#lib/ingest/state/ingest-store.ts'
import { logTo, silentLog } from '#lib/node/log.ts'
import { type PostgresServer, startPostgres } from '#tooling/start-postgres.ts'
import { type ContentChange, toDocument } from './documents.ts'
import { FencedError, type FleetDatabase, openFleetDatabase } from './fleet-database.ts'
import { followFleet } from './follow-fleet.ts'
import { pullContent } from './pull-content.ts'
import { createReplica } from './replica.ts'
import { openIngestShare } from './share-ingest.ts'

/** One server for all tests; every test has a database of its own. */
let server: PostgresServer
let databases = 0
const noon = '2026-11-22T12:00:00.000Z'
const now = () => new Date(noon)

beforeAll(async () => {
  server = await startPostgres({ databaseUrl: process.env.TEST_DATABASE_URL })
})
afterAll(() => server.stop())

async function makeDatabase() {
  databases += 1
  const url = await server.createDatabase(`test_${process.pid}_${databases}`)
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  const database = openFleetDatabase(url)
  onTestFinished(async () => {
    await database.close()
    await client.end()
  })
  const query = async (sql: string, values?: unknown[]) => (await client.query(sql, values)).rows
  return { url, database, query }
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

const articleOf = (fields: string, body = 'It opened.') => {
  const lines = ['title: A vault', "publishedAt: '2026-05-01T08:00:00.000Z'", 'category: MARKETS']
  const own = fields.split('\n').filter((line) => line !== '')
  const keys = own.map((line) => line.split(':')[0])
  const kept = lines.filter((line) => !keys.includes(line.split(':')[0]))
  return `---\n${[...kept, ...own].join('\n')}\n---\n${body}\n`
}

/** A running node with a content folder of its own, which `web` does not look at. */
async function startNode(
  url: string,
  role: FleetRole,
  files: Record<string, string | Buffer> = {},
  folder = makeFolder(),
  { build = 'test', builtDir }: { build?: string; builtDir?: string } = {},
) {
  const [contentDir, dataDir] = [join(folder, 'content'), join(folder, 'data')]
  const mediaDir = join(dataDir, 'content')
  const lines: string[] = []
  const log = logTo(lines)
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(contentDir, path)), { recursive: true })
    writeFileSync(join(contentDir, path), content)
  }
  mkdirSync(contentDir, { recursive: true })
  for (const [path, content] of Object.entries(files)) write(path, content)
  let onEmptied = () => {}
  let fleet: FleetState | undefined
  let progress: IndexProgress | undefined
  let suppressed: Suppressed[] = []
  let isStopped = false
  const queue = openWriteQueue({ path: indexPath(dataDir), now, log, onEmptied: () => onEmptied() })
  const follower = await followFleet(queue, {
    dataDir,
    contentDir,
    manyFiles: 5000,
    fleet: {
      databaseUrl: url,
      role,
      node: role,
      build,
      mediaDir,
      assets: { build: builtDir, others: join(dataDir, 'builds') },
    },
    log,
    onSynced: () => {},
    onProgress: (next) => {
      progress = next
    },
    onState: () => {},
    onSuppressed: (next) => {
      suppressed = next
    },
    onFleet: (next) => {
      fleet = next
    },
    setOnEmptied: (next) => {
      onEmptied = next
    },
  })
  const index = openArticleIndex({ dataDir, readOnly: true, now })
  const stop = async () => {
    if (isStopped) return
    isStopped = true
    await follower.stop()
    index.close()
    queue.close()
  }
  onTestFinished(stop)
  return {
    folder,
    contentDir,
    mediaDir,
    lines,
    index,
    queue,
    follower,
    write,
    stop,
    publish: (options = {}) => follower.syncNow(options),
    remove: (path: string) => rmSync(join(contentDir, path)),
    fleet: () => fleet,
    progress: () => progress,
    suppressed: () => suppressed,
  }
}
type Node = Awaited<ReturnType<typeof startNode>>

const eventually = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 20 })
const path = (slug: string) => `articles/en/2026/05/${slug}.md`
const titleOf = ({ index }: Node, slug: string) => index.findArticle('en', slug)?.title

/** Whatever a node answers of what it holds. */
function answersOf({ index }: { index: ArticleIndex }) {
  const scopes = [{ kind: 'latest' }, { kind: 'category', segment: 'markets' }] as const
  return {
    listings: scopes.map((scope) => index.listFullArticles({ locale: 'en', scope, limit: 1000 })),
    removedAt: scopes.map((scope) => index.findLastRemovalAt({ locale: 'en', scope })),
    tags: index.listTags('en'),
    problems: index.listProblems(),
    picture: index.findPicture('media/a.png'),
    status: { ...index.status(), revision: undefined },
  }
}

describe('the database of a fleet', () => {
  it('gets its tables once, whoever comes first, and refuses code that is older', async () => {
    const { url, database, query } = await makeDatabase()
    const other = openFleetDatabase(url)
    await Promise.all([database.migrate(), other.migrate(), database.migrate()])
    await other.close()
    const applied = await query('SELECT number FROM migrations ORDER BY number')
    const files = readdirSync(join(import.meta.dirname, 'migrations'))
    expect(applied).toEqual(files.map((_, i) => ({ number: i + 1 })))
    await query("INSERT INTO migrations (number, name) VALUES (99, 'from the future')")
    await expect(database.migrate()).rejects.toThrow(/newer version of Dateline.*99/)
  })

  it('gives the lease to one node, and writes for the term of the last one alone', async () => {
    const { database, query } = await makeDatabase()
    await database.migrate()
    const [first, second] = await Promise.all([
      database.takeLease('writer', 'a'),
      database.takeLease('writer', 'b'),
    ])
    expect([first, second].filter((term) => term !== undefined)).toEqual([1])
    const [holder, other] = first === 1 ? ['a', 'b'] : ['b', 'a']
    expect(await database.renewLease('writer', holder ?? '', 1)).toBe(true)
    expect(await database.takeLease('writer', other ?? '')).toBeUndefined()
    const gone = toDocument({ kind: 'gone', path: 'articles/a.md' })
    expect(await database.publish(1, [gone], [])).toMatchObject({ revision: 1 })
    await query("UPDATE leases SET until = now() - interval '1 second'")
    expect(await database.takeLease('writer', other ?? '')).toBe(2)
    expect(await database.renewLease('writer', holder ?? '', 1)).toBe(false)
    await expect(database.publish(1, [gone], [])).rejects.toThrow(FencedError)
    expect(await database.publish(2, [gone], [])).toMatchObject({ revision: 2 })
    // Who ingests is another matter.
    expect(await database.takeLease('ingest', 'c')).toBeDefined()
    expect(await database.publish(2, [gone], [])).toMatchObject({ revision: 3 })
  })

  it('numbers documents in the order in which readers see them', async () => {
    const { database } = await makeDatabase()
    await database.migrate()
    await database.takeLease('writer', 'a')
    const documents = Array.from({ length: 40 }, (_, i) =>
      toDocument({ kind: 'gone', path: `articles/${i}.md` }),
    )
    let seen = 0
    const look = () =>
      database.snapshot(async ({ listAfter }) => {
        const found = (await listAfter(0, 100)).map(({ revision }) => revision)
        // Nothing below what was seen appears later: there are no gaps to fill.
        expect(found).toEqual(found.map((_, i) => i + 1))
        expect(found.length).toBeGreaterThanOrEqual(seen)
        seen = found.length
      })
    const publishing = documents.map((document) => database.publish(1, [document], []))
    for (let i = 0; i < 20; i += 1) await look()
    await Promise.all(publishing)
    await look()
    expect(seen).toBe(40)
  })
})

/** An index that is fed from the database alone. */
async function openReplica(
  url: string,
  options: { servedAtOnce?: number; clock?: () => Date; database?: FleetDatabase } = {},
) {
  const folder = makeFolder()
  const { clock = now } = options
  const index = openArticleIndex({ dataDir: folder, now: clock, log: silentLog })
  const database = options.database ?? openFleetDatabase(url)
  const replica = createReplica({
    index,
    database,
    databaseUrl: url,
    mediaDir: join(folder, 'content'),
    refreshes: true,
    log: silentLog,
    onProgress: () => {},
    onSuppressed: () => {},
    ...(options.servedAtOnce === undefined ? {} : { servedAtOnce: options.servedAtOnce }),
  })
  onTestFinished(async () => {
    replica.stop()
    index.close()
    if (!options.database) await database.close()
  })
  const follow = async () =>
    replica.follow(await database.beat({ id: 'x', role: 'web', build: '', revision: 0 }))
  /** The newest come first, and the others in the background. */
  const followWhole = () =>
    vi.waitFor(
      async () => {
        await follow()
        expect(replica.revision()).toBeDefined()
      },
      { timeout: 60_000, interval: 20 },
    )
  return { index, replica, follow, followWhole }
}

const bytes = new Uint8Array(Buffer.from('the bytes of the file'))

function toChange({ article, path = `${article.locale}/${article.slug}.md` }: IndexedArticle) {
  const file = { path, fingerprint: 'as it is', digest: JSON.stringify(article), bytes }
  return { kind: 'article' as const, file, article: prepareArticle(article), warnings: [] }
}

it('uses no connection again after one was lost without a word', async () => {
  const { url } = await makeDatabase()
  const link = await openLink(Number(new URL(url).port))
  const through = new URL(url)
  through.port = String(link.port)
  const database = openFleetDatabase(through.href)
  onTestFinished(async () => {
    await database.close()
    link.close()
  })
  await database.migrate()
  const ask = () => database.listBehind(0)
  await Promise.all([ask(), ask(), ask()])
  link.cut()
  await expect(ask()).rejects.toThrow(/timeout/)
  link.heal()
  for (let i = 0; i < 3; i += 1) expect(await ask()).toEqual([])
})

describe('the contracts', () => {
  let url: string
  let database: FleetDatabase
  let client: pg.Client

  beforeAll(async () => {
    url = await server.createDatabase(`contracts_${process.pid}`)
    client = new pg.Client({ connectionString: url })
    await client.connect()
    database = openFleetDatabase(url)
    await database.migrate()
  })
  afterAll(async () => {
    await database.close()
    await client.end()
  })

  /** One database for all: making one takes longer than a test. */
  async function empty(): Promise<number> {
    await client.query(`DELETE FROM documents; DELETE FROM removals; DELETE FROM leases;
      UPDATE state SET id = gen_random_uuid(), revision = 0, term = 0`)
    return (await database.takeLease('writer', 'a')) ?? 0
  }

  describeArticleIndex('fed from PostgreSQL', async (articles, clock) => {
    const term = await empty()
    await database.publish(
      term,
      articles.map((article) => toDocument(toChange(article))),
      [],
    )
    const { index, followWhole } = await openReplica(url, { clock, database })
    await followWhole()
    return index
  })

  describeEntries('fed from PostgreSQL', async () => {
    const term = await empty()
    const { index, follow } = await openReplica(url, { database })
    await follow()
    const apply = async (change: FileChange) => {
      if (change.kind === 'touched') return
      const read: ContentChange =
        change.kind === 'gone' ? change : { ...change, file: { ...change.file, bytes } }
      await database.publish(term, [toDocument(read)], [])
      await follow()
    }
    return { index, apply, add: (article) => apply(toChange({ article })) }
  })
})

/** A machine that may ingest, with a data folder of its own. */
function openShare(url: string, node: string, dataDir = join(makeFolder(), 'data')) {
  const lines: string[] = []
  const share = openIngestShare({
    databaseUrl: url,
    node,
    dataDir,
    contentDir: join(dataDir, 'none'),
    log: logTo(lines),
  })
  const turns: { release(): void | Promise<void> }[] = []
  onTestFinished(async () => {
    for (const turn of turns) await turn.release()
    await share.close()
  })
  const takeTurn = async () => {
    const turn = await share.takeTurn()
    if (turn) turns.push(turn)
    return turn
  }
  return { lines, dataDir, takeTurn }
}

/** As when a machine has been cut off for long enough, and another one has had its turn. */
const expireLease = `UPDATE leases SET holder = 'another', term = term + 1,
  until = now() - interval '1 second' WHERE name = 'ingest'`

describe('ingest in a fleet', () => {
  describeIngestStore('handed to another machine through PostgreSQL', async () => {
    const { url } = await makeDatabase()
    let machines = 0
    async function open() {
      machines += 1
      const { dataDir, takeTurn } = openShare(url, `machine-${machines}`)
      const turn = await takeTurn()
      if (!turn?.state) throw new Error('Another machine has the turn')
      const options = { now: now(), log: silentLog, isDryRun: false }
      const { contentDir, state } = turn
      const store = await openSharedStore(dataDir, { ...options, contentDir, state })
      return { turn, store }
    }
    let { turn, store } = await open()
    onTestFinished(() => store.close())
    return {
      store,
      async hand() {
        await store.save()
        store.close()
        await turn.release()
        ;({ turn, store } = await open())
        return store
      },
    }
  })

  it('goes on elsewhere when a machine is lost half-way, and neither loses nor repeats a story', async () => {
    const { url, query } = await makeDatabase()
    const writer = await startNode(url, 'writer', { [path('a')]: articleOf('') })
    const titles = ['Oslo bans cars', 'Lima opens port', 'Cairo digs', 'Perth sings', 'Quito votes']
    const { fixture: first } = await openFeedFixture(
      titles.map((title) => ({ id: title, title, text: `${title}, and nobody knows why.` })),
    )
    const second = await openIngestFixture()
    second.settings.sources = first.settings.sources ?? []
    const [one, other] = [openShare(url, 'one'), openShare(url, 'other')]
    // An editor has switched a source off, where the content folder is.
    writer.write('.ingest/sources-off.txt', 'wire\n')
    await writer.publish()
    Object.assign(first, one)
    expect(await first.ingest()).toMatchObject({ sources: [{ skipped: 'is switched off' }] })
    writer.remove('.ingest/sources-off.txt')
    await writer.publish()
    Object.assign(second, other)

    // It is lost after a file was published and before that was noted.
    let isLost = false
    let written = 0
    first.takeTurn = async () => {
      const turn = await one.takeTurn()
      return (
        turn && {
          ...turn,
          async writeFile(...file) {
            const outcome = await turn.writeFile(...file)
            written += 1
            if (written < 2) return outcome
            isLost = true
            await query(expireLease)
            throw new Error('the machine is lost')
          },
        }
      )
    }
    const lost = await first.ingest().then(JSON.stringify, String)
    expect(`${lost} ${writer.lines.join('\n')}`).toMatch(/^\S*Error: Another machine ingests/)
    expect(isLost).toBe(true)

    const report = await second.ingest()
    expect(report).toMatchObject({ failure: undefined, waiting: 0, problems: [] })
    const files = () =>
      readdirSync(join(writer.contentDir, 'articles/en/2026/11')).filter((name) =>
        name.endsWith('md'),
      )
    expect(files()).toHaveLength(5)
    expect(titleOf(writer, 'oslo-bans-cars')).toBe('Oslo bans cars')
    const published = () =>
      writer.index.listArticles({ locale: 'en', scope: { kind: 'latest' }, page: 1, pageSize: 10 })
    expect(published().articleCount).toBe(6)

    // The first machine comes back: what it has not been able to save is not there for it either.
    first.takeTurn = one.takeTurn
    expect(await first.ingest()).toMatchObject({ waiting: 0, articles: { published: 0 } })
    expect(files()).toHaveLength(5)
    // What a person has written meanwhile stays.
    const edited = `articles/en/2026/11/${files()[0]}`
    writer.write(edited, articleOf('title: By hand'))
    await writer.publish()
    const turn = await other.takeTurn()
    const stale = await turn?.writeFile(edited, Buffer.from(articleOf('')), 'what it was')
    expect(stale).toBe('changed')
    expect(readFileSync(join(writer.contentDir, edited), 'utf8')).toContain('By hand')
  })

  it('is done by one machine at a time, and what the former one does afterwards changes nothing', async () => {
    const { url, query } = await makeDatabase()
    const [one, other] = [openShare(url, 'one'), openShare(url, 'other')]
    const turn = await one.takeTurn()
    expect(await other.takeTurn()).toBeUndefined()
    await query(expireLease)
    expect(await other.takeTurn()).toBeDefined()
    const rows = [{ relation: 'source', key: '["a"]', content: '{}' }]
    await expect(turn?.state?.save(rows, 3)).rejects.toThrow(FencedError)
    await expect(turn?.writeFile('articles/a.md', Buffer.from(''), undefined)).rejects.toThrow(
      FencedError,
    )
    await eventually(() => expect(turn?.lost?.aborted).toBe(true))
    expect(await query('SELECT * FROM ingest_rows')).toEqual([])
    expect(await query('SELECT * FROM submissions')).toEqual([])
  })
})

describe('a fleet', () => {
  const picture = () =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: '#336' } })
      .png()
      .toBuffer()

  it('serves on every node what one of them publishes, and nothing else', async () => {
    const { url } = await makeDatabase()
    const writer = await startNode(url, 'writer', {
      [path('a')]: articleOf('tags: [Vaults]'),
      [path('b')]: articleOf('title: Another'),
      [path('draft')]: articleOf('draft: true'),
      [path('broken')]: articleOf('publishedAt: never'),
      'authors/olena.md': '---\nname: Olena\n---\n',
      'media/a.png': await picture(),
    })
    const web = await startNode(url, 'web')
    await eventually(() => expect(web.progress()).toMatchObject({ state: 'ready', filesTotal: 6 }))
    expect(web.index.status()).toMatchObject({ articleCount: 3, errorCount: 1 })
    expect(answersOf(web)).toEqual(answersOf(writer))

    writer.write(path('a'), articleOf('title: Edited'))
    writer.write(path('c'), articleOf('title: New'))
    writer.remove(path('b'))
    const report = await writer.publish()
    expect(report).toMatchObject({ nodesBehind: [], revision: 9 })
    expect([titleOf(web, 'a'), titleOf(web, 'b'), titleOf(web, 'c')]).toEqual([
      'Edited',
      undefined,
      'New',
    ])
    // When an article left a listing is what the writer says, not the clock of each node.
    expect(answersOf(web).removedAt).toEqual([noon, noon])
    expect(answersOf(web)).toEqual(answersOf(writer))

    // A node that joins holds the same, down to the times of its pictures.
    const late = await startNode(url, 'web')
    await eventually(() => expect(late.fleet()?.revision).toBe(9))
    expect(answersOf(late)).toEqual(answersOf(writer))
    const times = [writer, web, late].map(
      ({ mediaDir }) => statSync(join(mediaDir, 'media/a.png')).mtimeMs,
    )
    expect(new Set(times).size).toBe(1)
    expect(late.fleet()).toMatchObject({ role: 'web', lagSeconds: 0, failure: undefined })
    expect(writer.fleet()?.lease).toMatchObject({ term: 1, isMine: true })
    await eventually(() =>
      expect(late.fleet()?.peers.map(({ role }) => role)).toEqual(['web', 'web', 'writer']),
    )

    await expect(late.publish()).rejects.toThrow(/does not write content; writer/)
    writer.remove('media/a.png')
    expect(await writer.publish()).toMatchObject({ held: undefined, nodesBehind: [] })
    expect(
      [writer, web, late].map(({ mediaDir }) => existsSync(join(mediaDir, 'media/a.png'))),
    ).toEqual([false, false, false])
  })

  it('hands what nobody was notified of to the node that writes next', async () => {
    const { url, query } = await makeDatabase()
    const seed = { [path('a')]: articleOf(''), [path('b')]: articleOf('title: Another') }
    const first = await startNode(url, 'all', seed)
    const take = async (node: Node) => await node.follower.outbox?.take()
    // What was there before the fleet is not news.
    expect(await take(first)).toEqual({ content: undefined, addresses: [], revision: 2 })
    first.write(path('a'), articleOf('title: Edited'))
    first.remove(path('b'))
    await first.publish()
    expect((await take(first))?.addresses?.map(({ slug }) => slug).sort()).toEqual(['a', 'b'])
    await first.follower.outbox?.save('noted', 4)
    first.write(path('a'), articleOf('title: Edited again'))
    await first.publish()
    const second = await startNode(url, 'all', seed)
    await expect(take(second)).rejects.toThrow(/does not write content/)
    await first.stop()
    await eventually(() => expect(second.fleet()?.lease?.isMine).toBe(true))
    const addresses = [{ locale: 'en', slug: 'a' }]
    expect(await take(second)).toEqual({ content: 'noted', addresses, revision: 5 })
    await query('UPDATE state SET term = 99')
    await expect(second.follower.outbox?.save('too late', 4)).rejects.toThrow(FencedError)
    expect(await query('SELECT content FROM notifications')).toEqual([{ content: 'noted' }])
  })

  it('has the files of every build on every node before one that runs it is sent readers', async () => {
    const { url, query } = await makeDatabase()
    const buildOf = (names: string[]) => {
      const folder = makeFolder()
      for (const name of names) {
        mkdirSync(dirname(join(folder, name)), { recursive: true })
        writeFileSync(join(folder, name), `of ${name}`)
      }
      return folder
    }
    const [former, next] = [
      buildOf(['chunks/same.js', 'chunks/a.js']),
      buildOf(['chunks/same.js', 'b/b.css']),
    ]
    const oldNode = await startNode(url, 'all', { [path('a')]: articleOf('') }, undefined, {
      build: 'former',
      builtDir: former,
    })
    await eventually(() => expect(oldNode.fleet()?.waitsFor).toBeUndefined())
    // The disk of the first node takes nothing: as long as that is so, the new one waits.
    const builds = (node: Node) => join(node.folder, 'data/builds')
    writeFileSync(builds(oldNode), 'no folder')
    const newNode = await startNode(url, 'web', {}, undefined, { build: 'next', builtDir: next })
    await eventually(() =>
      expect(newNode.fleet()?.waitsFor).toMatch(/^all\/.* does not have the files/),
    )
    expect(readFileSync(join(builds(newNode), 'chunks/a.js'), 'utf8')).toBe('of chunks/a.js')
    rmSync(builds(oldNode))
    await eventually(() => expect(newNode.fleet()?.waitsFor).toBeUndefined())
    expect(readFileSync(join(builds(oldNode), 'b/b.css'), 'utf8')).toBe('of b/b.css')
    // What no node has run for a week goes.
    await oldNode.stop()
    await query(
      "UPDATE media_files SET changed_at = now() - interval '8 days' WHERE owner = 'former'",
    )
    await startNode(url, 'all', { [path('a')]: articleOf('') }, undefined, {
      build: 'next',
      builtDir: next,
    })
    await eventually(async () =>
      expect(await query('SELECT DISTINCT owner FROM media_files')).toEqual([{ owner: 'next' }]),
    )
  })

  it('has sound, film and documents on every node, and keeps them when another one writes', async () => {
    const { url } = await makeDatabase()
    const film = Buffer.alloc(9 * 1024 * 1024, 'film')
    const first = await startNode(url, 'all', {
      [path('a')]: articleOf(''),
      'media/a.mp4': film,
      'media/a.svg': '<svg/>',
      'media/.hidden.pdf': 'x',
    })
    const second = await startNode(url, 'all')
    const fileOf = (node: Node, name: string) => join(node.mediaDir, 'media', name)
    await eventually(() => expect(readFileSync(fileOf(second, 'a.mp4')).equals(film)).toBe(true))
    expect(statSync(fileOf(second, 'a.mp4')).mtimeMs).toBe(
      Math.floor(statSync(join(first.contentDir, 'media/a.mp4')).mtimeMs),
    )
    for (const name of ['b.pdf', 'c.txt', 'd.txt', 'e.txt', 'f.txt'])
      first.write(`media/${name}`, name)
    await first.publish()
    const listed = () =>
      readdirSync(join(second.mediaDir, 'media')).filter((name) => !/svg$/.test(name))
    await eventually(() => expect(existsSync(fileOf(second, 'f.txt'))).toBe(true))
    expect(listed().sort()).toEqual(['a.mp4', 'b.pdf', 'c.txt', 'd.txt', 'e.txt', 'f.txt'])
    // Many that are missing are a wrong folder, until somebody says otherwise.
    for (const name of ['b.pdf', 'c.txt', 'd.txt', 'e.txt', 'f.txt']) first.remove(`media/${name}`)
    await first.publish()
    expect(first.lines.join()).toContain('5 of 6 files of media are missing')
    expect(existsSync(fileOf(second, 'b.pdf'))).toBe(true)
    await first.publish({ confirmRemovals: true })
    await eventually(() => expect(existsSync(fileOf(second, 'b.pdf'))).toBe(false))
    // The folder of another writer, which has none of them, is brought up to them.
    await first.stop()
    await eventually(() => expect(second.fleet()?.lease?.isMine).toBe(true))
    await eventually(() =>
      expect(readFileSync(join(second.contentDir, 'media/a.mp4')).equals(film)).toBe(true),
    )
    await eventually(() => second.publish())
    expect(listed()).toEqual(['a.mp4'])
  })

  it('stops and asks before it removes more than a twentieth', async () => {
    const { url } = await makeDatabase()
    const names = Array.from({ length: 20 }, (_, i) => path(`story-${i}`))
    const writer = await startNode(
      url,
      'all',
      Object.fromEntries(names.map((name) => [name, articleOf('')])),
    )
    for (const name of names.slice(0, 5)) writer.remove(name)
    expect(await writer.publish()).toMatchObject({ removed: 0, held: { missing: 5, known: 20 } })
    expect(writer.follower.state().reason).toMatch(/5 of 20 files are missing.*--confirm-removals/)
    expect(titleOf(writer, 'story-0')).toBe('A vault')
    expect(await writer.publish({ confirmRemovals: true })).toMatchObject({ removed: 5 })
    expect(titleOf(writer, 'story-0')).toBeUndefined()
  })

  it('hands writing over, and loses nothing that was published elsewhere', async () => {
    const { url, query } = await makeDatabase()
    const seed = {
      [path('a')]: articleOf('title: First'),
      [path('mine')]: articleOf('title: Seed'),
      [path('gone')]: articleOf('title: Deleted there'),
    }
    const first = await startNode(url, 'all', seed)
    const second = await startNode(url, 'all', seed)
    await eventually(() => expect(titleOf(second, 'a')).toBe('First'))
    first.write(path('a'), articleOf('title: Second'))
    first.write(path('only-here'), articleOf('title: Only there'))
    first.remove(path('gone'))
    const { revision } = await first.publish().catch((error) => {
      throw new Error(`${error.message} ${first.lines.join(' ')} ${second.lines.join(' ')}`)
    })
    // An edit in the folder of a node that does not write waits until it does.
    second.write(path('mine'), articleOf('title: Mine'))
    await expect(second.publish()).rejects.toThrow(/does not write content; all/)
    await first.stop()
    await eventually(() => expect(second.fleet()?.lease).toMatchObject({ term: 2, isMine: true }))
    await eventually(() => expect(titleOf(second, 'mine')).toBe('Mine'))
    expect([titleOf(second, 'a'), titleOf(second, 'gone')]).toEqual(['Second', undefined])
    expect(existsSync(join(second.contentDir, path('gone')))).toBe(false)
    expect(readFileSync(join(second.contentDir, path('a')), 'utf8')).toContain('Second')
    expect(readFileSync(join(second.contentDir, path('only-here')), 'utf8')).toContain('Only there')
    // Until it has looked through its folder once it says that it is still reading.
    await eventually(async () =>
      expect((await second.publish()).revision).toBeGreaterThan(Number(revision)),
    )
    // From here on it is a folder like any other: what is taken out of it is gone.
    second.remove(path('only-here'))
    await second.publish()
    expect(titleOf(second, 'only-here')).toBeUndefined()
    expect(
      await query('SELECT deleted FROM documents WHERE path = $1', [path('only-here')]),
    ).toEqual([{ deleted: true }])
  })

  it('publishes what was edited on a machine while it was alone', async () => {
    const { url } = await makeDatabase()
    const seed = { [path('a')]: articleOf(''), [path('b')]: articleOf('') }
    const fleet = await startNode(url, 'all', seed)
    await fleet.stop()
    fleet.write(path('a'), articleOf('title: Edited alone'))
    fleet.remove(path('b'))
    const alone = openWriteQueue({
      path: indexPath(join(fleet.folder, 'data')),
      now,
      log: silentLog,
      onEmptied: () => {},
    })
    const { contentDir } = fleet
    await (await syncContinuously(alone, { contentDir, log: silentLog })).stop()
    alone.close()

    const again = await startNode(url, 'all', {}, fleet.folder)
    const web = await startNode(url, 'web')
    await eventually(() => expect(titleOf(web, 'a')).toBe('Edited alone'))
    await eventually(() => expect(answersOf(web)).toEqual(answersOf(again)))
  })

  it.skipIf(mountObstacle())('takes back what was withdrawn although a disk is full', async () => {
    const { url } = await makeDatabase()
    const writer = await startNode(url, 'writer', { [path('a')]: articleOf('') })
    const folder = makeFolder()
    onTestFinished(mountMemory(join(folder, 'data'), '16m'))
    const web = await startNode(url, 'web', {}, folder)
    await eventually(() => expect(titleOf(web, 'a')).toBe('A vault'))
    const ballast = Buffer.alloc(16 * 1024 * 1024)
    expect(() => writeFileSync(join(folder, 'data', 'ballast'), ballast)).toThrow(/ENOSPC/)
    // Behind a picture for which there is no room either, even where the index gives some back.
    const raw = { width: 1400, height: 1400, channels: 3 } as const
    const noise = sharp(randomBytes(1400 * 1400 * 3), { raw }).png({ compressionLevel: 0 })
    writer.write('media/a.png', await noise.toBuffer())
    await eventually(() => expect(web.fleet()?.failure).toMatch(/ENOSPC/))
    writer.write(path('a'), articleOf('withdrawn: true'))
    await writer.publish()
    await eventually(() => expect(web.suppressed()).toMatchObject([{ slug: 'a' }]))
  })

  it('says when an article left that it has never seen', async () => {
    const { url, query } = await makeDatabase()
    await startNode(url, 'writer', { [path('a')]: articleOf('') })
    const web = await startNode(url, 'web')
    await eventually(() => expect(titleOf(web, 'a')).toBe('A vault'))
    const removedAt = () => web.index.findLastRemovalAt({ locale: 'en', scope: { kind: 'latest' } })
    expect(removedAt()).toBeUndefined()
    const { revision } = web.index.status()
    // It was published and deleted between two looks of this node.
    await query(`INSERT INTO documents (path, revision, digest, deleted, changed_at)
      VALUES ('${path('b')}', 2, 'as it was', true, now())`)
    await query("INSERT INTO removals VALUES ('en', 'latest', '', 1795000000000, 2)")
    await query('UPDATE state SET revision = 2')
    await eventually(() => expect(removedAt()).toBe(new Date(1795000000000).toISOString()))
    // Pages and feeds that are kept are asked again. A session gives the revision after its commits.
    await eventually(() => expect(web.index.status().revision).toBeGreaterThan(revision))
  })

  it('publishes nothing in a term that is over', async () => {
    const { url, query } = await makeDatabase()
    const writer = await startNode(url, 'all', { [path('a')]: articleOf('') })
    await query("UPDATE leases SET holder = 'other', term = 7, until = now() + interval '1 minute'")
    await query('UPDATE state SET term = 7')
    writer.write(path('a'), articleOf('title: Too late'))
    await expect(writer.publish()).rejects.toThrow(/does not write content; other does/)
    expect(titleOf(writer, 'a')).toBe('A vault')
    expect(await query('SELECT revision FROM state')).toEqual([{ revision: '1' }])
    await eventually(() => expect(writer.fleet()?.lease?.isMine).toBe(false))
  })

  it('takes over what it has written in a transaction whose end it was not told of', async () => {
    const { url, query } = await makeDatabase()
    const writer = await startNode(url, 'all', { [path('a')]: articleOf('') })
    const web = await startNode(url, 'web')
    // As it is after a commit whose answer was lost: a file that was published, and is gone by now.
    await query(`INSERT INTO documents (path, revision, digest, deleted, changed_at, newest_at, source,
        prepared, prepared_version)
      SELECT '${path('b')}', 2, 'lost', deleted, now(), newest_at, source, prepared, prepared_version
      FROM documents`)
    await query('UPDATE state SET revision = 2')
    await query("SELECT pg_notify('dateline', '2')")
    // The folder is what counts: where it has no such file, it goes again.
    await eventually(() => expect(web.fleet()?.revision).toBe(3))
    await eventually(() => expect(writer.fleet()?.revision).toBe(3))
    expect(answersOf(web)).toEqual(answersOf(writer))
    expect(await query('SELECT path FROM documents WHERE NOT deleted')).toEqual([
      { path: path('a') },
    ])
  })

  it('serves on while the database is away, and publishes when it is back', async () => {
    const { url, query } = await makeDatabase()
    const name = new URL(url).pathname.slice(1)
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    onTestFinished(() => admin.end())
    const writer = await startNode(url, 'all', { [path('a')]: articleOf('') })
    const web = await startNode(url, 'web')
    await query('SELECT 1')
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ])
    await eventually(() => expect(web.fleet()?.failure).toMatch(/cannot follow the database/))
    writer.write(path('a'), articleOf('title: Edited'))
    await expect(writer.publish()).rejects.toThrow(/database of the fleet/)
    expect([titleOf(writer, 'a'), titleOf(web, 'a')]).toEqual(['A vault', 'A vault'])
    expect(web.progress()?.state).toBe('ready')
    // Also what is started meanwhile.
    await web.stop()
    const again = await startNode(url, 'web', {}, web.folder)
    expect([titleOf(again, 'a'), again.progress()?.state]).toEqual(['A vault', 'ready'])
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    await eventually(() => expect(titleOf(again, 'a')).toBe('Edited'))
    expect(writer.fleet()?.failure).toBeUndefined()
  })
})

describe('pulling content', () => {
  it('rebuilds a folder from the database alone, and leaves what differs until it is told otherwise', async () => {
    const { url, query } = await makeDatabase()
    const files = {
      [path('a')]: articleOf(''),
      [path('broken')]: 'no front matter',
      [path('gone')]: articleOf(''),
      'pages/en/imprint.md': '---\ntitle: Imprint\n---\nWe.\n',
      'authors/olena.md': '---\nname: Olena\n---\n',
      'redirects.txt': '/old /article/a\n',
      'media/a.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
      'media/a.mp3': Buffer.alloc(5 * 1024 * 1024, 'la'),
      'media/empty.txt': '',
    }
    const writer = await startNode(url, 'writer', files)
    writer.remove(path('gone'))
    await writer.publish()
    await eventually(async () =>
      expect(await query("SELECT path FROM media_files WHERE owner = 'content'")).toHaveLength(2),
    )
    const folder = join(makeFolder(), 'content')
    const pull = (overwrite = false) => pullContent({ databaseUrl: url, folder, overwrite })
    const { [path('gone')]: _, ...wanted } = files
    const names = Object.keys(wanted)
    const nothing = { written: 0, unchanged: 0, overwritten: 0, kept: [], failed: [] }
    const revision = 8
    expect(await pull()).toEqual({ ...nothing, revision, written: names.length })
    for (const [name, content] of Object.entries(wanted)) {
      expect(readFileSync(join(folder, name)).equals(Buffer.from(content)), name).toBe(true)
    }
    expect(
      readdirSync(folder, { recursive: true }).filter((name) => /tmp$/.test(`${name}`)),
    ).toEqual([])

    for (const name of [path('a'), 'media/a.mp3']) writeFileSync(join(folder, name), 'mine')
    writeFileSync(join(folder, path('only-here')), 'mine')
    rmSync(join(folder, 'authors'), { recursive: true })
    symlinkSync(makeFolder(), join(folder, 'authors'))
    expect(await pull()).toEqual({
      ...nothing,
      revision,
      unchanged: names.length - 3,
      kept: [path('a'), 'media/a.mp3'],
      failed: [{ path: 'authors/olena.md', reason: expect.stringMatching(/through a link/) }],
    })
    rmSync(join(folder, 'authors'))
    expect(await pull(true)).toEqual({
      ...nothing,
      revision,
      unchanged: names.length - 3,
      written: 1,
      overwritten: 2,
    })
    expect(readFileSync(join(folder, path('only-here')), 'utf8')).toBe('mine')
    expect(readFileSync(join(folder, 'media/a.mp3')).equals(files['media/a.mp3'])).toBe(true)
  })
})

describe('a replica', () => {
  async function fleetOf(count: number) {
    const made = await makeDatabase()
    const files = Object.fromEntries(
      Array.from({ length: count }, (_, i) => {
        const day = String(1 + (i % 28)).padStart(2, '0')
        return [
          path(`story-${i}`),
          articleOf(`publishedAt: '2026-05-${day}T08:00:00.000Z'\ntags: [T${i % 5}]`),
        ]
      }),
    )
    const writer = await startNode(made.url, 'writer', files)
    return { ...made, writer }
  }
  const newest = (index: ArticleIndex) =>
    index.listArticles({ locale: 'en', scope: { kind: 'latest' }, page: 1, pageSize: 5 })

  it('serves its newest first, follows meanwhile, and is then the same as one that was there', async () => {
    const { url, writer } = await fleetOf(60)
    const { index, replica, follow } = await openReplica(url, { servedAtOnce: 10 })
    await follow()
    expect(newest(index)).toMatchObject({
      articleCount: 10,
      articles: newest(writer.index).articles,
    })
    expect(replica.revision()).toBeUndefined()
    writer.write(
      path('story-27'),
      articleOf("publishedAt: '2026-05-28T08:00:00.000Z'\nwithdrawn: true"),
    )
    await writer.publish()
    await vi.waitFor(
      async () => {
        await follow()
        expect(index.findArticle('en', 'story-27')).toBeUndefined()
        expect(replica.revision()).toBe(61)
      },
      { timeout: 60_000, interval: 20 },
    )
    expect(answersOf({ index })).toEqual(answersOf(writer))
  })

  it('parses what other code has prepared, and writes its own rows back', async () => {
    const { url, query, writer } = await fleetOf(30)
    await query("UPDATE documents SET prepared = 'no rows', prepared_version = 'another'")
    for (const servedAtOnce of [100, 5]) {
      const { index, replica, followWhole } = await openReplica(url, { servedAtOnce })
      await followWhole()
      expect(replica.revision()).toBe(30)
      expect(answersOf({ index })).toEqual(answersOf(writer))
    }
    expect(
      await query("SELECT count(*)::int FROM documents WHERE prepared_version = 'another'"),
    ).toEqual([{ count: 0 }])
  })

  it.each([
    ['is too old', 'UPDATE state SET pruned_revision = revision'],
    ['is of another database', 'UPDATE state SET id = gen_random_uuid()'],
    ['is ahead of a database that was restored', 'UPDATE state SET revision = 3'],
  ])('is made anew when it %s', async (_, sql) => {
    const { url, query, writer } = await fleetOf(4)
    const { index, replica, follow } = await openReplica(url)
    await follow()
    await writer.stop()
    await query('DELETE FROM documents WHERE path = $1', [path('story-3')])
    await query('UPDATE documents SET revision = -revision WHERE revision > 3')
    await query(sql)
    if (sql.includes('pruned'))
      await query('UPDATE state SET revision = revision + 1, pruned_revision = revision + 1')
    await follow()
    // A reader notices within a tenth of a second that another file was put in place.
    await eventually(() => expect(newest(index).articleCount).toBe(3))
    expect(replica.revision()).toBe(
      Number((await query('SELECT revision FROM state'))[0]?.revision),
    )
  })
})
