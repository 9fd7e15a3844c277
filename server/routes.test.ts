import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { type Endpoint, send } from './http/send.ts'
import { serveInTest } from './http/serve-in-test.ts'
import { listDeskHostRoutes, listRoutes } from './routes.ts'

const say =
  (text: string): Endpoint =>
  (exchange) =>
    send(exchange, { status: 200, body: text })

/** The whole table, with endpoints that say their names. */
function open({ hasFramework = false, isDeskHost = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-routes-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['build/chunks', 'public', 'media']) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  writeFileSync(join(folder, 'build/chunks/a.js'), 'built')
  writeFileSync(join(folder, 'public/icon.svg'), '<svg/>')
  writeFileSync(join(folder, 'public/later.txt'), 'not there when the server started')
  writeFileSync(join(folder, 'media/a.txt'), 'media')
  const answered: string[] = []
  const nothing = { articles: [], page: 1, pageCount: 0, articleCount: 0 }
  const routes = listRoutes({
    index: { findArticle: () => undefined, listArticles: () => nothing },
    liveness: say('live'),
    readiness: say('ready'),
    health: say('health'),
    metrics: say('metrics'),
    publish: say('publish'),
    mostRead: {
      beacon: say('beacon'),
      find: ({ path }) => (path === '/most-read.json' ? say('most-read') : undefined),
    },
    findApi: ({ segments }) => (segments[0] === 'api' ? say('api') : undefined),
    findCrawlerDocument: ({ path }) => (path === '/robots.txt' ? say('robots') : undefined),
    findMedia:
      (sendFile) =>
      ({ segments: [first, ...below] }) =>
        first === 'media' && below.length > 0 ? sendFile(below) : undefined,
    preview: say('preview'),
    findDesk: ({ path }, { headers }) =>
      path === '/desk' && headers.cookie === 'mine' ? say('desk') : undefined,
    page: say('page'),
    serviceWorker: say('worker'),
    folders: {
      build: join(folder, 'build'),
      public: join(folder, 'public'),
      publicFiles: new Set(['icon.svg']),
      media: join(folder, 'media'),
    },
    framework: hasFramework ? say('framework') : undefined,
  })
  const server = serveInTest(isDeskHost ? listDeskHostRoutes(routes) : routes, {
    onAnswered: (route, status) => answered.push(`${route} ${status}`),
  })
  return { ...server, answered }
}

it.each([
  ['/livez', 'live', 'livez 200'],
  ['/readyz', 'ready', 'readyz 200'],
  ['/health', 'health', 'health 200'],
  ['/metrics', 'metrics', 'metrics 200'],
  ['/api/publish', 'publish', 'publish 200'],
  ['/api/articles', 'api', 'api 200'],
  ['/_next/static/chunks/a.js', 'built', 'build-file 200'],
  ['/icon.svg', '<svg/>', 'public-file 200'],
  ['/media/a.txt', 'media', 'media-file 200'],
  ['/sw.js', 'worker', 'service-worker 200'],
  ['/robots.txt', 'robots', 'crawler-document 200'],
  ['/newest.json', '[]', 'newest 200'],
  ['/most-read.json', 'most-read', 'most-read 200'],
  ['/story/vault', 'page', 'story 200'],
  ['/uk/asset/bitcoin', 'page', 'asset 200'],
  ['/author/olena', 'page', 'author 200'],
  ['/briefing.html', 'page', 'other-page 200'],
  ['/preview/en/a', 'preview', 'preview 200'],
  ['/', 'page', 'home 200'],
  ['/uk', 'page', 'home 200'],
  ['/uk/category/markets/rss.xml', 'page', 'feed 200'],
  ['/article/rss.xml', 'page', 'article 200'],
  ['/later.txt', 'page', 'other-page 200'],
  ['/wp-login.php', 'page', 'other-page 200'],
  ['/newest.json/x', 'page', 'other-page 200'],
])('answers %s', async (path, text, name) => {
  const { ask, answered } = open()
  expect(await (await ask(path)).text()).toBe(text)
  await expect.poll(() => answered).toEqual([name])
})

it.each([
  '/_next/image?url=%2Fa.png&w=64&q=75',
  '/_next/data/x/latest.json',
  '/_next/webpack-hmr',
  '/_next/static',
  '/_next/static/chunks/none.js',
  '/_next/static/chunks',
  '/media/none.png',
])('finds no file at %s, and says so with the headers of every answer', async (path) => {
  const { ask } = open()
  const response = await ask(path)
  expect([response.status, response.headers.get('cache-control')]).toEqual([404, 'no-store'])
  expect(response.headers.get('x-content-type-options')).toBe('nosniff')
})

it('lets nobody write to what can only be read', async () => {
  const { ask } = open()
  for (const path of [
    '/livez',
    '/health',
    '/metrics',
    '/icon.svg',
    '/_next/static/chunks/a.js',
    '/robots.txt',
    '/',
  ]) {
    for (const method of ['POST', 'DELETE', 'PUT']) {
      const response = await ask(path, { method, body: method === 'DELETE' ? null : 'x' })
      expect([response.status, response.headers.get('allow')], path).toEqual([
        405,
        'GET, HEAD, OPTIONS',
      ])
    }
    const options = await ask(path, { method: 'OPTIONS' })
    expect([options.status, options.headers.get('allow')], path).toEqual([
      204,
      'GET, HEAD, OPTIONS',
    ])
  }
})

it('has the desk for who is let in, and the ordinary page for everybody else', async () => {
  const { ask } = open()
  const mine = { headers: { cookie: 'mine' } }
  expect(await (await ask('/desk', mine)).text()).toBe('desk')
  expect(await (await ask('/desk')).text()).toBe('page')
  const posted = await ask('/desk', { method: 'POST' })
  expect([posted.status, posted.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
})

it('has the desk and files under a host of its own, and no page of the site', async () => {
  const { ask } = open({ isDeskHost: true })
  const mine = { headers: { cookie: 'mine' } }
  expect(await (await ask('/desk', mine)).text()).toBe('desk')
  expect(await (await ask('/media/a.txt')).text()).toBe('media')
  for (const path of ['/', '/desk', '/article/a', '/api/articles', '/preview/en/a', '/sw.js']) {
    expect((await ask(path)).status, path).toBe(404)
  }
})

it('leaves the framework its own files in development alone', async () => {
  const { ask } = open({ hasFramework: true })
  expect(await (await ask('/_next/webpack-hmr')).text()).toBe('framework')
})
