import type { Article } from '#lib/content/article.ts'
import { InvalidArticleError } from '#lib/content/problem.ts'
import {
  type ActionRequest,
  approveArticle,
  correctArticle,
  pinArticle,
  rejectArticle,
  scheduleArticle,
  undoWithdrawal,
  withdrawArticle,
} from '#lib/desk/change-article.ts'
import {
  listChangedUpstream,
  listNeeds,
  type Need,
  type NeedKind,
  needKinds,
  readNeedsInput,
} from '#lib/desk/list-needs.ts'
import type { SaveOutcome } from '#lib/desk/save-file.ts'
import { type ReviewView, showArticle } from '#lib/desk/show-article.ts'
import { formatCount, formatDateTime, formatLanguage } from '#lib/i18n/format.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import { readIngestReport } from '#lib/ingest-report/ingest-report.ts'
import { locales } from '#lib/site/locales.ts'
import { site } from '#lib/site/site.ts'
import { toPath } from '../http/address.ts'
import { createAsking } from './ask-routes.ts'
import type { DeskRoute, Reply, SignedVisit } from './desk.ts'
import {
  type DeskParts,
  doneSentence,
  filePage,
  finishAction,
  isSentence,
  newVersionLink,
  problemLines,
  problemList,
  problemText,
  publicUrl,
  sayMissing,
  sentence,
  stateName,
  toActor,
  toAddressOf,
} from './desk-parts.ts'
import { type Html, html } from './html.ts'
import { toInstant, toLocal } from './local-time.ts'
import { renderSides } from './review-sides.ts'
import { usualPinEnd } from './tool-routes.ts'

/** Where an editor goes from each kind of need. */
const needPages: Record<NeedKind, 'review' | 'edit' | 'ingest' | 'front-page'> = {
  held: 'review',
  'changed-upstream': 'review',
  broken: 'edit',
  'failing-source': 'ingest',
  pin: 'front-page',
  'stale-translation': 'review',
  'missing-translation': 'review',
  scheduled: 'review',
}

