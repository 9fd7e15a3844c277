import { AsyncLocalStorage } from 'node:async_hooks'
import { hash } from 'node:crypto'
import { z } from 'zod'
import {
  type ArticleKey,
  type PageIndex,
  type RecordedQueryName,
  recordedQueryNames,
} from './article-index.ts'

const recordedAnswers = z.array(
  z.object({
    query: z.enum(recordedQueryNames),
    parameters: z.array(z.unknown()),
    digest: z.string(),
  }),
)

/** A query that was made while a page was rendered, and a digest of its answer. Plain JSON. */
export type RecordedAnswer = z.infer<typeof recordedAnswers>[number]

/** Reads answers back from JSON. Throws a `ZodError` when they are none. */
export const parseRecordedAnswers = (json: unknown): RecordedAnswer[] => recordedAnswers.parse(json)

export type RecordedIndex = {
  /** Answers as the index given; queries made within `record` are written down. */
  index: PageIndex
  /** Does some work and returns what it asked, in any of its asynchronous parts. */
  record<Result>(
    work: () => Promise<Result>,
  ): Promise<{ result: Result; answers: RecordedAnswer[] }>
  /** Whether every query would still be answered as it was. */
  areUnchanged(answers: RecordedAnswer[]): boolean
}

/**
 * Records what is asked of an index. A page shows nothing but answers, so it is as fresh as they are:
 * it stays as long as they stay the same, and no list of tags has to be kept for it.
 */
export function recordIndex(index: PageIndex): RecordedIndex {
  const recording = new AsyncLocalStorage<Map<string, RecordedAnswer>>()

  /** Asks the index itself. The parameters are those that a page once gave to the same query. */
  function answer(query: RecordedQueryName, parameters: unknown[]): unknown {
    const ask = index[query] as (...parameters: unknown[]) => unknown
    return ask(...parameters)
  }

  const toRecorded =
    (query: RecordedQueryName) =>
    (...given: unknown[]) => {
      const answered = answer(query, given)
      const answers = recording.getStore()
      if (answers) {
        const parameters = given.map(toPlainParameter)
        const key = JSON.stringify([query, parameters])
        if (!answers.has(key)) answers.set(key, { query, parameters, digest: toDigest(answered) })
      }
      return answered
    }

  return {
    index: Object.fromEntries(
      recordedQueryNames.map((name) => [name, toRecorded(name)]),
    ) as unknown as PageIndex,
    async record(work) {
      const answers = new Map<string, RecordedAnswer>()
      const result = await recording.run(answers, work)
      return { result, answers: [...answers.values()] }
    },
    areUnchanged: (answers) =>
      answers.every(
        ({ query, parameters, digest }) => toDigest(answer(query, parameters)) === digest,
      ),
  }
}

/** An article given as a parameter is reduced to what queries about it need: not its body. */
function toPlainParameter(parameter: unknown): unknown {
  return isArticle(parameter) ? toArticleKey(parameter) : parameter
}

function isArticle(parameter: unknown): parameter is ArticleKey {
  return typeof parameter === 'object' && parameter !== null && 'publishedAt' in parameter
}

const toArticleKey = ({ locale, slug, publishedAt, category, tags, source }: ArticleKey) => ({
  locale,
  slug,
  publishedAt,
  category,
  tags,
  source,
})

const toDigest = (answer: unknown) => hash('sha1', JSON.stringify(answer) ?? '', 'base64url')
