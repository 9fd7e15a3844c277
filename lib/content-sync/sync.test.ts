import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { syncArticles, syncPaths } from './sync.ts'

const folder = mkdtempSync(join(tmpdir(), 'sync-'))
const closing: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })]
let sites = 0

afterAll(() => {
  for (const close of closing.reverse()) close()
})

/** A content folder with files that are given as front matter fields, and an index beside it. */
function site(files: Record<string, string> = {}) {
  sites += 1
  const contentDir = join(folder, `${sites}`, 'content')
  const index = openArticleIndex({
    dataDir: join(folder, `${sites}`, 'data'),
    now: () => new Date('2026-11-22T12:00:00.000Z'),
  })
  closing.push(index.close)
  const write = (path: string, fields = '') => {
    mkdirSync(dirname(join(contentDir, path)), { recursive: true })
    writeFileSync(join(contentDir, path), article(fields))
  }
  mkdirSync(contentDir, { recursive: true })
  // Files that were written just now are looked at a second time, when they have come to rest.
  const aMinuteAgo = new Date(Date.now() - 60_000)
  for (const [path, fields] of Object.entries(files)) {
    write(path, fields)
    utimesSync(join(contentDir, path), aMinuteAgo, aMinuteAgo)
  }
  return {
    index,
    contentDir,
    write,
    remove: (path: string) => rmSync(join(contentDir, path), { recursive: true }),
    sync: () => syncArticles(index, { contentDir }),
    syncPaths: (...paths: string[]) => syncPaths(index, { contentDir, paths }),
  }
}

function article(fields: string): string {
  const lines = ['title: A vault', "publishedAt: '2026-05-01T08:00:00.000Z'", 'category: MARKETS']
  const own = fields.split('\n').filter((line) => line !== '')
  const keys = own.map((line) => line.split(':')[0])
  const kept = lines.filter((line) => !keys.includes(line.split(':')[0]))
  return `---\n${[...kept, ...own].join('\n')}\n---\nIt opened.\n`
}

