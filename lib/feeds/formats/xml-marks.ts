import { messagesFor } from '#lib/i18n/messages.ts'
import type { FeedArticle } from '../feed-article.ts'

/**
 * How sentiment and provenance stand in XML, in elements that validators and readers know: an own
 * namespace would be a warning in every validator. See docs/decisions/0010-feeds-and-filters.md.
 */
type Mark = { scheme: string; term: string; label: string }

/**
 * Categories of ours that are no topics: `…/feeds#sentiment`, `positive`; `…/feeds#kind`, `analysis`.
 * Plain news says neither.
 */
export function listMarks({ locale, sentiment, kind }: FeedArticle, vocabularyUrl: string): Mark[] {
  const { sentiments, kinds } = messagesFor(locale)
  return [
    ...(sentiment
      ? [
          {
            scheme: `${vocabularyUrl}#sentiment`,
            term: sentiment.toLowerCase(),
            label: sentiments[sentiment],
          },
        ]
      : []),
    ...(kind === 'news'
      ? []
      : [{ scheme: `${vocabularyUrl}#kind`, term: kind, label: kinds[kind] }]),
  ]
}

/**
 * `dcterms:provenance`: the IPTC's term for how the text was made, and then what a model did, as
 * `rewritten; expanded=<instant>; version=<number>; translated-from=<language>; reviewed=<instant>;
 * reviewed-by=<name>` with what applies. The name is the last, so it may have any characters.
 */
export function toProvenance({ ai }: FeedArticle): { provenances: string[] } | undefined {
  if (!ai) return undefined
  const done = [
    ai.rewritten ? 'rewritten' : undefined,
    ai.expandedAt && `expanded=${ai.expandedAt}`,
    ai.version === undefined ? undefined : `version=${ai.version}`,
    ai.translatedFrom && `translated-from=${ai.translatedFrom}`,
    ai.review && `reviewed=${ai.review.at}`,
    ai.review && `reviewed-by=${ai.review.by}`,
  ]
  return { provenances: [ai.sourceType, done.filter((one) => one !== undefined).join('; ')] }
}

/**
 * What is outside `Char` of XML 1.0 (https://www.w3.org/TR/xml/#charsets). Replaced, never removed:
 * removal could join the two halves of a `]]>`.
 */
export function replaceForbidden(xml: string): string {
  return xml
    .toWellFormed()
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
}
