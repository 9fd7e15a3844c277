import type { ArticleIndex, SpanSlice } from '#lib/article-index/article-index.ts'
import { memoizePerEpoch } from '#lib/article-index/memoize-per-epoch.ts'
import type { ArticleSummary } from '#lib/content/article.ts'
import { type ListedTopics, listPages } from '#lib/seo/sitemap/list-pages.ts'
import {
  sitemapFrames,
  toArticleUrl,
  toNewsUrl,
  toPageUrl,
  toSitemapReference,
} from '#lib/seo/sitemap/sitemap-xml.ts'
import { documentPaths, parseSitemapPartPath, sitemapPartPath } from '#lib/site/document-paths.ts'
import { locales } from '#lib/site/locales.ts'
import { toEtag } from '#lib/site/to-etag.ts'
import { type Endpoint, sendSentence } from '../../http/send.ts'
import { givingWay, sendText, streamDocument } from '../../http/send-document.ts'
import { digestPart, latestOf, listArticleParts } from './sitemap-parts.ts'

type SitemapIndex = Pick<
  ArticleIndex,
  | 'countIndexable'
  | 'digestIndexable'
  | 'epoch'
  | 'listAuthors'
  | 'listCategories'
  | 'listMonths'
  | 'listIndexable'
  | 'listPages'
  | 'listSources'
  | 'listStories'
  | 'listAssets'
  | 'listTags'
  | 'listTranslations'
>

const contentType = 'application/xml; charset=utf-8'

/** Read, and written out, in one turn of the event loop. */
const articlesPerPiece = 100

/** A change of what the documents look like: what clients hold of the former is void. */
const format = 1

/** Google reads no more than this of a news sitemap, and nothing older. */
const news = { mostArticles: 1000, milliseconds: 2 * 86_400_000 }

const pagesPerPart = 50_000

/**
 * The sitemaps of the site. `find` gives the endpoint of an address, or undefined for any address that
 * is none of theirs. A part that has nothing is 404; so is the news sitemap while there is no article of
 * the last two days, and `hasNews` says whether there is. See docs/decisions/0013-sitemaps-by-month.md.
 */
