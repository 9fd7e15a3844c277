import { z } from 'zod'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import { identifyStory } from '../intake/identify-story.ts'
import type { IdentifiedStory } from '../story.ts'
import { type CoindeskArticle, coindeskArticleSchema, toCoindeskStory } from './coindesk-article.ts'
import type { Rejection } from './source-result.ts'

/** How many articles are asked for at a time; the API gives no more. */
export const pageSize = 100

/** A page of the news list. `publishedOn` is in Unix seconds. */
export type CoindeskPage = {
  articles: { id: string; publishedOn: number; story: IdentifiedStory }[]
  rejections: Rejection[]
  isLast: boolean
}

const envelopeSchema = z.object({
  Data: z.array(z.unknown()).nullish(),
  Err: z.object({ message: z.string().optional(), type: z.unknown() }).partial().nullish(),
})

/** Parses a page of the news list. Throws `FetchFailure`. */
export function parseCoindeskPage(bytes: Uint8Array, configKey: string): CoindeskPage {
  const { Data: written, Err: error } = parseEnvelope(bytes)
  const message = error?.message?.trim()
  if (message) {
    const isPassing = /limit|too many|try again/i.test(message)
    throw new FetchFailure(`answered with an error: ${message.slice(0, 300)}`, { isPassing })
  }
  if (!written || (error && Object.keys(error).length > 0)) {
    throw new FetchFailure('answered without stories and without saying why', {})
  }
  const articles: CoindeskPage['articles'] = []
  const rejections: Rejection[] = []
  for (const one of written) {
    const result = coindeskArticleSchema.safeParse(one)
    const fault = result.success ? findFault(result.data) : 'is not as the API describes an article'
    if (result.success && fault === undefined) articles.push(toArticle(result.data, configKey))
    else rejections.push({ what: nameOf(one), why: fault ?? '' })
  }
  return { articles, rejections, isLast: written.length < pageSize || articles.length === 0 }
}

function toArticle(article: CoindeskArticle, configKey: string): CoindeskPage['articles'][number] {
  const story = identifyStory(toCoindeskStory(article, configKey))
  return { id: article.ID, publishedOn: article.PUBLISHED_ON, story }
}

function findFault({ STATUS, TITLE, BODY, SUBTITLE }: CoindeskArticle): string | undefined {
  const isEmpty = !TITLE && !BODY && !SUBTITLE
  return STATUS !== 'DELETED' && isEmpty ? 'has neither a title nor a text' : undefined
}

function parseEnvelope(bytes: Uint8Array): z.output<typeof envelopeSchema> {
  try {
    return envelopeSchema.parse(JSON.parse(new TextDecoder().decode(bytes)))
  } catch (cause) {
    throw new FetchFailure('answered with something that is not its JSON', {
      isPassing: true,
      cause,
    })
  }
}

function nameOf(written: unknown): string {
  const id =
    typeof written === 'object' && written !== null ? Reflect.get(written, 'ID') : undefined
  return typeof id === 'number' || typeof id === 'string' ? String(id).slice(0, 200) : 'an article'
}
