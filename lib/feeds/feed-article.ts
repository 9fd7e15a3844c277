import type { AiProvenance, Article, Correction, Cover, Sentiment } from '#lib/content/article.ts'
import { toCoverCredit } from '#lib/covers/cover-credit.ts'
import { toCoverImage } from '#lib/covers/cover-image.ts'
import { listCoverVariants } from '#lib/covers/cover-variants.ts'
import { formatTopic } from '#lib/i18n/topic-names.ts'
import type { CompiledBody } from '#lib/markdown/compiled-body.ts'
import type { ArticleKind } from '#lib/site/addresses/article-filter.ts'
import type { Locale } from '#lib/site/locales.ts'
import { feedPath } from '#lib/site/routes.ts'
import { site } from '#lib/site/site.ts'
import { type ContentSite, plainTextHtml, toArticleUrl, toContentHtml } from './content-html.ts'

/** A picture as feeds name it. Pixels; the height is known only of pictures cropped to measure. */
type FeedPicture = { url: string; width: number | undefined; height: number | undefined }

/** `type` is a MIME type. */
type FeedCoverFile = FeedPicture & { type: string }

export type FeedCover = {
  /** The one that is shown where only one can be. */
  best: FeedCoverFile
  /** The same picture in other shapes or sizes. */
  others: FeedCoverFile[]
  thumbnail: FeedPicture
  alt: string | undefined
  /** The photographer's name. */
  credit: string | undefined
}

/** Texts are plain except `html`; every address is absolute; instants are UTC ISO strings. */
export type FeedArticle = {
  /** A tag URI that stays when the article is edited or renamed. */
  id: string
  url: string
  locale: Locale
  title: string
  summary: string
  /** Never blank. */
  html: string
  publishedAt: string
  updatedAt: string
  /** Never empty: the publication signs what nobody else does. */
  authors: string[]
  /** Category and tags as readers know them. */
  topics: string[]
  /** The story where it is known, else our feed of all that comes from the source. */
  source: { name: string; key: string; url: string; storyUrl: string | undefined } | undefined
  /** Where the text lives canonically when that is not here. */
  canonicalUrl: string | undefined
  cover: FeedCover | undefined
  sentiment: Sentiment | undefined
  kind: ArticleKind
  /** `review`: who answers for the text as it stands, and since when. */
  ai:
    | (AiProvenance & { sourceType: string; review: { by: string; at: string } | undefined })
    | undefined
  corrections: Correction[]
}

/** `compiled` is the article's body, for its address; without it the summary takes its place. */
export function describeArticle(
  article: Article,
  id: string,
  { compiled, ...place }: ContentSite & { compiled?: CompiledBody | undefined },
): FeedArticle {
  const { locale, source, cover, ai } = article
  const topics = [article.category, ...article.tags].map((topic) => formatTopic(locale, topic))
  return {
    id,
    url: toArticleUrl(article, place.siteUrl),
    locale,
    title: article.title,
    summary: article.description,
    html:
      toContentHtml(article, compiled, place) ||
      plainTextHtml(article.description || article.title),
    publishedAt: article.publishedAt,
    updatedAt: article.updatedAt,
    authors: article.authors.length > 0 ? article.authors : [site().name],
    topics: [...new Set(topics)],
    source: source && {
      name: source.name,
      key: source.key,
      url:
        source.url ?? place.siteUrl + feedPath(locale, { kind: 'source', key: source.key }, 'rss'),
      storyUrl: source.url,
    },
    canonicalUrl: article.canonicalUrl,
    cover: cover && describeCover(cover, place.siteUrl),
    sentiment: article.sentiment,
    kind: article.kind ?? 'news',
    ai:
      ai && isWrittenByModel(ai)
        ? { ...ai, sourceType: toSourceType(ai), review: toReview(article) }
        : undefined,
    corrections: article.corrections,
  }
}

const isWrittenByModel = ({ rewritten, expandedAt, translatedFrom }: AiProvenance) =>
  rewritten || expandedAt !== undefined || translatedFrom !== undefined

const toReview = ({ reviewedBy, reviewedAt }: Article) =>
  reviewedBy === undefined || reviewedAt === undefined
    ? undefined
    : { by: reviewedBy, at: reviewedAt }

/** What the IPTC calls it (https://cv.iptc.org/newscodes/digitalsourcetype/); pages say the same. */
function toSourceType({ rewritten }: AiProvenance): string {
  const name = rewritten ? 'trainedAlgorithmicMedia' : 'compositeWithTrainedAlgorithmicMedia'
  return `http://cv.iptc.org/newscodes/digitalsourcetype/${name}`
}

function describeCover(cover: Cover, siteUrl: string): FeedCover | undefined {
  const [best, ...others] = listCoverVariants(cover, siteUrl).map(withKnownSize)
  if (!best) return undefined
  const isCropped = best.height !== undefined
  const card = toCoverImage(cover, 'card')
  return {
    best,
    others,
    thumbnail: {
      url: new URL(card?.src ?? best.url, siteUrl).href,
      width: isCropped ? card?.width : undefined,
      height: isCropped ? card?.height : undefined,
    },
    alt: cover.alt,
    credit: toCoverCredit(cover)?.name,
  }
}

/** Of a file that was not cropped to measure, the width is a nominal one. */
function withKnownSize(file: FeedCoverFile): FeedCoverFile {
  return file.height === undefined ? { ...file, width: undefined } : file
}
