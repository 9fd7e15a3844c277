import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, it, onTestFinished, vi } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { logTo } from '#lib/node/log.ts'
import { loadIndex } from './load-index.ts'
import { createRemovalGuard } from './removal-guard.ts'
import { syncArticles, syncPaths } from './sync.ts'

/** A content folder with files that are given as front matter fields, or whole, and an index beside it. */
function site(files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'load-'))
  const [contentDir, dataDir] = [join(folder, 'content'), join(folder, 'data')]
  const lines: string[] = []
  const options = { dataDir, now: () => new Date('2026-11-22T12:00:00.000Z'), log: logTo(lines) }
  const index = openArticleIndex(options)
  let isOpen = true
  const close = () => {
    if (isOpen) index.close()
    isOpen = false
  }
  onTestFinished(() => {
    close()
    rmSync(folder, { recursive: true })
  })
  const write = (path: string, fields = '') => {
    const file = join(contentDir, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, path.endsWith('.md') ? articleOf(fields) : fields)
    // Files that were written just now are looked at a second time, when they have come to rest.
    utimesSync(file, new Date(0), new Date(0))
  }
  mkdirSync(contentDir, { recursive: true })
  for (const [path, fields] of Object.entries(files)) write(path, fields)
  return {
    index,
    close,
    contentDir,
    dataDir,
    lines,
    options,
    write,
    remove: (path: string) => rmSync(join(contentDir, path)),
    load: (more = {}) =>
      syncArticles(index, { contentDir, bulkFrom: 1, log: options.log, ...more }),
    databases: () => readdirSync(dataDir).filter((name) => name.endsWith('.sqlite')),
  }
}

function articleOf(fields: string): string {
  const lines = ['title: A vault', "publishedAt: '2026-05-01T08:00:00.000Z'", 'category: MARKETS']
  const own = fields.split('\n').filter((line) => line !== '')
  const keys = own.map((line) => line.split(':')[0])
  const kept = lines.filter((line) => !keys.includes(line.split(':')[0]))
  return `---\n${[...kept, ...own].join('\n')}\n---\nIt opened.\n`
}

/** Articles a minute apart, with all that ends up in a table of its own. */
const everything = Object.fromEntries([
  ...Array.from({ length: 60 }, (_, i): [string, string] => {
    const at = new Date(Date.UTC(2026, i % 11, 3 + (i % 20), 9, i)).toISOString()
    const tags = `tags: [Topic ${i % 7}, Topic ${i % 3}]\nsource: { name: Wire ${i % 4}, type: RSS }`
    const mood = `sentiment: ${['POSITIVE', 'NEUTRAL', 'NEGATIVE'][i % 3]}`
    const path = `articles/en/${at.slice(0, 4)}/${at.slice(5, 7)}/story-${i}.md`
    return [path, `publishedAt: '${at}'\n${tags}\n${mood}`]
  }),
  ['articles/en/draft.md', "publishedAt: '2026-02-01T00:01:00.000Z'\ndraft: true"],
  ['articles/en/withdrawn.md', "publishedAt: '2026-02-01T00:02:00.000Z'\nwithdrawn: true"],
  ['articles/en/due.md', "publishedAt: '2027-02-01T00:03:00.000Z'"],
  ['articles/en/pinned.md', "publishedAt: '2026-02-01T00:04:00.000Z'\nstickyWeight: 3"],
  ['articles/uk/story-1.md', "publishedAt: '2026-02-01T00:05:00.000Z'\naliases: [old, older]"],
  ['x/twin.md', "publishedAt: '2026-02-01T00:06:00.000Z'\ntitle: First"],
  ['y/twin.md', "publishedAt: '2026-02-01T00:07:00.000Z'\ntitle: Second"],
  ['z/twin.md', "publishedAt: '2026-02-01T00:08:00.000Z'\ntitle: Third\ndraft: true"],
  [
    'articles/en/corrected.md',
    "publishedAt: '2026-02-01T00:09:00.000Z'\ncorrections: [{ at: '2026-03-01T00:00:00.000Z', text: No }]",
  ],
  ['articles/en/broken.md', 'publishedAt: soon'],
  ['articles/en/odd.md', "publishedAt: '2026-02-01T00:10:00.000Z'\nscore: high"],
  ['pages/en/about.md', ''],
  ['redirects.txt', '/a /b\n/c\n'],
])

