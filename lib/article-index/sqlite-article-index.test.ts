import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { type Log, logTo } from '#lib/node/log.ts'
import { describeArticleIndex } from './article-index.contract.ts'
import type { ArticleIndex } from './article-index.ts'
import { describeEntries } from './entries.contract.ts'
import type { IndexedArticle } from './open-index.ts'
import { newestFirst, oldestFirst, pageSql } from './queries/listings.ts'
import { openArticleIndex, type WritableArticleIndex } from './sqlite-article-index.ts'
import { indexPath } from './store/database-file.ts'
import { installVisibility } from './store/install-visibility.ts'
import { searchTable } from './store/schema.ts'
import type { FileChange } from './writes/article-writer.ts'
import { openBulkWriter } from './writes/bulk-writer.ts'
import { prepareArticle } from './writes/prepared-article.ts'

const opened: ArticleIndex[] = []
const folders: string[] = []

afterAll(() => {
  for (const index of opened) index.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function makeDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), 'article-index-'))
  folders.push(folder)
  return folder
}

function openIn(dataDir: string, log: Log = failing): WritableArticleIndex {
  const index = openArticleIndex({ dataDir, now: () => new Date('2026-11-22T12:00:00.000Z'), log })
  opened.push(index)
  return index
}

function fail(line: string): void {
  throw new Error(`Unexpected log line: ${line}`)
}

const failing: Log = { debug: fail, info: fail, warn: fail, error: fail }

function toChange({ article, path = `${article.locale}/${article.slug}.md` }: IndexedArticle) {
  const file = { path, fingerprint: 'as it is', digest: path }
  return { kind: 'article' as const, file, article: prepareArticle(article), warnings: [] }
}

async function write(index: WritableArticleIndex, ...articles: Partial<Article>[]) {
  await index.write(async ({ apply }) => {
    for (const overrides of articles) await apply(toChange({ article: articleWith(overrides) }))
  })
}

describeArticleIndex('SQLite', async (articles, now) => {
  const index = openArticleIndex({ dataDir: makeDataDir(), now, log: failing })
  opened.push(index)
  await index.write(async ({ apply }) => {
    for (const article of articles) await apply(toChange(article))
  })
  return index
})

describeEntries('SQLite', () => {
  const index = openIn(makeDataDir())
  const apply = (change: FileChange) =>
    index.write(async (session) => {
      await session.apply(change)
    })
  return { index, apply, add: (article) => apply(toChange({ article })) }
})

/** Puts an index that was made in bulk of these changes in the place of one. */
async function replace(index: WritableArticleIndex, changes: FileChange[]): Promise<void> {
  const replacement = index.startReplacement()
  const writer = openBulkWriter(replacement.path, 0)
  for (const _ of writer.add(changes.slice(0, 3)));
  for (const _ of writer.add(changes.slice(3)));
  for (const _ of writer.finish());
  writer.close()
  replacement.open()
  await replacement.install(async () => {})
}

describeArticleIndex('SQLite, made in bulk', async (articles, now) => {
  const index = openArticleIndex({ dataDir: makeDataDir(), now, log: failing })
  opened.push(index)
  await replace(index, articles.map(toChange))
  return index
})

describeEntries('SQLite, made in bulk', () => {
  const index = openIn(makeDataDir())
  const files = new Map<string, FileChange>()
  const apply = async (change: FileChange) => {
    const path = change.kind === 'gone' ? change.path : change.file.path
    if (change.kind === 'gone') files.delete(path)
    else files.set(path, change)
    await replace(index, [...files.values()])
  }
  return { index, apply, add: (article) => apply(toChange({ article })) }
})

it('is made in bulk without a journal', () => {
  const folder = makeDataDir()
  const writer = openBulkWriter(join(folder, 'made.sqlite'), 0)
  for (const _ of writer.add([toChange({ article: articleWith({}) })]));
  expect(readdirSync(folder)).toEqual(['made.sqlite'])
  writer.close()
})

