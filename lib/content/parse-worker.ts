import { answerCalls } from '#lib/node/answer-calls.ts'
import { type ArticleFile, type ParsedArticle, parseArticle } from './parse-article.ts'
import { InvalidArticleError, type Problem } from './problem.ts'
import { tryBody } from './reading-limit.ts'

/** A file, or none: then only the thread is tried. */
export type ParseRequest = ArticleFile | undefined

export type ParseAnswer = { parsed: ParsedArticle } | { problems: Problem[] }

/** Runs in a thread of its own: parses content files, which may never end. */
answerCalls(async (file: ParseRequest, beginStage): Promise<ParseAnswer> => {
  if (!file) return { problems: [] }
  try {
    const parsed = parseArticle(file)
    const { body, locale } = parsed.article
    await tryBody(file.path, { body, locale, line: parsed.bodyLine }, beginStage)
    return { parsed }
  } catch (error) {
    if (error instanceof InvalidArticleError) return { problems: error.problems }
    throw error
  }
})
