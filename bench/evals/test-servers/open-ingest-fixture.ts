import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import type { IngestLock } from '#lib/ingest/ingest-lock.ts'
import { ingestOnce } from '#lib/ingest/run-ingest.ts'
import {
  type IngestConfig,
  type IngestSettings,
  parseIngestConfig,
} from '#lib/ingest/settings/ingest-config.ts'
import type { IngestEnv } from '#lib/ingest/settings/ingest-env.ts'
import { type IngestWorkers, openIngestWorkers } from '#lib/ingest/workers/open-workers.ts'
import type { IngestReport } from '#lib/ingest-report/ingest-report.ts'
import { type Log, silentLog } from '#lib/node/log.ts'
import { type Answer, serve, type TestServer } from './serve.ts'

/** A content folder of its own, a server for feeds, and a clock that tests may set. */
export type IngestFixture = {
  server: TestServer
  contentDir: string
  dataDir: string
  /** Settings with one feed, `/feed.xml` of the server, and what the test changes. */
  settings: IngestSettings
  /** The settings as they are now, complete. */
  config(): IngestConfig
  env: IngestEnv
  log: Log
  workers: IngestWorkers
  /** Where several machines share the work. */
  takeLock?: () => Promise<IngestLock | undefined>
  setNow(at: string): void
  ingest(options?: { only?: string; limit?: number; isDryRun?: boolean }): Promise<IngestReport>
  /** Paths below the content folder, sorted. */
  listFiles(): Promise<string[]>
  readArticle(path: string): Promise<Article>
  readText(path: string): Promise<string>
  /** As a person would, in an editor. */
  edit(path: string, change: (text: string) => string): Promise<void>
}

/** Shared by all passes of a file's tests: threads take a moment to start. */
const sharedReading = openIngestWorkers()

/** Opens a fixture that is gone when the test is over. */
export async function openIngestFixture(
  routes: Record<string, Answer> = {},
): Promise<IngestFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-ingest-'))
  const server = await serve(routes)
  onTestFinished(async () => {
    await server.close()
    await rm(folder, { recursive: true, force: true })
  })
  const contentDir = join(folder, 'content')
  let now = '2026-11-20T12:00:00.000Z'
  const fixture: IngestFixture = {
    server,
    contentDir,
    dataDir: join(folder, 'data'),
    settings: {
      sources: [feedOf(server)],
      withoutModel: 'publish',
      fetch: { retries: 0, timeoutSeconds: 2, maxMegabytes: 1 },
      // A test of what takes too long sets less; on a busy machine a second is little.
      model: { timeoutSeconds: 20 },
    },
    config: () => parseIngestConfig(fixture.settings),
    env: { model: undefined, unsplashKey: undefined, coindeskKey: undefined },
    log: silentLog,
    workers: sharedReading,
    setNow(at) {
      now = at
    },
    async ingest({ only, limit, isDryRun = false } = {}) {
      const outcome = await ingestOnce({
        contentDir,
        dataDir: fixture.dataDir,
        config: fixture.config(),
        env: fixture.env,
        only,
        limit,
        isDryRun,
        now: () => new Date(now),
        random: () => 0.5,
        log: fixture.log,
        workers: fixture.workers,
        takeLock: fixture.takeLock,
        signal: new AbortController().signal,
      })
      if (outcome.kind === 'busy') throw new Error('Another run has the folder')
      return outcome.report
    },
    async listFiles() {
      const names = await readdir(contentDir, { recursive: true }).catch(() => [])
      return names.filter((name) => /\.(md|tmp)$/.test(name)).sort()
    },
    async readArticle(path) {
      return parseArticle({ path, bytes: await readFile(join(contentDir, path)) }).article
    },
    readText: (path) => readFile(join(contentDir, path), 'utf8'),
    async edit(path, change) {
      const file = join(contentDir, path)
      await writeFile(file, change(await readFile(file, 'utf8')))
    },
  }
  return fixture
}

/** A feed of a test server, which is on this machine. */
export function feedOf(server: TestServer, path = '/feed.xml', key = 'wire', name = 'Wire') {
  return { kind: 'feed' as const, key, name, url: server.url + path, allowPrivate: true }
}
