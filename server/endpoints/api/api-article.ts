import { z } from 'zod'
import type { Article, ArticleSummary, Cover } from '#lib/content/article.ts'
import { toCoverCredit } from '#lib/covers/cover-credit.ts'
import { listCoverVariants } from '#lib/covers/cover-variants.ts'
import { articleKinds, sentimentSegments } from '#lib/site/addresses/article-filter.ts'
import { locales } from '#lib/site/locales.ts'
import { listAssets } from '#lib/site/names.ts'
import { articlePath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'

const instant = z.iso.datetime().describe('A UTC instant with milliseconds.')
const topic = z.object({
  name: z.string().describe('As the article writes it: `LAYER 2`.'),
  segment: z.string().describe('As addresses and filters have it: `layer-2`.'),
})

const apiCover = z.object({
  variants: z
    .array(
      z.object({
        url: z.url(),
        type: z.string().describe('A MIME type.'),
        width: z.int().optional().describe('Pixels; only of pictures cropped to measure.'),
        height: z.int().optional().describe('Pixels; only of pictures cropped to measure.'),
      }),
    )
    .min(1)
    .describe('The same picture in several shapes or sizes, the best first.'),
  alt: z.string().optional().describe('What the picture shows. Absent: it is decoration.'),
  credit: z
    .object({ name: z.string(), url: z.url().optional() })
    .optional()
    .describe('The photographer, to be named where the picture is shown.'),
})

/** An article in the API. Unknown fields are absent, never null. */
export const apiArticle = z
  .object({
    slug: z.string().describe('Names the article in its language, until it is renamed.'),
    lang: z.enum(locales),
    url: z.url().describe('Where people read it.'),
    title: z.string(),
    description: z.string().describe('One or two sentences; may be empty.'),
    publishedAt: instant,
    updatedAt: instant,
    category: topic,
    tags: z.array(topic),
    source: z
      .object({
        name: z.string(),
        key: z.string().describe('As filters have it.'),
        url: z.url().optional().describe('The story itself.'),
      })
      .optional()
      .describe('Who gave us the story.'),
    authors: z.array(z.string()).describe('Empty: signed by the publication.'),
    kind: z.enum(articleKinds).describe('What the article is.'),
    story: z
      .string()
      .optional()
      .describe('The key of the story that it belongs to: `/story/<key>`.'),
    assets: z.array(z.string()).describe('Keys of the assets that it is about: `/asset/<key>`.'),
    prices: z
      .array(z.object({ asset: z.string(), usd: z.number(), at: instant, source: z.string() }))
      .optional()
      .describe('Prices at publication, in US dollars.'),
    sentiment: z.enum(sentimentSegments).optional().describe('How it reads for the market.'),
    cover: apiCover.optional(),
    ai: z
      .object({
        rewritten: z.boolean(),
        expandedAt: instant.optional(),
        version: z.number().optional(),
        translatedFrom: z.string().optional().describe('A language.'),
      })
      .optional()
      .describe('What a language model did to the text. Absent: nothing.'),
    review: z
      .object({ by: z.string().describe('A name or a role.'), at: instant })
      .optional()
      .describe('Who has read the text as it stands and answers for it. Absent: nobody yet.'),
    corrections: z.array(z.object({ at: instant, text: z.string() })),
    canonicalUrl: z.url().optional().describe('Where the text lives when that is not here.'),
    wordCount: z.int(),
    body: z.string().optional().describe('The text in Markdown; there with `include=body`.'),
  })
  .describe('A published article.')

export type ApiArticle = z.infer<typeof apiArticle>

/** `siteUrl` is an origin without a trailing slash. */
export function toApiArticle(article: ArticleSummary | Article, siteUrl: string): ApiArticle {
  const { locale, slug, source, cover, ai } = article
  return {
    slug,
    lang: locale,
    url: siteUrl + articlePath(locale, slug),
    title: article.title,
    description: article.description,
    publishedAt: article.publishedAt,
    updatedAt: article.updatedAt,
    category: toTopic(article.category),
    tags: article.tags.map(toTopic),
    source: source && { name: source.name, key: source.key, url: source.url },
    authors: article.authors,
    kind: article.kind ?? 'news',
    story: article.storyKey,
    assets: listAssets(article).map(({ key }) => key),
    prices: article.prices,
    sentiment: sentimentSegments.find((one) => one === article.sentiment?.toLowerCase()),
    cover: cover && toApiCover(cover, siteUrl),
    ai,
    review:
      article.reviewedBy === undefined || article.reviewedAt === undefined
        ? undefined
        : { by: article.reviewedBy, at: article.reviewedAt },
    corrections: article.corrections,
    canonicalUrl: article.canonicalUrl,
    wordCount: article.wordCount,
    body: 'body' in article ? article.body : undefined,
  }
}

const toTopic = (name: string) => ({ name, segment: toSegment(name) })

function toApiCover(cover: Cover, siteUrl: string): ApiArticle['cover'] {
  const variants = listCoverVariants(cover, siteUrl).map(({ url, type, width, height }) =>
    height === undefined ? { url, type } : { url, type, width, height },
  )
  if (variants.length === 0) return undefined
  const credit = toCoverCredit(cover)
  return { variants, alt: cover.alt, credit: credit && { name: credit.name, url: credit.url } }
}
