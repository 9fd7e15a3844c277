import type { Element, ElementContent } from 'hast'
import rehypeStringify from 'rehype-stringify'
import { unified } from 'unified'
import type { Article, ArticleSummary } from '#lib/content/article.ts'
import { toCoverCredit } from '#lib/covers/cover-credit.ts'
import { formatAiLabel } from '#lib/i18n/ai-labels.ts'
import { describeChart } from '#lib/i18n/describe-chart.ts'
import { formatDate, formatDateTime, formatLanguage, formatUsd } from '#lib/i18n/format.ts'
import { messagesFor } from '#lib/i18n/messages.ts'
import { formatAssetKey } from '#lib/i18n/topic-names.ts'
import { type CompiledBody, fillMarkup } from '#lib/markdown/compiled-body.ts'
import { articlePath } from '#lib/site/routes.ts'

/** Where the links of a body lead: `resolvePath` takes and gives a site-relative path. */
export type ContentSite = { siteUrl: string; resolvePath: (path: string) => string }

/** The address that bodies in feeds are compiled for. */
export const toArticleUrl = ({ locale, slug }: Article, siteUrl: string): string =>
  siteUrl + articlePath(locale, slug)

/**
 * The whole article as HTML for a feed: how the text came about, the body, corrections, the credit
 * of the cover, and last the story it was written from. All addresses are absolute. The title and
 * the cover are not repeated: feed readers show them from their own fields. `compiled` is the body,
 * for the address of the article; without it the summary takes its place.
 */
export function toContentHtml(
  article: Article,
  compiled: CompiledBody | undefined,
  { siteUrl, resolvePath }: ContentSite,
): string {
  const articleUrl = toArticleUrl(article, siteUrl)
  const toAddress = ({ path }: { path: string }) => new URL(resolvePath(path), articleUrl).href
  const body = compiled
    ? fillMarkup(compiled.feed ?? { texts: [''], holes: [] }, toAddress)
    : plainTextHtml(article.description)
  const parts = [prefaceHtml(article), body, afterwordHtml(article)]
  return parts.filter((part) => part !== '').join('\n')
}

type Inline = ElementContent | string

/** What a model did to the text, before its first sentence. Empty when it did nothing. */
function prefaceHtml(article: ArticleSummary): string {
  const { ai, locale, source } = article
  if (!ai) return ''
  const messages = messagesFor(locale)
  const label = formatAiLabel(article)
  if (label === undefined) return ''
  const notes = [
    ai.rewritten && source ? messages.aiRewrittenNote(source.name) : '',
    ai.rewritten && !source ? messages.aiRewrittenNoteAlone : '',
    ai.translatedFrom === undefined
      ? ''
      : messages.aiTranslatedNote(formatLanguage(locale, ai.translatedFrom)),
  ].filter((note) => note !== '')
  return stringify(element('p', {}, [element('em', {}, [[`${label}.`, ...notes].join(' ')])]))
}

/**
 * After the last sentence: prices and a chart in words, what was corrected, whose photo the cover is, and
 * the source story.
 */
function afterwordHtml(article: ArticleSummary): string {
  return stringify(
    ...dataLines(article),
    ...correctionLines(article),
    ...coverCreditLine(article),
    ...sourceLine(article),
  )
}

/** Text as it stands, in paragraphs: no markup of its own. */
export function plainTextHtml(text: string): string {
  const paragraphs = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
  return stringify(...paragraphs.map((paragraph) => element('p', {}, [paragraph])))
}

/** As text, which every feed reader shows: extensions are read by none. */
function dataLines({ prices = [], chart, locale }: ArticleSummary): Element[] {
  const lines = prices.map(({ asset: key, usd, at, source }) => {
    const name = formatAssetKey(locale, key)
    return `${name} ${formatUsd(locale, usd)} (${formatDateTime(locale, at)}, ${source})`
  })
  return [
    ...(chart ? [describeChart(locale, chart)] : []),
    ...(lines.length > 0
      ? [`${messagesFor(locale).pricesAtPublication}: ${lines.join('; ')}`]
      : []),
  ].map((line) => element('p', {}, [line]))
}

function correctionLines({ corrections, locale }: ArticleSummary): Element[] {
  if (corrections.length === 0) return []
  const newestFirst = corrections.toSorted((a, b) => b.at.localeCompare(a.at))
  const lines = newestFirst.map(({ at, text }) =>
    element('li', {}, [element('time', { dateTime: at }, [formatDate(locale, at)]), `: ${text}`]),
  )
  return [element('h2', {}, [messagesFor(locale).corrections]), element('ul', {}, lines)]
}

function coverCreditLine({ cover, locale }: ArticleSummary): Element[] {
  const credit = cover && toCoverCredit(cover)
  if (!credit) return []
  const messages = messagesFor(locale)
  const platform: Inline[] = credit.platform
    ? [` ${messages.onPlatform} `, link(credit.platform.url, credit.platform.name)]
    : []
  return [element('p', {}, [`${messages.photoBy} `, link(credit.url, credit.name), ...platform])]
}

function sourceLine({ source, locale }: ArticleSummary): Element[] {
  if (!source) return []
  const messages = messagesFor(locale)
  const via = messages.viaSource(source.name)
  return [
    source.url
      ? element('p', {}, [`${via}. `, link(source.url, messages.readTheOriginal)])
      : element('p', {}, [via]),
  ]
}

const link = (href: string | undefined, text: string): Inline =>
  href === undefined ? text : element('a', { href, rel: ['nofollow', 'noopener'] }, [text])

const element = (
  tagName: string,
  properties: Element['properties'],
  children: Inline[],
): Element => ({
  type: 'element',
  tagName,
  properties,
  children: children.map((child) =>
    typeof child === 'string' ? { type: 'text', value: child } : child,
  ),
})

const serializer = unified().use(rehypeStringify)

const stringify = (...children: Element[]): string =>
  serializer.stringify({ type: 'root', children })
