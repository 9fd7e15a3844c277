import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { inject, onTestFinished, vi } from 'vitest'
import type { ArticleIndex, Suppressed } from '#lib/article-index/article-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { indexPath } from '#lib/article-index/store/database-file.ts'
import { openWriteQueue } from '#lib/article-index/writes/write-queue.ts'
import type { IndexProgress } from '#lib/content-sync/sync-continuously.ts'
import type { FleetRole, FleetState } from '#lib/content-sync/sync-messages.ts'
import { logTo } from '#lib/node/log.ts'
import { openFleetDatabase } from '#lib/replication/fleet-database.ts'
import { followFleet } from '#lib/replication/follow-fleet.ts'
import { startPostgres } from '#tooling/start-postgres.ts'

/** One server for all files of tests, see `setup`; every test has a database of its own. */
export const server = await startPostgres({ databaseUrl: inject('databaseUrl') })
let databases = 0
export const noon = '2026-11-22T12:00:00.000Z'
export const now = () => new Date(noon)

export async function makeDatabase() {
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

export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fleet-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

export const articleOf = (fields: string, body = 'It opened.') => {
  const lines = ['title: A vault', "publishedAt: '2026-05-01T08:00:00.000Z'", 'category: MARKETS']
  const own = fields.split('\n').filter((line) => line !== '')
  const keys = own.map((line) => line.split(':')[0])
  const kept = lines.filter((line) => !keys.includes(line.split(':')[0]))
  return `---\n${[...kept, ...own].join('\n')}\n---\n${body}\n`
}

/** A running node with a content folder of its own, which `web` does not look at. */
export async function startNode(
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
export type Node = Awaited<ReturnType<typeof startNode>>

export const eventually = (check: () => unknown) =>
  vi.waitFor(check, { timeout: 60_000, interval: 20 })
export const path = (slug: string) => `articles/en/2026/05/${slug}.md`
export const titleOf = ({ index }: Node, slug: string) => index.findArticle('en', slug)?.title

/** Whatever a node answers of what it holds. */
export function answersOf({ index }: { index: ArticleIndex }) {
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
