import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Article } from '#lib/content/article.ts'
import { articleWith } from '#lib/content/article-with.ts'
import { openArticleIndex } from '../sqlite-article-index.ts'
import { prepareArticle } from '../writes/prepared-article.ts'

const comet = { locale: 'en', text: 'comet', page: 1, pageSize: 9 } as const

/** An index that searches in a worker, which is up, and one on the same file that does not. */
async function open(...articles: Partial<Article>[]) {
  const dataDir = mkdtempSync(join(tmpdir(), 'search-in-worker-'))
  const clock = { now: new Date('2026-11-22T12:00:00.000Z') }
  const here = openArticleIndex({ dataDir, now: () => clock.now })
  await here.write(async ({ apply }) => {
    for (const article of articles.map(articleWith)) {
      const file = { path: `${article.slug}.md`, fingerprint: 'as it is', digest: article.slug }
      await apply({ kind: 'article', file, article: prepareArticle(article), warnings: [] })
    }
  })
  const inWorker = openArticleIndex({
    dataDir,
    now: () => clock.now,
    readOnly: true,
    searchInWorker: true,
  })
  onTestFinished(() => {
    inWorker.close()
    here.close()
    rmSync(dataDir, { recursive: true })
  })
  const isUp = async () => expect((await inWorker.search(comet)).coverage).not.toBe('none')
  await vi.waitFor(isUp, { timeout: 20_000, interval: 10 })
  return { here, inWorker, clock }
}

it('answers as the index itself does, at the time that its clock shows', async () => {
  const { here, inWorker, clock } = await open(
    { slug: 'a', title: 'Comet', body: 'A comet and a vault.\n' },
    { slug: 'b', title: 'Comet to come', publishedAt: '2026-12-01T00:00:00.000Z' },
  )
  for (const text of ['comet', 'vault com', '"a vault"', '', '(']) {
    const query = { ...comet, text }
    expect(await inWorker.search(query)).toEqual(await here.search(query))
  }
  expect((await inWorker.search(comet)).hitCount).toBe(1)
  clock.now = new Date('2026-12-01T00:00:00.000Z')
  expect((await inWorker.search(comet)).hitCount).toBe(2)
})

it('tells those who come when too many wait, and answers the others', async () => {
  const { inWorker } = await open({ title: 'Comet' })
  const answers = await Promise.all(Array.from({ length: 70 }, () => inWorker.search(comet)))
  expect(answers.filter(({ coverage }) => coverage === 'none')).toHaveLength(6)
  expect(answers[0]).toMatchObject({ hitCount: 1, coverage: 'all' })
  expect(inWorker.searchState()).toEqual({ state: 'ok', waiting: 0, restarts: 0 })
})

it('takes no time of the thread that asks', async () => {
  const body = 'A comet came and went. '.repeat(1000)
  const { here, inWorker } = await open(
    ...Array.from({ length: 100 }, (_, i) => ({ slug: `s${i}`, title: 'Comet', body })),
  )
  const query = { ...comet, pageSize: 100 }
  const timeOf = async (search: () => Promise<unknown>) => {
    const before = process.threadCpuUsage()
    await search()
    return process.threadCpuUsage(before).user
  }
  const timeHere = await timeOf(() => here.search(query))
  expect(await timeOf(() => inWorker.search(query))).toBeLessThan(timeHere / 3)
})
