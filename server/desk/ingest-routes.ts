import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { formatDateTime, formatNumber } from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { readSourcesOff, switchSource } from '#lib/ingest-report/source-switches.ts'
import type { DeskRoute, Reply, SignedVisit } from './desk.ts'
import { type DeskParts, sentence } from './desk-parts.ts'
import { html } from './html.ts'

const root = resolve(import.meta.dirname, '../..')

/** How much of what a run prints is kept, in characters: its end. */
const mostOutput = 8000

/** Starts one pass of ingest; `done` is called with its exit code and what it printed. */
export type RunIngest = (done: (code: number | null, output: string) => void) => void

/** The report of ingest, its sources, what the model costs, and a pass that is started by hand. */
export function listIngestRoutes(
  { desk, dataDir }: DeskParts,
  { run = runIngest }: { run?: RunIngest } = {},
): DeskRoute[] {
  let isRunning = false
  let last: { at: string; code: number | null; output: string } | undefined

  function show({ words, language, user }: SignedVisit): Reply {
    const report = readIngestReport(dataDir)
    const off = readSourcesOff(desk.contentDir)
    const on = (instant: string | undefined) =>
      instant === undefined ? words.never : formatDateTime(language, instant)
    const number = (value: number) => formatNumber(language, value)
    const limits = report?.model.limits
    const cost = (label: string, spent: number, limit: number | undefined) =>
      html`<p>
        <label for="cost-${label}">${label}: ${number(spent)}${limit !== undefined && ` / ${number(limit)}`}</label>
        ${limit !== undefined && html`<meter id="cost-${label}" min="0" max="${limit}" high="${Math.round(limit * 0.8)}" value="${spent}"></meter>`}
      </p>`
    const mayDecide = user.role !== 'writer'
    return {
      kind: 'page',
      title: words.ingest,
      body: html`<h1>${words.ingest}</h1>
        ${
          mayDecide &&
          html`<form method="post" action="/desk/ingest/run" class="line">
            <button${isRunning && html` disabled`}>${words.runNow}</button>
            ${isRunning && html`<span role="status">${words.isRunning}</span>`}
          </form>`
        }
        ${last && html`<details open><summary>${fillIn(words.lastRun, on(last.at), String(last.code))}</summary><pre tabindex="0">${last.output}</pre></details>`}
        ${!report && html`<p>${words.noReport}</p>`}
        ${
          report &&
          html`<p>${fillIn(words.lastPass, on(report.finishedAt))}</p>
            ${report.failure !== undefined && html`<p class="problem">${report.failure}</p>`}
            ${report.problems.length > 0 && html`<ul>${report.problems.map((problem) => html`<li>${problem}</li>`)}</ul>`}
            <h2>${words.sources}</h2>
            <div class="wide-table" tabindex="0" role="region" aria-label="${words.sources}">
            <table>
              <thead><tr><th>${words.source}</th><th>${words.fetchedAt}</th><th>${words.fetched}</th>
                <th>${words.newStories}</th><th>${words.heldStories}</th><th>${words.rejectedStories}</th><th>${words.state}</th>
                ${mayDecide && html`<th>${words.switch}</th>`}</tr></thead>
              <tbody>
                ${report.sources.map((source) => {
                  const isOff = off.has(source.key)
                  return html`<tr>
                    <th scope="row">${source.key}</th><td>${on(source.fetchedAt)}</td>
                    <td>${number(source.fetched)}</td><td>${number(source.new)}</td>
                    <td>${number(source.held)}</td><td>${number(source.rejected)}</td>
                    <td>${isOff ? words.isOff : source.error === undefined ? (source.skipped ?? words.isFine) : html`<span class="problem">${sentence({ language }, source.error)}</span>`}</td>
                    ${
                      mayDecide &&
                      html`<td><form method="post" action="/desk/ingest/sources">
                        <input type="hidden" name="source" value="${source.key}" />
                        <button class="quiet" name="to" value="${isOff ? 'on' : 'off'}">${isOff ? words.switchOn : words.switchOff}<span class="hidden">: ${source.key}</span></button>
                      </form></td>`
                    }
                  </tr>`
                })}
              </tbody>
            </table>
            </div>
            <h2>${words.spending}</h2>
            ${cost(words.requestsToday, report.model.requestsToday, limits?.requestsPerDay)}
            ${cost(words.tokensToday, report.model.tokensToday, limits?.tokensPerDay)}`
        }`,
    }
  }

  return [
    { method: 'GET', path: '/ingest', role: 'writer', answer: show },
    {
      method: 'POST',
      path: '/ingest/run',
      role: 'editor',
      answer({ user, from }) {
        if (!isRunning) {
          isRunning = true
          const at = desk.now().toISOString()
          desk.auditLog.add({
            at,
            by: user.name,
            from,
            action: 'run-ingest',
            path: undefined,
            detail: undefined,
          })
          run((code, output) => {
            isRunning = false
            last = { at, code, output }
          })
        }
        return { kind: 'redirect', to: '/desk/ingest' }
      },
    },
    {
      method: 'POST',
      path: '/ingest/sources',
      role: 'editor',
      async answer({ form, user, from }) {
        const [key, to] = [form.get('source') ?? '', form.get('to')]
        const isKnown = readIngestReport(dataDir)?.sources.some((source) => source.key === key)
        if (isKnown && (to === 'on' || to === 'off')) {
          await switchSource(desk.contentDir, key, to === 'on')
          const at = desk.now().toISOString()
          const action = `source-${to}` as const
          desk.auditLog.add({ at, by: user.name, from, action, path: undefined, detail: key })
        }
        return { kind: 'redirect', to: '/desk/ingest' }
      },
    },
  ]
}

/** The command, in a process of its own: it takes minutes, and whatever it does the site goes on. */
const runIngest: RunIngest = (done) => {
  const child = spawn(process.execPath, ['cli/dateline.ts', 'ingest'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const add = (text: Buffer) => {
    output = (output + text.toString()).slice(-mostOutput)
  }
  child.stdout.on('data', add)
  child.stderr.on('data', add)
  child.on('error', (error) => done(null, error.message))
  child.on('close', (code) => done(code, output))
}
