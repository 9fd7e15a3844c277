import '#lib/site/load-site.ts'
import { hash } from 'node:crypto'
import { accessSync, constants, readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { join, resolve, sep } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Suppressed } from '#lib/article-index/article-index.ts'
import { parseRecordedAnswers, recordIndex } from '#lib/article-index/recorded-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { startContentSync } from '#lib/content-sync/start-content-sync.ts'
import { feedHeaders } from '#lib/feeds/feed-headers.ts'
import { listMissingPhrases, listWordFaults } from '#lib/i18n/messages.ts'
import { openDataFolder } from '#lib/node/data-folder.ts'
import { openLog } from '#lib/node/log.ts'
import { readBrowserBuild } from '#lib/site/build/browser-build.ts'
import { siteEnv } from '#lib/site/env.ts'
import { defaultLocale, locales } from '#lib/site/locales.ts'
import { reviewPolicyVariable } from '#lib/site/review-policy.ts'
import { site, siteVariable } from '#lib/site/site.ts'
import { listContrastWarnings } from '#lib/site/theme-colours.ts'
import { themeStyle } from '#lib/site/theme-style.ts'
import { startDesk } from './desk/start-desk.ts'
import { createApi } from './endpoints/api/create-api.ts'
import { createCrawlerEndpoints } from './endpoints/crawlers/crawler-endpoints.ts'
import {
  createHealthEndpoint,
  createReadinessEndpoint,
  sendLiveness,
} from './endpoints/health-endpoints.ts'
import { mostImageBytes, openImageStore } from './endpoints/images/image-store.ts'
import { createMediaEndpoint } from './endpoints/images/media-endpoint.ts'
import { createMetrics, createMetricsEndpoint } from './endpoints/metrics-endpoint.ts'
import { createMostRead } from './endpoints/most-read.ts'
import { createPublishEndpoint } from './endpoints/publish/publish-endpoint.ts'
import { publish } from './endpoints/publish/publish-report.ts'
import {
  createServiceWorkerEndpoint,
  retiringWorker,
  toSiteWorker,
} from './endpoints/service-worker-endpoint.ts'
import {
  toFramedPolicy,
  toReadingPagePolicy,
  toRuntimePagePolicy,
} from './http/content-security-policy.ts'
import { createRequestListener, refuseBrokenRequests } from './http/request-listener.ts'
import { notifyChanges } from './notify/notify-changes.ts'
import { createPageCache, mostPageBytesInMemory, oncePerTurn } from './pages/page-cache.ts'
import { startPageRenderer } from './pages/page-renderer.ts'
import { openPageStore } from './pages/page-store.ts'
import { readPageStyles } from './pages/page-styles.ts'
import { listFirstPaths, prerenderPages } from './pages/prerender-pages.ts'
import { createRenderPage } from './pages/render-page.ts'
import { createPageServer } from './pages/serve-pages.ts'
import { createPreviewCheck } from './preview/open-preview.ts'
import { createPreviewEndpoint } from './preview/preview-endpoint.ts'
import { listDeskHostRoutes, listEditorRoutes, listRoutes } from './routes.ts'
import { listGauges, listUnreadyReasons, readSiteHealth, type SiteParts } from './site-health.ts'

/**
 * The running site: an index that another process keeps in step with the content folder, a process
 * that renders, and this one, which decides what answers and sends it.
 */
process.once('uncaughtException', cannotStart)
const siteDir = resolve(import.meta.dirname, '..')
const isDevelopment = process.env.NODE_ENV === 'development'

// What the site writes holds drafts and secrets: no other user may read it.
process.umask(0o077)
const env = siteEnv()
const { role } = env
if (role === 'ingest') throw new Error('ROLE is "ingest": start it with `npm start`.')
const log = openLog({ level: env.logLevel, format: env.logFormat })
const wordFaults = listWordFaults()
if (wordFaults.length > 0) throw new Error(wordFaults.join('\n'))
for (const warning of listContrastWarnings(site())) log.warn(warning)
for (const locale of locales) {
  const { missing, total } = listMissingPhrases(locale)
  if (missing.length > 0)
    log.warn(
      `The dictionary of ${locale} lacks ${missing.length} of ${total} phrases, which are shown in ${defaultLocale}: ${missing.slice(0, 5).join(', ')}, …`,
    )
}
openDataFolder(env.dataDir)
accessSync(env.dataDir, constants.W_OK)

