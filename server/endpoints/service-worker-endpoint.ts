import { brotliCompressSync, gzipSync } from 'node:zlib'
import { toEtag } from '#lib/site/to-etag.ts'
import { sendEncoded } from '../http/send-document.ts'
import type { Endpoint } from '../pages/front-door.ts'
import type { ContentEncoding } from '../pages/page-cache.ts'

/** At the root, for its place says what it may answer for. */
export const serviceWorkerPath = '/sw.js'

/**
 * For development, where files change under their names: takes leave of a browser that has the worker
 * of a site which ran here before, with all it kept.
 */
export const retiringWorker = `
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name)
  await self.registration.unregister()
})()))
`

/** Sends the service worker. It has no digest in its name, so nobody may keep it unasked. */
export function createServiceWorkerEndpoint(script: string): Endpoint {
  const body = Buffer.from(script)
  const etag = toEtag(body)
  const bodies: Record<ContentEncoding, Buffer> = {
    br: brotliCompressSync(body),
    gzip: gzipSync(body),
    identity: body,
  }
  return (request, response) =>
    sendEncoded(request, response, {
      contentType: 'text/javascript; charset=utf-8',
      cacheControl: 'no-cache',
      headers: { 'content-security-policy': "default-src 'none'; connect-src 'self'" },
      etag,
      toBody: (encoding) => bodies[encoding],
    })
}
