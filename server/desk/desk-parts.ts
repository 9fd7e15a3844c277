import type { EditorIndex, EditorState } from '#lib/article-index/editor-index.ts'
import type { Article } from '#lib/content/article.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import type { RawFile } from '#lib/content/read-markdown-file.ts'
import type { AskModel } from '#lib/desk/ask-model.ts'
import type { Actor, Desk } from '#lib/desk/open-desk.ts'
import type { Conflict, SaveOutcome } from '#lib/desk/save-file.ts'
import { toDeskPhrase, toDeskSentence } from '#lib/i18n/desk-sentences.ts'
import type { DeskWords } from '#lib/i18n/desk-words.ts'
import { formatLanguage } from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import type { BodyRequest, CompiledBody } from '#lib/markdown/compiled-body.ts'
import type { Locale } from '#lib/site/locales.ts'
import { articlePath } from '#lib/site/routes.ts'
import { toSegment } from '#lib/site/segment.ts'
import { site } from '#lib/site/site.ts'
import { toPath } from '../http/address.ts'
import type { Reply, SignedVisit, Visit } from './desk.ts'
import { type Html, html } from './html.ts'

/** What the pages of the desk work with. */
export type DeskParts = {
  desk: Desk
  index: EditorIndex
  dataDir: string
  /** Where readers find the site. */
  siteUrl: string
  /** Has the index read these files now. Answers whether readers see what has changed. */
  publish(paths: string[]): Promise<boolean>
  /** Undefined where ingest has no model. */
  askModel: AskModel | undefined
  /** What the site's renderer makes of a body. */
  compileBody(request: BodyRequest): Promise<CompiledBody>
  /** The page that readers would get of a file, and the policy that it is sent with. */
  renderPreview(file: RawFile): Promise<{ html: string; policy: string } | { problems: Problem[] }>
}

/** The address of a page of the desk about a file. */
export const filePage = (page: 'review' | 'edit' | 'history', path: string): string =>
  toAddressOf(path, page)

/** The address that a form or a script about a file sends to. */
export const toAddressOf = (path: string, action: string): string =>
  toPath(['desk', action, ...path.split('/')])

export const toActor = ({ user, from }: Pick<SignedVisit, 'user' | 'from'>): Actor => ({
  name: user.name,
  from,
})

/** Where readers see an article that is published. */
export const publicUrl = (siteUrl: string, { locale, slug }: Pick<Article, 'locale' | 'slug'>) =>
  siteUrl + articlePath(locale, slug)

export const stateName = (words: DeskWords, state: EditorState): string => words.states[state]

/** To the form for the version of an article in a language that it is not in. */
export function newVersionLink(
  of: string,
  lang: Locale,
  { words, language }: Pick<Visit, 'words' | 'language'>,
): Html {
  const query = new URLSearchParams({ of, lang })
  return html`<a href="/desk/new?${query.toString()}">${fillIn(words.newVersion, formatLanguage(language, lang))}</a>`
}

/**
 * A choice among the sections of the publication. A value of another spelling, or of none of them, stays
 * what it is; without configured sections any may be typed.
 */
export function sectionInput(
  attributes: Html,
  value: string,
  { words, language }: Pick<Visit, 'words' | 'language'>,
  { isFilter = false } = {},
): Html {
  const { sections } = site()
  if (sections.length === 0) return html`<input ${attributes} value="${value}" />`
  const isSame = (segment: string) => segment === toSegment(value)
  const isKnown = value === '' || sections.some(({ segment }) => isSame(segment))
  return html`<select ${attributes}>
    <option value="">${isFilter ? words.any : ''}</option>
    ${!isKnown && html`<option selected>${value}</option>`}
    ${sections.map(
      ({ key, segment, names }) =>
        html`<option value="${isSame(segment) ? value : key}"${isSame(segment) && html` selected`}>${names[language] ?? names[site().defaultLanguage] ?? key}</option>`,
    )}
  </select>`
}

