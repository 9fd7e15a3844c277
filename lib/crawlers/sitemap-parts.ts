import { hash } from 'node:crypto'
import type { ArticleIndex, SpanCount, SpanSlice } from '#lib/article-index/article-index.ts'
import { articlesPerPart } from '#lib/seo/sitemap/sitemap-xml.ts'
import type { SitemapPart } from '#lib/site/document-paths.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { givingWay } from './send-document.ts'

export type PartIndex = Pick<
  ArticleIndex,
  'countOffered' | 'digestOffered' | 'listOffered' | 'listMonths' | 'listTranslations'
>

export type ArticlePart = Extract<SitemapPart, { kind: 'articles' }>

/** A part that has articles, and what is said of it without reading them. */
export type CountedPart = { part: ArticlePart; slice: SpanSlice; count: SpanCount }

/** Looked at in one turn of the event loop: some milliseconds of work. */
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
  for await (const month of givingWay(months)) parts.push(...countMonth(index, month, siteUrl))
  return parts
}

/** The parts of one month; none when it has nothing to offer. */
export function countMonth(
  index: PartIndex,
  month: { locale: Locale; year: number; month: number },
  siteUrl: string,
): CountedPart[] {
  const span = toSpan(month)
  const whole = index.countOffered(span)
  if (whole.articleCount === 0) return []
  const limit = articlesPerPart({ siteUrl, longestSlug: whole.longestSlug })
  const partCount = Math.ceil(whole.articleCount / limit)
  return Array.from({ length: partCount }, (_, at) => {
    const slice = { ...span, skip: at * limit, limit }
    const count = partCount === 1 ? whole : index.countOffered(slice)
    return { part: { kind: 'articles', ...month, number: at + 1 }, slice, count }
  })
}

/** Another text whenever the part's document is another one; and whether it has translations. */
export async function digestPart(
  index: PartIndex,
  { slice, count }: CountedPart,
): Promise<{ digest: string; hasTranslations: boolean }> {
  const digests: number[] = []
  let hasTranslations = false
  for await (const piece of givingWay(listSlices(index.digestOffered, slice, count))) {
    digests.push(piece.digest)
    hasTranslations ||= piece.translationCount > 0
  }
  return { digest: hash('sha256', digests.join(), 'base64url').slice(0, 22), hasTranslations }
}

function* listSlices(
  digest: PartIndex['digestOffered'],
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