describe('a listing that an article leaves', () => {
  const noon = '2026-11-22T12:00:00.000Z'
  const latest = { locale: 'en', scope: { kind: 'latest' } } as const
  const markets = { locale: 'en', scope: { kind: 'category', segment: 'markets' } } as const
  const mining = { locale: 'en', scope: { kind: 'category', segment: 'mining' } } as const
  const removed = (index: ArticleIndex) =>
    [latest, markets, mining].map((query) => index.findLastRemovalAt(query))

  async function openWith(...articles: Partial<Article>[]) {
    const index = openIn(makeDataDir())
    await write(index, ...articles)
    return index
  }

  it('is not one that articles only came to', async () => {
    const index = await openWith({ slug: 'a' }, { slug: 'b', category: 'MINING' })
    await write(index, { slug: 'a', title: 'Edited', updatedAt: noon }, { slug: 'c' })
    expect(removed(index)).toEqual([undefined, undefined, undefined])
  })

  it.each<[string, Partial<Article>, (string | undefined)[]]>([
    ['withdrawn', { withdrawn: true }, [noon, noon, undefined]],
    ['made a draft', { draft: true }, [noon, noon, undefined]],
    ['filed elsewhere', { category: 'MINING' }, [undefined, noon, undefined]],
    ['put off', { publishedAt: '2026-12-01T00:00:00.000Z' }, [noon, noon, undefined]],
  ])('says when it was %s', async (_, change, expected) => {
    const index = await openWith({ slug: 'a' }, { slug: 'b', category: 'MINING' })
    await write(index, { slug: 'a', ...change })
    expect(removed(index)).toEqual(expected)
    const both = { ...latest, filter: { category: 'markets', tag: 'exchange' } }
    expect(index.findLastRemovalAt({ ...both, filter: { ...both.filter, tag: 'none' } })).toBe(
      undefined,
    )
  })

  it('says when its file was deleted, but not of what nobody has seen', async () => {
    const index = await openWith({ slug: 'a' }, { slug: 'b', publishedAt: '2027-01-01T00:00:00Z' })
    const remove = (slug: string) =>
      index.write(async ({ apply }) => {
        await apply({ kind: 'gone', path: `en/${slug}.md` })
      })
    await remove('b')
    expect(removed(index)).toEqual([undefined, undefined, undefined])
    await remove('a')
    expect(removed(index)).toEqual([noon, noon, undefined])
  })
})

