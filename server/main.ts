import { accessSync, constants, mkdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import next from 'next'
import { parseRecordedAnswers, recordIndex } from '#lib/article-index/recorded-index.ts'
import { provideServingIndex } from '#lib/article-index/serving-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { keepInSync } from '#lib/content-sync/keep-in-sync.ts'
import { feedHeaders } from '#lib/feeds/feed-headers.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { openLog } from '#lib/node/log.ts'
import { type BrowserBuild, readBrowserBuild } from '#lib/site/build/browser-build.ts'
import { provideBrowserModules } from '#lib/site/build/browser-modules.ts'
import { siteEnv } from '#lib/site/env.ts'
import { createApi } from './endpoints/api/create-api.ts'
import { createCrawlerEndpoints } from './endpoints/crawlers/crawler-endpoints.ts'
import { findPrint } from './endpoints/find-print.ts'
import { listStaticFiles } from './endpoints/list-static-files.ts'
import { findNewestEndpoint } from './endpoints/newest-endpoint.ts'
import { createPublishEndpoint, publishPath } from './endpoints/publish/publish-endpoint.ts'
import { publish } from './endpoints/publish/publish-report.ts'
import {
  createServiceWorkerEndpoint,
  retiringWorker,
  serviceWorkerPath,
} from './endpoints/service-worker-endpoint.ts'
import { sendSpeculationRules, speculationRulesPath } from './endpoints/speculation-rules.ts'
import { findStaticTexts } from './endpoints/static-texts.ts'
import { runtimePagePolicy, toReadingPagePolicy } from './http/page-policy.ts'
import { notifyChanges } from './notify/notify-changes.ts'
import { createFrontDoor } from './pages/front-door.ts'
import { createPageCache } from './pages/page-cache.ts'
import { openPageStore } from './pages/page-store.ts'
import { listFirstPaths, warmPages } from './pages/warm-pages.ts'
import { createOpenPreview } from './preview/open-preview.ts'

/**
 * The running site, in one process: the index kept in step with the content folder, the framework
 * that renders, and the front door that decides and sends. `--dev` serves from source.
 */
const siteDir = resolve(import.meta.dirname, '..')
const isDevelopment = process.argv.includes('--dev')
process.once('uncaughtException', cannotStart)

/** How much of the rendered pages is held in memory, whatever lies on disk. */
const memoryBytes = 64 * 1024 * 1024
const env = siteEnv()
const log = openLog({ level: env.logLevel, format: env.logFormat })
mkdirSync(env.dataDir, { recursive: true })
accessSync(env.dataDir, constants.W_OK)

const index = openArticleIndex({
  dataDir: env.dataDir,
  log,
  readOnly: true,
  searchBeside: true,
  onDamage: (reason) => sync.beginAgain(reason),
})
const builtModules = await readBrowserBuild(join(siteDir, '.next'))
const recorded = recordIndex(index)
provideServingIndex(recorded.index)
const store = openPageStore({
  file: join(env.dataDir, 'pages.sqlite'),
  maxBytes: env.pageCacheBytes,
  // Pages hold what the settings were: the address in every link, the hub in feeds.
  namespace: [
    await readBuildId(siteDir),
    builtModules?.page,
    builtModules?.firstPaint,
    env.siteUrl,
    env.websubHubUrl,
    env.frameworkRuntime,
    env.securityContact,
  ].join(' '),
  parseAnswers: parseRecordedAnswers,
  now: () => new Date(),
  log,
})
const pages = createPageCache({
  maxBytes: Math.min(env.pageCacheBytes, memoryBytes),
  freshness: { epoch: index.epoch, areUnchanged: recorded.areUnchanged },
  store,
})

const telling = notifyChanges({ index, env, log })
const app = next({ dev: isDevelopment, dir: siteDir, quiet: !isDevelopment })
const [sync] = await Promise.all([
  keepInSync({
    dataDir: env.dataDir,
    contentDir: env.contentDir,
    log,
    onSynced: (synced) => telling?.synced(synced),
  }),
  app.prepare(),
])

// Only now, in development: the framework clears its folder when it prepares.
const browserBuild = isDevelopment ? await buildForDevelopment() : builtModules
provideBrowserModules(browserBuild)
const publishEndpoint = createPublishEndpoint({
  secret: env.publishSecret,
  publish: (paths) => publish({ sync: sync.syncNow, index }, paths),
  log,
})
const isStaticFile = await listStaticFiles(siteDir)
const findStaticText = isDevelopment ? undefined : await findStaticTexts(join(siteDir, '.next'))
const endpoints = new Map([
  [publishPath, publishEndpoint],
  [speculationRulesPath, sendSpeculationRules],
])
if (browserBuild)
  endpoints.set(
    serviceWorkerPath,
    createServiceWorkerEndpoint(isDevelopment ? retiringWorker : browserBuild.worker),
  )
const crawlerEndpoints = createCrawlerEndpoints({
  index,
  dataDir: env.dataDir,
  publicDir: join(siteDir, 'public'),
  isFile: isStaticFile,
  env,
})
const findApi = createApi({ index, siteUrl: env.siteUrl })
const frontDoor = createFrontDoor({
  index,
  pages,
  framework: app.getRequestHandler(),
  async record(work) {
    const epoch = index.epoch()
    const { answers } = await recorded.record(work)
    return { answers, epoch }
  },
  isFile: isStaticFile,
  findEndpoint: (pathname) =>
    findStaticText?.(pathname) ??
    endpoints.get(pathname) ??
    crawlerEndpoints.get(pathname) ??
    findNewestEndpoint(pathname, index) ??
    findPrint(pathname) ??
    findApi(pathname),
  headersOf: (path) => feedHeaders(path, { siteUrl: env.siteUrl, hubUrl: env.websubHubUrl }),
  policy:
    env.frameworkRuntime === 'keep'
      ? runtimePagePolicy
      : toReadingPagePolicy(browserBuild?.firstPaint),
  openPreview: createOpenPreview({ ...env, log }),
  health: () => ({
    status: 'ok',
    index: { ...index.status(), ...sync.progress() },
    pageCache: { memoryBytes: pages.byteLength(), diskBytes: store.byteLength() },
    ingest: readIngestReport(env.dataDir),
  }),
  isDevelopment,
})

process.off('uncaughtException', cannotStart)
const server = createServer(frontDoor.answer)
// Longer than a reverse proxy holds its idle connections: the one to close them must be the proxy.
server.keepAliveTimeout = 75_000
server.on('error', (error: NodeJS.ErrnoException) => {
  const reason = error.code === 'EADDRINUSE' ? `port ${env.port} is taken` : error.message
  console.error(`Cannot serve: ${reason}. Set PORT to another one.`)
  process.exit(1)
})
if (isDevelopment)
  server.on('upgrade', (request, socket, head) => app.getUpgradeHandler()(request, socket, head))
server.listen(env.port, env.host, () => {
  log.info(`Dateline is at ${env.siteUrl}`)
  if (!isDevelopment) void warmPages(listFirstPaths(index), frontDoor.warm, { pause: setImmediate })
})

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // A terminal's Ctrl-C comes twice, from the shell and from npm: the second must not cut this short.
  process.on(signal, () => {
    if (isStopping) return
    isStopping = true
    sync.stop()
    telling?.stop()
    server.close(() => {
      index.close()
      store.close()
      process.exit(0)
    })
    server.closeIdleConnections()
    setTimeout(() => process.exit(0), 3000).unref()
  })
}

/** Pages of another build link to files that are gone, so they are not ours. */
async function readBuildId(siteDir: string): Promise<string> {
  if (isDevelopment) return 'development'
  return (await readFile(join(siteDir, '.next', 'BUILD_ID'), 'utf8')).trim()
}

async function buildForDevelopment(): Promise<BrowserBuild> {
  const { buildBrowserModules } = await import('../scripts/build-browser-modules.ts')
  return buildBrowserModules(join(siteDir, '.next', 'dev'))
}

/** A setting or a folder that is wrong is said in sentences; only what nobody foresaw has a stack. */
function cannotStart(error: Error & { code?: string }): never {
  const isForeseen = error.code !== undefined || error.name === 'Error'
  console.error(`Dateline cannot start: ${isForeseen ? error.message : error.stack}`)
  console.error(
    `It reads CONTENT_DIR (${process.env.CONTENT_DIR || 'content'}), which must be there, and writes to DATA_DIR (${process.env.DATA_DIR || '.data'}), which must be writable.`,
  )
  process.exit(1)
}
