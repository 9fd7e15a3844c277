import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import type { Synced } from '#lib/content-sync/keep-in-sync.ts'
import { logTo } from '#lib/node/log.ts'
import { tellChanges } from './tell-changes.ts'

const siteUrl = 'https://dateline.test'
const begin = '2026-11-22T12:00:00.000Z'
type ArticleAddress = NonNullable<Synced['report']['addresses']>[number]

const closing: (() => void)[] = []
const folders: string[] = []

afterEach(() => {
  for (const close of closing.splice(0)) close()
})
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

type Heard = { body: string; headers: IncomingHttpHeaders; path: string }

/** Speaks HTTP as a hub or as IndexNow does; answers the given statuses in turn, then the last one. */
async function listen(
  ...answers: (number | { status: number; headers: Record<string, string> })[]
) {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    heard.push({ body, headers: request.headers, path: `${request.method} ${request.url}` })
    const answer = answers[Math.min(heard.length, answers.length) - 1] ?? 202
    const { status, headers } =
      typeof answer === 'number' ? { status: answer, headers: {} } : answer
    response.writeHead(status, headers).end('noted')
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  closing.push(() => server.close())
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return { url: `http://localhost:${port}/told`, heard }
}

function makeDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'notify-'))
  folders.push(folder)
  return folder
}

/** A paper whose articles and clock the test sets. */
function paperWith(
  env: { hub?: string; indexNow?: string; dataDir?: string },
  articles: Article[] = [],
) {
  const paper = {
    articles,
    now: new Date(begin),
    withdrawn: new Set<string>(),
    log: [] as string[],
  }
  let epoch = 0
  const visible = () =>
    paper.articles.filter(({ publishedAt }) => publishedAt <= paper.now.toISOString())
  const index = {
    epoch: () => epoch,
    findArticle: (locale: string, slug: string) =>
      visible().find((one) => one.slug === slug && one.locale === locale),
    findAbsence: (_: string, slug: string) =>
      paper.withdrawn.has(slug) ? ({ kind: 'withdrawn' } as const) : ({ kind: 'unknown' } as const),
    findNextDueAt: () =>
      paper.articles
        .map(({ publishedAt }) => publishedAt)
        .filter((at) => at > paper.now.toISOString())
        .sort()[0],
    listOffered: ({ locale, from, before }: { locale: string; from: string; before: string }) =>
      visible().filter(
        (one) => one.locale === locale && one.publishedAt >= from && one.publishedAt < before,
      ),
  }
  const dataDir = env.dataDir ?? makeDataDir()
  const telling = tellChanges({
    index,
    env: {
      dataDir,
      siteUrl,
      websubHubUrl: env.hub,
      indexNowKey: env.indexNow && 'abcdefgh1234',
      indexNowEndpoint: env.indexNow ?? '',
    },
    log: logTo(paper.log),
    now: () => paper.now,
    timing: { gather: 0, retry: { first: 20, most: 40 }, look: 10 },
  })
  closing.push(() => telling?.stop())
  const synced = (addresses: ArticleAddress[], counts = {}) => {
    epoch += 1
    const report = { added: 1, changed: 0, removed: 0, unchanged: 5, problems: [], milliseconds: 1 }
    telling?.synced({ report: { ...report, ...counts, addresses }, isWhole: true })
  }
  return { ...paper, paper, dataDir, telling, synced }
}

const news = (overrides: Partial<Article> = {}) =>
  articleWith({ slug: 'a', publishedAt: '2026-11-22T11:59:00.000Z', ...overrides })
const at = (slug: string): ArticleAddress => ({ locale: 'en', slug })
const settle = () => wait(500)