export function createSitemapEndpoints({
  index,
  siteUrl,
  now,
}: {
  index: SitemapIndex
  siteUrl: string
  now: () => Date
}): { find(pathname: string): Endpoint | undefined; hasNews(): boolean } {
  const articleParts = memoizePerEpoch(index.epoch, () => listArticleParts(index, siteUrl))
  const digests = memoizePerEpoch(
    index.epoch,
    () => new Map<string, ReturnType<typeof digestPart>>(),
  )
  const pages = memoizePerEpoch(index.epoch, async () => listPages(await listTopics(), siteUrl))

  async function listTopics(): Promise<ListedTopics[]> {
    const parts = await articleParts()
    return locales.map((locale) => ({
      locale,
      categories: index.listCategories(locale),
      tags: index.listTags(locale),
      sources: index.listSources(locale),
      stories: index.listStories(locale),
      assets: index.listAssets(locale),
      pages: index.listPages(locale),
      authors: index.listAuthors(locale),
      months: index.listMonths(locale).map(({ year, month }) => ({
        year,
        month,
        latestAt: parts.findLast(
          ({ part }) => part.locale === locale && part.year === year && part.month === month,
        )?.count.publishedAt,
      })),
    }))
  }

  const sendIndex: Endpoint = async (exchange) => {
    const [parts, listings] = await Promise.all([articleParts(), pages()])
    const references = Array.from(
      { length: Math.ceil(listings.length / pagesPerPart) },
      (_, at) => ({
        path: sitemapPartPath({ kind: 'listings', number: at + 1 }),
        lastModifiedAt: latestOf(
          listings
            .slice(at * pagesPerPart, (at + 1) * pagesPerPart)
            .map(({ lastModifiedAt }) => lastModifiedAt),
        ),
      }),
    ).concat(
      parts.map(({ part, count }) => ({
        path: sitemapPartPath(part),
        lastModifiedAt: count.updatedAt,
      })),
    )
    const lines = references.map(({ path, lastModifiedAt }) =>
      toSitemapReference(siteUrl + path, lastModifiedAt),
    )
    const body = sitemapFrames.index.start + lines.join('') + sitemapFrames.index.end
    return await sendText(exchange, { contentType, body })
  }

  function toNewsSpan(): Pick<SpanSlice, 'from' | 'before'> {
    const before = now().getTime()
    return {
      from: new Date(before - news.milliseconds).toISOString(),
      before: new Date(before + 1).toISOString(),
    }
  }

  const hasNews = () =>
    locales.some((locale) => index.listIndexable({ ...toNewsSpan(), locale, limit: 1 }).length > 0)

  const sendNews: Endpoint = async (exchange) => {
    const span = toNewsSpan()
    const found: ArticleSummary[] = []
    for (const locale of locales) {
      const { articleCount } = index.countIndexable({ ...span, locale })
      // The newest, should there be more.
      const skip = Math.max(0, articleCount - news.mostArticles)
      const slices = listSlices({ ...span, locale, skip }, articleCount - skip)
      for await (const slice of givingWay(slices)) found.push(...slice)
    }
    // The schema of sitemaps allows none without an address.
    if (found.length === 0) return sendSentence(exchange, 404, 'There is no news of two days.')
    const lines = found
      .sort((a, b) => (a.publishedAt < b.publishedAt ? 1 : -1))
      .slice(0, news.mostArticles)
      .map((article) => toNewsUrl(article, siteUrl))
    const { start, end } = sitemapFrames.news
    const etag = toEtag(lines.join(''))
    const chunks = chunksOf(lines, articlesPerPiece).map((chunk) => chunk.join(''))
    const pieces = () => [start, ...chunks, end]
    await streamDocument(exchange, { contentType, etag, pieces })
  }

  const sendListings =
    (number: number): Endpoint =>
    async (exchange) => {
      const part = (await pages()).slice((number - 1) * pagesPerPart, number * pagesPerPart)
      if (part.length === 0) return sendSentence(exchange, 404, 'There is no such sitemap.')
      const etag = toEtag(`${format} ${JSON.stringify(part)}`)
      const pieces = () => frame(chunksOf(part, 1000).map((chunk) => chunk.map(toPageUrl).join('')))
      await streamDocument(exchange, { contentType, etag, pieces })
    }

  const sendArticles =
    (path: string): Endpoint =>
    async (exchange) => {
      const counted = (await articleParts()).find((one) => sitemapPartPath(one.part) === path)
      if (!counted) return sendSentence(exchange, 404, 'There is no such sitemap.')
      const known = digests()
      const digest = known.get(path) ?? digestPart(index, counted)
      known.set(path, digest)
      const { digest: content, hasTranslations } = await digest
      const etag = toEtag(`${format} ${siteUrl} ${content}`)
      const toUrl = (article: ArticleSummary) =>
        toArticleUrl(article, hasTranslations ? index.listTranslations(article) : [], siteUrl)
      const pieces = () =>
        frame(
          mapPieces(listSlices(counted.slice, counted.count.articleCount), (slice) =>
            slice.map(toUrl).join(''),
          ),
        )
      await streamDocument(exchange, { contentType, etag, pieces })
    }

  function* listSlices({ skip, ...span }: SpanSlice, articleCount: number) {
    let after: ArticleSummary | undefined
    for (let seen = 0; seen < articleCount; seen += articlesPerPiece) {
      const limit = Math.min(articlesPerPiece, articleCount - seen)
      const slice = index.listIndexable({ ...span, after, limit, skip: seen === 0 ? skip : 0 })
      yield slice
      after = slice.at(-1)
      if (!after) return
    }
  }

  return {
    hasNews,
    find(pathname) {
      if (pathname === documentPaths.sitemapIndex) return sendIndex
      if (pathname === documentPaths.newsSitemap) return sendNews
      const part = parseSitemapPartPath(pathname)
      if (part?.kind === 'listings') return sendListings(part.number)
      return part && sendArticles(pathname)
    },
  }
}

function* frame(pieces: Iterable<string>): Generator<string> {
  yield sitemapFrames.urls.start
  yield* pieces
  yield sitemapFrames.urls.end
}

function* mapPieces<Piece>(pieces: Iterable<Piece>, map: (piece: Piece) => string) {
  for (const piece of pieces) yield map(piece)
}

function chunksOf<Value>(values: Value[], size: number): Value[][] {
  return Array.from({ length: Math.ceil(values.length / size) }, (_, at) =>
    values.slice(at * size, (at + 1) * size),
  )
}
