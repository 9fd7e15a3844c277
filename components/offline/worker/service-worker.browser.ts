/// <reference lib="webworker" />
import { CacheFirst, ExpirationPlugin, NetworkFirst, type SerwistPlugin } from 'serwist'
import {
  copies,
  copyFiles,
  copyPage,
  dropCopies,
  isCopyable,
  isTakenBack,
  mostCopies,
} from './copies.browser.ts'

declare const self: ServiceWorkerGlobalScope

/** The modules of pages: the build names them. */
declare const modules: string[]
/** The pages that are at hand before they were opened, by language: the server names them. */
declare const fixedPages: { offline: Record<string, string>; saved: Record<string, string> }
declare const defaultLanguage: string

/** After so many seconds without an answer, the copy is shown if there is one. */
const patience = 4

const bounded = (maxEntries: number) =>
  new ExpirationPlugin({ maxEntries, maxAgeFrom: 'last-used', purgeOnQuotaError: true })

/** Deletes withdrawn pages. Stores only pages that are the same for every reader. */
const onlyPages: SerwistPlugin = {
  cacheKeyWillBeUsed: async ({ request }) => new URL(request.url).pathname,
  // Called for every response, also for a late one and for one of navigation preload.
  cacheWillUpdate: async ({ request, response }) => {
    if (isTakenBack(response.status)) await dropCopies(new URL(request.url).pathname)
    return isCopyable(response) ? response : null
  },
}

const pages = new NetworkFirst({
  cacheName: copies.opened,
  networkTimeoutSeconds: patience,
  matchOptions: { ignoreVary: true },
  plugins: [onlyPages, bounded(mostCopies.opened)],
})
const files = new CacheFirst({ cacheName: copies.files, plugins: [bounded(mostCopies.files)] })
const pictures = new CacheFirst({
  cacheName: copies.pictures,
  plugins: [bounded(mostCopies.pictures)],
})

// What takes time is done here: the former worker answers meanwhile. Links that are followed during
// the activation wait for its end.
self.addEventListener('install', (event) => {
  event.waitUntil(Promise.all([copyFixedPages(), renewSaved()]).then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(takeOver())
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (/^(?:\/[a-z]{2,3})?\/(?:preview|api|search)(?:\/|$)/.test(pathname)) {
    // Made for one reader, so never stored. Without a connection the offline page is shown.
    if (request.mode === 'navigate')
      event.respondWith(fetch(request).catch(() => offline(pathname)))
    return
  }
  if (request.mode === 'navigate') event.respondWith(answerPage(event, pathname))
  else if (pathname.startsWith('/_next/static/'))
    event.respondWith(files.handle({ event, request }))
  else if (request.destination === 'image') event.respondWith(pictures.handle({ event, request }))
})

async function answerPage(event: FetchEvent, pathname: string): Promise<Response> {
  try {
    return await pages.handle({ event, request: event.request })
  } catch {
    return offline(pathname)
  }
}

/** The answer without a connection: the saved copy, or the page that lists all copies. */
async function offline(pathname: string): Promise<Response> {
  const language = pathname.split('/')[1] ?? ''
  const page = fixedPages.offline[language] ?? fixedPages.offline[defaultLanguage] ?? '/'
  const options = { ignoreVary: true }
  const copy = await caches.match(pathname, { ...options, cacheName: copies.saved })
  const fixed = copy ?? (await caches.match(pathname, { ...options, cacheName: copies.fixed }))
  return fixed ?? (await caches.match(page, options)) ?? Response.error()
}

async function copyFixedPages(): Promise<void> {
  const paths = [...Object.values(fixedPages.offline), ...Object.values(fixedPages.saved)]
  const statuses = await Promise.all(paths.map((path) => copyPage(path, copies.fixed)))
  await copyFiles(modules)
  if (statuses.some((status) => status !== 200)) throw new Error('Not every page could be copied.')
}

/** Copies saved articles again: they name the files of the build that they were copied from. */
async function renewSaved(): Promise<void> {
  const saved = await (await caches.open(copies.saved)).keys()
  for (const { url } of saved) await copyPage(new URL(url).pathname, copies.saved)
}

/** Takes control of open pages. */
async function takeOver(): Promise<void> {
  await self.registration.navigationPreload?.enable()
  await self.clients.claim()
}
