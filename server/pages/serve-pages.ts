import { encodeFeedUrl } from '#lib/site/addresses/feed-url.ts'
import { parseSearchParams, toSearchQueryString } from '#lib/site/addresses/search-params.ts'
import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import type { Route as PageRoute } from '#lib/site/routes.ts'
import { parseTarget } from '../http/address.ts'
import { cacheControl } from '../http/headers.ts'
import type { ContentEncoding } from '../http/negotiate-encoding.ts'
import { type Endpoint, type Exchange, sendRedirect, sendSentence } from '../http/send.ts'
import { sendDocument, sendText } from '../http/send-document.ts'
import type { CachedPage, PageCache } from './page-cache.ts'
import type { PageRenderer } from './page-renderer.ts'
import type { RenderPage } from './render-page.ts'
import { type KnownArticles, resolvePath } from './resolve-path.ts'
import { BusyError } from './task-queue.ts'

/** Full pages that explain why there is no page, and what they are sent with. */
const noticeStatuses = { missing: 404, gone: 410, broken: 500 } as const
type Notice = keyof typeof noticeStatuses

export type PageServerOptions = {
  index: KnownArticles
  pages: Pick<PageCache<unknown>, 'find' | 'toBody'>
  renderPage: RenderPage
  renderer: Pick<PageRenderer, 'render'>
  /** The Content-Security-Policy of pages for reading. */
  policy: string
  /** Headers of ours that belong to one page; `path` is its one true address. */
  headersOf?: (path: string) => Record<string, string>
  /** Whether the index holds all content. Until then, an article it does not hold may well exist. */
  isIndexWhole?: () => boolean
  /** In development the framework sends every page itself, and nothing is cached. */
  development?: (exchange: Exchange, page: { path: string; status: number }) => Promise<void>
  /** Called for each page that was requested: whether it was in the cache. */
  onPage?: (outcome: 'cached' | 'rendered') => void
}

export type PageServer = {
  /** Answers any address: with a page, a redirect, or a page that says why there is none. */
  answer: Endpoint
  sendNotice(exchange: Exchange, locale: Locale, notice: Notice): Promise<void>
  /** Has the page at a public address rendered, unless it is cached already. */
  warm(path: string): Promise<void>
}

/**
 * Pages and feeds. The index decides the status (200, 308, 404, 410) before anything is rendered; what
 * the page cache holds is sent, and what it does not is rendered into it. See
 * docs/decisions/0003-one-table-of-routes.md.
 */