/**
 * How long a node of a fleet serves on after the signal that ends it, in ms: until its proxy has seen
 * at `/readyz` that it is to send readers elsewhere.
 */
const drainMs = env.databaseUrl === undefined ? 0 : 5000
let isStopping = false
let isStarted = false
/** Used until the index and the renderer exist: damage and withdrawals may be reported before. */
let suppressed: Suppressed[] = []
let suppressInRenderer = (_list: Suppressed[]): void => {}
let rebuildIndex = (_reason: string): void => {}
let noteChanges = (): void => {}
const index = openArticleIndex({
  dataDir: env.dataDir,
  log,
  readOnly: true,
  searchInWorker: true,
  onDamage: (reason) => rebuildIndex(reason),
})
const recorded = recordIndex(index)
const metrics = createMetrics(listGauges(() => parts))
/** In a fleet every node serves the pictures that the database holds, with the times it gives them. */
const mediaDir = env.databaseUrl === undefined ? env.contentDir : join(env.dataDir, 'content')
const buildDir = join(siteDir, '.next')
const builtDir = join(buildDir, 'static')
/** Files of the builds that other nodes of a fleet run. */
const otherBuildsDir = join(env.dataDir, 'builds')
const notifications =
  role === 'web'
    ? undefined
    : notifyChanges({ index, env, log, fleet: env.databaseUrl ? ofFleet() : undefined })
const [sync, { renderer, browserBuild, pageStyles, development }] = await Promise.all([
  startContentSync({
    dataDir: env.dataDir,
    contentDir: env.contentDir,
    log,
    onSynced(synced) {
      notifications?.synced(synced)
      noteChanges()
    },
    onSuppressed: suppress,
    fleet: env.databaseUrl
      ? {
          databaseUrl: env.databaseUrl,
          role,
          node: env.nodeName,
          build: await readBuildId(),
          mediaDir,
          assets: {
            build: isDevelopment ? undefined : builtDir,
            others: otherBuildsDir,
          },
        }
      : undefined,
  }),
  isDevelopment ? startInDevelopment() : startFromBuild(),
])
isStarted = true
rebuildIndex = sync.rebuild
suppressInRenderer = renderer.suppress
renderer.suppress(suppressed)

const store = openPageStore({
  file: join(env.dataDir, 'pages.sqlite'),
  maxBytes: env.pageCacheBytes,
  // Pages depend on settings: the address in every link, the hub in feeds.
  namespace: [
    await readBuildId(),
    browserBuild?.page,
    browserBuild?.firstPaint,
    env.siteUrl,
    env.websubHubUrl,
    env.frameworkRuntime,
    env.securityContact,
    hash('sha256', process.env[siteVariable] ?? ''),
    process.env[reviewPolicyVariable] ?? '',
  ].join(' '),
  parseAnswers: parseRecordedAnswers,
  now: () => new Date(),
  log,
})
const pages = createPageCache({
  maxBytes: Math.min(env.pageCacheBytes, mostPageBytesInMemory),
  freshness: { epoch: oncePerTurn(index.epoch), areUnchanged: recorded.areUnchanged },
  store,
})
const parts: SiteParts = {
  index,
  sync,
  renderer,
  pageBytes: () => ({ memory: pages.byteLength(), disk: store.byteLength() }),
  notifications: () => notifications?.status() ?? [],
  get desk() {
    return desk
  },
  dataDir: env.dataDir,
  isStopping: () => isStopping,
}
const pageParts = {
  script: browserBuild?.firstPaint,
  styles: [themeStyle(), ...pageStyles.values()],
  scripts: site().scripts,
}
const policy =
  env.frameworkRuntime === 'keep' ? toRuntimePagePolicy(pageParts) : toReadingPagePolicy(pageParts)