/** What needs an editor, and the review of one article. */
export function listReviewRoutes(parts: DeskParts): DeskRoute[] {
  const { desk, index, dataDir, siteUrl } = parts
  const asking = createAsking(parts)

  const readState = () => ({
    report: readIngestReport(dataDir),
    findLatest: desk.history.findLatest,
    now: desk.now(),
  })

  function showNeeds({ words, language, query, user }: SignedVisit): Reply {
    const needs = listNeeds(readNeedsInput(index, readState()))
    const kinds = needKinds.filter((kind) => needs[kind].count > 0)
    const done = doneSentence(query, words)
    return {
      kind: 'page',
      title: words.needs,
      body: html`<h1>${words.needs}</h1>
        ${done !== undefined && html`<p role="status" class="notice">${done}</p>`}
        ${kinds.length === 0 && html`<p>${fillIn(words.nothingNeeded, user.name)}</p>`}
        ${
          kinds.length > 1 &&
          html`<ul class="chips">
            ${kinds.map(
              (kind) =>
                html`<li><a href="#${kind}">${words.needKinds[kind]} <b>${needs[kind].count}</b></a></li>`,
            )}
          </ul>`
        }
        ${kinds.map(
          (kind) => html`<section aria-labelledby="${kind}">
            <h2 id="${kind}">${words.needKinds[kind]} <span class="count">${needs[kind].count}</span></h2>
            <p>${words.needHints[kind]}</p>
            <ol class="rows" data-keys>
              ${needs[kind].needs.map((need) => needRow(need, { words, language }))}
            </ol>
          </section>`,
        )}
        ${kinds.length > 0 && html`<p class="keys-hint" hidden data-keys-hint>${words.keysHint}</p>`}`,
    }
  }

  async function showReview(
    visit: SignedVisit,
    problem?: { status: 409 | 422; reasons: string[] },
  ): Promise<Reply> {
    const { rest: path, words } = visit
    let view: ReviewView | undefined
    try {
      view = await showArticle(desk, path)
    } catch (error) {
      if (!(error instanceof InvalidArticleError)) throw error
      return {
        kind: 'page',
        title: words.brokenFile,
        status: 422,
        body: html`<h1>${words.brokenFile}</h1>
          <p><code>${path}</code></p>
          ${problemLines(error.problems, visit)}
          <p><a href="${filePage('edit', path)}">${words.mend}</a></p>`,
      }
    }
    if (!view) return sayMissing(visit)
    return {
      kind: 'page',
      title: view.article.title,
      status: problem?.status ?? 200,
      body: reviewBody(view, await renderSides(parts, view, visit), visit, problem?.reasons),
    }
  }

  function reviewBody(
    view: ReviewView,
    sides: { source: Html; article: Html },
    visit: SignedVisit,
    reasons: string[] | undefined,
  ): Html {
    const { file, article, source, doubts } = view
    const { words, language, user, query } = visit
    const { path } = file
    const state = stateOf(article, desk.now())
    const done = doneSentence(query, words)
    const versions = index
      .listVersions(article)
      .filter((one) => one.path !== path)
      .map((one) => ({ ...one, name: formatLanguage(language, one.locale) }))
    const next = index.listHeld(2).articles.find((one) => one.path !== path)
    const changed = listChangedUpstream(readState()).find((one) => one.path === path)
    const mayDecide = user.role !== 'writer'
    return html`<p class="line">
        <strong class="state" data-state="${state}">${stateName(words, state)}</strong>
        <span>${formatLanguage(language, article.locale)}</span>
        <code>${path}</code>
      </p>
      ${
        done !== undefined &&
        html`<p role="status" class="notice">${done}${query.has('translations') && ` ${words.translationsFollow}`}
        ${state === 'published' && html` <a href="${publicUrl(siteUrl, article)}">${words.viewArticle}</a>`}
        ${next && html` · <a href="${filePage('review', next.path)}" data-next data-key="n">${words.nextHeld}: ${next.title}</a>`}
      </p>`
      }
      ${asking.notice(view, visit)}
      ${reasons !== undefined && problemList(visit, words.notDone, reasons)}
      <h1 lang="${article.locale}">${article.title}</h1>
      ${
        doubts.length > 0 &&
        html`<section aria-labelledby="doubts" class="doubts">
          <h2 id="doubts">${formatCount(language, words.doubts, doubts.length)}</h2>
          <ol>${doubts.map(({ reason }) => html`<li>${sentence(visit, reason)}</li>`)}</ol>
        </section>`
      }
      ${
        changed &&
        html`<section aria-labelledby="changed" class="doubts">
          <h2 id="changed">${words.needKinds['changed-upstream']}</h2>
          <p>${changed.reasons.map((reason) => sentence(visit, reason))}</p>
          ${changed.difference?.length !== 0 && differenceLines(changed.difference ?? [])}
          <p>${words.changedUpstreamHint}</p>
        </section>`
      }
      <div class="sides">
        <section aria-labelledby="source">
          <h2 id="source">${source?.kind === 'article' ? words.original : changed ? words.sourceBefore : words.source}</h2>
          ${sides.source}
        </section>
        <section aria-labelledby="article">
          <h2 id="article">${words.article}</h2>
          ${sides.article}
        </section>
      </div>
      <p class="line">
        <a href="${filePage('edit', path)}" data-key="e">${words.mend}</a>
        <a href="${filePage('history', path)}">${words.history}</a>
        ${versions.map(
          (one) =>
            html`<a href="${filePage('review', one.path)}">${one.name}: ${stateName(words, one.state)}</a>`,
        )}
        ${locales
          .filter((one) => one !== article.locale && !versions.some(({ locale }) => locale === one))
          .map((one) => newVersionLink(path, one, visit))}
      </p>
      ${mayDecide && decisionForms({ path, digest: file.digest, state, article, visit, now: desk.now() })}
      ${asking.form(view, visit)}`
  }

  async function approve(visit: SignedVisit): Promise<Reply> {
    const { rest: path, form, words } = visit
    const isLater = form.get('when') === 'later'
    const at = isLater ? toInstant(form.get('at') ?? '', site().timeZone) : undefined
    if (isLater && at === undefined) {
      return await showReview(visit, { status: 422, reasons: [words.noTime] })
    }
    const base = form.get('base') ?? ''
    const outcome = await approveArticle(desk, { path, base, by: toActor(visit), at })
    const follows = outcome.translationsRequested ? '&translations' : ''
    return await finish(visit, outcome, `${at === undefined ? 'approved' : 'scheduled'}${follows}`)
  }

  /** `done` is a word of the dictionary's `done`, for the page of the article. */
  const finish = (visit: SignedVisit, outcome: SaveOutcome, done: string) => {
    const { rest: path, words } = visit
    const then = `${filePage('review', path)}?done=${done}`
    return finishAction(parts, path, outcome, then, (problem) => showReview(visit, problem), words)
  }

  /** An action on one article, which ends on its page. `then` is a word of the dictionary's `done`. */
  const act = (
    then: keyof SignedVisit['words']['done'],
    change: (visit: SignedVisit, request: ActionRequest) => Promise<SaveOutcome> | undefined,
  ) =>
    answering(async (visit) => {
      const { rest: path, form, words } = visit
      const base = form.get('base') ?? ''
      const outcome = await change(visit, { path, base, by: toActor(visit) })
      if (!outcome) return await showReview(visit, { status: 422, reasons: [words.noTime] })
      return await finish(visit, outcome, then)
    })

  /**
   * An article that is not there, or cannot be read, has its own page; what cannot be changed says why.
   * Neither is a failure of ours.
   */
  const answering =
    (answer: (visit: SignedVisit) => Promise<Reply>) =>
    async (visit: SignedVisit): Promise<Reply> => {
      try {
        return await answer(visit)
      } catch (error) {
        if (!isSentence(error)) throw error
        return await showReview(visit, { status: 422, reasons: [error.message] })
      }
    }

  const timeOf = ({ form }: SignedVisit) => toInstant(form.get('at') ?? '', site().timeZone)

  return [
    { method: 'GET', path: '/', role: 'writer', answer: showNeeds },
    ...asking.routes,
    {
      method: 'POST',
      path: '/withdraw/*',
      role: 'editor',
      answer: act('withdrawn', ({ form }, request) =>
        withdrawArticle(desk, { ...request, reason: form.get('reason') ?? '' }),
      ),
    },
    {
      method: 'POST',
      path: '/undo-withdrawal/*',
      role: 'editor',
      answer: act('undone', (_visit, request) => undoWithdrawal(desk, request)),
    },
    {
      method: 'POST',
      path: '/correct/*',
      role: 'editor',
      answer: act('corrected', ({ form }, request) =>
        correctArticle(desk, { ...request, text: form.get('text') ?? '' }),
      ),
    },
    {
      method: 'POST',
      path: '/schedule/*',
      role: 'editor',
      answer: act('rescheduled', (visit, request) => {
        const at = timeOf(visit)
        return at === undefined ? undefined : scheduleArticle(desk, { ...request, at })
      }),
    },
    {
      method: 'POST',
      path: '/pin/*',
      role: 'editor',
      answer: act('pinned', (visit, request) => {
        const until = timeOf(visit)
        if (until === undefined) return undefined
        // The newest pin leads; the front page's tool puts them in another order.
        const weights = index.listPins(desk.now().toISOString()).map((pin) => pin.stickyWeight)
        const weight = Math.max(0, ...weights) + 10
        return pinArticle(desk, { ...request, weight, until })
      }),
    },
    { method: 'GET', path: '/review/*', role: 'writer', answer: (visit) => showReview(visit) },
    { method: 'POST', path: '/approve/*', role: 'editor', answer: answering(approve) },
    {
      method: 'POST',
      path: '/reject/*',
      role: 'editor',
      answer: act('rejected', ({ form }, request) =>
        rejectArticle(desk, { ...request, reason: form.get('reason') ?? '' }),
      ),
    },
  ]
}

