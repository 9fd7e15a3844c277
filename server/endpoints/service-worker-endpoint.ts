import { byLocale, defaultLocale } from '#lib/site/locales.ts'
import { plainPagePath } from '#lib/site/routes.ts'
import type { Endpoint } from '../http/send.ts'
import { sendText } from '../http/send-document.ts'

/** At the root, for its place says what it may answer for. */
export const serviceWorkerPath = '/sw.js'

/**
 * For development, where files change under their names: removes the worker of a site that ran at this
 * address before, and everything it cached.
 */
export const retiringWorker = `
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name)
  await self.registration.unregister()
})()))
`

/**
 * The service worker of a build for the languages of this site. Browsers take it for another worker
 * when they change, and copy the pages it names.
 */
export function toSiteWorker(script: string): string {
  const fixedPages = {
    offline: byLocale((locale) => plainPagePath(locale, 'offline')),
    saved: byLocale((locale) => plainPagePath(locale, 'saved')),
  }
  const settings = { fixedPages, defaultLanguage: defaultLocale }
  return Object.entries(settings)
    .map(([name, value]) => `const ${name} = ${JSON.stringify(value)}\n`)
    .concat(script)
    .join('')
}

/** Sends the service worker. Its name has no digest, so caches must ask each time. */
export const createServiceWorkerEndpoint =
  (script: string): Endpoint =>
  (exchange) =>
    sendText(exchange, {
      contentType: 'text/javascript; charset=utf-8',
      cacheControl: 'no-cache',
      headers: { 'content-security-policy': "default-src 'none'; connect-src 'self'" },
      body: script,
    })
