import { copies, copyFiles, copyPage } from './copies.browser.ts'

/** Has the service worker keep what is opened from here on, and this page, which came before it. */
export async function start(): Promise<void> {
  if (!('serviceWorker' in navigator && 'caches' in window)) return
  // With the framework's runtime: search, of which nothing is kept, or development.
  if ('__next_f' in window) return
  await idle()
  const { serviceWorker } = navigator
  await serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' })
  await serviceWorker.ready
  // Notices, previews and search results have no address of their own.
  if (!document.querySelector('link[rel="canonical"]')) return
  const { pathname: path } = location
  if (await caches.match(path, { cacheName: copies.opened, ignoreVary: true })) return
  const files = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ origin, pathname }) => origin === location.origin && isFile(pathname))
  await copyPage(path, copies.opened)
  await copyFiles(files.map(({ pathname }) => pathname))
}

const isFile = (pathname: string) => pathname.startsWith('/_next/static/')

const idle = () =>
  new Promise<void>((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 3000 })
    else setTimeout(done, 1000)
  })
