import { z } from 'zod'
import type { RawStory } from '../story.ts'
import { textToHtml } from './text-to-html.ts'

const text = z
  .string()
  .nullish()
  .transform((value) => value?.trim() || undefined)
const seconds = z.number().int().positive()

/** An article of the CoinDesk Data API, as far as it is of use; everything else is passed over. */
export const coindeskArticleSchema = z.object({
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

/** As requirements of the paper say: externalId = ID, one category, all of them as tags. */
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