export function stateOf(article: Article, now: Date) {
  if (article.withdrawn) return article.draft ? 'rejected' : 'withdrawn'
  if (article.draft) return 'draft'
  return article.publishedAt > now.toISOString() ? 'scheduled' : 'published'
}

function toNeedPage(kind: NeedKind, path: string | undefined): string {
  const page = needPages[kind]
  return page === 'ingest' || page === 'front-page' || path === undefined
    ? toPath(['desk', page])
    : filePage(page, path)
}

function needRow(
  { kind, path, title, locale, reasons, since, difference = [], problems }: Need,
  visit: Pick<SignedVisit, 'words' | 'language'>,
): Html {
  const { words, language } = visit
  const [first, ...others] = problems
    ? problems.map((problem) => html`${problemText(problem, visit)}`)
    : reasons.map((reason) => sentence(visit, reason))
  const name = html`<span${locale !== undefined && html` lang="${locale}"`}>${title}</span>`
  return html`<li>
    <div>
      <a href="${toNeedPage(kind, path)}"><strong>${name}</strong></a>
      ${first !== undefined && html`<p class="reason">${first}</p>`}
      ${
        others.length > 0 &&
        html`<details>
          <summary>${formatCount(language, words.moreReasons, others.length)}</summary>
          <ul>${others.map((reason) => html`<li>${reason}</li>`)}</ul>
        </details>`
      }
      ${
        difference.length > 0 &&
        html`<details>
          <summary>${words.askChanges}</summary>
          ${differenceLines(difference)}
        </details>`
      }
    </div>
    <small>
      ${locale !== undefined && `${formatLanguage(language, locale)} · `}
      ${since !== '' && fillIn(words.since, formatDateTime(language, since))}
    </small>
  </li>`
}

