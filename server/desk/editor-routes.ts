import { hash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join, parse } from 'node:path'
import type { FieldEdit } from '#lib/content/edit-front-matter.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import { isContentPath, maxPictureBytes } from '#lib/content/read-content-folder.ts'
import {
  type ArticleField,
  decidesPublication,
  listArticleFields,
  listFieldEdits,
  readArticleTexts,
  toPlainLines,
} from '#lib/desk/article-fields.ts'
import { parseOnce } from '#lib/desk/parse-once.ts'
import { applyEdit, type Conflict, type FileEdit, openFile, saveFile } from '#lib/desk/save-file.ts'
import { formatDateTime } from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import { writeWhole } from '#lib/node/write-whole.ts'
import { articlePath } from '#lib/site/routes.ts'
import type { DeskRoute, Reply, SignedVisit } from './desk.ts'
import {
  type DeskParts,
  doneSentence,
  filePage,
  finishAction,
  isSentence,
  problemLines,
  problemList,
  problemText,
  sayMissing,
  sectionInput,
  toActor,
  toAddressOf,
} from './desk-parts.ts'
import { type Html, html } from './html.ts'

/** Of a form with the text of an article, which browsers send percent-encoded. */
const mostTextBytes = 12 * 1024 * 1024

/** Fields that stand in the form; the others are folded away below them. */
const usualFields: ReadonlySet<string> = new Set([
  'title',
  'description',
  'publishedAt',
  'category',
  'tags',
  'kind',
  'sentiment',
  'coverImage.raw',
  'coverImage.alt',
  'coverImage.credit.name',
  'authors',
])

/** For how long somebody who had a file open a moment ago is shown as being in it, in ms. */
const presenceTime = 45_000

