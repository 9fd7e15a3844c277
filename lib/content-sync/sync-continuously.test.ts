import { mkdir, mkdtemp, readdir, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { logTo } from '#lib/node/log.ts'
import { settleMilliseconds } from './read-outcome.ts'
import { createRemovalGuard, type RemovalGuard } from './removal-guard.ts'
import { type IndexProgress, syncContinuously } from './sync-continuously.ts'
import type { Watch } from './watch-folder.ts'

const fileOf = (title: string, body = 'Text.') =>
  `---\ntitle: ${title}\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n---\n${body}\n`

async function open({
  watch,
  guard,
  slugs = [],
}: {
  watch?: Watch
  guard?: RemovalGuard
  slugs?: string[]
} = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-watch-'))
  const contentDir = join(dir, 'content')
  await mkdir(join(contentDir, 'articles'), { recursive: true })
  const write = (path: string, text: string) => writeFile(join(contentDir, path), text)
  for (const slug of slugs) await write(`articles/${slug}.md`, fileOf(slug))
  const lines: string[] = []
  const log = logTo(lines)
  const index = openArticleIndex({ dataDir: join(dir, 'data'), log })
  const reported: IndexProgress[] = []
  const onProgress = (progress: IndexProgress) => void reported.push(progress)
  const watcher = await syncContinuously(index, { contentDir, log, watch, guard, onProgress })
  onTestFinished(async () => {
    watcher.stop()
    index.close()
    await rm(dir, { recursive: true })
  })
  const titleOf = (slug: string) => index.findArticle('en', slug)?.title
  const count = () => index.status().visibleCount.en
  return { index, contentDir, write, lines, titleOf, count, reported, ...watcher }
}

const soon = { timeout: 30_000, interval: 20 }

it('notices files that are written, edited, renamed into place and removed', async () => {
  const { titleOf, write, contentDir } = await open()
  await write('articles/a.md', fileOf('First'))
  await vi.waitFor(() => expect(titleOf('a')).toBe('First'), soon)
  await write('articles/a.md', fileOf('Second'))
  await vi.waitFor(() => expect(titleOf('a')).toBe('Second'), soon)
  await write('articles/b.md.tmp', fileOf('Moved'))
  await rename(join(contentDir, 'articles/b.md.tmp'), join(contentDir, 'articles/b.md'))
  await vi.waitFor(() => expect(titleOf('b')).toBe('Moved'), soon)
  await rm(join(contentDir, 'articles/a.md'))
  await vi.waitFor(() => expect(titleOf('a')).toBeUndefined(), soon)
})

it('names a broken file by name, line and field, and goes on', async () => {
  const { titleOf, write, lines } = await open()
  await write('articles/broken.md', '---\ntitle: x\npublishedAt: soon\ncategory: A\n---\n')
  await vi.waitFor(
    () => expect(lines.join('\n')).toMatch(/articles\/broken\.md:3 publishedAt/),
    soon,
  )
  await write('articles/good.md', fileOf('Good'))
  await vi.waitFor(() => expect(titleOf('good')).toBe('Good'), soon)
})

it('reports what it finds of large files one by one, after the others', async () => {
  const { write, contentDir, count, lines } = await open()
  for (const name of ['a', 'b', 'c'])
    await write(`articles/${name}.md.tmp`, fileOf(name, 'Plain words. '.repeat(25_000)))
  await write('articles/d.md.tmp', fileOf('d'))
  for (const name of ['a', 'b', 'c', 'd'])
    await rename(
      join(contentDir, `articles/${name}.md.tmp`),
      join(contentDir, `articles/${name}.md`),
    )
  await vi.waitFor(() => expect(count()).toBe(4), soon)
  await vi.waitFor(
    () =>
      expect(lines.filter((line) => line.startsWith('Content:'))).toEqual(
        Array(4).fill('Content: 1 new, 0 changed, 0 removed.'),
      ),
    soon,
  )
})

it('never takes a file before its writer is done with it', async () => {
  const { index, write, titleOf } = await open()
  const whole = fileOf('Whole', 'Words. '.repeat(500))
  const seen = new Set<string | undefined>()
  // On a busy machine a pause may be so long that the writer seems to be done: what is read from then
  // on says nothing.
  let isSteady = true
  for (let length = 0, at = Date.now(); length < whole.length; length += 400, at = Date.now()) {
    await write('articles/slow.md', whole.slice(0, length))
    await setTimeout(15)
    const read = index.findArticle('en', 'slow')?.body
    isSteady &&= Date.now() - at < settleMilliseconds
    if (isSteady) seen.add(read)
  }
  await write('articles/slow.md', whole)
  await vi.waitFor(() => expect(titleOf('slow')).toBe('Whole'), soon)
  expect([...seen]).toEqual([undefined])
  expect(index.findArticle('en', 'slow')?.body.match(/Words/g)).toHaveLength(500)
})

it('keeps what is known while an editor has emptied a file to write it anew', async () => {
  const { write, titleOf } = await open({ slugs: ['a'] })
  await write('articles/a.md', '')
  await setTimeout(400)
  expect(titleOf('a')).toBe('a')
  await write('articles/a.md', fileOf('Again'))
  await vi.waitFor(() => expect(titleOf('a')).toBe('Again'), soon)
})

it('has a thousand files that come at once live within ten seconds', async () => {
  const { write, count } = await open()
  const names = Array.from({ length: 1000 }, (_, i) => `articles/s${i}.md`)
  await Promise.all(names.map((name) => write(name, fileOf(name))))
  await vi.waitFor(() => expect(count()).toBe(1000), soon)
})

it('scans when the platform cannot watch, and says so', async () => {
  const watch = () => {
    throw Object.assign(new Error('ENOSPC: no space for watchers'), { code: 'ENOSPC' })
  }
  const { write, titleOf, lines } = await open({ watch, slugs: ['a'] })
  expect(lines).toContain(
    'The content folder cannot be watched (ENOSPC: no space for watchers); it is scanned instead.',
  )
  await write('articles/a.md', fileOf('Other'))
  await vi.waitFor(() => expect(titleOf('a')).toBe('Other'), soon)
})

it('serves on while the folder is missing, says so once, and watches the one that comes back', async () => {
  const { contentDir, titleOf, write, lines, syncNow } = await open({ slugs: ['a'] })
  await rename(contentDir, `${contentDir}-away`)
  await vi.waitFor(() => expect(lines.at(-1)).toMatch(/stays served: .*does not exist/), soon)
  await expect(syncNow()).rejects.toThrow(/does not exist/)
  expect(titleOf('a')).toBe('a')
  await setTimeout(2500)
  expect(lines.filter((line) => line.includes('does not exist'))).toHaveLength(1)

  await rename(`${contentDir}-away`, contentDir)
  await vi.waitFor(() => expect(lines.at(-1)).toBe('Content is up to date again.'), soon)
  await setTimeout(100)
  await write('articles/b.md', fileOf('After'))
  await vi.waitFor(() => expect(titleOf('b')).toBe('After'), soon)
})

it('takes everything down when the folder is emptied', async () => {
  const { contentDir, count } = await open({ slugs: ['a', 'b'] })
  for (const name of await readdir(contentDir))
    await rm(join(contentDir, name), { recursive: true })
  await vi.waitFor(() => expect(count()).toBe(0), soon)
})

it('is there as soon as the newest articles are, and says how far it has come', async () => {
  const slugs = Array.from({ length: 300 }, (_, i) => `s${i}`)
  const { count, progress } = await open({ slugs })
  expect(count()).toBeGreaterThan(0)
  await vi.waitFor(() => expect(progress().state).toBe('ready'), soon)
  expect([progress().filesSeen, progress().filesTotal, count()]).toEqual([300, 300, 300])
})

it('stays ready while it reads what was saved later, until the index is emptied', async () => {
  const { reported, write, syncNow, progress, refill, index, count } = await open({ slugs: ['a'] })
  await vi.waitFor(() => expect(progress().state).toBe('ready'), soon)
  reported.length = 0
  for (const slug of ['b', 'c']) await write(`articles/${slug}.md`, fileOf(slug))
  await syncNow()
  expect(reported.map(({ state }) => state)).not.toContain('indexing')
  expect(reported.some(({ filesSeen, filesTotal }) => filesSeen < filesTotal)).toBe(true)
  await index.rebuild('of a test')
  refill()
  expect(progress().state).toBe('indexing')
  await vi.waitFor(() => expect(progress()).toMatchObject({ state: 'ready', filesSeen: 3 }), soon)
  expect(count()).toBe(3)
})

it('takes a file whose time lies far ahead', async () => {
  const { contentDir, write, titleOf } = await open()
  await write('articles/a.md.tmp', fileOf('Ahead'))
  const ahead = new Date(Date.now() + 86_400_000)
  await utimes(join(contentDir, 'articles/a.md.tmp'), ahead, ahead)
  await rename(join(contentDir, 'articles/a.md.tmp'), join(contentDir, 'articles/a.md'))
  await vi.waitFor(() => expect(titleOf('a')).toBe('Ahead'), soon)
})

it('goes over to the folder that a link is turned to', async () => {
  const { contentDir, titleOf } = await open({ slugs: ['a'] })
  await rename(contentDir, `${contentDir}-1`)
  await symlink(`${contentDir}-1`, contentDir)
  await mkdir(join(`${contentDir}-2`, 'articles'), { recursive: true })
  await writeFile(join(`${contentDir}-2`, 'articles/b.md'), fileOf('Next release'))
  await symlink(`${contentDir}-2`, `${contentDir}-link`)
  await rename(`${contentDir}-link`, contentDir)
  await vi.waitFor(() => expect(titleOf('b')).toBe('Next release'), soon)
  expect(titleOf('a')).toBeUndefined()
  await writeFile(join(`${contentDir}-2`, 'articles/c.md'), fileOf('And on'))
  await vi.waitFor(() => expect(titleOf('c')).toBe('And on'), soon)
})

it('watches on while the folder is a link to itself, and when it was put back', async () => {
  const { contentDir, titleOf, write } = await open({ slugs: ['a'] })
  await rename(contentDir, `${contentDir}-away`)
  await symlink(`${contentDir}-away`, contentDir)
  for (const name of ['b', 'c']) {
    await write(`articles/${name}.md`, fileOf(name))
    await vi.waitFor(() => expect(titleOf(name)).toBe(name), soon)
  }
  await rm(contentDir)
  await rename(`${contentDir}-away`, contentDir)
  for (const name of ['d', 'e']) {
    await write(`articles/${name}.md`, fileOf(name))
    await vi.waitFor(() => expect(titleOf(name)).toBe(name), soon)
  }
})

it('watches on when the folder was away', async () => {
  const { contentDir, titleOf, write, lines, state } = await open({ slugs: ['a'] })
  await rename(contentDir, `${contentDir}-away`)
  await vi.waitFor(() => expect(state().state).toBe('failed'), soon)
  await rename(`${contentDir}-away`, contentDir)
  await vi.waitFor(() => expect(state().state).toBe('ready'), soon)
  for (const name of ['b', 'c']) {
    await write(`articles/${name}.md`, fileOf(name))
    await vi.waitFor(() => expect(titleOf(name)).toBe(name), soon)
  }
  expect(lines.filter((line) => line.includes('cannot be watched'))).toEqual([])
})

it('watches on when the folder becomes a link and is put back, again and again', async () => {
  const { contentDir, titleOf, write } = await open({ slugs: ['a'] })
  for (let round = 0; round < 4; round += 1) {
    await rename(contentDir, `${contentDir}-away`)
    await symlink(`${contentDir}-away`, contentDir)
    await rm(contentDir)
    await rename(`${contentDir}-away`, contentDir)
    await write(`articles/${round}.md`, fileOf(`Round ${round}`))
    // The next scan is a minute away.
    await vi.waitFor(() => expect(titleOf(`${round}`)).toBe(`Round ${round}`), soon)
  }
})

describe('a folder that loses most of its articles', () => {
  const slugs = Array.from({ length: 30 }, (_, i) => `s${i}`)

  async function openEmptied() {
    const clock = { now: Date.now() }
    const guard = createRemovalGuard(() => clock.now)
    const site = await open({ slugs, guard })
    await vi.waitFor(() => expect(site.count()).toBe(30), soon)
    const away = `${site.contentDir}-away`
    await rename(site.contentDir, away)
    await mkdir(site.contentDir)
    await vi.waitFor(() => expect(site.state().state).toBe('waiting-for-confirmation'), soon)
    expect(site.count()).toBe(30)
    return { ...site, clock, away }
  }

  it('keeps them for the time being, and for good when they are back', async () => {
    const { contentDir, away, count, state, lines, clock, titleOf, write } = await openEmptied()
    expect(state().reason).toMatch(/30 of 30 files are missing .* --confirm-removals/)
    expect(lines.filter((line) => line.includes('are missing'))).toHaveLength(1)
    await rm(contentDir, { recursive: true })
    await rename(away, contentDir)
    await vi.waitFor(() => expect(state()).toEqual({ state: 'ready' }), soon)
    clock.now += 120_000
    await write('articles/new.md', fileOf('New'))
    await vi.waitFor(() => expect(titleOf('new')).toBe('New'), soon)
    expect(count()).toBe(31)
    expect(lines.filter((line) => /[1-9]\d* removed/.test(line))).toEqual([])
  })

  it('loses them after a minute', async () => {
    const { count, state, clock } = await openEmptied()
    clock.now += 60_000
    await vi.waitFor(() => expect(count()).toBe(0), soon)
    await vi.waitFor(() => expect(state()).toEqual({ state: 'ready' }), soon)
  })

  it('loses them at once when that is confirmed, and takes what is new meanwhile', async () => {
    const { contentDir, count, syncNow, write, titleOf } = await openEmptied()
    await mkdir(join(contentDir, 'articles'))
    await write('articles/new.md', fileOf('New'))
    await vi.waitFor(() => expect(titleOf('new')).toBe('New'), soon)
    expect(await syncNow()).toMatchObject({ removed: 0, held: { missing: 30, known: 31 } })
    expect(count()).toBe(31)
    expect(await syncNow({ confirmRemovals: true })).toMatchObject({ removed: 30, held: undefined })
    expect(count()).toBe(1)
  })

  it('keeps them also when their files go one by one', async () => {
    const { contentDir, count, state } = await open({ slugs })
    await vi.waitFor(() => expect(count()).toBe(30), soon)
    await Promise.all(slugs.map((slug) => rm(join(contentDir, `articles/${slug}.md`))))
    await vi.waitFor(() => expect(state().state).toBe('waiting-for-confirmation'), soon)
    // Fewer than twenty may have been seen to go before the others.
    expect(count()).toBeGreaterThan(10)
  })

  it('lets them move', async () => {
    const { contentDir, count, lines } = await open({ slugs })
    await vi.waitFor(() => expect(count()).toBe(30), soon)
    await rename(join(contentDir, 'articles'), join(contentDir, 'stories'))
    await vi.waitFor(() => expect(lines.join()).toMatch(/30 new, 0 changed, 30 removed/), soon)
    expect(count()).toBe(30)
    expect(lines.join()).not.toContain('are missing')
  })
})
