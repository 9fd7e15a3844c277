import { type AuditEntry, auditActions } from '#lib/desk/audit-log.ts'
import type { Revision } from '#lib/desk/history.ts'
import { diffTexts } from '#lib/desk/merge-texts.ts'
import { openFile, restoreRevision } from '#lib/desk/save-file.ts'
import { formatDateTime } from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import type { DeskRoute, Reply, SignedVisit } from './desk.ts'
import {
  type DeskParts,
  filePage,
  finishAction,
  problemList,
  sayMissing,
  sentence,
  toActor,
} from './desk-parts.ts'
import { type Html, html } from './html.ts'

/** How many revisions or entries a page has. */
const pageSize = 100

/** Unchanged lines that are shown around a change. */
const contextLines = 3

/** The revisions of a file, and the audit log. */
export function listHistoryRoutes(parts: DeskParts): DeskRoute[] {
  const { desk } = parts

  async function showHistory(visit: SignedVisit, reasons?: string[]): Promise<Reply> {
    const { rest: path, words, language, query, user } = visit
    const file = await openFile(desk, path)
    const before = readNumber(query.get('before'))
    const revisions = desk.history.list({ path, before, limit: pageSize })
    if (!file && revisions.length === 0) return sayMissing(visit)
    const chosen = desk.history.find(readNumber(query.get('revision')) ?? 0)
    const shown = chosen?.path === path ? chosen : undefined
    const oldest = revisions.length === pageSize ? revisions.at(-1) : undefined
    return {
      kind: 'page',
      title: words.history,
      status: reasons === undefined ? 200 : 422,
      body: html`<p class="line"><code>${path}</code>
          <a href="${filePage('review', path)}">${words.toReview}</a>
          <a href="${filePage('edit', path)}">${words.edit}</a></p>
        <h1>${words.history}</h1>
        ${reasons !== undefined && problemList(visit, words.notDone, reasons)}
        ${shown && revisionBody(shown, visit)}
        <ol class="rows" data-keys>
          ${revisions.map((revision) => {
            const isNow = revision.digest === file?.digest
            return html`<li>
              <div>
                <a href="?revision=${revision.id}"${revision === shown && html` aria-current="true"`}>${formatDateTime(language, revision.at)}</a>
                ${words.revisionKinds[revision.kind]}${revision.by !== '' && `, ${revision.by}`}
                ${revision.note !== undefined && html`<p class="reason">${sentence(visit, revision.note)}</p>`}
                ${isNow && html`<small>${words.isNow}</small>`}
              </div>
              ${
                !isNow &&
                revision.digest !== undefined &&
                user.role !== 'writer' &&
                html`<form method="post" action="${filePage('history', path)}">
                  <input type="hidden" name="base" value="${file?.digest ?? ''}" />
                  <button class="quiet" name="revision" value="${revision.id}">${words.restore}</button>
                </form>`
              }
            </li>`
          })}
        </ol>
        ${oldest && html`<p><a href="?before=${oldest.id}" rel="next">${words.older}</a></p>`}`,
    }
  }

  function revisionBody(revision: Revision, { words, language }: SignedVisit): Html {
    const [before, after] = [desk.history.findBefore(revision), revision].map((one) =>
      one?.digest === undefined ? undefined : desk.history.read(one.digest),
    )
    const title = fillIn(words.changesOf, formatDateTime(language, revision.at))
    return html`<section aria-labelledby="changes">
      <h2 id="changes">${title}</h2>
      ${diffBody(toText(before), toText(after))}
    </section>`
  }

  async function restore(visit: SignedVisit): Promise<Reply> {
    const { rest: path, form, words } = visit
    const revisionId = readNumber(form.get('revision')) ?? 0
    const revision = desk.history.find(revisionId)
    if (revision?.path !== path || revision.digest === undefined) return sayMissing(visit)
    if (!desk.history.read(revision.digest)) return await showHistory(visit, [words.notKept])
    const base = form.get('base') || undefined
    const outcome = await restoreRevision(desk, { revisionId, base, by: toActor(visit) })
    const then = `${filePage('review', path)}?done=restored`
    const again = ({ reasons }: { reasons: string[] }) => showHistory(visit, reasons)
    return await finishAction(parts, path, outcome, then, again, words)
  }

  function showAudit({ words, language, query }: SignedVisit): Reply {
    const filter = (name: string) => query.get(name)?.trim() || undefined
    const [by, action, path] = ['by', 'action', 'path'].map(filter)
    const before = readNumber(query.get('before'))
    const entries = desk.auditLog.list({ by, action, path, before, limit: pageSize })
    const next = new URLSearchParams(query)
    next.set('before', String(entries.at(-1)?.id))
    const field = (name: string, label: string, value: string | undefined) =>
      html`<p><label for="${name}">${label}</label><input id="${name}" name="${name}" value="${value ?? ''}" /></p>`
    return {
      kind: 'page',
      title: words.audit,
      body: html`<h1>${words.audit}</h1>
        <p>${words.auditIntro}</p>
        <form class="filters">
          ${field('by', words.auditBy, by)}
          <p><label for="action">${words.auditAction}</label>
            <select id="action" name="action">
              <option value="">${words.any}</option>
              ${auditActions.map((one) => html`<option value="${one}"${one === action && html` selected`}>${words.auditActions[one]}</option>`)}
            </select></p>
          ${field('path', words.auditFile, path)}
          <p><button>${words.show}</button></p>
        </form>
        <div class="wide-table" tabindex="0" role="region" aria-label="${words.audit}">
          <table>
            <thead><tr><th>${words.auditAt}</th><th>${words.auditBy}</th><th>${words.auditAction}</th>
              <th>${words.auditFile}</th><th>${words.auditDetail}</th><th>${words.auditFrom}</th></tr></thead>
            <tbody>${entries.map((entry) => auditRow(entry, words, language))}</tbody>
          </table>
        </div>
        <p class="line">
          ${entries.length === pageSize && html`<a href="?${next.toString()}" rel="next">${words.older}</a>`}
          <a href="/desk/audit/export" download>${words.auditExport}</a>
        </p>`,
    }
  }

  return [
    { method: 'GET', path: '/history/*', role: 'writer', answer: (visit) => showHistory(visit) },
    { method: 'POST', path: '/history/*', role: 'editor', answer: restore },
    { method: 'GET', path: '/audit', role: 'owner', answer: showAudit },
    {
      method: 'GET',
      path: '/audit/export',
      role: 'owner',
      answer: () => ({
        kind: 'document',
        contentType: 'application/jsonl; charset=utf-8',
        headers: { 'content-disposition': 'attachment; filename="audit-log.jsonl"' },
        body: Array.from(desk.auditLog.toJsonLines()).join(''),
      }),
    },
  ]
}

