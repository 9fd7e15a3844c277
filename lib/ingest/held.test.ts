import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openFeedFixture, story, storyPath } from '#bench/evals/test-servers/open-feed-fixture.ts'
import { feedOf, openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { send } from '#bench/evals/test-servers/serve.ts'
import { formatReport } from '#lib/ingest-report/ingest-report.ts'

type Item = { guid?: string; link?: string; title: string; text: string; date?: string }

const date = 'Fri, 20 Nov 2026 09:00:00 GMT'
const kraken = {
  title: 'Kraken lists a token in Europe',
  text: 'Kraken lists a new token for European customers after months of work with regulators in Dublin.',
}
const texas = {
  title: 'Texas pool switches off machines',
  text: 'A mining pool in Texas switched off half of its machines because of a storm warning on Sunday.',
}
const vilnius = {
  title: 'Lithuania fines payment firm',
  text: 'The Bank of Lithuania fined a payment firm over missing reports about customers and their funds.',
}

const rss = (items: Item[]) =>
  `<rss version="2.0"><channel><title>Wire</title><link>https://wire.example/</link>${items
    .map(
      ({ guid, link, title, text, date: written = date }) =>
        `<item><title>${title}</title>${link ? `<link>${link}</link>` : ''}${guid === undefined ? '' : `<guid isPermaLink="false">${guid}</guid>`}<pubDate>${written}</pubDate><description>${text}</description></item>`,
    )
    .join('')}</channel></rss>`

async function openRss(items: Item[]) {
  const fixture = await openIngestFixture({ '/feed.xml': send(rss(items)) })
  const offer = (next: Item[]) => fixture.server.answers.set('/feed.xml', send(rss(next)))
  const titles = async () => {
    const files = await fixture.listFiles()
    const articles = await Promise.all(files.map((file) => fixture.readArticle(file)))
    return articles.map(({ title }) => title).sort()
  }
  return { fixture, offer, titles }
}

const both = [kraken.title, texas.title]

describe('a story without a date', () => {
  it('is held, counts neither as new nor as old, and is published once it has one', async () => {
    const { fixture, offer, titles } = await openRss([
      { ...kraken, guid: '1', date: 'Fri, 27 Nov 2020 10:00:00 CET' },
      { ...texas, guid: '2', date: 'soon' },
      { ...vilnius, guid: '3', date: '' },
    ])
    fixture.settings.newerThanDays = 3
    const { sources, held } = await fixture.ingest()
    expect(sources[0]).toMatchObject({ fetched: 3, new: 0, held: 2, rejected: 1 })
    expect(sources[0]?.rejections).toMatchObject([{ why: 'is too old', count: 1 }])
    expect(held).toMatchObject([
      { source: 'wire', title: texas.title, why: 'has the date “soon”, which cannot be read' },
      { source: 'wire', title: vilnius.title, why: 'has no date' },
    ])
    fixture.setNow('2026-11-20T13:00:00.000Z')
    const again = await fixture.ingest()
    expect(again.held).toEqual(held)
    expect(formatReport(again)).toContain(
      `wire: “${vilnius.title}” has no date (since 2026-11-20T12`,
    )
    expect(formatReport({ ...again, articles: { ...again.articles, drafts: 1 } })).toMatch(
      /^Articles: 1 draft$/m,
    )
    offer([{ ...texas, guid: '2' }])
    expect((await fixture.ingest()).held).toEqual([])
    expect(await titles()).toEqual([texas.title])
  })

  it('that is published already is updated as before', async () => {
    const { fixture, offer } = await openRss([{ ...kraken, guid: '1' }])
    await fixture.ingest()
    offer([{ ...kraken, guid: '1', text: `${kraken.text} It costs nothing.`, date: 'soon' }])
    expect(await fixture.ingest()).toMatchObject({ articles: { updated: 1 }, held: [] })
  })
})

describe('an id or an address that two stories of a document have', () => {
  it.each<[string, Partial<Item>, Partial<Item>]>([
    [
      'the id',
      { guid: 'N/A', link: 'https://wire.example/0' },
      { guid: 'N/A', link: 'https://wire.example/1' },
    ],
    [
      'a real id',
      { guid: 'x7', link: 'https://wire.example/0' },
      { guid: 'x7', link: 'https://wire.example/1' },
    ],
    [
      'the address',
      { guid: 'a', link: 'https://wire.example/news' },
      { guid: 'b', link: 'https://wire.example/news' },
    ],
    [
      'both',
      { guid: 'x7', link: 'https://wire.example/news' },
      { guid: 'x7', link: 'https://wire.example/news' },
    ],
    [
      'the front page as address',
      { link: 'https://wire.example/' },
      { link: 'https://wire.example/' },
    ],
    [
      'an empty id',
      { guid: '', link: 'https://wire.example/0' },
      { guid: '', link: 'https://wire.example/1' },
    ],
    [
      'but for case',
      { guid: 'Ab', link: 'https://wire.example/0' },
      { guid: 'aB', link: 'https://wire.example/1' },
    ],
  ])('identifies neither: %s', async (_, one, other) => {
    const items = [
      { ...kraken, ...one },
      { ...texas, ...other },
    ]
    const { fixture, offer, titles } = await openRss(items)
    expect((await fixture.ingest()).articles).toMatchObject({ published: 2 })
    expect(await titles()).toEqual(both)
    offer([...items].reverse())
    const again = await fixture.ingest()
    expect(again.articles).toMatchObject({ published: 0, updated: 0 })
    expect(again.sources[0]).toMatchObject({ new: 0, duplicate: 2 })
    await rm(fixture.dataDir, { recursive: true })
    await fixture.ingest()
    expect(await titles()).toEqual(both)
  })
})

it('a story with nothing but the address of the front page is rejected and named', async () => {
  const { fixture } = await openRss([{ ...kraken, guid: 'https://wire.example/' }])
  expect((await fixture.ingest()).sources[0]?.rejections).toMatchObject([
    { why: 'has neither an id nor an address', example: kraken.title },
  ])
})

describe('a story', () => {
  it.each<[string, Partial<Item>, Partial<Item>]>([
    [
      'changes its id',
      { guid: 'a', link: 'https://wire.example/0' },
      { guid: 'b', link: 'https://wire.example/0' },
    ],
    [
      'has an id with a tracker',
      { link: 'https://wire.example/0?utm_source=a' },
      { link: 'https://wire.example/0?utm_source=b' },
    ],
    [
      'moves to https and loses a slash',
      { link: 'http://wire.example/0/' },
      { link: 'https://www.wire.example/0' },
    ],
    [
      'has an AMP address',
      { guid: 'a', link: 'https://wire.example/0' },
      { guid: 'b', link: 'https://wire.example/0/amp' },
    ],
    [
      'moves',
      { guid: 'a', link: 'https://wire.example/0' },
      { guid: 'a', link: 'https://wire.example/1' },
    ],
  ])('stays the same when it %s', async (_, before, after) => {
    const { fixture, offer, titles } = await openRss([{ ...kraken, ...before }])
    await fixture.ingest()
    offer([{ ...kraken, ...after }])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 0, duplicate: 1 })
    expect(await titles()).toEqual([kraken.title])
  })

  it('with the id of yesterday and an address of its own is a story of its own', async () => {
    const slot = { guid: 'item1' }
    const { fixture, offer, titles } = await openRss([
      { ...kraken, ...slot, link: 'https://wire.example/0' },
    ])
    await fixture.ingest()
    const today = { ...texas, ...slot, link: 'https://wire.example/1' }
    offer([today])
    const { sources } = await fixture.ingest()
    expect(sources[0]).toMatchObject({ new: 1, notes: [expect.stringMatching(/uses 1 ids again/)] })
    expect(await titles()).toEqual(both)
    offer([{ ...today, text: `${texas.text} They are on again.` }])
    expect((await fixture.ingest()).articles).toMatchObject({ published: 0, updated: 1 })
    expect(await titles()).toEqual(both)
  })

  it('with the id of one that was left out is a story of its own', async () => {
    const old = { ...kraken, guid: 'item1', link: 'https://wire.example/0', date: '20 Nov 2020' }
    const { fixture, offer, titles } = await openRss([old])
    fixture.settings.newerThanDays = 3
    await fixture.ingest()
    offer([{ ...texas, guid: 'item1', link: 'https://wire.example/1' }])
    await fixture.ingest()
    expect(await titles()).toEqual([texas.title])
    offer([{ ...vilnius, guid: 'item1', link: 'https://wire.example/0' }])
    expect((await fixture.ingest()).held).toMatchObject([{ title: vilnius.title }])
  })

  it('at another part of the same page is a story of its own', async () => {
    const { fixture, offer, titles } = await openRss([
      { ...kraken, link: 'https://wire.example/diary#monday' },
    ])
    await fixture.ingest()
    const tuesday = { ...texas, link: 'https://wire.example/diary#tuesday' }
    offer([tuesday])
    await fixture.ingest()
    expect(await titles()).toEqual(both)
    offer([{ ...tuesday, text: `${texas.text} They are on again.` }])
    expect((await fixture.ingest()).articles).toMatchObject({ published: 0, updated: 1 })
  })

  it('in the place of another is held, and the article stays', async () => {
    const place = { guid: 'item1', link: 'https://wire.example/latest-news' }
    const { fixture, offer } = await openRss([{ ...kraken, ...place }])
    await fixture.ingest()
    const [file = ''] = await fixture.listFiles()
    const before = await fixture.readText(file)
    for (const next of [texas, vilnius]) {
      offer([{ ...next, ...place }])
      const { articles, held, sources } = await fixture.ingest()
      expect(articles).toMatchObject({ published: 0, updated: 0 })
      expect(sources[0]).toMatchObject({ held: 1 })
      expect(held).toMatchObject([
        { title: next.title, why: expect.stringContaining(kraken.title) },
      ])
    }
    expect(await fixture.readText(file)).toBe(before)
    offer([
      { ...kraken, ...place, title: 'A token for Europe', text: `${kraken.text} So they say.` },
    ])
    expect(await fixture.ingest()).toMatchObject({ articles: { updated: 1 }, held: [] })
  })

  it('may have the id of a story of another source', async () => {
    const { fixture, titles } = await openRss([{ ...kraken, guid: '1' }])
    fixture.server.answers.set('/b.xml', send(rss([{ ...texas, guid: '1' }])))
    fixture.settings.sources = [feedOf(fixture.server), feedOf(fixture.server, '/b.xml', 'b', 'B')]
    await fixture.ingest()
    expect(await titles()).toEqual(both)
  })
})

