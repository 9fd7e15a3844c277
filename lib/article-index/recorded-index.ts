import { AsyncLocalStorage } from 'node:async_hooks'
import { hash } from 'node:crypto'
import { z } from 'zod'
import type { ArticleIndex, ArticleKey } from './article-index.ts'

/** The questions a kept page may have asked. Others (search, status) are for pages that are not kept. */
const recordedMethods = [
  'findArticle',
  'findAbsence',
  'listTranslations',
  'findNeighbours',
  'listRelated',
  'listArticles',
  'listFullArticles',
  'listMatches',
  'listFullMatches',
  'listPinned',
  'listCategories',
  'listTags',
  'listSources',
  'listMonths',
  'listDays',
  'findSourceFacts',
  'countMood',
  'listMoodSteps',
  'listMoodsByTopic',
  'listMoodArticles',
  'listCorrections',
  'findPage',
  'listPages',
  'findAuthor',
  'listAuthors',
  'listBylines',
  'findRedirect',
  'findPicture',
] as const

type RecordedMethod = (typeof recordedMethods)[number]

const recordedAnswers = z.array(
  z.object({
    method: z.enum(recordedMethods),
    parameters: z.array(z.unknown()),
    digest: z.string(),
  }),
)

/** A question that was asked while a page was rendered, and a digest of its answer. Plain JSON. */
export type RecordedAnswer = z.infer<typeof recordedAnswers>[number]

/** Reads answers back from JSON. Throws a `ZodError` when they are none. */
export const parseRecordedAnswers = (json: unknown): RecordedAnswer[] => recordedAnswers.parse(json)

export type RecordedIndex = {
  /** Answers as the index given; questions asked within `record` are written down. */
  index: ArticleIndex
  /** Does some work and tells what it asked, in any of its asynchronous parts. */
  record<Result>(
    work: () => Promise<Result>,
  ): Promise<{ result: Result; answers: RecordedAnswer[] }>
  /** Whether every question would still be answered as it was. */
  areUnchanged(answers: RecordedAnswer[]): boolean
}

/**
 * Watches what is asked of an index. A page shows nothing but answers, so it is as fresh as they
 * are: it stays as long as they stay the same, and no list of tags has to be kept for it.
 */
export function recordIndex(index: ArticleIndex): RecordedIndex {
  const recording = new AsyncLocalStorage<Map<string, RecordedAnswer>>()

  /** Asks the index itself. The parameters are those that a page once gave to the same method. */
  function answer(method: RecordedMethod, parameters: unknown[]): unknown {
    const ask = index[method] as (...parameters: unknown[]) => unknown
    return ask(...parameters)
  }

  function recorded<Method extends RecordedMethod>(method: Method): ArticleIndex[Method] {
    const watch = (...given: unknown[]) => {
      const answered = answer(method, given)
      const answers = recording.getStore()
      if (answers) {
        const parameters = given.map(toPlainParameter)
        const question = JSON.stringify([method, parameters])
        if (!answers.has(question)) {
          answers.set(question, { method, parameters, digest: toDigest(answered) })
        }
      }
      return answered
    }
    return watch as ArticleIndex[Method]
  }

  const watched = Object.fromEntries(recordedMethods.map((method) => [method, recorded(method)]))
  return {
    index: { ...index, ...watched },
    async record(work) {
      const answers = new Map<string, RecordedAnswer>()
      const result = await recording.run(answers, work)
      return { result, answers: [...answers.values()] }
    },
    areUnchanged: (answers) =>
      answers.every(
        ({ method, parameters, digest }) => toDigest(answer(method, parameters)) === digest,
      ),
  }
}

/** An article given as a parameter is reduced to what questions about it need: not its body. */
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
