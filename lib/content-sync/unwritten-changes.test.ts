import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Suppressed } from '#lib/article-index/article-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { logTo } from '#lib/node/log.ts'
import { syncContinuously } from './sync-continuously.ts'

const soon = { timeout: 30_000, interval: 20 }

const fileOf = (more = '') =>
  `---\ntitle: A vault\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n${more}---\nText.\n`

/** A folder with some articles, an index that can be made unwritable, and a reader of it. */
async function open(files: Record<string, string>) {
  const dir = mkdtempSync(join(tmpdir(), 'dateline-unwritten-'))
  const contentDir = join(dir, 'content')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(contentDir, path)), { recursive: true })
    writeFileSync(join(contentDir, path), text)
  }
  for (const [path, text] of Object.entries(files)) {
    write(path, text)
    utimesSync(join(contentDir, path), new Date(0), new Date(0))
  }
  const lines: string[] = []
  const dataDir = join(dir, 'data')
  const writing = openArticleIndex({ dataDir })
  const disk = { isFull: false }
  const index: typeof writing = {
    ...writing,
    // As SQLite does it: the disk is seen to be full when pages are written, not when they are read.
    write: (work) =>
      writing.write((session) =>
        work({
          ...session,
          async apply(change) {
            const full = Object.assign(new Error('database or disk is full'), { errcode: 13 })
            if (disk.isFull) throw full
            return await session.apply(change)
          },
        }),
      ),
  }
  const served = openArticleIndex({ dataDir, readOnly: true })
  const lists: Suppressed[][] = []
  const watch = async () => {
    const watcher = await syncContinuously(index, {
      contentDir,
      log: logTo(lines),
      onSuppressed: (suppressed) => {
        lists.push(suppressed)
        served.suppress(suppressed)
      },
    })
    onTestFinished(watcher.stop)
    return watcher
  }
  onTestFinished(() => {
    served.close()
    writing.close()
    rmSync(dir, { recursive: true })
  })
  const remove = (path: string) => rmSync(join(contentDir, path))
  return { write, remove, disk, served, lists, lines, watch }
}

const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const articles = Object.fromEntries(names.map((name) => [`articles/en/${name}.md`, fileOf()]))

