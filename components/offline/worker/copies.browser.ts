/**
 * Copies of pages and files for reading without a connection, in the browser's cache storage. The
 * service worker writes the first two as pages are opened; `saved` belongs to the reader.
 */
export const copies = {
  opened: 'opened-pages',
  files: 'site-files',
  pictures: 'site-pictures',
  fixed: 'fixed-pages',
  saved: 'saved-articles',
} as const

/**
 * How many copies the service worker keeps; the least recently used are deleted first. How many
 * articles a reader can save is in `stored-articles.browser.ts`.
 */
export const mostCopies = { opened: 80, files: 150, pictures: 80 } as const

/** Whether a page may be copied: a complete one of ours that is the same for every reader. */
export function isCopyable(response: Response): boolean {
  const isForAll = !/no-store|private/.test(response.headers.get('cache-control') ?? '')
  const isPage = /^text\/html\b/.test(response.headers.get('content-type') ?? '')
  return response.status === 200 && !response.redirected && isForAll && isPage
}

/** Whether an article is no longer there, so that no copy of it may stay. */
export const isTakenBack = (status: number) => status === 404 || status === 410

/**
 * Fetches a page into a cache. Answers the status; 0 when there is no connection. A page that was
 * taken back loses its copies.
 */
export async function copyPage(path: string, cacheName: string): Promise<number> {
  try {
    const response = await fetch(path, { cache: 'no-cache' })
    if (isCopyable(response)) {
      await Promise.all([
        caches.open(cacheName).then((cache) => cache.put(path, response.clone())),
        copyFiles(listFiles(await response.clone().text())),
      ])
    } else if (isTakenBack(response.status)) await dropCopies(path)
    return response.status
  } catch {
    return 0
  }
}

/** Files whose names hold a digest: one that is there is right. */
export async function copyFiles(paths: string[]): Promise<void> {
  const cache = await caches.open(copies.files)
  await Promise.allSettled(paths.map(async (path) => (await cache.match(path)) ?? cache.add(path)))
}

export async function dropCopies(path: string, from: string[] = [copies.opened, copies.saved]) {
  for (const name of from) await (await caches.open(name)).delete(path, { ignoreVary: true })
}

/** The addresses of pages that can be read without a connection. */
export async function listCopies(): Promise<Set<string>> {
  const paths = new Set<string>()
  for (const name of [copies.saved, copies.opened]) {
    for (const { url } of await (await caches.open(name)).keys()) paths.add(new URL(url).pathname)
  }
  return paths
}

const listFiles = (html: string) => [...new Set(html.match(/\/_next\/static\/[\w./~-]+\.\w+/g))]