const pageServer = createPageServer({
  index,
  pages,
  renderer,
  renderPage: createRenderPage({
    pages,
    render: renderer.render,
    epoch: index.epoch,
    toAnswers: ({ answers }) => answers,
    onFailure: (path, reason) => log.error(`${path} could not be rendered: ${reason}`),
    onRendered: metrics.observeRendering,
  }),
  policy,
  headersOf: (path) => feedHeaders(path, { siteUrl: env.siteUrl, hubUrl: env.websubHubUrl }),
  onPage: metrics.countPage,
  isIndexWhole: () => sync.progress().state === 'ready',
  development: development?.answer,
})

const desk =
  env.desk &&
  startDesk({
    env: env.desk,
    port: env.port,
    siteUrl: env.siteUrl,
    contentDir: env.contentDir,
    dataDir: env.dataDir,
    historyBytes: env.deskHistoryBytes,
    commits: env.deskCommits,
    files: browserBuild?.desk ?? cannotBeBuilt(),
    async publish(paths) {
      // What was written is written: the content process reads it once it can.
      try {
        await sync.syncNow({ paths })
        return true
      } catch (error) {
        log.error('What the desk wrote could not be read at once', { paths, err: error })
        return false
      }
    },
    async renderPreview(file) {
      const opened = await renderer.openPreview(file)
      if (opened.kind === 'page') {
        return { html: opened.rendering.body.toString(), policy: toFramedPolicy(policy) }
      }
      return { problems: opened.kind === 'invalid' ? opened.problems : [] }
    },
    log,
  })

const mostRead = createMostRead({
  index,
  dataDir: env.dataDir,
  siteUrl: env.siteUrl,
  now: () => new Date(),
  log,
})

if (desk) noteChanges = desk.noteChanges

const publicDir = join(siteDir, 'public')
const publicFiles = listFiles(publicDir)
const routes = listRoutes({
  index,
  liveness: sendLiveness,
  readiness: createReadinessEndpoint(() => listUnreadyReasons(parts)),
  health: createHealthEndpoint(() => readSiteHealth(parts)),
  metrics: createMetricsEndpoint(metrics, env.metricsToken),
  publish: createPublishEndpoint({
    secret: env.publishSecret,
    publish: (wanted) => publish({ sync: sync.syncNow, index }, wanted),
    log,
  }),
  mostRead,
  findApi: createApi({ index, siteUrl: env.siteUrl }),
  findCrawlerDocument: createCrawlerEndpoints({
    index,
    dataDir: env.dataDir,
    findCoverFile(path) {
      if (publicFiles.has(path.slice(1))) return join(publicDir, path)
      return index.findPicture(path.slice(1)) && join(mediaDir, path)
    },
    env,
  }),
  findMedia: (sendFile) =>
    createMediaEndpoint({
      index,
      contentDir: mediaDir,
      store: openImageStore({ folder: join(env.dataDir, 'media'), maxBytes: mostImageBytes.media }),
      sendFile,
      log,
    }),
  preview: createPreviewEndpoint({
    check: createPreviewCheck({ ...env, log }),
    renderer,
    sendNotice: pageServer.sendNotice,
    policy,
  }),
  findDesk: desk?.find,
  page: pageServer.answer,
  serviceWorker:
    browserBuild &&
    createServiceWorkerEndpoint(isDevelopment ? retiringWorker : toSiteWorker(browserBuild.worker)),
  framework: development && ((exchange) => development.answer(exchange)),
  folders: {
    build: builtDir,
    otherBuilds: env.databaseUrl === undefined ? undefined : otherBuildsDir,
    public: publicDir,
    publicFiles,
    media: join(mediaDir, 'media'),
  },
})

process.off('uncaughtException', cannotStart)
const answerWith = (table: typeof routes) =>
  createRequestListener({ routes: table, log, onAnswered: metrics.countAnswer })