/** What was done on the page before, by a word in the address: one of those that we know. */
export function doneSentence(query: URLSearchParams, words: DeskWords): string | undefined {
  const done = query.get('done') ?? ''
  const sentences: Record<string, string> = words.done
  return Object.hasOwn(sentences, done) ? sentences[done] : undefined
}

/** A page that says that there is no such file. */
export const sayMissing = ({ words }: Pick<Visit, 'words'>): Reply => ({
  kind: 'page',
  status: 404,
  title: words.notFound,
  body: html`<h1>${words.notFound}</h1>
    <p>${words.fileMissing}</p>
    <p><a href="/desk">${words.backToDesk}</a></p>`,
})

/** A sentence of the code or of a file, in the language of who reads it as far as it is translated. */
export function sentence({ language }: Pick<Visit, 'language'>, english: string): Html {
  const said = toDeskSentence(language, english)
  if (said.language === language) return html`${said.text}`
  return html`<span lang="${said.language}">${said.text}</span>`
}

/** What the check says of a value, in words: “Published at, line 3: found "yesterday", expected …”. */
export function problemText(
  { line, field, found, expected }: Problem,
  { words, language }: Pick<Visit, 'words' | 'language'>,
): string {
  const names: Record<string, string> = words.fieldNames
  const whole: Record<string, string> = { file: words.wholeFile, body: words.article }
  // A label of the form may go on with how to write the value.
  const name = whole[field] ?? names[field]?.split(',')[0] ?? field
  const [saidFound, saidExpected] = [found, expected].map((part) => toDeskPhrase(language, part))
  const place = fillIn(words.lineNumber, String(line))
  return `${name}, ${place}: ${fillIn(words.foundExpected, saidFound ?? '', saidExpected ?? '')}`
}

/** What the check says of a file, each with the line that it is about. */
export const problemLines = (
  problems: readonly Problem[],
  visit: Pick<Visit, 'words' | 'language'>,
): Html =>
  html`<section aria-label="${visit.words.problems}" class="notice">
    <ul>
      ${problems.map(
        (problem) =>
          html`<li class="${problem.severity === 'error' ? 'problem' : ''}">
            <strong>${visit.words.severities[problem.severity]}</strong>: ${problemText(problem, visit)}
          </li>`,
      )}
    </ul>
  </section>`

/** Sentences about what is in the way of a change. */
export const problemList = (
  visit: Pick<Visit, 'language'>,
  title: string,
  reasons: readonly string[],
): Html =>
  html`<div role="alert" class="notice problem">
    <p><strong>${title}</strong></p>
    <ul>
      ${reasons.map((reason) => html`<li>${sentence(visit, reason)}</li>`)}
    </ul>
  </div>`

/**
 * What an action on a file came to: where it was done, readers have it when `then` is shown. A conflict
 * and a refusal are answered with what `show` makes of them.
 */
export async function finishAction(
  { publish }: Pick<DeskParts, 'publish'>,
  path: string,
  outcome: SaveOutcome,
  then: string,
  show: (problem: {
    status: 409 | 422
    reasons: string[]
    conflict?: Conflict
  }) => Promise<Reply> | Reply,
  words: DeskWords,
): Promise<Reply> {
  switch (outcome.kind) {
    case 'saved':
    case 'unchanged':
      return { kind: 'redirect', to: (await publish([path])) ? then : toLate(then) }
    case 'conflict':
      return await show({
        status: 409,
        reasons: [words.changedMeanwhile],
        conflict: outcome.conflict,
      })
    case 'refused':
      return await show({ status: 422, reasons: outcome.reasons })
  }
}

/** The page that says that readers do not have it yet: another machine of the fleet writes, or it failed. */
const toLate = (then: string) => `${then.split('?')[0]}?done=late`

/** Whether an error's message is for the editor: not one of Node's, and no mistake of ours. */
export const isSentence = (error: unknown): error is Error =>
  error instanceof InvalidArticleError ||
  (error instanceof Error && error.name === 'Error' && !('code' in error))
