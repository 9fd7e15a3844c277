import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { articleWith } from '#lib/content/article-with.ts'
import { logTo } from '#lib/node/log.ts'
import { serveInTest } from '../http/serve-in-test.ts'
import { createMostRead } from './most-read.ts'

const siteUrl = 'https://dateline.test'
const browser = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0'

function open({ dataDir = makeFolder(), at = '2026-11-30T12:00:00Z' } = {}) {
  const clock = { now: new Date(at) }
  const lines: string[] = []
  const index = {
    findArticle: (_locale: string, slug: string) =>
      slug === 'secret'
        ? undefined
        : articleWith({ slug, title: `Of ${slug}`, category: slug === 'd' ? 'DEFI' : 'MARKETS' }),
  }
  const mostRead = createMostRead({
    ...{ index, dataDir, siteUrl, log: logTo(lines) },
    now: () => clock.now,
  })
  onTestFinished(() => mostRead.stop())
  const { ask } = serveInTest([
    {
      name: 'read',
      methods: ['POST'],
      find: ({ path }) => (path === '/api/read' ? mostRead.beacon : undefined),
    },
    { name: 'most-read', find: mostRead.find },
  ])
  const read = async (path: string, reader: string, headers: Record<string, string> = {}) => {
    const { status } = await ask('/api/read', {
      method: 'POST',
      body: path,
      headers: { 'user-agent': browser, 'x-forwarded-for': reader, ...headers },
    })
    expect(status).toBe(204)
  }
  const readBy = async (path: string, count: number) => {
    for (let reader = 0; reader < count; reader += 1) await read(path, `192.0.2.${reader}`)
  }
  const list = async (path = '/most-read.json') => (await ask(path)).json()
  return { clock, dataDir, lines, mostRead, ask, read, readBy, list }
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-most-read-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

it('lists what most readers read, once there is enough of it', async () => {
  const { readBy, list } = open()
  await readBy('/article/a', 5)
  await readBy('/article/b', 7)
  expect(await list()).toEqual([])
  await readBy('/article/d', 6)
  await readBy('/article/rare', 4)
  expect(await list()).toEqual([
    ['/article/b', 'Of b'],
    ['/article/d', 'Of d'],
    ['/article/a', 'Of a'],
  ])
  expect(await list('/uk/most-read.json')).toEqual([])
  expect(await list('/category/markets/most-read.json')).toEqual([])
})

it('counts a reader once, and neither robots, other sites nor what is not published', async () => {
  const { read, readBy, list, ask } = open()
  for (const slug of ['a', 'b', 'c']) await readBy(`/article/${slug}`, 5)
  for (let time = 0; time < 9; time += 1) await read('/article/a', '192.0.2.1')
  for (let reader = 100; reader < 109; reader += 1) {
    const who = `192.0.2.${reader}`
    await read('/article/a', who, { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' })
    await read('/article/a', who, { 'sec-fetch-site': 'cross-site' })
    await read('/article/a', who, { origin: 'https://elsewhere.example' })
    await read('/article/secret', who)
    await read(`/article/a?${'x'.repeat(2000)}`, who)
  }
  await read('/article/c', '192.0.2.200')
  expect((await list())[0]).toEqual(['/article/c', 'Of c'])
  expect((await list()).flat()).not.toContain('/article/secret')
  expect((await ask('/tag/x/most-read.json')).status).toBe(404)
})

it.each([
  ['one address', () => '203.0.113.9', 10],
  ['one network of IPv6', (at: number) => `2001:db8:0:7::${(at + 1).toString(16)}`, 10],
  ['many networks of IPv6', (at: number) => `2001:db8:${at.toString(16)}::1`, 40],
])('counts a few browsers of %s, whatever they call themselves', async (_, addressOf, counted) => {
  const { read, dataDir, mostRead } = open()
  for (let at = 0; at < 40; at += 1) {
    await read('/article/a', addressOf(at), { 'user-agent': `${browser} ${at}` })
  }
  await mostRead.stop()
  const stored = JSON.parse(readFileSync(join(dataDir, 'most-read.json'), 'utf8'))
  expect(stored.counts).toMatchObject([{ slug: 'a', today: counted }])
})

it('keeps numbers over a restart, lets yesterday fade and forgets the day before', async () => {
  const { dataDir, readBy, mostRead, list } = open()
  for (const slug of ['a', 'b', 'c']) await readBy(`/article/${slug}`, 10)
  const before = await list()
  await mostRead.stop()
  const written = readFileSync(join(dataDir, 'most-read.json'), 'utf8')
  expect(written).not.toMatch(/192\.0\.2|Mozilla/)
  const next = open({ dataDir, at: '2026-12-01T06:00:00Z' })
  expect(await next.list()).toEqual(before)
  next.clock.now = new Date('2026-12-01T20:00:00Z')
  expect(await next.list()).toEqual([])
  next.clock.now = new Date('2026-12-03T00:00:00Z')
  await next.readBy('/article/a', 1)
  await next.mostRead.stop()
  expect(JSON.parse(readFileSync(join(dataDir, 'most-read.json'), 'utf8')).counts).toHaveLength(1)
})

it('counts anew where the file is damaged, and says so', () => {
  const dataDir = makeFolder()
  writeFileSync(join(dataDir, 'most-read.json'), '{"day":')
  expect(open({ dataDir }).lines.join()).toContain('counted anew')
})
