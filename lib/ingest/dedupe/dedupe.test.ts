import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FeedSample } from '#bench/evals/test-servers/feed-documents.ts'
import { openFeedFixture, story, storyPath } from '#bench/evals/test-servers/open-feed-fixture.ts'
import { feedOf } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { lockContentFolder } from '../ingest-lock.ts'

describe('a story is published once', () => {
  it('however often the feed is read', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    offer([story, { id: 'g-2', title: 'Bank of Oslo shuts', text: 'It had ninety customers.' }])
    const report = await fixture.ingest()
    expect(report.sources[0]).toMatchObject({ fetched: 2, new: 1, duplicate: 1 })
    expect(await fixture.listFiles()).toHaveLength(2)
  })

  it('when the guid changes and the address does not', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    offer([{ ...story, id: 'another', url: `${story.url}/?utm_medium=rss#top` }])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 0, duplicate: 1 })
    expect(await fixture.listFiles()).toEqual([storyPath])
  })

  it('when the address changes and the guid does not', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    offer([{ ...story, url: 'https://wire.example/elsewhere' }])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 0, duplicate: 1 })
  })

  it('when guid and address change and the text does not', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    offer([{ ...story, id: 'another', url: 'https://wire.example/again' }])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 0, duplicate: 1 })
  })

  it('but what a source reports about an event later on is another story', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    const title = 'Police in Spain praise Tether for frozen $12 million'
    const text = 'Spanish police thanked Tether for the quick freeze of five wallets on Tron.'
    offer([story, { id: 'g-2', title, text }])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 1, duplicate: 1 })
  })

  it('and is proposed as the same story where it is about the same event, for an editor to decide', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    const again = {
      id: 'g-2',
      title: 'Tether freezes $12 million in Spanish fraud case',
      text: 'Tether froze 12 million USDT in five wallets on Tron that Spanish police tie to a fraud in Valencia. A judge in Madrid approved the request, and two people were arrested.',
    }
    const other = { id: 'g-3', title: 'Bank of Oslo shuts', text: 'It had ninety customers.' }
    offer([story, again, other])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 2 })
    const paths = await fixture.listFiles()
    const texts = await Promise.all(paths.map((path) => fixture.readText(path)))
    const key = storyPath.split('/').at(-1)?.replace('.md', '')
    expect(texts.filter((text) => text.includes(`proposedStoryKey: ${key}`))).toHaveLength(1)
    expect(texts.join()).not.toMatch(/^storyKey/m)
  })

  it('though all stories of a feed share one address', async () => {
    const url = 'https://wire.example/news'
    const { fixture } = await openFeedFixture([
      { ...story, url },
      {
        id: 'g-2',
        url,
        title: 'Kraken opens an office in Lisbon',
        text: 'Ninety people work there.',
      },
    ])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 2 })
    expect(await fixture.listFiles()).toHaveLength(2)
  })

  it('after the data folder was lost', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    await rm(fixture.dataDir, { recursive: true })
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 0, duplicate: 1 })
    await rm(fixture.dataDir, { recursive: true })
    offer([{ ...story, id: 'another' }])
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 0, duplicate: 1 })
    expect(await fixture.listFiles()).toEqual([storyPath])
  })

  it('also when the store is damaged', async () => {
    const { fixture } = await openFeedFixture()
    await fixture.ingest()
    await writeFile(join(fixture.dataDir, 'ingest.sqlite'), 'no database'.repeat(1000))
    await rm(join(fixture.dataDir, 'ingest.sqlite-wal'), { force: true })
    expect((await fixture.ingest()).sources[0]).toMatchObject({ new: 0, duplicate: 1 })
  })

  it('and not again when a person has deleted or moved its article', async () => {
    const { fixture, offer } = await openFeedFixture()
    await fixture.ingest()
    await rm(join(fixture.contentDir, storyPath))
    offer([{ ...story, text: `${story.text} More followed.` }])
    await fixture.ingest()
    expect(await fixture.listFiles()).toEqual([])
  })
})

