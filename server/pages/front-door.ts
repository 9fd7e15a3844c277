import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { toFeedToken } from '#lib/site/addresses/feed-token.ts'
import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import { runtimePagePolicy } from '../http/page-policy.ts'
import { isReading, refuseMethod } from '../http/reading-method.ts'
import { commonHeaders } from '../http/security-headers.ts'
import { sendPage } from '../http/send-page.ts'
import type { CachedPage, PageCache } from './page-cache.ts'
import { createRenderPage, type RecordRendering } from './render-page.ts'
import { type KnownArticles, resolvePath } from './resolve-path.ts'
import { type OpenedPreview, sendPreview } from './send-preview.ts'

export type Endpoint = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type FrontDoorOptions<Answer> = {
  index: KnownArticles
  pages: PageCache<Answer>
  /** The framework's request handler. */
  framework: RequestListener
  /** Writes down what the framework asks of the index while it renders. */
  record: RecordRendering<Answer>
  /** Addresses that are files (`/_next/…`, `public/`): the framework serves those that no endpoint does. */
  isFile: (pathname: string) => boolean
  /** What `/health` says, as JSON. */
  health: () => object
  /** Addresses that answer any method themselves, by path. */
  findEndpoint?: (pathname: string) => Endpoint | undefined
  /** The Content-Security-Policy of pages, when it is not that of pages without a runtime. */
  policy?: string
  /** Headers of ours that belong to one page; `path` is its one true address. */
  headersOf?: (path: string) => Record<string, string>
  /** What a signed link leads to; undefined for every address that is not a valid one. */
  openPreview?: (pathname: string, search: string) => Promise<OpenedPreview | undefined>
  /** In development the framework answers every page itself, unkept and with its own tools. */
  isDevelopment?: boolean
}

export type FrontDoor = {
  /** What every request meets first. */
  answer: RequestListener
  /** Has the page at a public address rendered, unless it is kept already. */
  warm(path: string): Promise<void>
}

/**
 * What every request meets first. It decides the status (200, 308, 404, 410) from the index before
 * anything is rendered, sends what the page cache holds, and has the framework render what it does
 * not. See docs/decisions/0003-the-front-door.md.
 */
export function createFrontDoor<Answer>(options: FrontDoorOptions<Answer>): FrontDoor {
  const { index, pages, framework } = options
  const renderPage = createRenderPage(pages, framework, options.record)

  const answer: RequestListener = async (request, response) => {
    const { pathname, search } = splitUrl(request.url)
    try {
      if (pathname === '/health') return sendJson(request, response, options.health())
      const endpoint = options.findEndpoint?.(pathname)
      if (endpoint) return await endpoint(request, response)
      if (options.isFile(pathname)) return framework(request, response)
      if (!isReading(request)) return refuseMethod(response)

      const address = toFeedToken(pathname) ? pathname + search : pathname
      const kept = isInternal(pathname) ? undefined : pages.find(toInternalPath(address))
      if (kept) return await send(request, response, kept, address)

      const resolution = resolvePath(pathname, search, index)
      if (resolution.kind === 'redirect') return redirect(response, resolution.location)
      if (resolution.kind === 'refused') return refuse(request, response, resolution)
      if (resolution.kind === 'gone') {
        return await sendNotice(request, response, { locale: resolution.locale, notice: 'gone' })
      }
      if (resolution.kind === 'unknown') {
        const preview = await options.openPreview?.(pathname, search)
        if (preview && (await sendPreview(request, response, preview, options))) return
        const notice = preview ? 'broken' : 'missing'
        return await sendNotice(request, response, { locale: resolution.locale, notice })
      }
      const path = toInternalPath(resolution.path)
      if (options.isDevelopment || resolution.route.page === 'search') {
        request.url = path + search
        for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value)
        // Development brings tools of its own, which no policy of ours knows.
        if (!options.isDevelopment) {
          response.setHeader('content-security-policy', runtimePagePolicy)
        }
        return framework(request, response)
      }
      const page = pages.find(path) ?? (await renderPage(path))
      if (page) return await send(request, response, page, resolution.path)
      const notice = resolvePath(pathname, search, index).kind === 'page' ? 'broken' : 'missing'
      return await sendNotice(request, response, { locale: resolution.route.locale, notice })
    } catch (error) {
      console.error(`${request.method} ${pathname}`, error)
      if (!response.headersSent) {
        // What was said of a document that does not come: its encoding, how long it may be kept.
        for (const name of response.getHeaderNames()) response.removeHeader(name)
        response.writeHead(500, { 'content-type': 'text/plain', 'cache-control': 'no-store' })
      }
      response.end('Something broke on our side. Please try again in a moment.\n')
    }
  }

  async function sendNotice(
    request: IncomingMessage,
    response: ServerResponse,
    { locale, notice }: { locale: Locale; notice: keyof typeof noticeStatuses },
  ): Promise<void> {
    const path = `/${locale}/notice/${notice}`
    if (options.isDevelopment) {
      request.url = path
      response.statusCode = noticeStatuses[notice]
      return framework(request, response)
    }
    const page = pages.find(path) ?? (await renderPage(path, noticeStatuses[notice]))
    if (!page) throw new Error(`the page for ${notice} could not be rendered`)
    await sendPage(request, response, page, pages, { policy: options.policy })
  }

  function send(
    request: IncomingMessage,
    response: ServerResponse,
    page: CachedPage,
    path: string,
  ): Promise<void> {
    return sendPage(request, response, page, pages, {
      policy: options.policy,
      ownHeaders: options.headersOf?.(path),
    })
  }

  return {
    answer,
    async warm(path) {
      const internal = toInternalPath(path)
      if (!pages.find(internal)) await renderPage(internal)
    },
  }
}

/** Full pages that explain why there is no page, and what they are sent with. */
const noticeStatuses = { missing: 404, gone: 410, broken: 500 } as const

function splitUrl(url = '/'): { pathname: string; search: string } {
  const path = url.split('#', 1)[0] ?? '/'
  const start = path.indexOf('?')
  return start === -1
    ? { pathname: path, search: '' }
    : { pathname: path.slice(0, start), search: path.slice(start) }
}

/** Paths of the framework's that no public address has. */
const isInternal = (pathname: string) => /^\/(?:[a-z]{2}\/)?(?:feed|notice)\//.test(pathname)

/**
 * The framework's own path of a public one: it always begins with the locale. Feeds have a route of
 * their own, which no public address leads to, because their query counts.
 */
function toInternalPath(path: string): string {
  const first = path.split('/')[1]
  const isPrefixed = isLocale(first) && first !== defaultLocale
  const token = toFeedToken(path)
  if (token) return `/${isPrefixed ? first : defaultLocale}/feed/${token}`
  if (isPrefixed) return path
  return path === '/' ? `/${defaultLocale}` : `/${defaultLocale}${path}`
}

function redirect(response: ServerResponse, location: string): void {
  response
    .writeHead(308, { ...commonHeaders, location, 'cache-control': 'public, max-age=300' })
    .end()
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  { status, sentence }: { status: number; sentence: string },
): void {
  response.writeHead(status, {
    ...commonHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : `${sentence}\n`)
}

function sendJson(request: IncomingMessage, response: ServerResponse, value: object): void {
  response.writeHead(200, {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify(value)}\n`)
}