describe('the file of the index', () => {
  it('keeps its articles when it is closed and opened again', async () => {
    const dataDir = makeDataDir()
    const index = openArticleIndex({ dataDir, log: failing })
    await write(index, { slug: 'kept' })
    index.close()
    expect(openIn(dataDir).findArticle('en', 'kept')?.slug).toBe('kept')
  })

  it.each([
    ['garbage', (path: string) => writeFileSync(path, 'not a database at all'.repeat(999))],
    ['truncated', (path: string) => truncateSync(path, 20_000)],
    ['of another version', (path: string) => withDatabase(path, 'PRAGMA user_version = 7')],
    ['of other tables', (path: string) => withDatabase(path, 'PRAGMA user_version = 0')],
    ['overwritten in the middle', (path: string) => overwriteTable(path, 'summaries')],
  ])('is rebuilt, which is said in one line, when it is %s', async (_, spoil) => {
    const dataDir = makeDataDir()
    const index = openArticleIndex({ dataDir, log: failing })
    await write(index, ...Array.from({ length: 40 }, (_, i) => ({ slug: `s${i}`, body: `${i}\n` })))
    index.close()
    spoil(join(dataDir, 'articles.sqlite'))
    const lines: string[] = []
    const again = openIn(dataDir, logTo(lines))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain('rebuilt')
    expect(again.status().articleCount).toBe(0)
    await write(again, { slug: 'fresh' })
    expect(again.findArticle('en', 'fresh')?.slug).toBe('fresh')
  })

  it('is rebuilt when its full-text tables turn out to be damaged, and the work done', async () => {
    const dataDir = makeDataDir()
    const index = openArticleIndex({ dataDir, log: failing })
    await write(index, ...Array.from({ length: 40 }, (_, i) => ({ slug: `s${i}` })))
    index.close()
    overwriteTable(join(dataDir, 'articles.sqlite'), 'search_en_data')
    const lines: string[] = []
    const again = openIn(dataDir, logTo(lines))
    expect(lines).toEqual([])
    await write(again, { slug: 'fresh' })
    expect(lines).toHaveLength(1)
    await expect.poll(() => again.status().articleCount, { timeout: 30_000 }).toBe(1)
  })

  it('is made again when someone deletes it while it is open', async () => {
    const dataDir = makeDataDir()
    const index = openIn(dataDir)
    await write(index, { slug: 'lost' })
    rmSync(dataDir, { recursive: true })
    await write(index, { slug: 'fresh' })
    expect(statSync(join(dataDir, 'articles.sqlite')).size).toBeGreaterThan(0)
    await expect
      .poll(() => index.findArticle('en', 'fresh')?.slug, { timeout: 30_000 })
      .toBe('fresh')
    expect(index.findArticle('en', 'lost')).toBeUndefined()
  })

  it('gives a rebuilt index a revision that was never there before', async () => {
    const revisionAt = async (instant: string) => {
      const index = openArticleIndex({ dataDir: makeDataDir(), now: () => new Date(instant) })
      opened.push(index)
      await write(index, {})
      return index.status().revision
    }
    const first = await revisionAt('2026-11-22T12:00:00.000Z')
    expect(await revisionAt('2026-11-22T12:01:00.000Z')).toBeGreaterThan(first)
  })
})

describe('a reader of a file that another connection writes', () => {
  it('is empty until there is a file, then follows every commit', async () => {
    const dataDir = makeDataDir()
    const reader = openArticleIndex({ dataDir, readOnly: true })
    opened.push(reader)
    expect(reader.status().articleCount).toBe(0)
    const index = openIn(dataDir)
    await write(index, { slug: 'one' })
    await expect.poll(() => reader.findArticle('en', 'one')?.slug, { timeout: 30_000 }).toBe('one')
    expect(reader.listTags('en')).toMatchObject([{ articleCount: 1 }])
    await write(index, { slug: 'two' })
    expect(reader.listTags('en')).toMatchObject([{ articleCount: 2 }])
    expect(reader.status().revision).toBe(index.status().revision)
  })
})