/** The editor of one file, and what it asks for while somebody writes. */
export function listEditorRoutes(parts: DeskParts): DeskRoute[] {
  const { desk, index } = parts
  const fields = listArticleFields()
  const presence = createPresence(desk.now)

  /** What the page of the editor shows: the file as it is, or as somebody has just tried to save it. */
  type Shown = {
    status?: 409 | 422
    reasons?: string[]
    conflict?: Conflict
    /** What was sent, in place of what the file has. */
    sent?: Sent
    base?: string
  }

  async function showEditor(visit: SignedVisit, shown: Shown = {}): Promise<Reply> {
    const { rest: path, words, user, query } = visit
    const file = isContentPath(path) ? await openFile(desk, path) : undefined
    if (!file) return sayMissing(visit)
    if (shown.conflict) return showConflict(visit, shown.conflict)
    const texts = readArticleTexts(file.text)
    const isWhole =
      texts === undefined ||
      !isArticlePath(path) ||
      (shown.sent ? 'text' in shown.sent : query.has('whole'))
    const others = presence.note(path, user.name)
    const done = doneSentence(query, words)
    const text = shown.sent && 'text' in shown.sent ? shown.sent.text : file.text
    const sent = shown.sent && 'fields' in shown.sent ? shown.sent : undefined
    const bodyLine = isWhole || !texts ? 1 : texts.bodyLine
    return {
      kind: 'page',
      title: fillIn(words.editing, path),
      status: shown.status ?? 200,
      body: html`<p class="line"><code>${path}</code>
          <a href="${filePage('review', path)}">${words.toReview}</a>
          <a href="${filePage('history', path)}">${words.history}</a></p>
        <h1>${words.edit}</h1>
        ${done !== undefined && html`<p role="status" class="notice">${done}</p>`}
        ${shown.reasons !== undefined && problemList(visit, words.notDone, shown.reasons)}
        <p data-others="${toAddressOf(path, 'presence')}" data-others-phrase="${words.othersHere}"${others.length === 0 && html` hidden`} class="notice">${others.length > 0 && fillIn(words.othersHere, others.join(', '))}</p>
        ${file.problems.length > 0 && problemLines(file.problems, visit)}
        <form method="post" class="editor" data-editor data-line="${bodyLine}"
          data-problems="${JSON.stringify(file.problems.map((one) => ({ line: one.line, severity: one.severity, message: problemText(one, visit) })))}"
          data-store="${path}" data-restore-phrase="${words.unsavedFound}"
          data-restore-word="${words.unsavedRestore}" data-forget-word="${words.unsavedForget}"
          data-alt-phrase="${words.altText}" data-failed-phrase="${words.failed}">
          <input type="hidden" name="base" value="${shown.base ?? file.digest}" />
          <input type="hidden" name="mode" value="${isWhole ? 'whole' : 'form'}" />
          ${
            isWhole
              ? html`<p class="wide"><label for="text">${words.wholeFile}</label>
                  ${textArea('text', text, 30)}</p>`
              : html`<p class="wide"><label for="body">${words.body}</label>
                  ${textArea('body', sent?.body ?? texts.body, 24)}</p>
                <fieldset class="fields">
                  <legend>${words.fields}</legend>
                  ${fieldInputs(true, visit, sent?.fields ?? texts.fields)}
                  <details>
                    <summary>${words.moreFields}</summary>
                    <div class="fields">${fieldInputs(false, visit, sent?.fields ?? texts.fields)}</div>
                  </details>
                </fieldset>`
          }
          <p class="line bar-below">
            <button data-save>${words.save}</button>
            ${isArticlePath(path) && html`<button class="quiet" formaction="${toAddressOf(path, 'preview')}" formtarget="preview" data-preview>${words.preview}</button>`}
            ${!isWhole && user.role !== 'writer' && html`<a href="?whole">${words.wholeFile}</a>`}
            ${isWhole && texts !== undefined && html`<a href="${filePage('edit', path)}">${words.asForm}</a>`}
          </p>
        </form>
        ${isArticlePath(path) && html`<iframe name="preview" title="${words.preview}" class="preview" data-preview-frame></iframe>`}`,
    }
  }

  const fieldInputs = (isUsual: boolean, visit: SignedVisit, values: Record<string, string>) =>
    fields
      .filter(({ name }) => usualFields.has(name) === isUsual)
      .filter(({ name }) => visit.user.role !== 'writer' || !decidesPublication(name))
      .map((field) => fieldInput(field, values[field.name] ?? '', visit))

  function showConflict(
    { rest: path, words }: SignedVisit,
    { theirs, ours, merged, parts: mergeParts, theirsDigest, theirsBy, base }: Conflict,
  ): Reply {
    const start =
      merged ??
      (mergeParts.length === 0
        ? ours
        : mergeParts
            .flatMap((part) =>
              part.kind === 'same'
                ? part.lines
                : [
                    `<<<<<<< ${words.conflictOurs}`,
                    ...part.ours,
                    '=======',
                    ...part.theirs,
                    `>>>>>>> ${words.conflictTheirs}`,
                  ],
            )
            .join('\n'))
    return {
      kind: 'page',
      status: 409,
      title: words.conflict,
      body: html`<h1>${words.conflict}</h1>
        <p>${theirsBy === undefined ? words.conflictIntro : fillIn(words.conflictBy, theirsBy)}
          ${theirs === undefined ? words.conflictDeleted : merged === undefined ? words.conflictBoth : words.conflictMerged}</p>
        <form method="post" class="editor" data-merge data-theirs="${theirs ?? ''}" data-base="${base ?? ''}"
          data-ours="${ours}" data-theirs-word="${words.conflictTheirs}" data-result-word="${words.conflictResult}">
          <input type="hidden" name="base" value="${theirsDigest ?? ''}" />
          <input type="hidden" name="mode" value="whole" />
          <p class="wide"><label for="text">${words.conflictResult}</label> ${textArea('text', start, 30)}</p>
          <p class="line"><button>${words.conflictSave}</button>
            <a href="${filePage('edit', path)}">${words.conflictDiscard}</a></p>
        </form>
        <details><summary>${words.conflictOurs}</summary><pre tabindex="0">${ours}</pre></details>
        ${theirs !== undefined && html`<details><summary>${words.conflictTheirs}</summary><pre tabindex="0">${theirs}</pre></details>`}`,
    }
  }

  async function save(visit: SignedVisit): Promise<Reply> {
    const { rest: path, form, words, user } = visit
    if (!isContentPath(path)) return sayMissing(visit)
    const base = form.get('base') || undefined
    const sent = readSent(form, fields)
    const again = (shown: Shown) => showEditor(visit, { ...shown, sent, base })
    const edit = toEdit(sent, base)
    if (edit === undefined) return await again({ status: 422, reasons: [words.changedMeanwhile] })
    if (/^(?:<{7}|={7}|>{7})(?: |$)/m.test('text' in edit ? edit.text : '')) {
      return await again({ status: 422, reasons: [words.conflictLeft] })
    }
    if (user.role === 'writer' && !(await isWritersEdit(path, base, edit))) {
      return await again({ status: 422, reasons: [words.writersOnlyDrafts] })
    }
    try {
      const outcome = await saveFile(desk, { path, base, edit, by: toActor(visit) })
      const then = `${filePage('edit', path)}?done=saved${'text' in edit ? '&whole' : ''}`
      return await finishAction(parts, path, outcome, then, again, words)
    } catch (error) {
      // What cannot be changed without changing other bytes says so in a sentence.
      if (isSentence(error)) {
        return await again({ status: 422, reasons: [error.message] })
      }
      throw error
    }
  }

  /** Undefined when what the editor began from is not kept any more. */
  function toEdit(sent: Sent, base: string | undefined): FileEdit | undefined {
    if ('text' in sent) return { text: sent.text }
    const bytes = base === undefined ? undefined : desk.history.read(base)
    const before = bytes && readArticleTexts(new TextDecoder().decode(bytes))
    if (!before) return undefined
    const edits = listFieldEdits(before.fields, sent.fields)
    return toPlainLines(sent.body) === before.body
      ? { fields: edits }
      : { fields: edits, body: sent.body }
  }

  /** The page that readers would get of what a form holds, in the frame beside it. */
  async function preview(visit: SignedVisit): Promise<Reply> {
    const { rest: path, form, words } = visit
    const contentType = 'text/plain; charset=utf-8'
    const base = form.get('base') ?? ''
    const edit = toEdit(readSent(form, fields), base)
    try {
      if (!edit) throw new Error(words.changedMeanwhile)
      const bytes = applyEdit(desk.history.read(base), edit)
      const rendered = await parts.renderPreview({ path, bytes })
      if ('problems' in rendered) {
        const lines = rendered.problems.map((problem) => problemText(problem, visit))
        return { kind: 'document', status: 422, contentType, body: lines.join('\n') }
      }
      const headers = { 'content-security-policy': rendered.policy }
      const html = 'text/html; charset=utf-8'
      return { kind: 'document', contentType: html, body: rendered.html, headers }
    } catch (error) {
      if (!isSentence(error)) throw error
      return { kind: 'document', status: 422, contentType, body: error.message }
    }
  }

  /**
   * Puts a picture into the media folder. Its name ends in a digest, so one that is there already is the
   * same picture. Another one under this name, which somebody else has put there, is not overwritten:
   * a published article may show it.
   */
  async function savePicture({ query, body, from, user, words }: SignedVisit): Promise<Reply> {
    const { name, ext } = parse(query.get('name') ?? '')
    const stem = name
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 60)
    const digest = hash('sha256', body).slice(0, 16)
    const month = desk.now().toISOString().slice(0, 7).replace('-', '/')
    const file = `${stem.replace(/^-|-$/g, '') || 'picture'}-${digest}${ext.toLowerCase()}`
    const path = `media/${month}/${file}`
    try {
      if (!isContentPath(path)) throw new InvalidArticleError([])
      // Pictures are rare here, and their library is large.
      const { parsePicture } = await import('#lib/content/picture.ts')
      await parsePicture({ path, bytes: body })
    } catch (error) {
      if (!(error instanceof InvalidArticleError)) throw error
      const [problem] = error.problems
      const sentence = problem && `${problem.found} ≠ ${problem.expected}`
      return { kind: 'json', status: 422, value: { problem: sentence } }
    }
    const whole = join(desk.contentDir, path)
    await mkdir(dirname(whole), { recursive: true })
    const found = await readFile(whole).catch(() => undefined)
    if (found && !found.equals(body)) {
      return { kind: 'json', status: 422, value: { problem: fillIn(words.pictureExists, path) } }
    }
    if (!found) await writeWhole(whole, body, { isShared: true })
    const at = desk.now().toISOString()
    desk.auditLog.add({ at, by: user.name, from, action: 'add-picture', path, detail: undefined })
    await parts.publish([path])
    return { kind: 'json', value: { path } }
  }

  /** Writers change the text of drafts, in the form; what makes an article public is for editors. */
  async function isWritersEdit(
    path: string,
    base: string | undefined,
    edit: FileEdit,
  ): Promise<boolean> {
    if (!isArticlePath(path) || base === undefined || 'text' in edit) return false
    if (edit.fields?.some(({ field }: FieldEdit) => decidesPublication(field))) return false
    const bytes = desk.history.read(base)
    if (!bytes) return false
    try {
      return (await parseOnce({ path, bytes })).article.draft
    } catch (error) {
      if (error instanceof InvalidArticleError) return false
      throw error
    }
  }

  return [
    { method: 'GET', path: '/edit/*', role: 'writer', answer: (visit) => showEditor(visit) },
    {
      method: 'POST',
      path: '/edit/*',
      role: 'writer',
      mostBytes: mostTextBytes,
      answer: save,
    },
    {
      method: 'POST',
      path: '/preview/*',
      role: 'writer',
      mostBytes: mostTextBytes,
      answer: preview,
    },
    {
      method: 'GET',
      path: '/links',
      role: 'writer',
      answer({ query, language }) {
        const text = query.get('q') ?? ''
        const found = index.list({ text, state: 'published', limit: 12 }).articles
        const links = found.map(({ title, locale, slug, publishedAt }) => ({
          title,
          path: articlePath(locale, slug),
          detail: `${locale}, ${formatDateTime(language, publishedAt)}`,
        }))
        return { kind: 'json', value: { links } }
      },
    },
    {
      method: 'POST',
      path: '/media',
      role: 'writer',
      mostBytes: maxPictureBytes,
      answer: savePicture,
    },
    {
      method: 'POST',
      path: '/presence/*',
      role: 'writer',
      answer: ({ rest, user }) => ({
        kind: 'json',
        value: { others: presence.note(rest, user.name) },
      }),
    },
  ]
}

