import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, it, onTestFinished } from 'vitest'
import { recordedQueryNames } from '#lib/article-index/article-index.ts'
import { recordIndex } from '#lib/article-index/recorded-index.ts'
import { openArticleIndex } from '#lib/article-index/sqlite-article-index.ts'
import { syncArticles } from './sync.ts'

async function open() {
  const dir = await mkdtemp(join(tmpdir(), 'dateline-recorded-'))
  const contentDir = join(dir, 'content')
  await mkdir(contentDir)
  const clock = { now: new Date('2026-06-01T00:00:00Z') }
  const index = openArticleIndex({ dataDir: join(dir, 'data'), now: () => clock.now })
  onTestFinished(async () => {
    index.close()
    await rm(dir, { recursive: true })
  })
  const publish = async (slug: string, category: string, publishedAt = '2026-05-01T00:00:00Z') => {
    const text = `---\ntitle: ${slug}\npublishedAt: '${publishedAt}'\ncategory: ${category}\n---\nText.\n`
    await writeFile(join(contentDir, `${slug}.md`), text)
    await syncArticles(index, { contentDir })
  }
  await publish('first', 'DEFI')
  return { clock, publish, epoch: index.epoch, ...recordIndex(index) }
}

const defi = { kind: 'category', segment: 'defi' } as const
const page = { locale: 'en', scope: defi, page: 1, pageSize: 10 } as const

it('writes down what was asked, in all asynchronous parts of the work and in no other', async () => {
  const { index, record } = await open()
  index.listMonths('en')
  const [{ answers }, other] = await Promise.all([
    record(async () => {
      index.findArticle('en', 'first')
      await setTimeout(5)
      index.listArticles(page)
      index.listArticles(page)
    }),
    record(async () => index.listTags('en')),
  ])
  expect(answers.map(({ query }) => query)).toEqual(['findArticle', 'listArticles'])
  expect(other.answers.map(({ query }) => query)).toEqual(['listTags'])
})

it('gives pages the recorded queries and no others', async () => {
  const { index } = await open()
  expect(Object.keys(index)).toEqual(recordedQueryNames)
  // @ts-expect-error A page that asks for this would never go stale.
  expect(index.listProblems).toBeUndefined()
})

it('sees answers change with what they show, and stay with all else', async () => {
  const { index, record, areUnchanged, publish } = await open()
  const { answers } = await record(async () => index.listArticles(page))
  await publish('elsewhere', 'MINING')
  expect(areUnchanged(answers)).toBe(true)
  await publish('second', 'DEFI')
  expect(areUnchanged(answers)).toBe(false)
})

it('sees an answer change when an article comes due', async () => {
  const { clock, index, epoch, record, areUnchanged, publish } = await open()
  await publish('later', 'DEFI', '2026-07-01T00:00:00Z')
  const before = epoch()
  const { answers } = await record(async () => index.findArticle('en', 'later'))
  expect([areUnchanged(answers), epoch()]).toEqual([true, before])
  clock.now = new Date('2026-07-01T00:00:00Z')
  expect(areUnchanged(answers)).toBe(false)
  expect(epoch()).not.toBe(before)
})

it('keeps questions about an article without its text, as plain JSON', async () => {
  const { index, record, areUnchanged } = await open()
  const { answers } = await record(async () => {
    const article = index.findArticle('en', 'first')
    if (article) index.listRelated(article, 4)
  })
  expect(JSON.stringify(answers)).not.toContain('Text.')
  expect(areUnchanged(JSON.parse(JSON.stringify(answers)))).toBe(true)
})