describe('syncArticles', () => {
  it('adds, changes and removes what has been added, changed and removed', async () => {
    const { index, sync, write, remove } = site({ 'articles/a.md': '', 'articles/b.md': '' })
    expect(await sync()).toMatchObject({ added: 2, changed: 0, removed: 0, unchanged: 0 })
    write('articles/a.md', 'title: Another vault')
    write('articles/c.md')
    remove('articles/b.md')
    const report = await sync()
    expect(report).toMatchObject({ added: 1, changed: 1, removed: 1, unchanged: 0 })
    expect(report.addresses?.map(({ slug }) => slug).sort()).toEqual(['a', 'b', 'c'])
    expect(index.findArticle('en', 'a')?.title).toBe('Another vault')
    expect(index.findArticle('en', 'b')).toBeUndefined()
    expect(index.status()).toMatchObject({ articleCount: 2, fileCount: 2 })
  })

  it('changes nothing, and not the revision, when nothing has changed', async () => {
    const { index, sync, contentDir } = site({ 'a.md': '', 'b.md': '' })
    await sync()
    const { revision } = index.status()
    expect(await sync()).toMatchObject({ added: 0, changed: 0, unchanged: 2, addresses: [] })
    utimesSync(join(contentDir, 'a.md'), new Date(), new Date(0))
    expect(await sync()).toMatchObject({ added: 0, changed: 0, unchanged: 2, addresses: [] })
    expect(index.status().revision).toBe(revision)
  })

  it('names both addresses of an article that moves', async () => {
    const { sync, contentDir } = site({ 'old.md': '' })
    await sync()
    renameSync(join(contentDir, 'old.md'), join(contentDir, 'new.md'))
    const { addresses } = await sync()
    expect(addresses?.map(({ slug }) => slug).sort()).toEqual(['new', 'old'])
  })

  it('takes a file that became invalid out of the index and reports it until it is mended', async () => {
    const { index, sync, write } = site({ 'a.md': '' })
    await sync()
    write('a.md', 'publishedAt: 2026-02-30')
    const report = await sync()
    expect(report.problems).toMatchObject([{ severity: 'error', file: 'a.md' }])
    expect(report.addresses).toEqual([{ locale: 'en', slug: 'a' }])
    expect(index.findArticle('en', 'a')).toBeUndefined()
    expect(index.status()).toMatchObject({ articleCount: 0, fileCount: 1, errorCount: 1 })
    expect(index.listProblems()).toHaveLength(1)
    write('a.md')
    await sync()
    expect(index.findArticle('en', 'a')?.slug).toBe('a')
    expect(index.listProblems()).toEqual([])
  })

  it('brings a shadowed file to life when the one before it goes away', async () => {
    const { index, sync, remove } = site({
      'x/twin.md': 'title: First',
      'y/twin.md': 'title: Second',
    })
    await sync()
    expect(index.findArticle('en', 'twin')?.title).toBe('First')
    expect(index.listProblems()).toMatchObject([{ file: 'y/twin.md' }])
    remove('x/twin.md')
    await sync()
    expect(index.findArticle('en', 'twin')?.title).toBe('Second')
    expect(index.listProblems()).toEqual([])
  })

  it('lets no alias take over the address of a file that cannot be read', async () => {
    const { index, sync, write } = site({
      'articles/en/thief.md': 'aliases: [broken, broken.md, other]',
      'articles/uk/broken.md': 'publishedAt: soon',
    })
    await sync()
    expect(index.findAbsence('en', 'other')).toEqual({ kind: 'moved', slug: 'thief' })
    // What is wrong with the file may be its language.
    expect(index.findAbsence('en', 'broken')).toEqual({ kind: 'unknown' })
    expect(index.findAbsence('en', 'broken.md')).toEqual({ kind: 'unknown' })
    const aliasProblems = () => index.listProblems().filter(({ field }) => field === 'aliases')
    expect(aliasProblems().map(({ found }) => found)).toEqual([
      '"broken", the address of articles/uk/broken.md',
      '"broken.md", the address of articles/uk/broken.md',
    ])
    // In another language it does not hold the address once that can be read.
    write('articles/uk/broken.md')
    await sync()
    expect(index.findAbsence('en', 'broken')).toEqual({ kind: 'moved', slug: 'thief' })
    expect(aliasProblems()).toEqual([])
  })

  it('throws and removes nothing when the content folder is gone', async () => {
    const { index, sync, remove } = site({ 'a.md': '' })
    await sync()
    remove('.')
    await expect(sync()).rejects.toThrow('content')
    expect(index.findArticle('en', 'a')?.slug).toBe('a')
  })

  it.runIf(process.getuid?.() !== 0)('reports a file that cannot be opened', async () => {
    const { index, sync, contentDir } = site({ 'a.md': '' })
    chmodSync(join(contentDir, 'a.md'), 0)
    await sync()
    expect(index.listProblems()).toMatchObject([{ file: 'a.md', field: 'file' }])
    expect(await sync()).toMatchObject({ added: 0, changed: 0, unchanged: 1 })
    chmodSync(join(contentDir, 'a.md'), 0o644)
    expect(await sync()).toMatchObject({ changed: 1, problems: [] })
  })

  it('stops at a signal and keeps what was committed', async () => {
    const files = Array.from({ length: 300 }, (_, i) => [`${i}.md`, ''])
    const { index, contentDir, sync } = site(Object.fromEntries(files))
    const controller = new AbortController()
    const stopped = syncArticles(index, {
      contentDir,
      signal: controller.signal,
      onProgress: ({ filesChanged }) => filesChanged > 0 && controller.abort(),
    })
    await expect(stopped).rejects.toThrow()
    const { articleCount, revision } = index.status()
    expect(articleCount).toBeGreaterThan(0)
    expect(articleCount).toBeLessThan(300)
    expect(await sync()).toMatchObject({ unchanged: articleCount, added: 300 - articleCount })
    expect(index.status().revision).toBeGreaterThan(revision)
  })

  it('lets the event loop turn while it works', async () => {
    const files = Array.from({ length: 500 }, (_, i) => [`${i}.md`, ''])
    const { sync } = site(Object.fromEntries(files))
    let turns = 0
    let isDone = false
    const work = sync().finally(() => {
      isDone = true
    })
    while (!isDone) {
      await setImmediate()
      turns += 1
    }
    await work
    expect(turns).toBeGreaterThan(10)
  })

  it('queues syncs that are asked for at once', async () => {
    const { index, sync } = site({ 'a.md': '', 'b.md': '' })
    const { revision } = index.status()
    const reports = await Promise.all([sync(), sync(), sync()])
    // The first one that has read the files writes them.
    const counts = reports.map(({ added, unchanged }) => [added, unchanged])
    expect(counts.sort(([a = 0], [b = 0]) => b - a)).toEqual([
      [2, 0],
      [0, 2],
      [0, 2],
    ])
    expect(index.status().revision).toBe(revision + 1)
  })

  it('lets two processes sync one index at the same time', async () => {
    const files = Array.from({ length: 300 }, (_, i) => [`${i}.md`, ''])
    const { index, contentDir, sync } = site(Object.fromEntries(files))
    const other = openArticleIndex({ dataDir: join(contentDir, '../data') })
    closing.push(other.close)
    await Promise.all([sync(), syncArticles(other, { contentDir })])
    expect(index.status()).toMatchObject({ articleCount: 300, fileCount: 300 })
    expect(
      index.listArticles({ locale: 'en', scope: { kind: 'latest' }, page: 1, pageSize: 9 }),
    ).toMatchObject({ articleCount: 300 })
    expect(index.listProblems()).toEqual([])
  })
})

describe('syncPaths', () => {
  it('looks at the named files alone', async () => {
    const { index, sync, syncPaths, write, remove } = site({ 'a.md': '', 'b.md': '', 'c.md': '' })
    await sync()
    write('a.md', 'title: New')
    write('d.md')
    write('e.md')
    remove('b.md')
    const report = await syncPaths('a.md', 'b.md', 'c.md', 'd.md', 'd.md', 'never.md')
    expect(report).toMatchObject({ added: 1, changed: 1, removed: 1, unchanged: 2 })
    expect(index.findArticle('en', 'a')?.title).toBe('New')
    expect(index.findArticle('en', 'e')).toBeUndefined()
  })

  it('passes over what a walk of the folder would pass over', async () => {
    const { syncPaths, write } = site({})
    for (const path of ['.suppressed.md', '.git/a.md', 'node_modules/a.md', 'a.md~', 'a.txt'])
      write(path)
    const paths = [
      '.suppressed.md',
      '.git/a.md',
      'node_modules/a.md',
      'a.md~',
      'a.txt',
      '../x.md',
      '/a.md',
    ]
    expect(await syncPaths(...paths)).toMatchObject({ added: 0, problems: [] })
  })

  it('throws and removes nothing when the content folder is gone', async () => {
    const { index, sync, syncPaths, remove } = site({ 'a.md': '' })
    await sync()
    remove('.')
    await expect(syncPaths('a.md')).rejects.toThrow()
    expect(index.findArticle('en', 'a')?.slug).toBe('a')
  })
})
