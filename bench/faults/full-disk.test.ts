import { mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { startContentSync } from '#lib/content-sync/start-content-sync.ts'
import { logTo } from '#lib/node/log.ts'
import { mountMemory, mountObstacle } from './mount.ts'

const soon = { timeout: 60_000, interval: 50 }

const fileOf = (more = '') =>
  `---\ntitle: A vault\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n${more}---\nText.\n`

/** A site whose data folder lies on a disk of its own, with a reader that leaves out what it is asked to. */
async function open() {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-full-disk-'))
  const contentDir = join(folder, 'content')
  const dataDir = join(folder, 'data')
  mkdirSync(join(contentDir, 'articles/en'), { recursive: true })
  const unmount = mountMemory(dataDir, '8m')
  const write = (name: string, text: string) =>
    writeFileSync(join(contentDir, `articles/en/${name}.md`), text)
  for (const name of ['a', 'b', 'c', 'd']) write(name, fileOf())
  const lines: string[] = []
  const log = logTo(lines)
  const index = openArticleIndex({ dataDir, readOnly: true, log })
  const hidden: string[][] = []
  const start = async () => {
    const sync = await startContentSync({
      dataDir,
      contentDir,
      log,
      onSuppressed(suppressed) {
        hidden.push(suppressed.flatMap((one) => (one.kind === 'entry' ? [] : one.slug)).sort())
        index.suppress(suppressed)
      },
    })
    onTestFinished(sync.stop)
    return sync
  }
  onTestFinished(async () => {
    index.close()
    await vi.waitFor(unmount, soon)
    rmSync(folder, { recursive: true })
  })
  const ballast = join(dataDir, 'ballast')
  return {
    index,
    lines,
    hidden,
    start,
    write,
    remove: (name: string) => rmSync(join(contentDir, `articles/en/${name}.md`)),
    /** Byte by byte, until not one more can be written. */
    fill() {
      const { bavail, bsize } = statfsSync(dataDir)
      writeFileSync(ballast, Buffer.alloc(bavail * bsize))
      expect(() => writeFileSync(join(dataDir, 'more'), 'x')).toThrow(/ENOSPC/)
    },
    free: () => rmSync(ballast),
  }
}

it.skipIf(mountObstacle())('articles are taken back although nothing can be written', async () => {
  const { index, start, write, remove, fill, free, lines, hidden } = await open()
  const sync = await start()
  await vi.waitFor(() => expect(index.status().visibleCount.en).toBe(4), soon)
  fill()
  // Large enough that the index cannot take it into the room that it has already.
  write('new', `${fileOf()}${`${'word '.repeat(100)}\n\n`.repeat(3000)}`)
  write('a', fileOf('withdrawn: true\n'))
  remove('b')
  await vi.waitFor(() => expect(index.findAbsence('en', 'a')).toEqual({ kind: 'withdrawn' }), soon)
  await vi.waitFor(() => expect(index.findArticle('en', 'b')).toBeUndefined(), soon)
  expect(index.findArticle('en', 'c')).toBeDefined()

  // Another process takes over and has to find out by itself.
  process.kill(sync.pid() ?? 0, 'SIGKILL')
  write('c', fileOf('draft: true\n'))
  await vi.waitFor(() => expect(sync.state().state).toBe('restarting'), soon)
  await vi.waitFor(() => expect(index.findArticle('en', 'c')).toBeUndefined(), soon)
  expect(index.findAbsence('en', 'a')).toEqual({ kind: 'withdrawn' })
  expect(index.findArticle('en', 'b')).toBeUndefined()
  expect(index.findArticle('en', 'd')).toBeDefined()

  expect(hidden.at(-1)).toEqual(['a', 'b', 'c'])

  free()
  await vi.waitFor(() => expect(index.findArticle('en', 'new')).toBeDefined(), soon)
  await vi.waitFor(() => expect(sync.state().state).toBe('ready'), soon)
  expect(index.status().visibleCount.en).toBe(2)
  expect(hidden.at(-1)).toEqual([])
  expect(lines.join('\n')).toMatch(/disk is full|disk I\/O error/)
})
