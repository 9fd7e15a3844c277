import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { syncArticles } from '#lib/content-sync/sync.ts'
import { createSeededRandom } from '#lib/covers/art/seeded-random.ts'
import { compareIndex } from './check-index.ts'
import { composeArticle, type Manuscript } from './compose-article.ts'
import { createEditionReader } from './edition.ts'
import { openEditor } from './editor.ts'
import { writeWhole } from './write-files.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dateline-edition-'))
})
afterEach(() => rm(folder, { recursive: true }))

const manuscript: Manuscript = {
  slug: 'a-report',
  locale: 'en',
  version: 1,
  publishedAt: '2026-03-02T09:00:00.000Z',
  category: 'MARKETS',
  tags: ['AUDIT'],
  source: 'First Wire',
  aliases: [],
  state: 'published',
}

const write = (path: string, changes: Partial<Manuscript> = {}) =>
  writeWhole(
    join(folder, 'content', path),
    composeArticle({ ...manuscript, slug: path.replace('.md', ''), ...changes }, 10),
  )

const readAt = (now: string) => createEditionReader(join(folder, 'content'))(new Date(now))

describe('an edition', () => {
  it('answers every address as the files say', async () => {
    await write('shown.md', { aliases: ['former'] })
    await write('draft.md', { state: 'draft' })
    await write('withdrawn.md', { state: 'withdrawn', aliases: ['also-withdrawn'] })
    await write('tomorrow.md', { publishedAt: '2026-03-03T09:00:00.000Z' })
    await writeWhole(join(folder, 'content', 'broken.md'), '---\ntitle: Half a')
    const edition = await readAt('2026-03-02T12:00:00.000Z')
    const statusOf = (slug: string) => edition.answerOf('en', slug).status
    expect(edition.fileCount).toBe(5)
    expect(edition.visibleIn('en').map(({ slug }) => slug)).toEqual(['shown'])
    expect(edition.answerOf('en', 'former')).toEqual({ status: 308, slug: 'shown' })
    expect(['draft', 'tomorrow', 'broken', 'unheard-of'].map(statusOf)).toEqual([
      404, 404, 404, 404,
    ])
    expect(['withdrawn', 'also-withdrawn'].map(statusOf)).toEqual([410, 410])
  })

  it('shows an article from its minute on', async () => {
    await write('a.md', { publishedAt: '2026-03-03T09:00:00.000Z' })
    expect((await readAt('2026-03-03T08:59:59.999Z')).visibleIn('en')).toHaveLength(0)
    expect((await readAt('2026-03-03T09:00:00.000Z')).visibleIn('en')).toHaveLength(1)
  })
})

describe('the comparison with an index', () => {
  it('finds nothing after a sync, and a line for everything that a sync has missed', async () => {
    const contentDir = join(folder, 'content')
    const dataDir = join(folder, 'data')
    const random = createSeededRandom('editor')
    const editor = await openEditor(contentDir, { articleCount: 20, random })
    for (let act = 0; act < 60; act += 1) await editor.act()
    const index = openArticleIndex({ dataDir })
    try {
      await syncArticles(index, { contentDir })
      const readEdition = createEditionReader(contentDir)
      expect(await compareIndex(dataDir, await readEdition())).toEqual([])

      const { slug } = await editor.publish()
      const differences = (await compareIndex(dataDir, await readEdition())).join('\n')
      expect(differences).toMatch(/has \d+ files, there are \d+/)
      expect(differences).toContain(`lacks ${slug}`)
      expect(differences).toMatch(/by category: lacks/)

      await syncArticles(index, { contentDir })
      const rewritten = await editor.rewriteInSteps(slug, { how: 'empty first', pause: 0 })
      expect(await compareIndex(dataDir, await readEdition())).toEqual([
        expect.stringContaining(`${rewritten.locale} ${slug} is “Report ${slug} in version 1”`),
      ])
    } finally {
      index.close()
    }
  })
})