/** Every row of every table. Scopes are named, because their ids follow the order of reading. */
function readTables(dataDir: string): Record<string, unknown[]> {
  const db = new DatabaseSync(join(dataDir, 'articles.sqlite'))
  try {
    const scopes = new Map(
      db
        .prepare('SELECT * FROM scopes')
        .all()
        .map(({ id, locale, kind, segment }) => [id, `${locale} ${kind} ${segment}`]),
    )
    const toNamed = ([column, value]: [string, unknown]) => {
      if (/(^|_)scope(_id)?$/.test(column)) return [column, scopes.get(Number(value))]
      if (column !== 'scopes') return [column, value]
      return [
        column,
        JSON.parse(String(value)).map(([id, name]: [number, string]) => [scopes.get(id), name]),
      ]
    }
    const tables = db
      .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search_%'")
      .all()
      .map(({ name }) => String(name))
      .filter((name) => !['state', 'scopes'].includes(name))
    const rows = tables.map((table): [string, unknown[]] => [
      table,
      db
        .prepare(`SELECT * FROM ${table}`)
        .all()
        .map((row) => JSON.stringify(Object.entries(row).map(toNamed)))
        .sort(),
    ])
    const counts = db.prepare('SELECT locale, kind, segment, served_count FROM scopes').all()
    const state = db.prepare(
      'SELECT file_count, article_count, error_count, warning_count FROM state',
    )
    const words = db.exec(
      `CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search_en, instance)`,
    )
    void words
    return Object.fromEntries([
      ...rows,
      ['scopes', counts.map((row) => JSON.stringify(row)).sort()],
      ['state', state.all()],
      [
        'words',
        db
          .prepare(`SELECT term, doc, col, "offset" AS at FROM temp.words`)
          .all()
          .filter(({ col }) => col !== 'scopes')
          .map((row) => JSON.stringify(row))
          .sort(),
      ],
      [
        'indexes',
        db.prepare("SELECT sql FROM sqlite_schema WHERE type = 'index' ORDER BY 1").all(),
      ],
    ])
  } finally {
    db.close()
  }
}

it('makes the same rows as adding one after the other', async () => {
  const loaded = site(everything)
  const report = await loaded.load()
  const added = site(everything)
  const expected = await syncArticles(added.index, { contentDir: added.contentDir })
  const [found, wanted] = [loaded, added].map(({ dataDir, close }) => {
    close()
    return readTables(dataDir)
  })
  const withoutInodes = (tables: Record<string, unknown[]> | undefined) => ({
    ...tables,
    files: tables?.files?.map((row) => String(row).replace(/\["fingerprint",[^\]]*\]/, '')),
  })
  expect(withoutInodes(found)).toEqual(withoutInodes(wanted))
  expect(found?.placements?.length).toBeGreaterThan(300)
  const byFile = (problems: { file: string }[]) => problems.map(({ file }) => file).sort()
  expect(byFile(report.problems)).toEqual(byFile(expected.problems))
  expect(report).toMatchObject({ added: expected.added, changed: 0, removed: 0, unchanged: 0 })
  expect(loaded.lines).toEqual([])
})

it('is seen by who reads already, with a greater revision, and can be written', async () => {
  const { index, options, load, write, contentDir, databases } = site(everything)
  const reading = openArticleIndex({ ...options, readOnly: true })
  onTestFinished(reading.close)
  const { revision } = reading.status()
  await load()
  expect(index.status().visibleCount.en).toBeGreaterThan(60)
  await vi.waitFor(() => expect(reading.status().articleCount).toBe(70))
  expect(reading.status().revision).toBeGreaterThan(revision)
  // Of the former file nothing is left.
  expect(databases()).toHaveLength(2)
  const epoch = reading.epoch()
  write('x/twin.md', "publishedAt: '2026-02-01T00:06:00.000Z'\ntitle: Edited")
  await syncPaths(index, { contentDir, paths: ['x/twin.md'] })
  expect(reading.findArticle('en', 'twin')?.title).toBe('Edited')
  expect(reading.epoch()).not.toBe(epoch)
})

it('has everything that changed in the folder while it was made', async () => {
  const { index, close, write, remove, contentDir, options } = site({
    'articles/en/edited.md': '',
    'articles/en/withdrawn.md': '',
    'articles/en/removed.md': '',
    'articles/en/kept.md': '',
  })
  const paths = ['edited', 'withdrawn', 'removed', 'kept'].map((slug) => `articles/en/${slug}.md`)
  await syncPaths(index, { contentDir, paths: ['articles/en/withdrawn.md'] })
  const { report } = await loadIndex(index, {
    contentDir,
    paths,
    onProgress: () => {},
    async sync(made, some) {
      if (some) return await syncPaths(made, { contentDir, paths: some })
      const compared = await syncArticles({ write: made.write }, { contentDir })
      // The folder was compared already: only those who watch it can see this.
      write('articles/en/edited.md', 'title: Edited')
      write('articles/en/withdrawn.md', 'withdrawn: true')
      write('articles/en/new.md', 'title: New')
      remove('articles/en/removed.md')
      const seen = ['edited', 'withdrawn', 'new', 'removed'].map((slug) => `articles/en/${slug}.md`)
      await syncPaths(index, { contentDir, paths: seen })
      return compared
    },
  })
  expect(report.unchanged).toBe(4)
  expect(index.findArticle('en', 'edited')?.title).toBe('Edited')
  expect(index.findArticle('en', 'new')?.title).toBe('New')
  expect(index.findArticle('en', 'kept')?.title).toBe('A vault')
  expect(index.findAbsence('en', 'withdrawn')).toEqual({ kind: 'withdrawn' })
  expect(index.findAbsence('en', 'removed')).toEqual({ kind: 'unknown' })
  // Whoever has a list with the article in it is answered with a newer one.
  const latest = { locale: 'en', scope: { kind: 'latest' } } as const
  expect(index.findLastRemovalAt(latest)).toBe('2026-11-22T12:00:00.000Z')
  close()
  const again = openArticleIndex(options)
  expect(again.findArticle('en', 'edited')?.title).toBe('Edited')
  again.close()
})