type Sent = { fields: Record<string, string>; body: string } | { text: string }

const isArticlePath = (path: string) => path.startsWith('articles/')

/** What a form holds. A flag that is not set is not sent, so each flag's form has a mark beside it. */
function readSent(form: URLSearchParams, fields: readonly ArticleField[]): Sent {
  if (form.get('mode') === 'whole') return { text: toPlainLines(form.get('text') ?? '') }
  const sent: Record<string, string> = {}
  for (const { name } of fields) {
    const values = form.getAll(`field:${name}`)
    if (values.length > 0) sent[name] = values.at(-1) ?? ''
  }
  return { fields: sent, body: toPlainLines(form.get('body') ?? '') }
}

/** HTML leaves out a line end that a text area begins with. */
const textArea = (name: string, text: string, rows: number): Html =>
  html`<textarea id="${name}" name="${name}" rows="${rows}" spellcheck="true">${`\n${text}`}</textarea>`

function fieldInput(field: ArticleField, value: string, visit: SignedVisit): Html {
  const { words } = visit
  const { name, kind, choices, description, isRequired } = field
  const id = `field-${name.replaceAll('.', '-')}`
  const labels: Record<string, string> = words.fieldNames
  const hints: Record<string, string> = words.fieldHints
  const choiceNames: Record<string, string> = words.choices
  const label = html`<label for="${id}">${labels[name] ?? name}</label>`
  // English has the sentence of the schema.
  const hint = html`<small id="${id}-hint"${hints[name] === undefined && html` lang="en"`}>${hints[name] ?? description}</small>`
  const attributes = html`id="${id}" name="field:${name}" aria-describedby="${id}-hint"`
  if (name === 'category')
    return html`<p>${label}${sectionInput(attributes, value, visit)}${hint}</p>`
  if (kind === 'flag') {
    return html`<p><input type="hidden" name="field:${name}" value="" />
      <label><input type="checkbox" ${attributes} value="true"${value === 'true' && html` checked`} />
      ${labels[name] ?? name}</label>${hint}</p>`
  }
  if (kind === 'choice') {
    const all = value === '' || choices.includes(value) ? choices : [value, ...choices]
    return html`<p>${label}<select ${attributes}>
      <option value=""></option>
      ${all.map((one) => html`<option value="${one}"${one === value && html` selected`}>${choiceNames[one] ?? one}</option>`)}
    </select>${hint}</p>`
  }
  if (kind === 'list' || name === 'description') {
    const rows = Math.max(2, value.split('\n').length)
    return html`<p>${label}<textarea ${attributes} rows="${rows}">${`\n${value}`}</textarea>${hint}</p>`
  }
  return html`<p>${label}<input ${attributes} value="${value}"${isRequired && html` required`} />${hint}</p>`
}

/** Who has which file open, as far as their browsers have said so in the last moments. */
function createPresence(now: () => Date) {
  const seen = new Map<string, Map<string, number>>()
  return {
    /** Notes that somebody is in a file, and answers who else is. */
    note(path: string, name: string): string[] {
      const time = now().getTime()
      for (const [file, people] of seen) {
        for (const [who, at] of people) if (time - at > presenceTime) people.delete(who)
        if (people.size === 0) seen.delete(file)
      }
      const people = seen.get(path) ?? new Map<string, number>()
      people.set(name, time)
      seen.set(path, people)
      return [...people.keys()].filter((who) => who !== name)
    },
  }
}