describe('writing', () => {
  it('grows the revision once for each piece of work that changed something', async () => {
    const index = openIn(makeDataDir())
    const { revision } = index.status()
    await write(index)
    expect(index.status().revision).toBe(revision)
    await index.write(async ({ apply, commit }) => {
      await apply(toChange({ article: articleWith({ slug: 'a' }) }))
      await commit()
      await apply(toChange({ article: articleWith({ slug: 'b' }) }))
    })
    expect(index.status().revision).toBe(revision + 1)
  })

  it('counts right through additions, changes, removals and twins', async () => {
    const index = openIn(makeDataDir())
    const one = articleWith({ slug: 'one', tags: ['BTC', 'ETH'] })
    await index.write(async ({ apply }) => {
      await apply(toChange({ article: one, path: 'b.md' }))
      await apply(toChange({ article: { ...one, title: 'Twin' }, path: 'a.md' }))
      await apply(toChange({ article: { ...one, tags: ['BTC'] }, path: 'b.md' }))
    })
    expect(index.findArticle('en', 'one')?.title).toBe('Twin')
    expect(index.listTags('en').map(({ name, articleCount }) => [name, articleCount])).toEqual(
      expect.arrayContaining([
        ['BTC', 1],
        ['ETH', 1],
      ]),
    )
    await index.write(({ apply }) => apply({ kind: 'gone', path: 'a.md' }))
    expect(index.findArticle('en', 'one')?.tags).toEqual(['BTC'])
    expect(index.listTags('en')).toMatchObject([{ name: 'BTC', articleCount: 1 }])
    expect(index.listProblems()).toEqual([])
    const { hitCount } = await index.search({ locale: 'en', text: 'twin', page: 1, pageSize: 9 })
    expect(hitCount).toBe(0)
    await index.write(({ apply }) => apply({ kind: 'gone', path: 'b.md' }))
    expect(index.status()).toMatchObject({ articleCount: 0, fileCount: 0, visibleCount: { en: 0 } })
  })

  it('counts sentiments and corrections anew with every change of an article', async () => {
    const index = openIn(makeDataDir())
    const corrections = [{ at: '2026-11-21T09:00:00.000Z', text: 'It was later.' }]
    const article = articleWith({
      publishedAt: '2026-11-20T09:00:00.000Z',
      sentiment: 'POSITIVE',
      corrections,
    })
    const look = () => [
      index.countMood({ locale: 'en', scope: { kind: 'latest' }, span: '7-days' }),
      index.listCorrections({ locale: 'en', page: 1, pageSize: 9 }).correctionCount,
    ]
    await write(index, article)
    expect(look()).toEqual([{ positive: 1, neutral: 0, negative: 0 }, 1])
    await write(index, { ...article, sentiment: 'NEGATIVE', corrections: [] })
    expect(look()).toEqual([{ positive: 0, neutral: 0, negative: 1 }, 0])
    await write(index, { ...article, draft: true })
    expect(look()).toEqual([{ positive: 0, neutral: 0, negative: 0 }, 0])
  })

  it('keeps what was committed and nothing else when the work throws', async () => {
    const index = openIn(makeDataDir())
    const { revision } = index.status()
    const work = index.write(async ({ apply, commit }) => {
      await apply(toChange({ article: articleWith({ slug: 'a' }) }))
      await commit()
      await apply(toChange({ article: articleWith({ slug: 'b' }) }))
      throw new Error('Out of paper')
    })
    await expect(work).rejects.toThrow('Out of paper')
    expect(index.status()).toMatchObject({ articleCount: 1, revision: revision + 1 })
    expect(index.listTags('en')).toMatchObject([{ articleCount: 1 }])
    await write(index, { slug: 'c' })
    expect(index.listTags('en')).toMatchObject([{ articleCount: 2 }])
  })

  it('takes more articles in one minute than a minute has ids for', async () => {
    const index = openIn(makeDataDir())
    const slugs = Array.from({ length: 1100 }, (_, i) => `s${i}`)
    await write(index, ...slugs.map((slug) => ({ slug })))
    expect(index.status().visibleCount.en).toBe(1100)
    expect(index.findArticle('en', 's1099')?.slug).toBe('s1099')
  })
})

describe('the query of a listing page', () => {
  it('walks one range of the index and sorts nothing', () => {
    const dataDir = makeDataDir()
    openIn(dataDir)
    const db = new DatabaseSync(join(dataDir, 'articles.sqlite'))
    installVisibility(db)
    for (const sql of [pageSql(newestFirst), pageSql(oldestFirst, 'published_at >= ?')]) {
      const plan = db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all()
      const details = plan.map(({ detail }) => String(detail))
      expect(details[0]).toMatch(
        /^SEARCH main.placements USING PRIMARY KEY .*scope_id=\? AND published_at[<>]/,
      )
      expect(details.join()).not.toContain('TEMP B-TREE')
    }
    db.close()
  })
})

function withDatabase(path: string, sql: string): void {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

function overwriteTable(path: string, table: string): void {
  const db = new DatabaseSync(path)
  const row = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)
  db.close()
  const file = openSync(path, 'r+')
  const garbage = Buffer.alloc(4096, 0x5a)
  writeSync(file, garbage, 0, garbage.length, (Number(row?.rootpage) - 1) * garbage.length)
  closeSync(file)
}

