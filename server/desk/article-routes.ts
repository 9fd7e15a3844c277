import { type EditorArticle, editorStates } from '#lib/article-index/editor-index.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import { composeNewArticle } from '#lib/desk/new-article.ts'
import { saveFile } from '#lib/desk/save-file.ts'
import {
  formatCount,
  formatDateTime,
  formatLanguage,
  formatLanguageTitle,
} from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import { defaultLocale, isLocale, locales } from '#lib/site/locales.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { DeskRoute, Reply, SignedVisit } from './desk.ts'
import {
  type DeskParts,
  filePage,
  finishAction,
  problemList,
  sectionInput,
  stateName,
  toActor,
} from './desk-parts.ts'
import { type Html, html } from './html.ts'

/** How many articles a page of the list has. */
const pageSize = 50

/** The list of all articles, and a new one. */
export function listArticleRoutes(parts: DeskParts): DeskRoute[] {
  const { desk, index } = parts

  function showArticles({ words, language, query }: SignedVisit): Reply {
    const [state, lang, reviewed] = ['state', 'lang', 'reviewed'].map((name) => query.get(name))
    const [text, section] = [query.get('q') ?? '', query.get('section') ?? '']
    const after = Number(query.get('after') ?? '')
    const listing = index.list({
      state: editorStates.find((one) => one === state),
      locale: isLocale(lang) ? lang : undefined,
      isReviewed: reviewed === 'yes' ? true : reviewed === 'no' ? false : undefined,
      category: section.trim() === '' ? undefined : toSegment(section),
      text,
      after: Number.isSafeInteger(after) && after > 0 ? after : undefined,
      limit: pageSize,
    })
    const next = new URLSearchParams(query)
    next.set('after', String(listing.next))
    const option = (value: string, label: string, chosen: string | null | undefined) =>
      html`<option value="${value}"${value === (chosen ?? '') && html` selected`}>${label}</option>`
    return {
      kind: 'page',
      title: words.articles,
      body: html`<h1>${words.articles}</h1>
        <p><a href="/desk/new">${words.newArticle}</a></p>
        <form class="filters" role="search">
          <p><label for="q">${words.findText}</label>
            <input id="q" name="q" type="search" value="${text}" /></p>
          <p><label for="state">${words.state}</label>
            <select id="state" name="state">
              ${option('', words.any, state)}
              ${editorStates.map((one) => option(one, stateName(words, one), state))}
            </select></p>
          <p><label for="lang">${words.language}</label>
            <select id="lang" name="lang">
              ${option('', words.any, lang)}
              ${locales.map((one) => option(one, formatLanguageTitle(language, one), lang))}
            </select></p>
          <p><label for="section">${words.section}</label>
            ${sectionInput(html`id="section" name="section"`, section, { words, language }, { isFilter: true })}</p>
          <p><label for="reviewed">${words.review}</label>
            <select id="reviewed" name="reviewed">
              ${option('', words.any, reviewed)} ${option('yes', words.reviewedYes, reviewed)}
              ${option('no', words.reviewedNo, reviewed)}
            </select></p>
          <p><button>${words.show}</button></p>
        </form>
        <p role="status">${formatCount(language, words.articleCount, listing.articleCount)}</p>
        <ol class="rows" data-keys>
          ${listing.articles.map((article) => articleRow(article, words, language))}
        </ol>
        ${listing.next !== undefined && html`<p><a href="?${next.toString()}" rel="next">${words.older}</a></p>`}`,
    }
  }

  /** The form for a new article, filled with what was sent, or with the original to translate. */
  function showNew(visit: SignedVisit, reasons?: string[]): Reply {
    const { words, language, query, form } = visit
    const value = (name: string) => form.get(name) ?? query.get(name) ?? ''
    return {
      kind: 'page',
      title: words.newArticle,
      status: reasons === undefined ? 200 : 422,
      body: html`<h1>${words.newArticle}</h1>
        <p>${words.newIntro}</p>
        ${reasons !== undefined && problemList(visit, words.notDone, reasons)}
        <form method="post" class="fields" data-kept>
          <p><label for="title">${words.fieldNames.title}</label>
            <input id="title" name="title" value="${value('title')}" required maxlength="300" /></p>
          <p><label for="lang">${words.language}</label>
            <select id="lang" name="lang">
              ${locales.map((one) => html`<option value="${one}"${one === (value('lang') || defaultLocale) && html` selected`}>${formatLanguageTitle(language, one)}</option>`)}
            </select></p>
          <p><label for="section">${words.section}</label>
            ${sectionInput(html`id="section" name="section"`, value('section'), visit)}</p>
          <p><label for="of">${words.translationOf}</label>
            <input id="of" name="of" value="${value('of')}" list="originals" aria-describedby="of-hint" />
            <small id="of-hint">${words.translationOfHint}</small>
            <datalist id="originals">
              ${index.list({ state: 'published', limit: pageSize }).articles.map(({ path, title }) => html`<option value="${path}">${title}</option>`)}
            </datalist></p>
          <button>${words.newMake}</button>
        </form>`,
    }
  }

  /** Makes a draft as `dateline new` does, and opens it in the editor. */
  async function makeNew(visit: SignedVisit): Promise<Reply> {
    const { form, words } = visit
    const field = (name: string) => cleanLine(form.get(name) ?? '')
    const [title, locale, section, of] = [
      field('title'),
      field('lang'),
      field('section'),
      field('of'),
    ]
    const original = of === '' ? undefined : findOriginal(of)
    if (of !== '' && !original) return showNew(visit, [fillIn(words.noOriginal, of)])
    if (!isLocale(locale)) return showNew(visit, [words.notFound])
    const category = section === '' ? undefined : section
    const composed = composeNewArticle({ title, locale, category, original }, desk.now())
    if ('fault' in composed) return showNew(visit, [words.newFaults[composed.fault]])
    const { path, slug, text } = composed
    const holder = index.listNamed(slug).find((one) => one.locale === locale)
    if (holder) return showNew(visit, [fillIn(words.slugTaken, holder.path)])
    const note = 'New'
    const request = { path, base: undefined, edit: { text }, by: toActor(visit), note }
    const outcome = await saveFile(desk, request)
    return await finishAction(
      parts,
      path,
      outcome,
      filePage('edit', path),
      ({ reasons }) => {
        const taken = outcome.kind === 'conflict'
        return showNew(visit, taken ? [fillIn(words.slugTaken, path)] : reasons)
      },
      words,
    )
  }

  /** By its file, its address or its slug. */
  function findOriginal(named: string): EditorArticle | undefined {
    const slug = named.split(/[?#]/)[0]?.split('/').at(-1) ?? ''
    return index.find(named) ?? index.listNamed(slug.normalize('NFC'))[0]
  }

  return [
    { method: 'GET', path: '/articles', role: 'writer', answer: showArticles },
    { method: 'GET', path: '/new', role: 'writer', answer: (visit) => showNew(visit) },
    { method: 'POST', path: '/new', role: 'writer', answer: makeNew },
  ]
}

type Words = SignedVisit['words']

function articleRow(
  { path, title, locale, state, publishedAt, reviewedBy }: EditorArticle,
  words: Words,
  language: SignedVisit['language'],
): Html {
  return html`<li>
    <div>
      <a href="${filePage('review', path)}"><strong lang="${locale}">${title}</strong></a>
      <small>
        <span class="state" data-state="${state}">${stateName(words, state)}</span> ·
        ${formatLanguage(language, locale)} · ${formatDateTime(language, publishedAt)}
        ${reviewedBy !== undefined && html` · ${fillIn(words.reviewedBy, reviewedBy)}`}
      </small>
    </div>
    <a href="${filePage('edit', path)}">${words.edit}<span class="hidden">: <span lang="${locale}">${title}</span></span></a>
  </li>`
}
