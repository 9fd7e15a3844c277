import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Article } from '#lib/content/article.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { hasValidChecksum } from '#lib/ingest/publish/checksum.ts'
import type { ForgetfulFeed } from './forgetful-feed.ts'

/** What differs between what the sources sent and what stands in the content folder, in sentences. */
export async function checkOutcome(
  contentDir: string,
  feeds: Pick<ForgetfulFeed, 'key' | 'stories'>[],
): Promise<string[]> {
  const failures: string[] = []
  const articles = new Map<string, Article[]>()
  for (const name of await readdir(contentDir, { recursive: true })) {
    if (name.endsWith('.tmp')) failures.push(`${name} was left behind`)
    if (!name.endsWith('.md')) continue
    const bytes = await readFile(join(contentDir, name))
    try {
      const { article } = parseArticle({ path: name, bytes })
      const key = `${article.source?.key} ${article.externalId} ${article.locale}`
      articles.set(key, [...(articles.get(key) ?? []), article])
      if (!hasValidChecksum(bytes)) failures.push(`${name} is not as it was written`)
    } catch (cause) {
      if (!(cause instanceof InvalidArticleError)) throw cause
      failures.push(`${name} is half-written: ${cause.message}`)
    }
  }
  let expected = 0
  for (const { key, stories } of feeds) {
    for (const story of stories()) {
      for (const locale of ['en', 'uk']) {
        expected += 1
        const told = articles.get(`${key} ${story.id} ${locale}`) ?? []
        if (told.length !== 1)
          failures.push(`${story.id} is told ${told.length} times in ${locale}`)
        const version = /Changed in version (\d+)/.exec(story.text.split('<p>').at(-1) ?? '')?.[1]
        const isCurrent = told.every(({ body }) => version === undefined || body.includes(version))
        if (!isCurrent) failures.push(`${story.id} in ${locale} lacks its change ${version}`)
      }
    }
  }
  const found = [...articles.values()].flat().length
  if (found !== expected) failures.push(`${found} articles where ${expected} should be`)
  console.log(`  ${expected} articles expected, ${found} found`)
  return failures
}