/** Sentences that went from a story, and that came. */
const differenceLines = (lines: readonly string[]): Html =>
  html`<div class="diff">${lines.map((line) =>
    line.startsWith('- ')
      ? html`<del>${line.slice(2)}</del>`
      : line.startsWith('+ ')
        ? html`<ins>${line.slice(2)}</ins>`
        : html`<span>${line}</span>`,
  )}</div>`

function decisionForms({
  path,
  digest,
  state,
  article,
  visit: { words, form },
  now,
}: {
  path: string
  digest: string
  state: ReturnType<typeof stateOf>
  article: Article
  visit: SignedVisit
  now: Date
}): Html {
  const { timeZone } = site()
  const base = html`<input type="hidden" name="base" value="${digest}" />`
  const toAddress = (action: string) => toAddressOf(path, action)
  // What was chosen stays so when it could not be done: nobody publishes at once by mistake.
  const isLater = form.get('when') === 'later'
  const isHidden = state === 'withdrawn' || state === 'rejected'
  const timeField = (id: string, label: string, value: string) =>
    html`<label for="${id}">${label}</label>
      <input type="datetime-local" id="${id}" name="at" value="${value}" required />
      <small>${timeZone}</small>`
  const reasonForm = (action: string, name: string, label: string, button: string) =>
    html`<form method="post" action="${toAddress(action)}" class="fields" data-kept>
      ${base}
      <p><label for="${action}">${label}</label>
        <textarea id="${action}" name="${name}" rows="2" required${action === 'reject' && html` data-key="r"`}></textarea></p>
      <button class="quiet">${button}</button>
    </form>`
  return html`<section aria-labelledby="decide" class="decide">
    <h2 id="decide">${words.decide}</h2>
    ${article.reviewedBy !== undefined && html`<p>${fillIn(words.reviewedBy, article.reviewedBy)}</p>`}
    ${
      isHidden &&
      html`<form method="post" action="${toAddress('undo-withdrawal')}">
        ${base} <button class="quiet">${state === 'rejected' ? words.undoRejection : words.undoWithdrawal}</button>
      </form>`
    }
    ${
      !isHidden &&
      html`<form method="post" action="${toAddress('approve')}" class="line">
        ${base}
        ${
          state === 'draft' &&
          html`<fieldset class="line">
            <legend class="hidden">${words.when}</legend>
            <label><input type="radio" name="when" value="now"${!isLater && html` checked`} /> ${words.publishNow}</label>
            <label><input type="radio" name="when" value="later"${isLater && html` checked`} /> ${words.publishAt}</label>
            <span class="line later">
              <label class="hidden" for="at">${words.publishAt}</label>
              <input type="datetime-local" name="at" id="at" value="${isLater ? (form.get('at') ?? '') : ''}" aria-describedby="zone" />
              <small id="zone">${timeZone}</small>
            </span>
          </fieldset>`
        }
        <button data-key="a">${state === 'draft' ? words.approveAndPublish : words.approve}</button>
      </form>`
    }
    ${state === 'draft' && reasonForm('reject', 'reason', words.rejectReason, words.reject)}
    ${
      state === 'scheduled' &&
      html`<form method="post" action="${toAddress('schedule')}" class="line">
        ${base} ${timeField('schedule-at', words.publishAt, toLocal(article.publishedAt, timeZone))}
        <button class="quiet">${words.reschedule}</button>
      </form>`
    }
    ${
      state === 'published' &&
      html`<details>
        <summary>${words.moreActions}</summary>
        ${reasonForm('correct', 'text', words.correctText, words.correct)}
        ${reasonForm('withdraw', 'reason', words.withdrawReason, words.withdraw)}
        <form method="post" action="${toAddress('pin')}" class="line">
          ${base} ${timeField('pin-at', words.pinUntil, usualPinEnd(now))}
          <button class="quiet">${words.pin}</button>
        </form>
      </details>`
    }
  </section>`
}