it.runIf(process.platform !== 'win32')(
  'keeps drafts in files that only their owner reads',
  async () => {
    const dataDir = join(makeDataDir(), 'data')
    const index = openIn(dataDir)
    await write(index, { slug: 'draft', draft: true })
    const modes = ['', 'articles.sqlite', 'articles.sqlite-wal', 'articles.sqlite-shm'].map(
      (name) => (statSync(join(dataDir, name)).mode & 0o777).toString(8),
    )
    expect(modes).toEqual(['700', '600', '600', '600'])
  },
)

describe('a reader of a damaged full-text table', () => {
  async function openDamaged(searchInWorker: boolean, damage: (path: string) => void) {
    const dataDir = makeDataDir()
    const writing = openArticleIndex({ dataDir, log: failing })
    await write(writing, ...Array.from({ length: 40 }, (_, i) => ({ slug: `s${i}` })))
    writing.close()
    damage(join(dataDir, 'articles.sqlite'))
    const reasons: string[] = []
    const index = openArticleIndex({
      dataDir,
      readOnly: true,
      searchInWorker,
      log: failing,
      onDamage: (reason) => void reasons.push(reason),
    })
    opened.push(index)
    return { index, reasons }
  }
  const search = (index: ArticleIndex) =>
    index.search({ locale: 'en', text: 'vault', page: 1, pageSize: 9 })

  it.each([[false], [true]])('reports it (search thread: %s)', async (searchInWorker) => {
    const { index, reasons } = await openDamaged(searchInWorker, (path) =>
      overwriteTable(path, 'search_en_data'),
    )
    // Until its thread is there, a search finds nothing and its reader tries again.
    await vi.waitFor(() => expect(search(index)).rejects.toThrow(), { timeout: 20_000 })
    expect(reasons).toHaveLength(1)
    expect(reasons[0]).toMatch(/cannot be read/)
    // All that needs no words is answered.
    expect(index.findArticle('en', 's1')?.slug).toBe('s1')
  })

  it('reports it also when nothing at all can be read', async () => {
    const { index, reasons } = await openDamaged(false, (path) => {
      overwriteTable(path, 'search_en_config')
    })
    await vi.waitFor(() => {
      expect(index.status().articleCount).toBe(0)
      expect(reasons[0]).toMatch(/cannot be read/)
    })
  })
})

it('weighs words by the articles that there are, whatever was there before', async () => {
  const toChanges = (...titles: string[]) =>
    titles.map((title, i) =>
      toChange({ article: articleWith({ slug: `story-${i}`, title, body: `Vaults ${title}.` }) }),
    )
  async function readTotals(...transactions: FileChange[][]) {
    const dataDir = makeDataDir()
    const index = openIn(dataDir)
    for (const changes of transactions) {
      await index.write(async ({ apply }) => {
        for (const change of changes) await apply(change)
      })
    }
    const db = new DatabaseSync(indexPath(dataDir), { readOnly: true })
    const table = searchTable('en')
    const sql = `SELECT rowid, bm25(${table}) AS score FROM ${table} WHERE ${table} MATCH 'vaults OR two'`
    const found = [
      db.prepare(sql).all(),
      db.prepare(`SELECT block FROM ${searchTable('en', '_data')} WHERE id = 1`).get(),
    ]
    db.close()
    return found
  }
  const now = toChanges('One', 'Two for two hundred', 'Three')
  const removed = [0, 1, 2].map((i) => ({ kind: 'gone' as const, path: `en/story-${i}.md` }))
  const once = await readTotals(now)
  const before = toChanges('One and more than one', 'Two', 'Three', 'Two and four')
  const gone = { kind: 'gone' as const, path: 'en/story-3.md' }
  expect(await readTotals(before, [...now, gone])).toEqual(once)
  expect(await readTotals(now, removed, before, [gone], now, now)).toEqual(once)
  expect(await readTotals([...before, ...now, gone])).toEqual(once)
})
