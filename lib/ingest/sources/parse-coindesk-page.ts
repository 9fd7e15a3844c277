import { z } from 'zod'
import { FetchFailure } from '../fetch/fetch-failure.ts'
import { identifyStory } from '../intake/story-identity.ts'
import type { IdentifiedStory, RawStory } from '../story.ts'
import type { Rejection } from './source-result.ts'
import { textToHtml } from './text-to-html.ts'

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

const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || undefined)
const seconds = z.number().int().positive()

/** An article of the CoinDesk Data API, as far as it is of use; everything else is passed over. */
const coindeskArticleSchema = z.object({
  ID: z.union([z.number().int(), z.string().min(1)]).transform(String),
  URL: text,
  TITLE: text,
  SUBTITLE: text,
  BODY: text,
  LANG: text,
  AUTHORS: text,
  PUBLISHED_ON: seconds,
  UPDATED_ON: seconds.nullish(),
  SENTIMENT: text,
  SCORE: z.number().nullish(),
  STATUS: text,
  SOURCE_DATA: z
    .object({ SOURCE_KEY: text, NAME: text, SOURCE_TYPE: text })
    .nullish()
    .catch(undefined),
  CATEGORY_DATA: z
    .array(z.object({ CATEGORY: text, NAME: text }))
    .nullish()
    .catch(undefined),
})

export type CoindeskArticle = z.output<typeof coindeskArticleSchema>

/** As requirements of the publication say: externalId = ID, one category, all of them as tags. */
export function toCoindeskStory(article: CoindeskArticle, configKey: string): RawStory {
  const { SOURCE_DATA: source, BODY = '', SUBTITLE = '' } = article
  const categories = (article.CATEGORY_DATA ?? [])
    .map(({ CATEGORY, NAME }) => CATEGORY ?? NAME)
    .filter((name) => name !== undefined)
  const body = BODY || SUBTITLE
  return {
    source: {
      name: source?.NAME ?? 'CoinDesk Data',
      key: toKey(source?.SOURCE_KEY) ?? configKey,
      type: source?.SOURCE_TYPE ?? 'API',
    },
    id: article.ID,
    url: article.URL,
    title: article.TITLE ?? '',
    html: /<[a-z][^<>]*>/i.test(body) ? body : textToHtml(body),
    authors: (article.AUTHORS ?? '')
      .split(/[|,]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    publishedAt: toInstant(article.PUBLISHED_ON),
    updatedAt: article.UPDATED_ON ? toInstant(article.UPDATED_ON) : undefined,
    categories: categories.filter((name) => name !== 'SPONSORED'),
    sentiment: article.SENTIMENT,
    score: article.SCORE ?? undefined,
    language: (article.LANG ?? 'EN').toLowerCase(),
    isSponsored: categories.includes('SPONSORED'),
    isWithdrawn: article.STATUS === 'DELETED',
  }
}

function toInstant(unixSeconds: number): string {
  return new Date(unixSeconds * 1000).toISOString()
}

function toKey(key: string | undefined): string | undefined {
  return key !== undefined && /^[a-z0-9][a-z0-9._-]{0,99}$/i.test(key) ? key : undefined
}
