import type { ArticleIndex } from '#lib/article-index/article-index.ts'
import { isLocale } from '#lib/site/locales.ts'
import { feedFiles, isReservedName, pageSegments, readBeaconPath } from '#lib/site/routes.ts'
import { apiMethods } from './endpoints/api/create-api.ts'
import { createNewestEndpoint } from './endpoints/newest-endpoint.ts'
import { publishPath } from './endpoints/publish/publish-request.ts'
import { serviceWorkerPath } from './endpoints/service-worker-endpoint.ts'
import { sendSpeculationRules, speculationRulesPath } from './endpoints/speculation-rules.ts'
import { type Address, toPath } from './http/address.ts'
import { cacheControl } from './http/headers.ts'
import type { Route } from './http/request-listener.ts'
import { type Endpoint, sendSentence } from './http/send.ts'
import { serveFiles } from './http/serve-files.ts'

type Find = (address: Address) => Endpoint | undefined

/** What answers, put together by `main.ts`. */
export type Endpoints = {
  index: Pick<ArticleIndex, 'findArticle' | 'listArticles'>
  liveness: Endpoint
  readiness: Endpoint
  health: Endpoint
  metrics: Endpoint
  publish: Endpoint
  mostRead: { beacon: Endpoint; find: Find }
  findApi: Find
  findCrawlerDocument: Find
  /** Given what sends files of the media folder as they are. */
  findMedia: (sendFile: (below: readonly string[]) => Endpoint) => Find
  preview: Endpoint
  /** Undefined without a desk. */
  findDesk?: Route['find'] | undefined
  page: Endpoint
  /** Undefined where the site was built without browser modules. */
  serviceWorker: Endpoint | undefined
  folders: {
    /** The framework's `static` folder of the build. */
    build: string
    /** The same of other builds, which come and go; undefined where one machine serves. */
    otherBuilds?: string | undefined
    /** `public/`, and the paths of the files in it when the server starts. */
    public: string
    publicFiles: ReadonlySet<string>
    /** Pictures and other files that come with the articles. */
    media: string
  }
  /** In development the framework answers for its own files and tools. */
  framework?: Endpoint | undefined
}

const anyMethod = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/**
 * Everything that answers, in order: the first row that finds an endpoint for an address has it, and
 * the last row takes every address. A row reads nothing but the address, and what exists by it; the desk also reads whose request it is.
 */
export function listRoutes(endpoints: Endpoints): Route[] {
  const { index, folders, framework } = endpoints
  const sendMissing: Endpoint = (exchange) => sendSentence(exchange, 404, 'There is no such file.')
  const files = (root: string, cacheControl: string) =>
    serveFiles({ root, cacheControl, sendMissing })
  const sendOther =
    folders.otherBuilds === undefined
      ? undefined
      : files(folders.otherBuilds, cacheControl.immutable)
  // A page that another node has sent may name a file of its build.
  const sendBuilt = serveFiles({
    root: folders.build,
    cacheControl: cacheControl.immutable,
    sendMissing: (exchange) => {
      const [, , ...below] = exchange.address.segments
      return (sendOther?.(below) ?? sendMissing)(exchange)
    },
  })
  const sendPublic = files(folders.public, cacheControl.day)
  const sendMedia = files(folders.media, cacheControl.day)
  const publicPaths = new Set(Array.from(folders.publicFiles, (file) => toPath(file.split('/'))))

  return [
    { name: 'livez', find: at('/livez', endpoints.liveness) },
    { name: 'readyz', find: at('/readyz', endpoints.readiness) },
    { name: 'health', find: at('/health', endpoints.health) },
    { name: 'metrics', find: at('/metrics', endpoints.metrics) },
    // Errors are JSON here, also for a wrong method.
    { name: 'publish', methods: anyMethod, find: at(publishPath, endpoints.publish) },
    { name: 'read', methods: ['POST'], find: at(readBeaconPath, endpoints.mostRead.beacon) },
    { name: 'api', methods: apiMethods, find: endpoints.findApi },
    {
      name: 'build-file',
      find: ({ segments: [first, second, ...below] }) => {
        if (first !== '_next') return undefined
        if (framework) return framework
        return second === 'static' && below.length > 0 ? sendBuilt(below) : sendMissing
      },
    },
    {
      name: 'public-file',
      find: ({ path, segments }) => (publicPaths.has(path) ? sendPublic(segments) : undefined),
    },
    { name: 'media-file', find: endpoints.findMedia(sendMedia) },
    { name: 'service-worker', find: at(serviceWorkerPath, endpoints.serviceWorker) },
    { name: 'speculation-rules', find: at(speculationRulesPath, sendSpeculationRules) },
    { name: 'crawler-document', find: endpoints.findCrawlerDocument },
    { name: 'newest', find: createNewestEndpoint(index) },
    { name: 'most-read', find: endpoints.mostRead.find },
    {
      name: 'preview',
      find: ({ segments }) => (segments[0] === 'preview' ? endpoints.preview : undefined),
    },
    ...listDeskRows(endpoints.findDesk),
    { name: 'page', nameOf: namePage, find: () => endpoints.page },
  ]
}

/** What the machine of editors answers where readers are served by others. */
const forEditors = new Set([
  'livez',
  'readyz',
  'health',
  'metrics',
  'publish',
  'build-file',
  'public-file',
  'media-file',
  'preview',
  'desk',
])

/** Of all routes those for editors; every other address says that readers are served elsewhere. */
export function listEditorRoutes(routes: Route[]): Route[] {
  const sendElsewhere: Endpoint = (exchange) =>
    sendSentence(exchange, 404, 'This machine is for editors. Readers are served by others.')
  return [
    ...routes.filter(({ name }) => forEditors.has(name)),
    { name: 'elsewhere', find: () => sendElsewhere },
  ]
}

/** Methods that it has not are the desk's own business: to strangers its addresses are those of no page. */
const listDeskRows = (find: Route['find'] | undefined): Route[] =>
  find ? [{ name: 'desk', methods: anyMethod, find }] : []

/**
 * What answers under a host of the desk's own: the desk, and the files that its pages and previews
 * show. No page of the site is there.
 */
export function listDeskHostRoutes(routes: readonly Route[]): Route[] {
  const shown = ['desk', 'build-file', 'public-file', 'media-file']
  return [
    ...routes.filter(({ name }) => shown.includes(name)),
    {
      name: 'missing',
      find: () => (exchange) => sendSentence(exchange, 404, 'There is nothing here.'),
    },
  ]
}

/** What kind of page an address asks for, whether there is one or not. */
function namePage({ segments }: Address): string {
  const own = isLocale(segments[0]) ? segments.slice(1) : segments
  const [first] = own
  if (first === undefined) return 'home'
  if (first !== 'article' && feedFileNames.has(own.at(-1))) return 'feed'
  if (pageSegments.has(first)) return first
  // However many pages an editor writes, metrics count them under one name.
  return own.length === 1 && !isReservedName(first) ? 'editor-page' : 'other-page'
}

const feedFileNames = new Set<string | undefined>(Object.values(feedFiles))

const at =
  (path: string, endpoint: Endpoint | undefined): Find =>
  (address) =>
    address.path === path ? endpoint : undefined