it('loses no file that was read before it took over and is written after', async () => {
  const { index, write, contentDir, load } = site({ 'articles/en/a.md': '' })
  await load()
  let installs = 0
  // Between the look at the index and the writing to it another file takes its place.
  const between = {
    async write<Result>(work: Parameters<typeof index.write<Result>>[0]) {
      const result = await index.write(work)
      if (installs === 0) {
        installs += 1
        write('articles/en/a.md', 'title: Between')
        await loadIndex(index, {
          contentDir,
          paths: ['articles/en/a.md'],
          onProgress: () => {},
          sync: async () => undefined,
        })
        write('articles/en/a.md', 'title: After')
      }
      return result
    },
  }
  await syncPaths(between, { contentDir, paths: ['articles/en/a.md'] })
  expect(index.findArticle('en', 'a')?.title).toBe('After')
})

it('takes nothing off the site when the folder is emptied meanwhile', async () => {
  const files = Array.from({ length: 30 }, (_, i): [string, string] => [`articles/en/a${i}.md`, ''])
  const { index, remove, contentDir, databases } = site(Object.fromEntries(files))
  await syncArticles(index, { contentDir })
  const guard = createRemovalGuard()
  for (const [path] of files) remove(path)
  const loading = loadIndex(index, {
    contentDir,
    paths: files.map(([path]) => path),
    guard,
    onProgress: () => {},
    sync: async () => undefined,
  })
  await expect(loading).rejects.toThrow('30 of 30 files are missing')
  expect(index.status().visibleCount.en).toBe(30)
  expect(databases()).toEqual(['articles.sqlite'])
})

it('adds files one by one where no other file can be made, and says so once', async () => {
  const { index, contentDir, lines, dataDir, options } = site(everything)
  const startReplacement = () => ({
    ...index.startReplacement(),
    path: join(dataDir, 'no-such-folder', 'articles.sqlite'),
  })
  const target = { write: index.write, startReplacement }
  const report = await syncArticles(target, { contentDir, bulkFrom: 1, log: options.log })
  expect(report.added).toBe(Object.keys(everything).length)
  expect(index.status().articleCount).toBe(70)
  expect(lines).toEqual([expect.stringMatching(/one by one: unable to open database file/)])
})

it('ends when it is stopped, and leaves nothing', async () => {
  const { index, load, databases } = site(everything)
  const stopping = new AbortController()
  const onProgress = ({ phase }: { phase: string }) => {
    if (phase === 'adding' && index.status().articleCount > 0) stopping.abort()
  }
  await expect(load({ signal: stopping.signal, onProgress })).rejects.toThrow(/aborted/)
  expect(databases()).toEqual(['articles.sqlite'])
})

it('removes what a killed process left, and nothing that another one is making', async () => {
  const { close, options, dataDir } = site()
  close()
  const left = ['articles.1.sqlite', 'articles.2.sqlite', 'articles.2.sqlite-wal']
  for (const name of left) writeFileSync(join(dataDir, name), 'half of a file')
  const making = new DatabaseSync(join(dataDir, 'articles.3.sqlite'))
  making.exec('PRAGMA journal_mode = OFF; PRAGMA locking_mode = EXCLUSIVE; CREATE TABLE a (b)')
  openArticleIndex(options).close()
  expect(left.filter((name) => existsSync(join(dataDir, name)))).toEqual([])
  expect(existsSync(join(dataDir, 'articles.3.sqlite'))).toBe(true)
  making.close()
  openArticleIndex(options).close()
  expect(existsSync(join(dataDir, 'articles.3.sqlite'))).toBe(false)
})

it('is rebuilt like any other when it is damaged', async () => {
  const { close, load, options, lines, dataDir, databases } = site(everything)
  await load()
  close()
  writeFileSync(join(dataDir, 'articles.sqlite'), 'not a database at all'.repeat(999))
  const again = openArticleIndex(options)
  onTestFinished(again.close)
  expect(lines).toEqual([expect.stringMatching(/deleted and rebuilt from/)])
  expect(databases()).toEqual(['articles.sqlite'])
})
