import type { EditorArticle } from '#lib/article-index/editor-index.ts'
import { findPinEnd, usualPin } from '#lib/content/visibility.ts'
import { pinArticle } from '#lib/desk/change-article.ts'
import { addRedirect, listRedirects, removeRedirect } from '#lib/desk/edit-redirects.ts'
import { previewTagRename, renameTag, type TagPreview } from '#lib/desk/rename-tag.ts'
import type { SaveOutcome } from '#lib/desk/save-file.ts'
import {
  formatCalendarDate,
  formatCount,
  formatDateTime,
  formatLanguage,
  formatLanguageTitle,
} from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import { type Locale, locales } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import type { DeskRoute, Reply, SignedVisit } from './desk.ts'
import {
  type DeskParts,
  filePage,
  finishAction,
  isSentence,
  newVersionLink,
  problemList,
  stateName,
  toActor,
} from './desk-parts.ts'
import { type Html, html } from './html.ts'
import { toInstant, toLocal } from './local-time.ts'

/** Weights of pins that are put in order have this distance, so that one of a file fits between. */
const weightStep = 10

/** How far the calendar looks ahead, and how many articles the parity board has. */
const daysAhead = 60
const boardSize = 60

/** Tools for the publication as a whole: the front page, redirects, tags, languages, the calendar. */
export function listToolRoutes(parts: DeskParts): DeskRoute[] {
  const { desk, index } = parts

  const listPins = (locale: Locale) =>
    index
      .listPins(desk.now().toISOString())
      .filter((article) => article.locale === locale && findPinEnd(article) > desk.now().getTime())
      .toSorted((a, b) => b.stickyWeight - a.stickyWeight)

  function showFrontPage(visit: SignedVisit, reasons?: string[]): Reply {
    const { words, language } = visit
    const { timeZone } = site()
    return {
      kind: 'page',
      title: words.frontPage,
      status: reasons === undefined ? 200 : 422,
      body: html`<h1>${words.frontPage}</h1>
        <p>${words.frontPageIntro}</p>
        ${reasons !== undefined && problemList(visit, words.notDone, reasons)}
        ${locales.map((locale) => {
          const pins = listPins(locale)
          return html`<section aria-labelledby="pins-${locale}">
            <h2 id="pins-${locale}">${formatLanguageTitle(language, locale)}</h2>
            ${pins.length === 0 && html`<p>${words.noPins}</p>`}
            ${
              pins.length > 0 &&
              html`<form method="post">
                <input type="hidden" name="locale" value="${locale}" />
                <ol class="rows" data-sortable>
                  ${pins.map((article, at) => {
                    const until = new Date(findPinEnd(article)).toISOString()
                    return html`<li draggable="true">
                      <div>
                        <a href="${filePage('review', article.path)}" lang="${locale}">${article.title}</a>
                        <input type="hidden" name="path" value="${article.path}" />
                      </div>
                      <span class="line">
                        <label for="until-${locale}-${at}">${words.pinUntil}</label>
                        <input type="datetime-local" id="until-${locale}-${at}" name="until" value="${toLocal(until, timeZone)}" required />
                        <button class="quiet" name="move" value="${at} -1" ${at === 0 && html`disabled`}>↑<span class="hidden"> ${words.moveUp}: ${article.title}</span></button>
                        <button class="quiet" name="move" value="${at} 1" ${at === pins.length - 1 && html`disabled`}>↓<span class="hidden"> ${words.moveDown}: ${article.title}</span></button>
                        <button class="quiet" name="unpin" value="${article.path}">${words.unpin}<span class="hidden">: ${article.title}</span></button>
                      </span>
                    </li>`
                  })}
                </ol>
                <p class="line"><button>${words.saveOrder}</button> <small>${timeZone}</small></p>
              </form>`
            }
          </section>`
        })}`,
    }
  }

  /** A file that is gone or broken by now, or cannot be changed, says so; the other pins are put in order. */
  async function pin(request: Parameters<typeof pinArticle>[1]): Promise<SaveOutcome> {
    try {
      return await pinArticle(desk, request)
    } catch (error) {
      if (!isSentence(error)) throw error
      return { kind: 'refused', reasons: [`${request.path}: ${error.message}`], problems: [] }
    }
  }

  /** Gives pins the order and the ends of the form. Only what has changed is written. */
  async function orderPins(visit: SignedVisit): Promise<Reply> {
    const { form, words } = visit
    const by = toActor(visit)
    const pins = listPins(form.get('locale') ?? '')
    const paths = form.getAll('path').filter((path) => pins.some((pin) => pin.path === path))
    const untils = form.getAll('until')
    const sent = paths.map((path, at) => ({
      path,
      until: toInstant(untils[at] ?? '', site().timeZone),
    }))
    const [from, step] = (form.get('move') ?? '').split(' ').map(Number)
    const moved = from === undefined || step === undefined ? sent : move(sent, from, step)
    const unpinned = form.get('unpin')
    const ordered = moved.filter(({ path }) => path !== unpinned)
    const outcomes: SaveOutcome[] = []
    const changed: string[] = []
    for (const [at, { path, until }] of ordered.entries()) {
      const former = pins.find((one) => one.path === path)
      const weight = (ordered.length - at) * weightStep
      if (!former || until === undefined) return showFrontPage(visit, [words.noTime])
      const isSameEnd =
        toLocal(until, 'UTC') === toLocal(new Date(findPinEnd(former)).toISOString(), 'UTC')
      if (former.stickyWeight === weight && isSameEnd) continue
      outcomes.push(await pin({ path, by, weight, until }))
      changed.push(path)
    }
    if (unpinned !== null && pins.some(({ path }) => path === unpinned)) {
      outcomes.push(await pin({ path: unpinned, by, weight: 0 }))
      changed.push(unpinned)
    }
    if (changed.length > 0) await parts.publish(changed)
    const reasons = outcomes.flatMap((outcome) =>
      outcome.kind === 'refused'
        ? outcome.reasons
        : outcome.kind === 'conflict'
          ? [words.changedMeanwhile]
          : [],
    )
    if (reasons.length > 0) return showFrontPage(visit, reasons)
    return { kind: 'redirect', to: '/desk/front-page' }
  }

  async function showRedirects(visit: SignedVisit, reasons?: string[]): Promise<Reply> {
    const { words } = visit
    const { redirects, digest } = await listRedirects(desk)
    const base = html`<input type="hidden" name="base" value="${digest ?? ''}" />`
    return {
      kind: 'page',
      title: words.redirects,
      status: reasons === undefined ? 200 : 422,
      body: html`<h1>${words.redirects}</h1>
        <p>${words.redirectsIntro}</p>
        ${reasons !== undefined && problemList(visit, words.notDone, reasons)}
        <form method="post" class="filters">
          ${base}
          <p><label for="from">${words.redirectFrom}</label><input id="from" name="from" required placeholder="/old" /></p>
          <p><label for="to">${words.redirectTo}</label><input id="to" name="to" placeholder="/new" aria-describedby="to-hint" /></p>
          <p><button>${words.add}</button></p>
        </form>
        <p><small id="to-hint">${words.redirectGone}</small></p>
        <ul class="rows">
          ${redirects.map(
            ({ from, to }) => html`<li>
              <span><code>${from}</code> → ${to === undefined ? words.gone : html`<code>${to}</code>`}</span>
              <form method="post" action="/desk/redirects/remove">
                ${base} <button class="quiet" name="from" value="${from}">${words.remove}<span class="hidden">: ${from}</span></button>
              </form>
            </li>`,
          )}
        </ul>`,
    }
  }

  const changeRedirects =
    (change: (visit: SignedVisit, base: string | undefined) => Promise<SaveOutcome>) =>
    async (visit: SignedVisit): Promise<Reply> => {
      const outcome = await change(visit, visit.form.get('base') || undefined)
      const again = ({ reasons }: { reasons: string[] }) => showRedirects(visit, reasons)
      return await finishAction(
        parts,
        'redirects.txt',
        outcome,
        '/desk/redirects',
        again,
        visit.words,
      )
    }

  async function showTags(visit: SignedVisit, reasons?: string[]): Promise<Reply> {
    const { words, language, query } = visit
    const [from, to] = [query.get('from')?.trim() ?? '', query.get('to')?.trim() ?? '']
    const { preview, reason } = await previewTags(from, to)
    const problems = reasons ?? (reason === undefined ? undefined : [reason])
    return {
      kind: 'page',
      title: words.tags,
      status: problems === undefined ? 200 : 422,
      body: html`<h1>${words.tags}</h1>
        <p>${words.tagsIntro}</p>
        ${problems !== undefined && problemList(visit, words.notDone, problems)}
        <form class="filters">
          <p><label for="from">${words.tagFrom}</label><input id="from" name="from" value="${from}" required /></p>
          <p><label for="to">${words.tagTo}</label><input id="to" name="to" value="${to}" required /></p>
          <p><button>${words.showChange}</button></p>
        </form>
        ${
          preview &&
          html`<section aria-labelledby="change">
            <h2 id="change">${formatCount(language, words.articleCount, preview.changes.length)}</h2>
            <ul class="rows">
              ${preview.changes.map(
                ({ path, title, before, after }) => html`<li>
                  <div><a href="${filePage('review', path)}">${title}</a>
                    <p class="reason"><del>${before.join(', ')}</del> → <ins>${after.join(', ')}</ins></p></div>
                </li>`,
              )}
            </ul>
            ${
              preview.failures.length > 0 &&
              problemList(
                visit,
                words.notDone,
                preview.failures.map(({ path, reason }) => `${path}: ${reason}`),
              )
            }
            ${
              preview.changes.length > 0 &&
              html`<form method="post">
                <input type="hidden" name="from" value="${from}" />
                <input type="hidden" name="to" value="${to}" />
                ${preview.changes.map(({ path, base }) => html`<input type="hidden" name="change" value="${`${base} ${path}`}" />`)}
                <button>${fillIn(words.renameTo, from, to)}</button>
              </form>`
            }
          </section>`
        }`,
    }
  }

  /** `reason` is why there is nothing to show; neither is there before anything was asked. */
  async function previewTags(
    from: string,
    to: string,
  ): Promise<{ preview?: TagPreview; reason?: string }> {
    if (from === '' || to === '') return {}
    try {
      return { preview: await previewTagRename(desk, index, { from, to }) }
    } catch (error) {
      if (isSentence(error)) return { reason: error.message }
      throw error
    }
  }

  /** Makes the changes that were shown, and no others. */
  async function changeTags(visit: SignedVisit): Promise<Reply> {
    const { form } = visit
    const [from, to] = [form.get('from') ?? '', form.get('to') ?? '']
    const { preview } = await previewTags(from, to)
    if (!preview) return await showTags(visit)
    const seen = new Set(form.getAll('change'))
    const changes = preview.changes.filter(({ base, path }) => seen.has(`${base} ${path}`))
    const note = `Tag ${from} → ${to}`
    const { changed, failures } = await renameTag(desk, changes, { by: toActor(visit), note })
    if (changed.length > 0) await parts.publish(changed)
    if (failures.length > 0) {
      return await showTags(
        visit,
        failures.map(({ path, reason }) => `${path}: ${reason}`),
      )
    }
    const query = new URLSearchParams({ from, to })
    return { kind: 'redirect', to: `/desk/tags?${query}` }
  }

  /** Recent articles of each language and what there is of each in the others. */
  function showParity({ words, language }: SignedVisit): Reply {
    const seen = new Set<string>()
    const rows: EditorArticle[][] = []
    for (const article of index.list({ limit: boardSize }).articles) {
      if (seen.has(article.path)) continue
      const versions = index.listVersions(article)
      const row = versions.some(({ path }) => path === article.path) ? versions : [article]
      for (const { path } of row) seen.add(path)
      rows.push(row)
    }
    return {
      kind: 'page',
      title: words.parity,
      body: html`<h1>${words.parity}</h1>
        <p>${words.parityIntro}</p>
        <div class="wide-table" tabindex="0" role="region" aria-label="${words.parity}">
          <table>
            <thead><tr>${locales.map((locale) => html`<th scope="col">${formatLanguageTitle(language, locale)}</th>`)}</tr></thead>
            <tbody>
              ${rows.map((row) => html`<tr>${locales.map((locale) => parityCell(row, locale, { words, language }))}</tr>`)}
            </tbody>
          </table>
        </div>`,
    }
  }

  function showCalendar({ words, language }: SignedVisit): Reply {
    const now = desk.now()
    const end = new Date(now.getTime() + daysAhead * 86_400_000).toISOString()
    const scheduled = index.listScheduled(now.toISOString(), end)
    const days = Map.groupBy(scheduled, ({ publishedAt }) =>
      toLocal(publishedAt, site().timeZone).slice(0, 10),
    )
    return {
      kind: 'page',
      title: words.calendar,
      body: html`<h1>${words.calendar}</h1>
        ${days.size === 0 && html`<p>${words.nothingScheduled}</p>`}
        ${[...days].map(
          ([day, articles]) => html`<section aria-labelledby="day-${day}">
            <h2 id="day-${day}">${formatCalendarDate(language, day)}</h2>
            <ol class="rows" data-keys>
              ${articles.map(
                ({ path, title, locale, publishedAt }) => html`<li>
                  <div><a href="${filePage('review', path)}" lang="${locale}">${title}</a></div>
                  <small>${formatDateTime(language, publishedAt)} · ${formatLanguage(language, locale)}</small>
                </li>`,
              )}
            </ol>
          </section>`,
        )}`,
    }
  }

  return [
    { method: 'GET', path: '/front-page', role: 'editor', answer: (visit) => showFrontPage(visit) },
    { method: 'POST', path: '/front-page', role: 'editor', answer: orderPins },
    { method: 'GET', path: '/redirects', role: 'editor', answer: (visit) => showRedirects(visit) },
    {
      method: 'POST',
      path: '/redirects',
      role: 'editor',
      answer: changeRedirects((visit, base) => {
        const [from, to] = ['from', 'to'].map((name) => visit.form.get(name)?.trim() ?? '')
        const target = to === '' ? undefined : to
        return addRedirect(desk, { from: from ?? '', to: target, base, by: toActor(visit) })
      }),
    },
    {
      method: 'POST',
      path: '/redirects/remove',
      role: 'editor',
      answer: changeRedirects((visit, base = '') =>
        removeRedirect(desk, { from: visit.form.get('from') ?? '', base, by: toActor(visit) }),
      ),
    },
    { method: 'GET', path: '/tags', role: 'editor', answer: (visit) => showTags(visit) },
    { method: 'POST', path: '/tags', role: 'editor', mostBytes: 1024 * 1024, answer: changeTags },
    { method: 'GET', path: '/languages', role: 'writer', answer: showParity },
    { method: 'GET', path: '/calendar', role: 'writer', answer: showCalendar },
  ]
}