describe('tellChanges', { retry: 2 }, () => {
  it('does nothing when nobody is to be told', () => {
    expect(paperWith({}).telling).toBeUndefined()
  })

  it('tells IndexNow of an article, with the key and where it stands', async () => {
    const { url, heard } = await listen(202)
    paperWith({ indexNow: url }, [news()]).synced([at('a')])
    await settle()
    expect(heard).toHaveLength(1)
    expect(heard[0]?.path).toBe('POST /told')
    expect(heard[0]?.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(JSON.parse(heard[0]?.body ?? '')).toEqual({
      host: 'dateline.test',
      key: 'abcdefgh1234',
      keyLocation: 'https://dateline.test/abcdefgh1234.txt',
      urlList: ['https://dateline.test/article/a'],
    })
  })

  it('tells the hub of every feed that the article stands in', async () => {
    const { url, heard } = await listen(204)
    paperWith({ hub: url }, [news()]).synced([at('a')])
    await settle()
    const form = new URLSearchParams(heard[0]?.body)
    expect(heard[0]?.headers['content-type']).toContain('application/x-www-form-urlencoded')
    expect(form.get('hub.mode')).toBe('publish')
    expect(form.getAll('hub.url')).toEqual(
      expect.arrayContaining([
        'https://dateline.test/rss.xml',
        'https://dateline.test/category/markets/rss.xml',
        'https://dateline.test/tag/exchange/rss.xml',
        'https://dateline.test/source/sample_wire/rss.xml',
      ]),
    )
  })

  it('tells of a change once, and of the next one again', async () => {
    const { url, heard } = await listen(200)
    const { paper, synced } = paperWith({ indexNow: url }, [news()])
    synced([at('a')])
    synced([at('a')])
    await settle()
    expect(heard).toHaveLength(1)
    paper.articles[0] = news({ body: 'Another text.\n' })
    synced([at('a')])
    await settle()
    expect(heard).toHaveLength(2)
  })

  it.each([[500], [429], [503]])('tries again after %d, and then is done', async (status) => {
    const { url, heard } = await listen(status, status, 200)
    const { synced, log } = paperWith({ indexNow: url }, [news()])
    synced([at('a')])
    await vi.waitFor(() => expect(heard).toHaveLength(3), 2000)
    await settle()
    expect(heard).toHaveLength(3)
    expect(log).toHaveLength(1)
  })

  it('waits as long as it is asked to', async () => {
    const { url, heard } = await listen({ status: 429, headers: { 'retry-after': '3600' } }, 200)
    const { paper, synced } = paperWith({ indexNow: url }, [news()])
    synced([at('a')])
    await vi.waitFor(() => expect(heard).toHaveLength(1), { timeout: 5000 })
    await settle()
    paper.now = new Date('2026-11-22T12:30:00.000Z')
    synced([at('a')])
    await settle()
    expect(heard).toHaveLength(1)
  })

  it.each([[400], [403], [422]])('does not insist after %d', async (status) => {
    const { url, heard } = await listen(status)
    const { synced, log } = paperWith({ indexNow: url }, [news()])
    synced([at('a')])
    await settle()
    expect(heard).toHaveLength(1)
    expect(log.join()).toMatch(new RegExp(`not told.*answered ${status}`))
  })

  it('keeps what a listener that is down was to be told over a restart', async () => {
    const down = await listen(200)
    const port = new URL(down.url).port
    for (const close of closing.splice(0)) close()
    const first = paperWith({ indexNow: down.url }, [news()])
    first.synced([at('a')])
    await settle()
    first.telling?.stop()
    const server = createServer((_, response) => response.end())
    const asked = new Promise<string>((resolve) =>
      server.on('request', async (request) => {
        let body = ''
        for await (const chunk of request) body += chunk
        resolve(body)
      }),
    )
    await new Promise<void>((resolve) => server.listen(Number(port), 'localhost', resolve))
    closing.push(() => server.close())
    paperWith({ indexNow: down.url, dataDir: first.dataDir }, [news()])
    expect(JSON.parse(await asked).urlList).toEqual(['https://dateline.test/article/a'])
  })

  it('tells of a scheduled article when it comes due, and not before', async () => {
    const { url, heard } = await listen(200)
    const later = news({ publishedAt: '2026-11-22T13:00:00.000Z' })
    const { paper, synced } = paperWith({ indexNow: url }, [later])
    synced([at('a')])
    await settle()
    expect(heard).toHaveLength(0)
    paper.now = new Date('2026-11-22T13:00:00.000Z')
    await vi.waitFor(() => expect(heard).toHaveLength(1), 2000)
  })

  it('never names an article that was not public, and says when one is gone', async () => {
    const { url, heard } = await listen(200)
    const { paper, synced } = paperWith({ indexNow: url }, [news()])
    synced([at('a-draft')])
    await settle()
    expect(heard).toHaveLength(0)
    synced([at('a')])
    await settle()
    paper.articles.length = 0
    synced([at('a')])
    await settle()
    paper.withdrawn.add('b')
    synced([at('b')])
    await settle()
    expect(heard.map(({ body }) => JSON.parse(body).urlList)).toEqual([
      ['https://dateline.test/article/a'],
      ['https://dateline.test/article/a'],
      ['https://dateline.test/article/b'],
    ])
  })

  it('takes an index that is built again for what it is', async () => {
    const { url, heard } = await listen(200)
    const { synced } = paperWith({ indexNow: url }, [news(), news({ slug: 'b' })])
    synced([at('a'), at('b')], { added: 2, unchanged: 0 })
    await settle()
    expect(heard).toHaveLength(0)
  })

  it('tells nobody but subscribers of what search engines are to leave out', async () => {
    const [indexNow, hub] = [await listen(200), await listen(200)]
    const { synced } = paperWith({ indexNow: indexNow.url, hub: hub.url }, [
      news({ noindex: true }),
    ])
    synced([at('a')])
    await settle()
    expect([indexNow.heard.length, hub.heard.length]).toEqual([0, 1])
  })
})
