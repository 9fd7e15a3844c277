import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { PageCache } from '#lib/page-cache/page-cache.ts'
import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import { createRenderPage, type RecordRendering } from './render-page.ts'
import { type KnownArticles, resolvePath } from './resolve-path.ts'
import { commonHeaders } from './security-headers.ts'
import { sendPage } from './send-page.ts'
import { type OpenedPreview, sendPreview } from './send-preview.ts'

export type Endpoint = (request: IncomingMessage, response: ServerResponse) => Promise<void>

export type FrontDoorOptions<Answer> = {
  index: KnownArticles
  pages: PageCache<Answer>
  /** The framework's request handler. */
  framework: RequestListener
  /** Writes down what the framework asks of the index while it renders. */
  record: RecordRendering<Answer>
  /** Addresses that are files (`/_next/…`, `public/`): the framework serves them. */
  isFile: (pathname: string) => boolean
  /** What `/health` says, as JSON. */
  health: () => object
  /** Addresses for programs, which answer any method themselves, by path: a `Map`, or what finds like one. */
  endpoints?: { get(pathname: string): Endpoint | undefined }
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
      if (options.isFile(pathname)) return framework(request, response)
      if (pathname === '/health') return sendJson(request, response, options.health())
      const endpoint = options.endpoints?.get(pathname)
      if (endpoint) return await endpoint(request, response)
      if (!isReading(request)) return refuseMethod(response)

      const kept = pages.find(toInternalPath(pathname))
      if (kept) return sendPage(request, response, kept, pages)

      const resolution = resolvePath(pathname, index)
      if (resolution.kind === 'redirect') return redirect(response, resolution.path + search)
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
        return framework(request, response)
      }
      const page = await renderPage(path)
      if (page) return sendPage(request, response, page, pages)
      const notice = resolvePath(pathname, index).kind === 'page' ? 'broken' : 'missing'
      return await sendNotice(request, response, { locale: resolution.route.locale, notice })
    } catch (error) {
      console.error(`${request.method} ${pathname}`, error)
      if (!response.headersSent) {
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
    sendPage(request, response, page, pages)
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

/** The framework's own path of a public one: it always begins with the locale. */
function toInternalPath(path: string): string {
  const first = path.split('/')[1]
  if (isLocale(first) && first !== defaultLocale) return path
  return path === '/' ? `/${defaultLocale}` : `/${defaultLocale}${path}`
}

const isReading = ({ method }: IncomingMessage) => method === 'GET' || method === 'HEAD'

function redirect(response: ServerResponse, location: string): void {
  response
    .writeHead(308, { ...commonHeaders, location, 'cache-control': 'public, max-age=300' })
    .end()
}

function refuseMethod(response: ServerResponse): void {
  response.writeHead(405, { ...commonHeaders, allow: 'GET, HEAD' }).end()
}

function sendJson(request: IncomingMessage, response: ServerResponse, value: object): void {
  response.writeHead(200, {
    ...commonHeaders,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
  })
  response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify(value)}\n`)
}