describe('an event is published once', () => {
  const retold: FeedSample = {
    id: 'x-9',
    url: 'https://times.example/usdt',
    title: 'Stablecoin issuer Tether freezes $12M in USDT after Spanish police request',
    text: 'Tether has frozen USDT worth 12 million dollars in five Tron wallets, Spanish police asked for it in a fraud investigation.',
  }

  async function openTwo() {
    const { fixture, offer } = await openFeedFixture()
    const { server } = fixture
    offer([retold], '/times.xml')
    fixture.settings.sources = [feedOf(server), feedOf(server, '/times.xml', 'times', 'The Times')]
    return { fixture, offer }
  }

  it('and the second source is named in the article that is there', async () => {
    const { fixture } = await openTwo()
    const all = fixture.settings.sources
    fixture.settings.sources = all.slice(0, 1)
    await fixture.ingest()
    fixture.settings.sources = all
    const report = await fixture.ingest()
    expect(report.sources[1]).toMatchObject({ new: 0, duplicate: 1 })
    expect(await fixture.listFiles()).toEqual([storyPath])
    expect((await fixture.readArticle(storyPath)).alsoReportedBy).toEqual([
      { name: 'The Times', key: 'times', type: 'RSS', url: retold.url },
    ])
  })

  it('and the second source is named when both come at once, and not twice', async () => {
    const { fixture } = await openTwo()
    await fixture.ingest()
    await fixture.ingest()
    await rm(fixture.dataDir, { recursive: true })
    await fixture.ingest()
    const [file = '', ...others] = await fixture.listFiles()
    expect(others).toEqual([])
    expect((await fixture.readArticle(file)).alsoReportedBy).toHaveLength(1)
  })

  it('but two events of one company are two', async () => {
    const { fixture, offer } = await openTwo()
    offer(
      [
        {
          ...retold,
          title: 'Tether buys a stake in Italian football club Juventus',
          text: 'Tether has raised its stake in Juventus to 11.5 percent, the club said in Turin.',
        },
      ],
      '/times.xml',
    )
    await fixture.ingest()
    expect(await fixture.listFiles()).toHaveLength(2)
  })
})

describe('a run', () => {
  it('writes nothing when it is a dryRun, and then does the same in earnest', async () => {
    const { fixture } = await openFeedFixture()
    const dryRun = await fixture.ingest({ isDryRun: true })
    expect(dryRun).toMatchObject({ isRehearsal: true, waiting: 1, sources: [{ new: 1 }] })
    expect(await fixture.listFiles()).toEqual([])
    expect(await fixture.ingest()).toMatchObject({ sources: [{ new: 1 }], waiting: 0 })
  })

  it('tells as many stories as it may and the others next time', async () => {
    const titles = ['Oslo bans cars', 'Lima opens port', 'Cairo digs', 'Perth sings', 'Quito votes']
    const { fixture } = await openFeedFixture(
      titles.map((title) => ({ id: title, title, text: `${title}, and nobody knows why.` })),
    )
    expect(await fixture.ingest({ limit: 2 })).toMatchObject({ waiting: 3 })
    expect(await fixture.ingest({ limit: 2 })).toMatchObject({ waiting: 1 })
    expect(await fixture.ingest()).toMatchObject({ waiting: 0 })
    expect(await fixture.listFiles()).toHaveLength(5)
  })

  it('has the content folder for itself', async () => {
    const { fixture } = await openFeedFixture()
    const hold = lockContentFolder(fixture.contentDir)
    await expect(fixture.ingest()).rejects.toThrow(/Another run/)
    hold?.release()
    expect((await fixture.ingest()).articles.published).toBe(1)
  })

  it('does not write over a file that a person put where an article was to be', async () => {
    const { fixture } = await openFeedFixture()
    await fixture.ingest({ limit: 0 })
    await cp('content/articles/en/2026/06', join(fixture.contentDir, 'articles/en/2026/11'), {
      recursive: true,
    })
    const theirs = join(fixture.contentDir, storyPath)
    await writeFile(theirs, '---\ntitle: Mine\npublishedAt: 2026-11-01\ncategory: X\n---\nMine.\n')
    expect((await fixture.ingest()).articles.published).toBe(1)
    expect(await fixture.readText(storyPath)).toContain('Mine.')
    expect(await fixture.listFiles()).toContain(storyPath.replace('.md', '-2.md'))
  })
})
