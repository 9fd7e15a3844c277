import { afterEach, expect, it, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
})

/**
 * The worker in a scope of its own, with one saved article; `fetchPage` answers for its page. Returns
 * what each event waits for.
 */
async function startWorker(fetchPage: (path: string) => Promise<Response>) {
  const handlers = new Map<string, (event: { waitUntil(work: Promise<unknown>): void }) => void>()
  const cache = {
    keys: async () => [{ url: 'http://localhost/article/saved' }],
    match: async () => new Response(),
    put: async () => undefined,
  }
  const skipWaiting = vi.fn()
  vi.stubGlobal('self', {
    addEventListener: handlers.set.bind(handlers),
    location: new URL('http://localhost/sw.js'),
    registration: { scope: 'http://localhost/' },
    clients: { claim: async () => undefined },
    skipWaiting,
  })
  vi.stubGlobal('registration', { scope: 'http://localhost/' })
  vi.stubGlobal('caches', { open: async () => cache })
  vi.stubGlobal('fetch', fetchPage)
  vi.stubGlobal('modules', [])
  vi.stubGlobal('fixedPages', { offline: { en: '/offline' }, saved: { en: '/saved' } })
  // Serwist logs elsewhere.
  vi.stubEnv('NODE_ENV', 'production')
  vi.resetModules()
  await import('./service-worker.browser.ts')
  const run = (type: string) =>
    new Promise((done, fail) => {
      handlers.get(type)?.({ waitUntil: (work) => void work.then(done, fail) })
    })
  return { run, skipWaiting }
}

it('copies saved articles of a new build before it takes over: links that are followed wait for that', async () => {
  const fetched: string[] = []
  const { run, skipWaiting } = await startWorker(async (path) => {
    expect(skipWaiting).not.toHaveBeenCalled()
    fetched.push(path)
    return new Response('', { headers: { 'content-type': 'text/html' } })
  })
  await run('activate')
  expect(fetched).toEqual([])
  await run('install')
  expect(fetched.toSorted()).toEqual(['/article/saved', '/offline', '/saved'])
  expect(skipWaiting).toHaveBeenCalledOnce()
})
