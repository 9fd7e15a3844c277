import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import {
  answersOf,
  articleOf,
  eventually,
  makeDatabase,
  makeFolder,
  now,
  path,
  server,
  startNode,
} from '#bench/evals/test-servers/fleet-fixture.ts'
import { describeArticleIndex } from '#lib/article-index/article-index.contract.ts'
import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { describeEntries } from '#lib/article-index/entries.contract.ts'
import type { IndexedArticle } from '#lib/article-index/open-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import type { FileChange } from '#lib/article-index/writes/article-writer.ts'
import { prepareArticle } from '#lib/article-index/writes/prepared-article.ts'
import { silentLog } from '#lib/node/log.ts'
import { type ContentChange, toDocument } from './documents.ts'
import { type FleetDatabase, openFleetDatabase } from './fleet-database.ts'
import { createReplica } from './replica.ts'

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
    replica.follow(
      await database.beat({
        id: 'x',
        role: 'web',
        build: '',
        revision: replica.revision(),
        follows: true,
      }),
    )
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

  it('follows with what the state of the fleet brings, and asks when that is not all', async () => {
    const { url, writer } = await fleetOf(3)
    const database = openFleetDatabase(url)
    onTestFinished(database.close)
    const { index, replica, follow } = await openReplica(url, { database })
    await follow()
    const asking = vi.spyOn(database, 'snapshot')
    const followWriter = async () => {
      await writer.publish()
      await follow()
      expect(replica.revision()).toBe(writer.fleet()?.revision)
      expect(answersOf({ index })).toEqual(answersOf(writer))
    }
    writer.write(path('story-0'), articleOf('withdrawn: true'))
    writer.write(path('broken'), articleOf('publishedAt: never'))
    writer.write(path('new'), articleOf('title: New'))
    writer.remove(path('story-1'))
    await followWriter()
    expect(asking).not.toHaveBeenCalled()
    for (let i = 0; i < 20; i += 1) writer.write(path(`more-${i}`), articleOf(`title: More ${i}`))
    await followWriter()
    expect(asking).toHaveBeenCalledTimes(1)
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
