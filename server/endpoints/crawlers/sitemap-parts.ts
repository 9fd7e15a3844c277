import { setImmediate } from 'node:timers/promises'
import type { ArticleIndex, SpanCount, SpanSlice } from '#lib/article-index/article-index.ts'
import { articlesPerPart } from '#lib/seo/sitemap/sitemap-xml.ts'
import type { SitemapPart } from '#lib/site/document-paths.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { toEtag } from '#lib/site/to-etag.ts'
import { givingWay } from '#server/http/send-document.ts'

export type PartIndex = Pick<
  ArticleIndex,
  'countIndexable' | 'digestIndexable' | 'listIndexable' | 'listMonths' | 'listTranslations'
>

type ArticlePart = Extract<SitemapPart, { kind: 'articles' }>

/** A part that has articles, and its counts, made without reading the articles. */
export type CountedPart = { part: ArticlePart; slice: SpanSlice; count: SpanCount }

/** Looked at in one turn of the event loop: some milliseconds of work each. */
const articlesPerCount = 10_000
const articlesPerDigest = 2000

/**
 * The parts of all articles, the newest month first. A month is one part, or as many as its articles
 * need: the last of them takes what is new. An old month's parts stay as they are.
 */
export async function listArticleParts(index: PartIndex, siteUrl: string): Promise<CountedPart[]> {
  const months = locales.flatMap((locale) =>
    index.listMonths(locale).map(({ year, month }) => ({ locale, year, month })),
  )
  const parts: CountedPart[] = []
  for (const month of months) parts.push(...(await countMonth(index, month, siteUrl)))
  return parts
}

/** The parts of one month; none when it has nothing to offer. */
async function countMonth(
  index: PartIndex,
  month: { locale: Locale; year: number; month: number },
  siteUrl: string,
): Promise<CountedPart[]> {
  const span = toSpan(month)
  const whole = await count(index, span)
  const limit = articlesPerPart({ siteUrl, longestSlug: whole.longestSlug })
  const parts: CountedPart[] = []
  for (let skip = 0; skip < whole.articleCount; skip += limit) {
    const slice = { ...span, skip, limit }
    parts.push({
      part: { kind: 'articles', ...month, number: parts.length + 1 },
      slice,
      count: whole.articleCount <= limit ? whole : await count(index, slice),
    })
  }
  return parts
}

async function count(
  index: PartIndex,
  { skip = 0, limit = Number.POSITIVE_INFINITY, ...span }: SpanSlice,
): Promise<SpanCount> {
  const counts: SpanCount[] = []
  for (let seen = 0; seen < limit; seen += articlesPerCount) {
    await setImmediate()
    const wanted = Math.min(articlesPerCount, limit - seen)
    const counted = index.countIndexable({ ...span, skip: skip + seen, limit: wanted })
    counts.push(counted)
    if (counted.articleCount < wanted) break
  }
  return {
    articleCount: counts.reduce((sum, { articleCount }) => sum + articleCount, 0),
    publishedAt: latestOf(counts.map(({ publishedAt }) => publishedAt)),
    updatedAt: latestOf(counts.map(({ updatedAt }) => updatedAt)),
    longestSlug: Math.max(...counts.map(({ longestSlug }) => longestSlug)),
  }
}

/** The last of some UTC instants; undefined when there is none. */
export const latestOf = (instants: (string | undefined)[]) =>
  instants
    .filter((instant) => instant !== undefined)
    .sort()
    .at(-1)

/** Another text whenever the part's document is another one; and whether it has translations. */
export async function digestPart(
  index: PartIndex,
  { slice, count }: CountedPart,
): Promise<{ digest: string; hasTranslations: boolean }> {
  const digests: number[] = []
  let hasTranslations = false
  for await (const piece of givingWay(listSlices(index.digestIndexable, slice, count))) {
    digests.push(piece.digest)
    hasTranslations ||= piece.translationCount > 0
  }
  return { digest: toEtag(digests.join()), hasTranslations }
}

function* listSlices(
  digest: PartIndex['digestIndexable'],
  { skip, ...span }: SpanSlice,
  { articleCount }: SpanCount,
) {
  let after: SpanSlice['after']
  for (let seen = 0; seen < articleCount; seen += articlesPerDigest) {
    const limit = Math.min(articlesPerDigest, articleCount - seen)
    const piece = digest({ ...span, after, limit, skip: seen === 0 ? skip : 0 })
    yield piece
    after = piece.last
    if (!after) return
  }
}

function toSpan({ locale, year, month }: { locale: Locale; year: number; month: number }) {
  const startOf = (month: number) => new Date(Date.UTC(year, month - 1, 1)).toISOString()
  return { locale, from: startOf(month), before: startOf(month + 1) }
}
