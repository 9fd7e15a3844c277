import type { Article } from '#lib/content/article.ts'
import { toPlainText } from '#lib/content/plain-text.ts'
import { findPinEnd, isIndexable } from '#lib/content/visibility.ts'
import type { Locale } from '#lib/site/locales.ts'
import { hideApostrophes } from '../search/apostrophes.ts'
import { listPlacements, sentimentCodes } from '../store/placements.ts'
import { toSummaryColumn } from '../store/rows.ts'

/**
 * An article in the form in which it is written. Making it is most of the work of indexing and needs
 * no database, so that it can be done in another thread; it holds plain values only.
 */
export type PreparedArticle = {
  locale: Locale
  slug: string
  translationKey: string
  /** Milliseconds since 1970. */
  publishedAt: number
  updatedAt: number
  stickyWeight: number
  /** When the pin ends and when it stops being breaking news; 0 for an article that is neither. */
  pinnedUntil: number
  breakingUntil: number
  /** One of `sentimentCodes`. */
  sentiment: number | undefined
  /** Milliseconds since 1970, in the order of the article's corrections. */
  correctedAt: number[]
  draft: boolean
  withdrawn: boolean
  /** Neither asks to be left out of search engines nor has its canonical home elsewhere. */
  indexable: boolean
  /** 1 with a valid review, 0 for what a model wrote without one. */
  reviewed: number | undefined
  aliases: string[]
  /** `Placement[]` as JSON: as objects they take 60 µs to hand to another thread, all else 30. */
  placements: string
  summary: string
  body: string
  /** Title, description, category and tags, body: as they are searched. */
  words: string[]
}

/** `plainText` is the body's, where somebody has made it before. */
export function prepareArticle(
  article: Article,
  plainText = toPlainText(article.body),
): PreparedArticle {
  const { locale, slug, title, description, category, tags, stickyWeight } = article
  const words = [title, description, `${category} ${tags.join(' ')}`, plainText]
  return {
    locale,
    slug,
    translationKey: article.translationKey ?? slug,
    publishedAt: Date.parse(article.publishedAt),
    updatedAt: Date.parse(article.updatedAt),
    stickyWeight,
    pinnedUntil: findPinEnd(article),
    breakingUntil: article.breakingUntil === undefined ? 0 : Date.parse(article.breakingUntil),
    sentiment: article.sentiment && sentimentCodes[article.sentiment],
    correctedAt: article.corrections.map(({ at }) => Date.parse(at)),
    draft: article.draft,
    withdrawn: article.withdrawn,
    indexable: isIndexable(article),
    reviewed: article.reviewedBy !== undefined ? 1 : article.ai ? 0 : undefined,
    aliases: article.aliases.filter((alias) => alias !== slug),
    placements: JSON.stringify(listPlacements(article)),
    summary: toSummaryColumn(article),
    body: article.body,
    words: words.map((text) => hideApostrophes(text.normalize('NFC'))),
  }
}
