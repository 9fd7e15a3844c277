import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import sharp from 'sharp'
import { describe, expect, it, onTestFinished } from 'vitest'
import {
  answersOf,
  articleOf,
  eventually,
  makeDatabase,
  makeFolder,
  type Node,
  noon,
  now,
  path,
  server,
  startNode,
  titleOf,
} from '#bench/evals/test-servers/fleet-fixture.ts'
import { mountMemory, mountObstacle } from '#bench/faults/mount.ts'
import { indexPath } from '#lib/article-index/store/database-file.ts'
import { openWriteQueue } from '#lib/article-index/writes/write-queue.ts'
import { syncContinuously } from '#lib/content-sync/sync-continuously.ts'
import { silentLog } from '#lib/node/log.ts'
import { FencedError } from './leases.ts'

describe('a fleet', () => {
  const picture = () =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: '#336' } })
      .png()
      .toBuffer()

  it('serves on every node what one of them publishes, and nothing else', async () => {
    const { url } = await makeDatabase()
    const writer = await startNode(url, 'writer', {
      [path('a')]: articleOf('tags: [Vaults]'),
      [path('b')]: articleOf('title: Another'),
      [path('draft')]: articleOf('draft: true'),
      [path('broken')]: articleOf('publishedAt: never'),
      'authors/olena.md': '---\nname: Olena\n---\n',
      'media/a.png': await picture(),
    })
    const web = await startNode(url, 'web')
    await eventually(() => expect(web.progress()).toMatchObject({ state: 'ready', filesTotal: 6 }))
    expect(web.index.status()).toMatchObject({ articleCount: 3, errorCount: 1 })
    expect(answersOf(web)).toEqual(answersOf(writer))

    writer.write(path('a'), articleOf('title: Edited'))
    writer.write(path('c'), articleOf('title: New'))
    writer.remove(path('b'))
    const report = await writer.publish()
    expect(report).toMatchObject({ nodesBehind: [], revision: 9 })
    expect([titleOf(web, 'a'), titleOf(web, 'b'), titleOf(web, 'c')]).toEqual([
      'Edited',
      undefined,
      'New',
    ])
    // When an article left a listing is what the writer says, not the clock of each node.
    expect(answersOf(web).removedAt).toEqual([noon, noon])
    expect(answersOf(web)).toEqual(answersOf(writer))

    // A node that joins holds the same, down to the times of its pictures.
    const late = await startNode(url, 'web')
    await eventually(() => expect(late.fleet()?.revision).toBe(9))
    expect(answersOf(late)).toEqual(answersOf(writer))
    const times = [writer, web, late].map(
      ({ mediaDir }) => statSync(join(mediaDir, 'media/a.png')).mtimeMs,
    )
    expect(new Set(times).size).toBe(1)
    expect(late.fleet()).toMatchObject({ role: 'web', lagSeconds: 0, failure: undefined })
    expect(writer.fleet()?.lease).toMatchObject({ term: 1, isMine: true })
    await eventually(() =>
      expect(late.fleet()?.peers.map(({ role }) => role)).toEqual(['web', 'web', 'writer']),
    )

    await expect(late.publish()).rejects.toThrow(/does not write content; writer/)
    writer.remove('media/a.png')
    expect(await writer.publish()).toMatchObject({ held: undefined, nodesBehind: [] })
    expect(
      [writer, web, late].map(({ mediaDir }) => existsSync(join(mediaDir, 'media/a.png'))),
    ).toEqual([false, false, false])
  })

  it('hands what nobody was notified of to the node that writes next', async () => {
    const { url, query } = await makeDatabase()
    const seed = { [path('a')]: articleOf(''), [path('b')]: articleOf('title: Another') }
    const first = await startNode(url, 'all', seed)
    const take = async (node: Node) => await node.follower.outbox?.take()
    // What was there before the fleet is not news.
    expect(await take(first)).toEqual({ content: undefined, addresses: [], revision: 2 })
    first.write(path('a'), articleOf('title: Edited'))
    first.remove(path('b'))
    await first.publish()
    expect((await take(first))?.addresses?.map(({ slug }) => slug).sort()).toEqual(['a', 'b'])
    await first.follower.outbox?.save('noted', 4)
    first.write(path('a'), articleOf('title: Edited again'))
    await first.publish()
    const second = await startNode(url, 'all', seed)
    await expect(take(second)).rejects.toThrow(/does not write content/)
    await first.stop()
    await eventually(() => expect(second.fleet()?.lease?.isMine).toBe(true))
    const addresses = [{ locale: 'en', slug: 'a' }]
    expect(await take(second)).toEqual({ content: 'noted', addresses, revision: 5 })
    await query('UPDATE state SET term = 99')
    await expect(second.follower.outbox?.save('too late', 4)).rejects.toThrow(FencedError)
    expect(await query('SELECT content FROM notifications')).toEqual([{ content: 'noted' }])
  })

  it('stops and asks before it removes more than a twentieth', async () => {
    const { url } = await makeDatabase()
    const names = Array.from({ length: 20 }, (_, i) => path(`story-${i}`))
    const writer = await startNode(
      url,
      'all',
      Object.fromEntries(names.map((name) => [name, articleOf('')])),
    )
    for (const name of names.slice(0, 5)) writer.remove(name)
    expect(await writer.publish()).toMatchObject({ removed: 0, held: { missing: 5, known: 20 } })
    expect(writer.follower.state().reason).toMatch(/5 of 20 files are missing.*--confirm-removals/)
    expect(titleOf(writer, 'story-0')).toBe('A vault')
    expect(await writer.publish({ confirmRemovals: true })).toMatchObject({ removed: 5 })
    expect(titleOf(writer, 'story-0')).toBeUndefined()
  })

  it('hands writing over, and loses nothing that was published elsewhere', async () => {
    const { url, query } = await makeDatabase()
    const seed = {
      [path('a')]: articleOf('title: First'),
      [path('mine')]: articleOf('title: Seed'),
      [path('gone')]: articleOf('title: Deleted there'),
    }
    const first = await startNode(url, 'all', seed)
    const second = await startNode(url, 'all', seed)
    await eventually(() => expect(titleOf(second, 'a')).toBe('First'))
    first.write(path('a'), articleOf('title: Second'))
    first.write(path('only-here'), articleOf('title: Only there'))
    first.remove(path('gone'))
    const { revision } = await first.publish().catch((error) => {
      throw new Error(`${error.message} ${first.lines.join(' ')} ${second.lines.join(' ')}`)
    })
    // An edit in the folder of a node that does not write waits until it does.
    second.write(path('mine'), articleOf('title: Mine'))
    await expect(second.publish()).rejects.toThrow(/does not write content; all/)
    await first.stop()
    await eventually(() => expect(second.fleet()?.lease).toMatchObject({ term: 2, isMine: true }))
    await eventually(() => expect(titleOf(second, 'mine')).toBe('Mine'))
    expect([titleOf(second, 'a'), titleOf(second, 'gone')]).toEqual(['Second', undefined])
    expect(existsSync(join(second.contentDir, path('gone')))).toBe(false)
    expect(readFileSync(join(second.contentDir, path('a')), 'utf8')).toContain('Second')
    expect(readFileSync(join(second.contentDir, path('only-here')), 'utf8')).toContain('Only there')
    // Until it has looked through its folder once it says that it is still reading.
    await eventually(async () =>
      expect((await second.publish()).revision).toBeGreaterThan(Number(revision)),
    )
    // From here on it is a folder like any other: what is taken out of it is gone.
    second.remove(path('only-here'))
    await second.publish()
    expect(titleOf(second, 'only-here')).toBeUndefined()
    expect(
      await query('SELECT deleted FROM documents WHERE path = $1', [path('only-here')]),
    ).toEqual([{ deleted: true }])
  })

  it.each([
    ['another one has written meanwhile', true],
    ['nobody has written meanwhile', false],
  ])(
    'loses nothing that a writer has published when its folder is an old one after that: %s',
    async (_, isTakenOver) => {
      const { url } = await makeDatabase()
      const seed = {
        [path('a')]: articleOf('title: First'),
        [path('same')]: articleOf(''),
        [path('gone')]: articleOf(''),
      }
      const first = await startNode(url, 'writer', seed)
      first.write(path('a'), articleOf('title: Second'))
      first.write(path('new'), articleOf('title: New'))
      first.remove(path('gone'))
      await first.publish()
      await first.stop()
      if (isTakenOver) {
        const other = await startNode(url, 'all')
        await eventually(() => other.publish())
        await other.stop()
      }
      rmSync(first.contentDir, { recursive: true })
      const again = await startNode(url, 'writer', seed, first.folder)
      await eventually(() => again.publish())
      expect(['a', 'new', 'same', 'gone'].map((slug) => titleOf(again, slug))).toEqual([
        'Second',
        'New',
        'A vault',
        undefined,
      ])
      // A file that is deleted while its machine starts again is deleted, where nobody else has written.
      await again.stop()
      again.remove(path('new'))
      const last = await startNode(url, 'writer', {}, first.folder)
      await eventually(() => last.publish())
      expect(titleOf(last, 'new')).toBeUndefined()
    },
  )

  it('publishes what was edited on a machine while it was alone', async () => {
    const { url } = await makeDatabase()
    const seed = { [path('a')]: articleOf(''), [path('b')]: articleOf('') }
    const fleet = await startNode(url, 'all', seed)
    await fleet.stop()
    fleet.write(path('a'), articleOf('title: Edited alone'))
    fleet.remove(path('b'))
    const alone = openWriteQueue({
      path: indexPath(join(fleet.folder, 'data')),
      now,
      log: silentLog,
      onEmptied: () => {},
    })
    const { contentDir } = fleet
    await (await syncContinuously(alone, { contentDir, log: silentLog })).stop()
    alone.close()

    const again = await startNode(url, 'all', {}, fleet.folder)
    const web = await startNode(url, 'web')
    await eventually(() => expect(titleOf(web, 'a')).toBe('Edited alone'))
    await eventually(() => expect(answersOf(web)).toEqual(answersOf(again)))
  })

  it.skipIf(mountObstacle())('takes back what was withdrawn although a disk is full', async () => {
    const { url } = await makeDatabase()
    const writer = await startNode(url, 'writer', { [path('a')]: articleOf('') })
    const folder = makeFolder()
    onTestFinished(mountMemory(join(folder, 'data'), '16m'))
    const web = await startNode(url, 'web', {}, folder)
    await eventually(() => expect(titleOf(web, 'a')).toBe('A vault'))
    const ballast = Buffer.alloc(16 * 1024 * 1024)
    expect(() => writeFileSync(join(folder, 'data', 'ballast'), ballast)).toThrow(/ENOSPC/)
    // Behind a picture for which there is no room either, even where the index gives some back.
    const raw = { width: 1400, height: 1400, channels: 3 } as const
    const noise = sharp(randomBytes(1400 * 1400 * 3), { raw }).png({ compressionLevel: 0 })
    writer.write('media/a.png', await noise.toBuffer())
    await eventually(() => expect(web.fleet()?.failure).toMatch(/ENOSPC/))
    writer.write(path('a'), articleOf('withdrawn: true'))
    await writer.publish()
    await eventually(() => expect(web.suppressed()).toMatchObject([{ slug: 'a' }]))
  })

  it('says when an article left that it has never seen', async () => {
    const { url, query } = await makeDatabase()
    await startNode(url, 'writer', { [path('a')]: articleOf('') })
    const web = await startNode(url, 'web')
    await eventually(() => expect(titleOf(web, 'a')).toBe('A vault'))
    const removedAt = () => web.index.findLastRemovalAt({ locale: 'en', scope: { kind: 'latest' } })
    expect(removedAt()).toBeUndefined()
    const { revision } = web.index.status()
    // It was published and deleted between two looks of this node.
    await query(`INSERT INTO documents (path, revision, digest, deleted, changed_at)
      VALUES ('${path('b')}', 2, 'as it was', true, now())`)
    await query("INSERT INTO removals VALUES ('en', 'latest', '', 1795000000000, 2)")
    await query('UPDATE state SET revision = 2')
    await eventually(() => expect(removedAt()).toBe(new Date(1795000000000).toISOString()))
    // Pages and feeds that are kept are asked again. A session gives the revision after its commits.
    await eventually(() => expect(web.index.status().revision).toBeGreaterThan(revision))
  })

  it('publishes nothing in a term that is over, and sends no reader to code that is too old', async () => {
    const { url, query } = await makeDatabase()
    const writer = await startNode(url, 'all', { [path('a')]: articleOf('') })
    await query("INSERT INTO migrations (number, name) VALUES (99, 'from the future')")
    const old = await startNode(url, 'web')
    expect(old.fleet()?.waitsFor).toMatch(/made by a newer version of Dateline/)
    await query("UPDATE leases SET holder = 'other', term = 7, until = now() + interval '1 minute'")
    await query('UPDATE state SET term = 7')
    writer.write(path('a'), articleOf('title: Too late'))
    await expect(writer.publish()).rejects.toThrow(/does not write content; other does/)
    expect(titleOf(writer, 'a')).toBe('A vault')
    expect(await query('SELECT revision FROM state')).toEqual([{ revision: '1' }])
    await eventually(() => expect(writer.fleet()?.lease?.isMine).toBe(false))
  })

  it('takes over what it has written in a transaction whose end it was not told of', async () => {
    const { url, query } = await makeDatabase()
    const writer = await startNode(url, 'all', { [path('a')]: articleOf('') })
    const web = await startNode(url, 'web')
    // As it is after a commit whose answer was lost: a file that was published, and is gone by now.
    await query(`INSERT INTO documents (path, revision, digest, deleted, changed_at, newest_at, source,
        prepared, prepared_version)
      SELECT '${path('b')}', 2, 'lost', deleted, now(), newest_at, source, prepared, prepared_version
      FROM documents`)
    await query('UPDATE state SET revision = 2')
    await query("SELECT pg_notify('dateline', '2')")
    // The folder is what counts: where it has no such file, it goes again.
    await eventually(() => expect(web.fleet()?.revision).toBe(3))
    await eventually(() => expect(writer.fleet()?.revision).toBe(3))
    expect(answersOf(web)).toEqual(answersOf(writer))
    expect(await query('SELECT path FROM documents WHERE NOT deleted')).toEqual([
      { path: path('a') },
    ])
  })

  it('serves on while the database is away, and publishes when it is back', async () => {
    const { url, query } = await makeDatabase()
    const name = new URL(url).pathname.slice(1)
    const admin = new pg.Client({ connectionString: server.url })
    await admin.connect()
    onTestFinished(() => admin.end())
    const writer = await startNode(url, 'all', { [path('a')]: articleOf('') })
    const web = await startNode(url, 'web')
    await query('SELECT 1')
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`)
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1', [
      name,
    ])
    await eventually(() => expect(web.fleet()?.failure).toMatch(/cannot follow the database/))
    writer.write(path('a'), articleOf('title: Edited'))
    await expect(writer.publish()).rejects.toThrow(/database of the fleet/)
    expect([titleOf(writer, 'a'), titleOf(web, 'a')]).toEqual(['A vault', 'A vault'])
    expect(web.progress()?.state).toBe('ready')
    // Also what is started meanwhile.
    await web.stop()
    const again = await startNode(url, 'web', {}, web.folder)
    expect([titleOf(again, 'a'), again.progress()?.state]).toEqual(['A vault', 'ready'])
    await admin.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`)
    await eventually(() => expect(titleOf(again, 'a')).toBe('Edited'))
    expect(writer.fleet()?.failure).toBeUndefined()
  })
})