const answerSite = answerWith(role === 'writer' ? listEditorRoutes(routes) : routes)
const answerDesk = env.desk?.hasOwnHost ? answerWith(listDeskHostRoutes(routes)) : answerSite
const server = createServer(
  { requireHostHeader: false, headersTimeout: 20_000, requestTimeout: 60_000 },
  (request, response) => (desk?.isAtDesk(request) ? answerDesk : answerSite)(request, response),
)
refuseBrokenRequests(server)
development?.attachTo(server)
// Longer than a reverse proxy keeps idle connections, so that the proxy is the one to close them.
server.keepAliveTimeout = 75_000
server.on('error', (error: NodeJS.ErrnoException) => {
  const reason = error.code === 'EADDRINUSE' ? `port ${env.port} is taken` : error.message
  log.error(`Cannot serve: ${reason}. Set PORT to another one.`)
  process.exit(1)
})
server.listen(env.port, env.host, () => {
  log.info(`${site().name} is at ${env.siteUrl}`)
  desk?.greet()
  if (isDevelopment || role === 'writer') return
  void prerenderPages(listFirstPaths(index), pageServer.warm, { pause: setImmediate })
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Ctrl-C arrives twice, from the shell and from npm. The second signal must not interrupt this.
  process.on(signal, () => {
    if (isStopping) return
    isStopping = true
    setTimeout(stop, drainMs)
  })
}

function stop(): void {
  sync.stop()
  notifications?.stop()
  const counted = mostRead.stop()
  server.close(async () => {
    await counted
    renderer.stop()
    index.close()
    store.close()
    desk?.close()
    process.exit(0)
  })
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 3000).unref()
}

/** Stops serving withdrawn entries that the index still holds. */
function suppress(list: Suppressed[]): void {
  suppressed = list
  index.suppress(list)
  suppressInRenderer(list)
}

/** Who may notify, and what waits for it: asked of the content process, once there is one. */
function ofFleet(): Parameters<typeof notifyChanges>[0]['fleet'] {
  return {
    term: () => {
      const lease = isStarted ? sync.fleet()?.lease : undefined
      return lease?.isMine ? lease.term : undefined
    },
    outbox: {
      take: () => sync.outbox.take(),
      save: (...saved) => sync.outbox.save(...saved),
    },
  }
}

async function startFromBuild() {
  const [renderer, browserBuild] = await Promise.all([
    startPageRenderer({ index, log, onDamage: (reason) => rebuildIndex(reason) }),
    readBrowserBuild(buildDir),
  ])
  return { renderer, browserBuild, pageStyles: readPageStyles(buildDir), development: undefined }
}

async function startInDevelopment() {
  const { startDevelopment } = await import('./pages/development.ts')
  const development = await startDevelopment({
    siteDir,
    contentDir: env.contentDir,
    index,
    log,
  })
  return { ...development, pageStyles: new Map<string, string>(), development }
}

/** Paths of the files below a folder, with forward slashes. */
function listFiles(folder: string): Set<string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return new Set(
    entries
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
      .map((path) => path.split(sep).join('/')),
  )
}

/** Pages of another build link to files that no longer exist, so they are not reused. */
async function readBuildId(): Promise<string> {
  if (isDevelopment) return 'development'
  return (await readFile(join(buildDir, 'BUILD_ID'), 'utf8')).trim()
}

function cannotBeBuilt(): never {
  throw new Error('The build has no files for the desk. Run `npm run build` and start again.')
}

/** A wrong setting or folder gets a sentence; an unexpected error prints its stack. */
function cannotStart(error: Error & { code?: string }): never {
  const isExpected = error.code !== undefined || error.name === 'Error'
  console.error(`Dateline cannot start: ${isExpected ? error.message : error.stack}`)
  console.error(
    `It reads CONTENT_DIR (${process.env.CONTENT_DIR || 'content'}), which must be there, and writes to DATA_DIR (${process.env.DATA_DIR || '.data'}), which must be writable.`,
  )
  process.exit(1)
}