describe('an article that a person has edited', () => {
  const changed = { ...story, text: story.text.replace('five wallets', 'six wallets') }

  it('is listed with the difference until it is saved again', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    await fixture.edit(storyPath, (text) => text.replace('Tether freezes', 'Tether has frozen'))
    offer([changed])
    await fixture.ingest()
    fixture.setNow('2026-11-20T18:00:00.000Z')
    const report = await fixture.ingest()
    expect(report.held).toMatchObject([
      {
        source: 'wire',
        path: storyPath,
        why: expect.stringContaining('has changed at its source'),
        since: '2026-11-20T12:00:00.000Z',
        difference: expect.stringMatching(/^- .*five wallets.*\n\+ .*six wallets/),
      },
    ])
    expect(formatReport(report)).toMatch(/tether-freezes.*\.md has changed at its source/)
    offer([{ ...changed, text: changed.text.replace('six', 'seven') }])
    const later = await fixture.ingest()
    expect(later.held).toMatchObject([{ difference: expect.stringMatching(/five.*\n\+ .*seven/) }])
    await fixture.edit(storyPath, (text) => text.replace('five', 'seven'))
    expect((await fixture.ingest()).held).toEqual([])
  })

  it('is listed again after the data folder was lost', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    await fixture.edit(storyPath, (text) => text.replace('Tether freezes', 'Tether has frozen'))
    offer([changed])
    await fixture.ingest()
    await rm(fixture.dataDir, { recursive: true })
    expect((await fixture.ingest()).held).toMatchObject([
      { path: storyPath, difference: expect.stringContaining('six wallets') },
    ])
  })

  it('is no longer listed when its story is as it was', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    await fixture.edit(storyPath, (text) => text.replace('Tether freezes', 'Tether has frozen'))
    offer([changed])
    expect((await fixture.ingest()).held).toHaveLength(1)
    offer([story])
    expect((await fixture.ingest()).held).toEqual([])
  })
})

