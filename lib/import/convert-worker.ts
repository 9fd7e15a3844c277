import { parsePage } from '#lib/content/page.ts'
import { parseArticle } from '#lib/content/parse-article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import { answerCalls } from '#lib/node/answer-calls.ts'
import { type ConvertedBody, convertBody } from './convert-body.ts'
import type { ImportedBody } from './imported-post.ts'

/** One text to convert, or one written file to read as the site will. */
export type ConvertRequest =
  | { convert: ImportedBody }
  | { read: { kind: 'article' | 'page'; path: string; text: string } }
export type ConvertAnswer = { converted: ConvertedBody } | { problems: Problem[] }

/** Runs in a thread of its own, because converting a hostile text may never end. */
answerCalls((request: ConvertRequest): ConvertAnswer => {
  if ('convert' in request) return { converted: convertBody(request.convert) }
  const { kind, path, text } = request.read
  const file = { path, bytes: new TextEncoder().encode(text) }
  try {
    return { problems: kind === 'page' ? parsePage(file).warnings : parseArticle(file).warnings }
  } catch (error) {
    if (error instanceof InvalidArticleError) return { problems: error.problems }
    throw error
  }
})