/** The list with one entry moved by some steps, as far as it goes. */
function move<Entry>(list: readonly Entry[], from: number, step: number): Entry[] {
  const entry = list[from]
  if (entry === undefined) return [...list]
  const rest = list.filter((_, at) => at !== from)
  const to = Math.max(0, Math.min(rest.length, from + step))
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}

function parityCell(
  row: readonly EditorArticle[],
  locale: Locale,
  visit: Pick<SignedVisit, 'words' | 'language'>,
): Html {
  const { words } = visit
  const version = row.find((one) => one.locale === locale)
  if (!version) {
    const [first] = row
    return html`<td><span class="problem">${words.notThere}</span>${first && ' · '}${first && newVersionLink(first.path, locale, visit)}</td>`
  }
  const newest = Math.max(...row.map(({ updatedAt }) => Date.parse(updatedAt)))
  const isTranslation = version.ai?.translatedFrom !== undefined
  const isBehind = isTranslation && Date.parse(version.updatedAt) < newest
  return html`<td>
    <a href="${filePage('review', version.path)}" lang="${locale}">${version.title}</a>
    <small>${stateName(words, version.state)}${isBehind && html` · <strong class="problem">${words.isBehind}</strong>`}</small>
  </td>`
}

/** When a pin ends that nobody gives an end, as a form shows it. */
export const usualPinEnd = (now: Date): string =>
  toLocal(new Date(now.getTime() + usualPin).toISOString(), site().timeZone)
