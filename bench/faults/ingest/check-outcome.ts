import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Article } from '#lib/content/article.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { hasValidChecksum } from '#lib/ingest/publish/article-file.ts'
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
        const published = articles.get(`${key} ${story.id} ${locale}`) ?? []
        if (published.length !== 1)
          failures.push(`${story.id} is published ${published.length} times in ${locale}`)
        const version = /Changed in version (\d+)/.exec(story.text.split('<p>').at(-1) ?? '')?.[1]
        const isCurrent = published.every(
          ({ body }) => version === undefined || body.includes(version),
        )
        if (!isCurrent) failures.push(`${story.id} in ${locale} lacks its change ${version}`)
      }
    }
  }
  const found = [...articles.values()].flat().length
  if (found !== expected) failures.push(`${found} articles where ${expected} should be`)
  console.log(`  ${expected} articles expected, ${found} found`)
  return failures
}

/** A request that the model answered, and when, by `performance.now()`. */
export type AnsweredRequest = { question: string; at: number }

/** How long an answer may take from the model to the store, in ms. */
const onItsWay = 400
/** A question may be answered this long after the one who asked it was killed, in ms. */
const tooLate = 2000

/**
 * Questions that were answered more than once. An answer that was on its way when the process was
 * killed never arrived, so that question may be repeated; any other repetition costs money for nothing.
 */
export function listRepeatedQuestions(
  answered: AnsweredRequest[],
  killedAt: number[],
): { unavoidable: number; avoidable: string[] } {
  const avoidable: string[] = []
  let unavoidable = 0
  for (const [question, times] of Map.groupBy(answered, (one) => one.question)) {
    for (const { at } of times.slice(0, -1)) {
      const wasKilled = killedAt.some((kill) => kill > at - tooLate && kill < at + onItsWay)
      const next = killedAt.find((kill) => kill >= at) ?? Number.POSITIVE_INFINITY
      const gap = (next - at).toFixed(0)
      if (wasKilled) unavoidable += 1
      else avoidable.push(`was asked again, ${gap} ms before a kill: ${question.slice(0, 120)}`)
    }
  }
  return { unavoidable, avoidable }
}
