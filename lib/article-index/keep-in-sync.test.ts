import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { keepInSync } from './keep-in-sync.ts'
import { openArticleIndex } from './sqlite-article-index.ts'

const fileOf = (title: string) =>
  `---\ntitle: ${title}\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: MARKETS\n---\nText.\n`

async function open() {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-sync-'))
  const contentDir = join(dir, 'content')
  await mkdir(join(contentDir, 'articles'), { recursive: true })
  const lines: string[] = []
  const log = (line: string) => void lines.push(line)
  const index = openArticleIndex({ dataDir: join(dir, 'data'), log })
  const sync = await keepInSync(index, { contentDir, log })
  onTestFinished(async () => {
    sync.stop()
    index.close()
    await rm(dir, { recursive: true })
  })
  const write = (path: string, text: string) => writeFile(join(contentDir, path), text)
  return { index, contentDir, write, lines, sync }
}

const soon = { timeout: 5000, interval: 20 }

it('notices files that are written, edited, renamed into place and removed', async () => {
  const { index, write, contentDir } = await open()
  const titleOf = (slug: string) => index.findArticle('en', slug)?.title

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

it('notices files in folders that did not exist before', async () => {
  const { index, write, contentDir } = await open()
  await mkdir(join(contentDir, 'articles/uk/2026'), { recursive: true })
  await write('articles/uk/2026/c.md', fileOf('Третя'))
  await vi.waitFor(() => expect(index.findArticle('uk', 'c')?.title).toBe('Третя'), soon)
  await write('articles/uk/2026/d.md', fileOf('Четверта'))
  await vi.waitFor(() => expect(index.findArticle('uk', 'd')?.title).toBe('Четверта'), soon)
})

it('tells of a broken file by name, line and field, and goes on', async () => {
  const { index, write, lines } = await open()
  await write('articles/broken.md', '---\ntitle: x\npublishedAt: soon\ncategory: A\n---\n')
  await vi.waitFor(
    () => expect(lines.join('\n')).toMatch(/articles\/broken\.md:3 publishedAt/),
    soon,
  )
  await write('articles/good.md', fileOf('Good'))
  await vi.waitFor(() => expect(index.findArticle('en', 'good')).toBeDefined(), soon)
})

it('looks at once when asked to: at one file, or at all', async () => {
  const { index, write, sync, contentDir } = await open()
  sync.stop()
  await write('articles/a.md', fileOf('First'))
  await write('articles/b.md', fileOf('Second'))
  expect(await sync.syncNow(['articles/a.md'])).toMatchObject({ added: 1, removed: 0 })
  expect(index.findArticle('en', 'b')).toBeUndefined()
  expect(await sync.syncNow()).toMatchObject({ added: 1, unchanged: 1 })
  expect(index.findArticle('en', 'b')?.title).toBe('Second')
  await rename(contentDir, `${contentDir}-gone`)
  await expect(sync.syncNow()).rejects.toThrow(/content folder .* does not exist/)
  expect(index.findArticle('en', 'b')).toBeDefined()
})
