import { expect, it } from 'vitest'
import { parseArticleInWorker } from './parse-article-in-worker.ts'
import { InvalidArticleError } from './problem.ts'
import { maxFileBytes } from './read-content-folder.ts'

const fileOf = (body: string, category = 'MARKETS') => ({
  path: 'articles/en/a.md',
  bytes: new TextEncoder().encode(
    `---\ntitle: A\npublishedAt: '2026-01-01T00:00:00.000Z'\ncategory: ${category}\n---\n${body}\n`,
  ),
})

it('answers as parseArticle does', async () => {
  const { article, plainText } = await parseArticleInWorker(fileOf('*Text*.'))
  expect([article.title, article.body, plainText]).toEqual(['A', '*Text*.\n', 'Text.'])
  await expect(parseArticleInWorker(fileOf('Text.', '[]'))).rejects.toThrow(
    'articles/en/a.md:4 category',
  )
})

it('refuses a file that takes longer than a second of CPU time, and reads the next one', async () => {
  const slow = parseArticleInWorker(fileOf('Ð¿Ñ€'.repeat(Math.floor(maxFileBytes / 9) - 100)))
  const next = parseArticleInWorker(fileOf('Next.'))
  await expect(slow).rejects.toThrow(InvalidArticleError)
  await expect(slow).rejects.toThrow('takes longer than 1 s of CPU time to read')
  expect((await next).plainText).toBe('Next.')
})
