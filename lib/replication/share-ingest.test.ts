import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  articleOf,
  eventually,
  makeDatabase,
  makeFolder,
  now,
  path,
  startNode,
  titleOf,
} from '#bench/evals/test-servers/fleet-fixture.ts'
import { openFeedFixture } from '#bench/evals/test-servers/open-feed-fixture.ts'
import { openIngestFixture } from '#bench/evals/test-servers/open-ingest-fixture.ts'
import { describeIngestStore } from '#lib/ingest/state/ingest-store.contract.ts'
import { openSharedStore } from '#lib/ingest/state/ingest-store.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { logTo, silentLog } from '#lib/node/log.ts'
import { FencedError } from './leases.ts'
import { openIngestShare } from './share-ingest.ts'

/** A machine that may ingest, with a data folder of its own. */
function openShare(url: string, node: string, dataDir = join(makeFolder(), 'data')) {
  const lines: string[] = []
  const share = openIngestShare({
    databaseUrl: url,
    node,
    dataDir,
    contentDir: join(dataDir, 'none'),
    log: logTo(lines),
  })
  const locks: { release(): void | Promise<void> }[] = []
  onTestFinished(async () => {
    for (const lock of locks) await lock.release()
    await share.close()
  })
  const takeLock = async () => {
    const lock = await share.takeLock()
    if (lock) locks.push(lock)
    return lock
  }
  return { lines, dataDir, takeLock }
}

/** As when a machine has been cut off for long enough, and another one has had its lock. */
const expireLease = `UPDATE leases SET holder = 'another', term = term + 1,
  until = now() - interval '1 second' WHERE name = 'ingest'`

describe('ingest in a fleet', () => {
  describeIngestStore('handed to another machine through PostgreSQL', async () => {
    const { url } = await makeDatabase()
    let machines = 0
    async function open() {
      machines += 1
      const { dataDir, takeLock } = openShare(url, `machine-${machines}`)
      const lock = await takeLock()
      if (!lock?.state) throw new Error('Another machine has the lock')
      const options = { now: now(), log: silentLog, isDryRun: false }
      const { contentDir, state } = lock
      const store = await openSharedStore(dataDir, { ...options, contentDir, state })
      return { lock, store }
    }
    let { lock, store } = await open()
    onTestFinished(() => store.close())
    return {
      store,
      async hand() {
        await store.save()
        store.close()
        await lock.release()
        ;({ lock, store } = await open())
        return store
      },
    }
  })

  it('goes on elsewhere when a machine is lost half-way, and neither loses nor repeats a story', async () => {
    const { url, query } = await makeDatabase()
    const writer = await startNode(url, 'writer', { [path('a')]: articleOf('') })
    const titles = ['Oslo bans cars', 'Lima opens port', 'Cairo digs', 'Perth sings', 'Quito votes']
    const { fixture: first } = await openFeedFixture(
      titles.map((title) => ({ id: title, title, text: `${title}, and nobody knows why.` })),
    )
    const second = await openIngestFixture()
    second.settings.sources = first.settings.sources ?? []
    const [one, other] = [openShare(url, 'one'), openShare(url, 'other')]
    // An editor has switched a source off, where the content folder is.
    writer.write('.ingest/sources-off.txt', 'wire\n')
    await writer.publish()
    Object.assign(first, one)
    expect(await first.ingest()).toMatchObject({ sources: [{ skipped: 'is switched off' }] })
    writer.remove('.ingest/sources-off.txt')
    await writer.publish()
    Object.assign(second, other)

    // It is lost after a file was published and before that was noted.
    let isLost = false
    let written = 0
    first.takeLock = async () => {
      const lock = await one.takeLock()
      return (
        lock && {
          ...lock,
          async writeFile(...file) {
            const outcome = await lock.writeFile(...file)
            written += 1
            if (written < 2) return outcome
            isLost = true
            await query(expireLease)
            throw new Error('the machine is lost')
          },
        }
      )
    }
    const lost = await first.ingest().then(JSON.stringify, String)
    expect(`${lost} ${writer.lines.join('\n')}`).toMatch(/^\S*Error: Another machine ingests/)
    expect(isLost).toBe(true)

    const report = await second.ingest()
    expect(report).toMatchObject({ failure: undefined, waiting: 0, problems: [] })
    // How the pass went shows on the machines that serve.
    await eventually(() =>
      expect(readIngestReport(join(writer.folder, 'data'))?.finishedAt).toBe(report.finishedAt),
    )
    const files = () =>
      readdirSync(join(writer.contentDir, 'articles/en/2026/11')).filter((name) =>
        name.endsWith('md'),
      )
    expect(files()).toHaveLength(5)
    expect(titleOf(writer, 'oslo-bans-cars')).toBe('Oslo bans cars')
    const published = () =>
      writer.index.listArticles({ locale: 'en', scope: { kind: 'latest' }, page: 1, pageSize: 10 })
    expect(published().articleCount).toBe(6)

    // The first machine comes back: what it has not been able to save is not there for it either.
    first.takeLock = one.takeLock
    expect(await first.ingest()).toMatchObject({ waiting: 0, articles: { published: 0 } })
    expect(files()).toHaveLength(5)
    // What a person has written meanwhile stays.
    const edited = `articles/en/2026/11/${files()[0]}`
    writer.write(edited, articleOf('title: By hand'))
    await writer.publish()
    const lock = await other.takeLock()
    const stale = await lock?.writeFile(edited, Buffer.from(articleOf('')), 'what it was')
    expect(stale).toBe('changed')
    expect(readFileSync(join(writer.contentDir, edited), 'utf8')).toContain('By hand')
  })

  it('is done by one machine at a time, and what the former one does afterwards changes nothing', async () => {
    const { url, query } = await makeDatabase()
    const [one, other] = [openShare(url, 'one'), openShare(url, 'other')]
    const lock = await one.takeLock()
    expect(await other.takeLock()).toBeUndefined()
    await query(expireLease)
    expect(await other.takeLock()).toBeDefined()
    const rows = [{ relation: 'source', key: '["a"]', content: '{}' }]
    await expect(lock?.state?.save(rows, 3)).rejects.toThrow(FencedError)
    await expect(lock?.writeFile('articles/a.md', Buffer.from(''), undefined)).rejects.toThrow(
      FencedError,
    )
    await eventually(() => expect(lock?.lost?.aborted).toBe(true))
    expect(await query('SELECT * FROM ingest_rows')).toEqual([])
    expect(await query('SELECT * FROM submissions')).toEqual([])
  })
})