describe('an article that a person has deleted', () => {
  it('stays deleted, also when the data folder is lost, and so do those who reported the same', async () => {
    const { fixture, offer } = await openFeedFixture()
    const other = { ...story, id: 'h-1', url: 'https://other.example/tether' }
    fixture.server.answers.set('/b.xml', send(rss([{ ...other, guid: other.id, link: other.url }])))
    fixture.settings.sources = [feedOf(fixture.server), feedOf(fixture.server, '/b.xml', 'b', 'B')]
    await fixture.ingest()
    expect(await fixture.listFiles()).toEqual([storyPath])
    await rm(join(fixture.contentDir, storyPath))
    await rm(fixture.dataDir, { recursive: true })
    const fresh = { id: 'g-9', title: 'Oslo opens a port', text: 'Oslo has opened a port.' }
    offer([story, fresh])
    const report = await fixture.ingest()
    expect(report.articles).toMatchObject({ published: 1 })
    expect(await fixture.listFiles()).toEqual(['articles/en/2026/11/oslo-opens-a-port.md'])
    offer([{ ...story, text: `${story.text} It said more.` }])
    expect((await fixture.ingest()).articles).toMatchObject({ published: 0 })
  })

  it('stays deleted where the record began with a store of before', async () => {
    const { fixture } = await openFeedFixture()
    await fixture.ingest()
    await rm(join(fixture.contentDir, '.ingest'), { recursive: true })
    await fixture.ingest()
    await rm(join(fixture.contentDir, storyPath))
    await rm(fixture.dataDir, { recursive: true })
    await fixture.ingest()
    expect(await fixture.listFiles()).toEqual([])
  })

  it('comes back without the record and the data folder', async () => {
    const { fixture } = await openFeedFixture()
    await fixture.ingest()
    for (const path of [
      join(fixture.contentDir, storyPath),
      fixture.dataDir,
      join(fixture.contentDir, '.ingest'),
    ]) {
      await rm(path, { recursive: true })
    }
    await fixture.ingest()
    expect(await fixture.listFiles()).toEqual([storyPath])
  })
})