it('takes back what is taken back while the disk is full, and nothing else', async () => {
  const { write, remove, disk, served, watch, lists } = await open(articles)
  const { state } = await watch()
  await vi.waitFor(() => expect(served.status().visibleCount.en).toBe(7), soon)
  disk.isFull = true
  write('articles/en/a.md', fileOf('withdrawn: true\n'))
  write('articles/en/b.md', fileOf('draft: true\n'))
  write('articles/en/c.md', fileOf('noindex: true\n'))
  remove('articles/en/d.md')
  write('articles/en/e.md', fileOf('publishedAt: soon\n').replace(/^publishedAt: '.*\n/m, ''))
  write('articles/en/f.md', fileOf().replace('A vault', 'Another title'))
  const shown = () => names.filter((name) => served.findArticle('en', name))
  await vi.waitFor(() => expect(shown()).toEqual(['f', 'g']), soon)
  expect(served.findAbsence('en', 'a')).toEqual({ kind: 'withdrawn' })
  expect(served.findAbsence('en', 'd')).toEqual({ kind: 'unknown' })
  expect(
    served.listArticles({ locale: 'en', scope: { kind: 'latest' }, page: 1, pageSize: 9 }),
  ).toMatchObject({ articleCount: 2 })
  await vi.waitFor(
    () =>
      expect(state()).toEqual({
        state: 'failed',
        reason: 'The index cannot be written to: database or disk is full',
      }),
    soon,
  )

  // As it was before: nothing has to be written for that.
  write('articles/en/b.md', fileOf())
  await vi.waitFor(() => expect(shown()).toEqual(['b', 'f', 'g']), soon)

  disk.isFull = false
  await vi.waitFor(() => expect(lists.at(-1)).toEqual([]), soon)
  expect(shown()).toEqual(['b', 'c', 'f', 'g'])
  expect(served.findArticle('en', 'f')?.title).toBe('Another title')
  await vi.waitFor(() => expect(state()).toEqual({ state: 'ready' }), soon)
})

it('takes back pages, authors, redirects and pictures as well', async () => {
  const page = (more = '') => `---\ntitle: A page\n${more}---\nText.\n`
  const author = (more = '') => `---\nname: Jo Doe\n${more}---\n`
  const pages = ['gone', 'draft', 'broken', 'unlisted', 'edited', 'kept']
  const { write, remove, disk, served, watch, lists } = await open({
    ...Object.fromEntries(pages.map((name) => [`pages/en/${name}.md`, page()])),
    // Of one name with a page: what becomes of the page is nothing to it.
    'articles/en/gone.md': fileOf(),
    'authors/jo.md': author(),
    'authors/al.md': author(),
    'authors/al.uk.md': author(),
    'redirects.txt': '/a /x\n/b /x\n',
  })
  await watch()
  const shown = () => served.listPages('en').map(({ name }) => name)
  await vi.waitFor(() => expect(shown()).toHaveLength(6), soon)
  await vi.waitFor(() => expect(served.findRedirect('/a')).toBeDefined(), soon)
  const epoch = served.epoch()
  disk.isFull = true
  remove('pages/en/gone.md')
  write('pages/en/draft.md', page('draft: true\n'))
  write('pages/en/broken.md', '---\ntitle: [\n---\n')
  write('pages/en/unlisted.md', page('noindex: true\n'))
  write('pages/en/edited.md', page().replace('A page', 'Another title'))
  write('authors/jo.md', author('draft: true\n'))
  remove('authors/al.uk.md')
  write('redirects.txt', '/b /y\n')
  await vi.waitFor(() => expect(shown()).toEqual(['edited', 'kept']), soon)
  await vi.waitFor(() => expect(served.findRedirect('/a')).toBeUndefined(), soon)
  expect(served.epoch()).not.toBe(epoch)
  expect(pages.filter((name) => served.findPage('en', name))).toEqual(['edited', 'kept'])
  await vi.waitFor(
    () => expect(served.listAuthors('en').map(({ key }) => key)).toEqual(['al']),
    soon,
  )
  expect(served.findAuthor('uk', 'jo')).toBeUndefined()
  expect(served.listBylines({ locale: 'en', authors: ['jo'] })).toEqual([
    { name: 'jo', key: undefined },
  ])
  expect(served.findRedirect('/b')).toBeDefined()
  expect(served.findArticle('en', 'gone')).toBeDefined()
  disk.isFull = false
  await vi.waitFor(() => expect(lists.at(-1)).toEqual([]), soon)
  expect(shown()).toEqual(['edited', 'kept', 'unlisted'])
})

it('suppresses it again before it is ready, when it starts with a full disk', async () => {
  const { write, disk, served, watch, lines } = await open(articles)
  const first = await watch()
  await vi.waitFor(() => expect(served.status().visibleCount.en).toBe(7), soon)
  first.stop()
  disk.isFull = true
  write('articles/en/a.md', fileOf('withdrawn: true\n'))
  write('articles/en/new.md', fileOf())
  expect(served.findArticle('en', 'a')).toBeDefined()
  await watch()
  expect(served.findAbsence('en', 'a')).toEqual({ kind: 'withdrawn' })
  expect(served.findArticle('en', 'b')).toBeDefined()
  await vi.waitFor(() => expect(lines.join('\n')).toContain('disk is full'), soon)
  disk.isFull = false
  await vi.waitFor(() => expect(served.findArticle('en', 'new')).toBeDefined(), soon)
  expect(served.findAbsence('en', 'a')).toEqual({ kind: 'withdrawn' })
})