export function createPageServer(options: PageServerOptions): PageServer {
  const { index, pages, renderPage, policy, headersOf = () => ({}), onPage } = options
  const { development } = options

  async function answer(exchange: Exchange): Promise<void> {
    const { address } = exchange
    const key = encodeFeedUrl(address.path) ? address.path + address.search : address.path
    const cached = pages.find(key)
    if (cached) {
      onPage?.('cached')
      return await sendPage(exchange, cached, () => headersOf(key))
    }
    const resolution = resolvePath(address, index)
    if (resolution.kind === 'redirect') {
      return sendRedirect(exchange, resolution.location, resolution.status)
    }
    if (resolution.kind === 'refused') {
      return sendSentence(exchange, resolution.status, resolution.sentence)
    }
    if (resolution.kind === 'gone') return await sendNotice(exchange, resolution.locale, 'gone')
    if (resolution.kind === 'unknown') {
      if (options.isIndexWhole?.() === false) return sendNotYet(exchange)
      return await sendNotice(exchange, resolution.locale, 'missing')
    }
    if (development) {
      return await development(exchange, { path: toInternalPath(resolution.path), status: 200 })
    }
    try {
      if (resolution.route.page === 'search') return await sendSearch(exchange, resolution.route)
      const page = await renderPage({ key: resolution.path, path: toInternalPath(resolution.path) })
      onPage?.('rendered')
      if (page) return await sendPage(exchange, page, () => headersOf(resolution.path))
    } catch (error) {
      if (!(error instanceof BusyError)) throw error
      return sendBusy(exchange)
    }
    const isThere = resolvePath(address, index).kind === 'page'
    return await sendNotice(exchange, resolution.route.locale, isThere ? 'broken' : 'missing')
  }

  async function sendNotice(exchange: Exchange, locale: Locale, notice: Notice): Promise<void> {
    const path = `/${locale}/notice/${notice}`
    // No address begins like this: a notice is never served as a page.
    const key = `notice ${path}`
    const status = noticeStatuses[notice]
    if (development) return await development(exchange, { path, status })
    const page = pages.find(key) ?? (await renderPage({ key, path, status }))
    if (page) return await sendPage(exchange, page)
    sendSentence(exchange, status, noticeSentences[notice])
  }

  /** Pages as they are sent. A cached page has one address, and so one answer of `toHeaders`. */
  const documents = new WeakMap<CachedPage, Parameters<typeof sendDocument>[1]>()

  function sendPage(
    exchange: Exchange,
    page: CachedPage,
    toHeaders: () => Record<string, string> = () => ({}),
  ): Promise<void> {
    const known = documents.get(page)
    if (known) return sendDocument(exchange, known)
    const isHtml = page.contentType.startsWith('text/html')
    const headers = toHeaders()
    const document = {
      ...page,
      ...(page.status === 200 ? {} : { cacheControl: cacheControl.none }),
      headers: isHtml ? { 'content-security-policy': policy, ...headers } : headers,
      heads: new Map(),
      toBody: (encoding: ContentEncoding) => pages.toBody(page, encoding),
    }
    documents.set(page, document)
    return sendDocument(exchange, document)
  }

  /**
   * Rendered for one reader and never cached. The query is parsed here and written again, because the
   * framework has parameters of its own that would take effect.
   */
  async function sendSearch(
    exchange: Exchange,
    { locale }: PageRoute & { page: 'search' },
  ): Promise<void> {
    const given = new URLSearchParams(exchange.address.search)
    const question = parseSearchParams(locale, given)
    const query = toSearchQueryString(locale, question)
    // A query that asks nothing still makes an answer, which is not for search engines.
    const isBare = exchange.address.search === ''
    const path = `/${locale}/search${query || (isBare ? '' : '?q=')}`
    const { status, contentType, body } = await options.renderer.render('search', { path })
    if (status !== 200) return await sendNotice(exchange, locale, 'broken')
    return await sendText(exchange, {
      contentType,
      body,
      cacheControl: cacheControl.personal,
      headers: { 'content-security-policy': policy },
      etag: undefined,
    })
  }

  return {
    answer,
    sendNotice,
    async warm(path) {
      const parsed = parseTarget(path)
      if (parsed.kind !== 'address') return
      const key = parsed.address.path
      if (!pages.find(key)) await renderPage({ key, path: toInternalPath(key) })
    },
  }
}

/** Sent where not even the page about it can be rendered. */
const noticeSentences = {
  missing: 'Page not found.',
  gone: 'This article was withdrawn.',
  broken: 'Something went wrong. Please try again in a moment.',
}

function sendNotYet(exchange: Exchange): void {
  const sentence = 'Not everything has been read yet. Please try again in a moment.'
  sendSentence(exchange, 503, sentence, { 'retry-after': '5' })
}

export function sendBusy(exchange: Exchange): void {
  sendSentence(exchange, 503, 'Too much is asked at once. Please try again in a moment.', {
    'retry-after': '2',
  })
}

/**
 * The framework's own path of a public one: it always begins with the locale. Feeds have a route of
 * their own, which no public address leads to, because their query counts.
 */
function toInternalPath(path: string): string {
  const first = path.split('/')[1]
  const isPrefixed = isLocale(first) && first !== defaultLocale
  const encodedUrl = encodeFeedUrl(path)
  if (encodedUrl) return `/${isPrefixed ? first : defaultLocale}/feed/${encodedUrl}`
  if (isPrefixed) return path
  return path === '/' ? `/${defaultLocale}` : `/${defaultLocale}${path}`
}
