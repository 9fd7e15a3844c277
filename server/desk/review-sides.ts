import type { Cover } from '#lib/content/article.ts'
import { findCoverFile } from '#lib/covers/cover-url.ts'
import { markQuotes } from '#lib/desk/mark-quotes.ts'
import type { ReviewView } from '#lib/desk/show-article.ts'
import { toDeskSentence } from '#lib/i18n/desk-sentences.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import { fillMarkup } from '#lib/markdown/compiled-body.ts'
import { articlePath } from '#lib/site/routes.ts'
import type { SignedVisit } from './desk.ts'
import type { DeskParts } from './desk-parts.ts'
import { type Html, html, trusted } from './html.ts'

/**
 * An article and what it was made from as readers would see them, by the site's own renderer, with what is
 * doubted marked in both.
 */
export async function renderSides(
  { compileBody, siteUrl }: Pick<DeskParts, 'compileBody' | 'siteUrl'>,
  { article, source, doubts }: ReviewView,
  { words, language }: Pick<SignedVisit, 'words' | 'language'>,
): Promise<{ source: Html; article: Html }> {
  const mark = (side: 'inArticle' | 'inSource', markup: string) => {
    const quotes = doubts.flatMap((doubt, at) =>
      doubt[side].map((text) => ({ text, number: at + 1 })),
    )
    const toTitle = (number: number) =>
      toDeskSentence(language, doubts[number - 1]?.reason ?? '').text
    return trusted(markQuotes(markup, quotes, toTitle))
  }
  const markText = (side: 'inArticle' | 'inSource', text: string) =>
    mark(side, html`${text}`.toString())

  const { title, description, body, locale, slug, kind } = article
  const compiled = await compileBody({
    body,
    locale,
    siteUrl,
    articleUrl: siteUrl + articlePath(locale, slug),
    isLive: kind === 'live',
  })
  const articleBody = fillMarkup(compiled.page, (hole) =>
    hole.kind === 'link' ? siteUrl + hole.path : hole.path,
  )
  const articleSide = html`<div class="text" lang="${locale}">
      <p><strong>${markText('inArticle', title)}</strong></p>
      ${coverFigure(article.cover, siteUrl, words)}
      ${description !== '' && html`<p>${markText('inArticle', description)}</p>`}
      ${mark('inArticle', toPart(articleBody, 'article'))}
    </div>`

  const url = source?.url ?? article.source?.url
  const link =
    /^https?:/.test(url ?? '') &&
    html`<p><a href="${url}" rel="noopener noreferrer" target="_blank">${words.openSource}</a></p>`
  if (!source) {
    const missing = article.source ? words.noSource : words.namesNoSource
    return { article: articleSide, source: html`<p>${missing}</p>${link}` }
  }
  const { page } = await compileBody({
    body: source.text,
    locale: source.language,
    siteUrl,
    articleUrl: undefined,
  })
  // A path in a story is one of its source's site; in an original it is one of ours.
  const origin = source.kind === 'article' ? siteUrl : (source.url ?? siteUrl)
  const sourceBody = fillMarkup(page, ({ kind: hole, path }) =>
    hole === 'link' && URL.canParse(path, origin) ? new URL(path, origin).href : path,
  )
  return {
    article: articleSide,
    source: html`<div class="text" lang="${source.language}">
        <p><strong>${markText('inSource', source.title)}</strong></p>
        ${mark('inSource', toPart(sourceBody, 'source'))}
      </div>
      ${link}`,
  }
}

function coverFigure(cover: Cover | undefined, siteUrl: string, words: SignedVisit['words']): Html {
  const file = cover && findCoverFile(cover, siteUrl)
  if (!cover || file === undefined) return html`<p><small>${words.noCover}</small></p>`
  const credit = cover.credit && fillIn(words.coverCredit, cover.credit.name)
  return html`<figure><img src="${file}" alt="${cover.alt ?? ''}" />
    <figcaption><small>${[cover.alt, credit].filter((part) => part !== undefined).join(' · ')}</small></figcaption></figure>`
}

/**
 * A body that stands in a page beside another one: its ids are its own, and its links open beside the
 * page, whose forms may hold what nobody has saved.
 */
const toPart = (markup: string, name: string): string =>
  markup.replace(/<[a-z](?:"[^"]*"|[^">])*>/gi, (tag) =>
    tag
      .replace(/ (id|aria-describedby|aria-labelledby)="/g, ` $1="${name}-`)
      .replace(/ href="#/g, ` href="#${name}-`)
      .replace(/^<a(?=[^>]* href="(?!#))/, '<a target="_blank"'),
  )
