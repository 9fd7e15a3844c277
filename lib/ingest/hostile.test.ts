import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rssWith } from '#bench/evals/test-servers/feed-documents.ts'
import { story, storyPath } from '#bench/evals/test-servers/open-feed-fixture.ts'
import { feedOf, openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { send, serve } from '#bench/evals/test-servers/serve.ts'
import { logTo } from '#lib/node/log.ts'
import { type IngestWorkers, openIngestWorkers, WorkerFailure } from './workers/open-workers.ts'

const channel = (content: string) =>
  `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>${content}</channel></rss>`
const item = (content: string) => channel(`<item><guid>1</guid><title>T</title>${content}</item>`)
const fill = (fragment: string, megabytes: number) =>
  fragment.repeat(Math.floor((megabytes * 1_000_000) / fragment.length))

const others = [
  story,
  { id: 'g-2', title: 'Oslo opens a port', text: 'Oslo has opened a new port with 40 cranes.' },
]

async function openWithBad(bad: string) {
  const fixture = await openIngestFixture({
    '/bad.xml': send(bad),
    '/feed.xml': send(rssWith(others)),
  })
  const { server } = fixture
  fixture.settings.sources = [feedOf(server, '/bad.xml', 'bad', 'Bad'), feedOf(server)]
  fixture.settings.fetch = { retries: 0, timeoutSeconds: 20, maxMegabytes: 6 }
  return fixture
}

describe('a hostile feed', () => {
  it.each([
    ['dc:creator with many @', item(`<dc:creator>${fill('a@', 0.01)}</dc:creator>`)],
    ['dc:creator with a megabyte of @', item(`<dc:creator>${fill('a@', 1)}</dc:creator>`)],
    ['CDATA that never ends', channel(fill('<![CDATA[', 4.5))],
    ['tags that never end', channel(fill('<a', 4.5))],
    [
      'a text of tags that never end',
      item(`<description><![CDATA[${fill('<p ', 4.5)}]]></description>`),
    ],
    ['a text of open tags', item(`<description><![CDATA[${fill('<b>', 4.5)}]]></description>`)],
    ['many stories', channel(fill('<item><guid>1</guid><title>a b</title></item>', 4.5))],
    ['many attributes', channel(`<item ${fill('a="b" ', 4.5)}></item>`)],
  ])('costs the others nothing: %s', async (_, bad) => {
    const fixture = await openWithBad(bad)
    const before = { main: process.threadCpuUsage(), all: process.cpuUsage() }
    const { sources, articles, problems } = await fixture.ingest()
    const main = process.threadCpuUsage(before.main)
    const all = process.cpuUsage(before.all)
    expect(sources[1]).toMatchObject({ key: 'wire', new: 2, error: undefined })
    expect(articles.published).toBeGreaterThanOrEqual(2)
    expect(problems).toEqual([])
    expect(await fixture.listFiles()).toContain(storyPath)
    // What takes long is done in other threads than the one that fetches and writes.
    const heavy = all.user > 1_000_000
    if (heavy) expect(main.user).toBeLessThan(all.user / 2)
  })

  it('is named with what was wrong and how long it was given', async () => {
    const fixture = await openIngestFixture({
      '/feed.xml': send(item(`<description>${fill('a &amp; b ', 4.5)}</description>`)),
    })
    fixture.settings.fetch = { retries: 0, timeoutSeconds: 20, maxMegabytes: 6 }
    fixture.workers = openIngestWorkers({ limitMs: 10 })
    onTestFinished(() => fixture.workers.close())
    const { sources } = await fixture.ingest()
    expect(sources[0]).toMatchObject({
      error: 'took longer than 0.01 s to read',
      failingSince: '2026-11-20T12:00:00.000Z',
    })
  })
})

describe('a source that answers late', () => {
  it('keeps the stories of the others from nobody', async () => {
    const lines: string[] = []
    const isWritten = Promise.withResolvers<void>()
    const fixture = await openIngestFixture({ '/feed.xml': send(rssWith([story])) })
    const late = await serve({
      '/feed.xml': async (request, response) => {
        await isWritten.promise
        send(rssWith(others.slice(1)))(request, response)
      },
    })
    onTestFinished(() => late.close())
    fixture.settings.sources = [feedOf(late, '/feed.xml', 'late', 'Late'), feedOf(fixture.server)]
    fixture.settings.fetch = { retries: 0, timeoutSeconds: 50 }
    const info = (line: string) => {
      lines.push(line)
      if (line === `article ${storyPath}`) isWritten.resolve()
    }
    fixture.log = { ...logTo(lines), info }
    const { sources, articles } = await fixture.ingest()
    expect(sources).toMatchObject([{ new: 1 }, { new: 1 }])
    expect(articles.published).toBe(2)
  })
})

/** A reading whose cleaning of stories goes as the test says. */
function withCleaning(
  workers: IngestWorkers,
  clean: (title: string) => { milliseconds: number } | WorkerFailure,
): IngestWorkers {
  const story: IngestWorkers['story'] = async (name, ...parameters) => {
    const answer = await workers.story(name, ...parameters)
    if (name !== 'cleanStory') return answer
    const outcome = clean(String(Reflect.get(Object(parameters[0]), 'title')))
    if (outcome instanceof WorkerFailure) throw outcome
    return { ...answer, ...outcome }
  }
  return { ...workers, story }
}

const towns = ['Oslo', 'Lima', 'Cairo', 'Perth', 'Quito']
const town = (name: string, at: number) => ({
  id: name,
  title: `${name} opens a port`,
  text: `${name} has opened a port with ${17 + at * 9} cranes for ships from ${towns[(at + 2) % 5]}.`,
})

describe('a story that takes too long to read', () => {
  it('is named, and the others of its feed are published', async () => {
    const fixture = await openIngestFixture({ '/feed.xml': send(rssWith(towns.map(town))) })
    fixture.settings.sameEvent = { threshold: 1 }
    const tried: string[] = []
    fixture.workers = withCleaning(fixture.workers, (title) => {
      tried.push(title)
      return title.startsWith('Lima')
        ? new WorkerFailure('took longer than 2 s to read')
        : { milliseconds: 1 }
    })
    const first = await fixture.ingest()
    // It has used up what a source may cost in a pass; the others follow.
    expect(first.sources[0]).toMatchObject({
      new: 1,
      rejections: [{ why: 'took longer than 2 s to read', example: 'Lima opens a port' }],
      notes: [expect.stringContaining('3 more stories')],
    })
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 3, rejected: 0, notes: [] })
    expect(tried.filter((title) => title.startsWith('Lima'))).toHaveLength(1)
    expect(await fixture.listFiles()).toHaveLength(4)
  })

  it('leaves the rest of a large feed for the next pass, and loses none', async () => {
    const fixture = await openIngestFixture({ '/feed.xml': send(rssWith(towns.map(town))) })
    fixture.settings.sameEvent = { threshold: 1 }
    fixture.workers = withCleaning(fixture.workers, () => ({ milliseconds: 900 }))
    expect((await fixture.ingest()).sources[0]).toMatchObject({
      new: 3,
      error: undefined,
      notes: [expect.stringContaining('2 more stories')],
    })
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 2, duplicate: 3, notes: [] })
    expect(await fixture.listFiles()).toHaveLength(5)
    expect((await fixture.ingest()).sources[0]).toMatchObject({ fetched: 0 })
  })
})

describe('a content file that cannot be read', () => {
  it('is named, and stories go on being published', async () => {
    const fixture = await openWithBad(rssWith([]))
    fixture.server.answers.set('/feed.xml', send(rssWith([story])))
    await fixture.ingest()
    await rm(join(fixture.contentDir, storyPath))
    await mkdir(join(fixture.contentDir, storyPath))
    fixture.server.answers.set(
      '/bad.xml',
      send(rssWith([{ ...story, url: 'https://bad.example/' }])),
    )
    fixture.server.answers.set('/feed.xml', send(rssWith([story, ...others.slice(1)])))
    const { articles, problems, failure } = await fixture.ingest()
    expect(failure).toBeUndefined()
    expect(articles.published).toBe(1)
    expect(problems).toEqual([expect.stringContaining(storyPath)])
  })
})

describe('a pass that cannot write its report', () => {
  it('says so', async () => {
    const fixture = await openIngestFixture({ '/feed.xml': send(rssWith([story])) })
    await mkdir(join(fixture.dataDir, 'ingest-report.json', 'x'), { recursive: true })
    const report = await fixture.ingest()
    expect(report.failure).toMatch(/report cannot be kept/)
    expect(report.articles.published).toBe(1)
  })
})
