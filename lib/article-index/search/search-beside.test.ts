import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { openArticleIndex } from '../sqlite-article-index.ts'
import { prepareArticle } from '../writes/prepared-article.ts'

vi.setConfig({ testTimeout: 30_000 })

const comet = { locale: 'en', text: 'comet', page: 1, pageSize: 9 } as const

/** An index that searches beside, its thread being up, and one on the same file that does not. */
async function open(...articles: Partial<Article>[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'search-beside-'))
  const clock = { now: new Date('2026-11-22T12:00:00.000Z') }
  const here = openArticleIndex({ dataDir, now: () => clock.now })
  await here.write(async ({ apply }) => {
    for (const article of articles.map(articleWith)) {
      const file = { path: `${article.slug}.md`, fingerprint: 'as it is', digest: article.slug }
      await apply({ kind: 'article', file, article: prepareArticle(article), warnings: [] })
    }
  })
  const beside = openArticleIndex({
    dataDir,
    now: () => clock.now,
    readOnly: true,
    searchBeside: true,
  })
  onTestFinished(() => {
    beside.close()
    here.close()
    rmSync(dataDir, { recursive: true })
  })
  const isUp = async () => expect((await beside.search(comet)).coverage).not.toBe('none')
  await vi.waitFor(isUp, { timeout: 20_000, interval: 10 })
  return { here, beside, clock }
}

it('answers as the index itself does, at the time that its clock shows', async () => {
  const { here, beside, clock } = await open(
    { slug: 'a', title: 'Comet', body: 'A comet and a vault.\n' },
    { slug: 'b', title: 'Comet to come', publishedAt: '2026-12-01T00:00:00.000Z' },
  )
  for (const text of ['comet', 'vault com', '"a vault"', '', '(']) {
    const query = { ...comet, text }
    expect(await beside.search(query)).toEqual(await here.search(query))
  }
  expect((await beside.search(comet)).hitCount).toBe(1)
  clock.now = new Date('2026-12-01T00:00:00.000Z')
  expect((await beside.search(comet)).hitCount).toBe(2)
})

it('tells those who come when too many wait, and answers the others', async () => {
  const { beside } = await open({ title: 'Comet' })
  const answers = await Promise.all(Array.from({ length: 70 }, () => beside.search(comet)))
  expect(answers.filter(({ coverage }) => coverage === 'none')).toHaveLength(6)
  expect(answers[0]).toMatchObject({ hitCount: 1, coverage: 'all' })
  expect(beside.searchState()).toEqual({ state: 'ok', waiting: 0, restarts: 0 })
})

it('takes no time of the thread that asks', async () => {
  const body = 'A comet came and went. '.repeat(1000)
  const { here, beside } = await open(
    ...Array.from({ length: 100 }, (_, i) => ({ slug: `s${i}`, title: 'Comet', body })),
  )
  const query = { ...comet, pageSize: 100 }
  const timeOf = async (search: () => Promise<unknown>) => {
    const before = process.threadCpuUsage()
    await search()
    return process.threadCpuUsage(before).user
  }
  const timeHere = await timeOf(() => here.search(query))
  expect(await timeOf(() => beside.search(query))).toBeLessThan(timeHere / 3)
})