const readNumber = (text: string | null): number | undefined =>
  /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : undefined

const toText = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && new TextDecoder().decode(bytes)

function auditRow(
  entry: AuditEntry,
  words: SignedVisit['words'],
  language: SignedVisit['language'],
): Html {
  const names: Record<string, string> = words.auditActions
  const { at, by, action, path, detail = '', from } = entry
  return html`<tr>
    <td><time datetime="${at}">${formatDateTime(language, at)}</time></td><td>${by}</td><td>${names[action] ?? action}</td>
    <td>${path !== undefined && html`<a href="${filePage('history', path)}">${path}</a>`}</td>
    <td>${detail}</td><td>${from}</td>
  </tr>`
}

/** What has changed between two texts, line by line. Undefined stands for a file that was not there. */
function diffBody(before: string | undefined, after: string | undefined): Html {
  const lines = diffTexts(before ?? '', after ?? '')
  const isNear = lines.map((_, at) =>
    lines
      .slice(Math.max(0, at - contextLines), at + contextLines + 1)
      .some(({ kind }) => kind !== 'same'),
  )
  const rows = lines.map(({ kind, text }, at) => {
    if (!isNear[at]) return isNear[at - 1] && html`<span class="gap">⋯\n</span>`
    if (kind === 'removed') return html`<del>- ${text}\n</del>`
    return kind === 'added' ? html`<ins>+ ${text}\n</ins>` : html`<span>  ${text}\n</span>`
  })
  return html`<pre class="diff" tabindex="0">${rows}</pre>`
}
