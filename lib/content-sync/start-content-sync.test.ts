import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { logTo } from '#lib/node/log.ts'
import { createProgressReporter } from './run-sync-process.ts'
import { startContentSync } from './start-content-sync.ts'

const fileOf = (title: string) =>
  `---\ntitle: ${title}\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n---\nText.\n`

/** A site whose content folder holds some files, read by one connection and written beside it. */
async function open({ files = {} as Record<string, string>, hasFolder = true } = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-sync-'))
  const [contentDir, dataDir] = [join(dir, 'content'), join(dir, 'data')]
  const write = (path: string, text: string) => writeFile(join(contentDir, path), text)
  if (hasFolder) await mkdir(join(contentDir, 'articles'), { recursive: true })
  for (const [path, text] of Object.entries(files)) await write(path, text)
  const lines: string[] = []
  const log = logTo(lines)
  const index = openArticleIndex({ dataDir, readOnly: true, log })
  onTestFinished(async () => {
    index.close()
    await rm(dir, { recursive: true })
  })
  const start = async (options = {}) => {
    const sync = await startContentSync({ dataDir, contentDir, log, ...options })
    onTestFinished(sync.stop)
    return sync
  }
  return { index, contentDir, dataDir, write, lines, start }
}

const soon = { timeout: 30_000, interval: 20 }

it('watches the folder from another process', async () => {
  const { index, write, start, lines } = await open({ files: { 'articles/a.md': fileOf('First') } })
  const sync = await start()
  expect(index.findArticle('en', 'a')?.title).toBe('First')
  expect(sync.progress()).toEqual({ state: 'ready', filesSeen: 1, filesTotal: 1 })
  await expect(sync.outbox.take()).rejects.toThrow('in no fleet')
  await write('articles/a.md', fileOf('Second'))
  await vi.waitFor(() => expect(index.findArticle('en', 'a')?.title).toBe('Second'), soon)
  // What is said comes from the other process as well, after the index was written.
  await vi.waitFor(() => expect(lines).toContain('Content: 0 new, 1 changed, 0 removed.'), soon)
})

it('looks at once when asked to: at one file, or at all', { retry: 2 }, async () => {
  const { index, write, start, contentDir } = await open()
  const sync = await start()
  await write('articles/a.md', fileOf('First'))
  await sync.syncNow({ paths: ['articles/a.md'] })
  expect(index.findArticle('en', 'a')?.title).toBe('First')
  await write('articles/b.md', fileOf('Second'))
  await sync.syncNow()
  expect(index.findArticle('en', 'b')?.title).toBe('Second')
  await rename(contentDir, `${contentDir}-gone`)
  await expect(sync.syncNow()).rejects.toThrow(/content folder .* does not exist/)
  expect(index.findArticle('en', 'b')).toBeDefined()
})

it('answers for nothing that changed while it was away', async () => {
  const { index, write, start, contentDir } = await open({
    files: { 'articles/a.md': fileOf('First'), 'articles/b.md': fileOf('Second') },
  })
  const first = await start()
  first.stop()
  await write('articles/a.md', fileOf('Other'))
  await rm(join(contentDir, 'articles/b.md'))
  await start()
  expect(index.findArticle('en', 'a')?.title).toBe('Other')
  expect(index.findArticle('en', 'b')).toBeUndefined()
})

it('builds the index anew when a reader has found it damaged', async () => {
  const { index, write, start, lines } = await open({ files: { 'articles/a.md': fileOf('First') } })
  const sync = await start()
  sync.rebuild('it is damaged')
  const told = () =>
    lines.filter((line) => line.includes('rebuilt from the content files: it is damaged'))
  await vi.waitFor(() => expect(told()).toHaveLength(1), soon)
  await vi.waitFor(() => expect(index.findArticle('en', 'a')?.title).toBe('First'), soon)
  await write('articles/a.md', fileOf('Second'))
  await vi.waitFor(() => expect(index.findArticle('en', 'a')?.title).toBe('Second'), soon)
})

it('makes way for a fresh process after much work of its own, not of one of its threads', () => {
  const listSent = (progress: { isInThread?: boolean }) => {
    const sent: string[] = []
    const report = createProgressReporter({
      manyFiles: 100,
      send: ({ kind }) => void sent.push(kind),
      onManyFiles: () => void sent.push('lowered'),
    })
    for (const filesSeen of [0, 50]) {
      report({ state: 'indexing', filesSeen, filesTotal: 100, ...progress })
    }
    report({ state: 'ready', filesSeen: 100, filesTotal: 100 })
    return sent
  }
  expect(listSent({})).toEqual(['progress', 'lowered', 'progress', 'progress', 'replaceable'])
  expect(listSent({ isInThread: true })).toEqual(['progress', 'progress', 'progress'])
})

it('goes on in a fresh process when the first has had much to do, and misses nothing', async () => {
  const { index, write, start } = await open({ files: { 'articles/a.md': fileOf('First') } })
  const sync = await start({ manyFiles: 1 })
  const former = sync.pid()
  await write('articles/a.md', fileOf('Second'))
  await vi.waitFor(() => expect(sync.pid()).not.toBe(former), soon)
  await vi.waitFor(() => expect(index.findArticle('en', 'a')?.title).toBe('Second'), soon)
  await write('articles/a.md', fileOf('Third'))
  expect((await sync.syncNow({ paths: ['articles/a.md'] })).changed).toBeLessThanOrEqual(1)
  expect(index.findArticle('en', 'a')?.title).toBe('Third')
})

it('goes on after its process was killed, and says so', async () => {
  const { index, write, start, lines } = await open({ files: { 'articles/a.md': fileOf('First') } })
  const sync = await start()
  process.kill(sync.pid() ?? 0, 'SIGKILL')
  await write('articles/a.md', fileOf('Second'))
  await vi.waitFor(() => expect(index.findArticle('en', 'a')?.title).toBe('Second'), soon)
  expect(lines.filter((line) => line.includes('has ended: it ended with SIGKILL'))).toHaveLength(1)
})

it('replaces a process that hangs within seconds, and says so', async () => {
  const { index, write, start, lines } = await open({ files: { 'articles/a.md': fileOf('First') } })
  const sync = await start()
  await vi.waitFor(() => expect(sync.state().state).toBe('ready'), soon)
  const former = sync.pid() ?? 0
  process.kill(former, 'SIGSTOP')
  await write('articles/a.md', fileOf('Second'))
  // Who publishes meanwhile is not kept waiting.
  await expect(sync.syncNow()).rejects.toThrow(/has ended and is started again/)
  expect(sync.state()).toMatchObject({
    state: 'restarting',
    reason: expect.stringMatching(/no sign of life/),
  })
  await expect(sync.syncNow()).rejects.toThrow(/is started again \(it sent no sign of life/)
  await vi.waitFor(() => expect(index.findArticle('en', 'a')?.title).toBe('Second'), {
    timeout: 30_000,
  })
  await vi.waitFor(() => expect(sync.state().state).toBe('ready'), soon)
  expect(sync.pid()).not.toBe(former)
  expect(() => process.kill(former, 0)).toThrow()
  expect(lines.filter((line) => line.includes('no sign of life'))).toHaveLength(1)
})

it('says what it waits for', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => [`articles/${i}.md`, fileOf(`${i}`)]),
  )
  const { start, contentDir } = await open({ files })
  const sync = await start()
  await vi.waitFor(() => expect(sync.state().state).toBe('ready'), soon)
  const { since } = sync.state()
  await rename(contentDir, `${contentDir}-away`)
  await vi.waitFor(() => expect(sync.state().state).toBe('failed'), soon)
  expect(sync.state().reason).toMatch(/does not exist/)
  expect(sync.state().since > since).toBe(true)
  await mkdir(contentDir)
  await vi.waitFor(() => expect(sync.state().state).toBe('waiting-for-confirmation'), soon)
  expect(sync.state().reason).toMatch(/40 of 40 files are missing/)
  expect(await sync.syncNow()).toMatchObject({ removed: 0, held: { missing: 40 } })
  expect(await sync.syncNow({ confirmRemovals: true })).toMatchObject({ removed: 40 })
  await vi.waitFor(() => expect(sync.state().state).toBe('ready'), soon)
})

it('refuses to start without a content folder', async () => {
  const { start } = await open({ hasFolder: false })
  await expect(start()).rejects.toThrow(/content folder .* does not exist/)
})
