import { askModel, mostNote } from '#lib/desk/ask-model.ts'
import type { ReviewView } from '#lib/desk/show-article.ts'
import { fillIn } from '#lib/i18n/messages.ts'
import type { DeskRoute, SignedVisit } from './desk.ts'
import {
  type DeskParts,
  filePage,
  isSentence,
  problemList,
  toActor,
  toAddressOf,
} from './desk-parts.ts'
import { type Html, html } from './html.ts'

/** How a question to the model stands, by the file that it is about. */
type Question =
  | { kind: 'asked'; by: string }
  /** The answer is in the file, which has this digest. */
  | { kind: 'answered'; digest: string; revisionId: number }
  /** `text` is the answer that could not be put into a file, made from the one with `base`. */
  | { kind: 'failed'; reasons: string[]; base: string; text?: string }

/** How many files' questions are remembered. */
const mostQuestions = 200

/** Has the model write drafts again. A question takes as long as the model does; the page waits for it. */
export function createAsking(parts: DeskParts): {
  routes: DeskRoute[]
  /** How the question about an article stands. */
  notice(view: ReviewView, visit: SignedVisit): Html | undefined
  /** The form for a question; undefined where there is none to ask. */
  form(view: ReviewView, visit: SignedVisit): Html | undefined
} {
  const { desk, askModel: ask } = parts
  const questions = new Map<string, Question>()

  async function answer(visit: SignedVisit): Promise<Question> {
    const { rest: path, form, words } = visit
    const base = form.get('base') ?? ''
    if (!ask) return { kind: 'failed', reasons: [words.askNoModel], base }
    try {
      const request = { path, base, by: toActor(visit), note: form.get('note') ?? '' }
      const outcome = await askModel(desk, request, ask)
      switch (outcome.kind) {
        case 'saved':
          await parts.publish([path])
          return {
            kind: 'answered',
            digest: outcome.digest,
            revisionId: outcome.revision.id,
          }
        case 'unchanged':
          return { kind: 'failed', reasons: [words.askUnchanged], base }
        case 'refused':
          return { kind: 'failed', reasons: outcome.reasons, base }
        case 'conflict':
          return { kind: 'failed', reasons: [words.askConflict], base, text: outcome.conflict.ours }
      }
    } catch (error) {
      if (isSentence(error)) return { kind: 'failed', reasons: [error.message], base }
      desk.log.error(`The model could not be asked about ${path}`, { err: error })
      return { kind: 'failed', reasons: [words.failed], base }
    }
  }

  function remember(path: string, question: Question): void {
    questions.delete(path)
    questions.set(path, question)
    const [oldest] = [...questions].find(([, { kind }]) => kind !== 'asked') ?? []
    if (questions.size > mostQuestions && oldest !== undefined) questions.delete(oldest)
  }

  function notice({ file: { path, digest } }: ReviewView, visit: SignedVisit): Html | undefined {
    const { words, user } = visit
    const question = user.role === 'writer' ? undefined : questions.get(path)
    if (question?.kind === 'asked') {
      return html`<p role="status" class="notice" data-wait="${toAddressOf(path, 'asking')}">${fillIn(words.askWaiting, question.by)}</p>`
    }
    if (question?.kind === 'failed') return failure(question, path, visit)
    if (question?.digest !== digest) return undefined
    const changes = `${filePage('history', path)}?revision=${question.revisionId}`
    return html`<p role="status" class="notice">${words.askAnswered} <a href="${changes}">${words.askChanges}</a></p>`
  }

  function form(
    { file: { path, digest }, article, source }: ReviewView,
    { words, user }: SignedVisit,
  ): Html | undefined {
    const isWriter = user.role === 'writer'
    if (!ask || isWriter || !source || !article.draft || article.withdrawn) return undefined
    if (questions.get(path)?.kind === 'asked') return undefined
    return html`<form method="post" action="${toAddressOf(path, 'ask')}" class="fields" data-kept>
      <input type="hidden" name="base" value="${digest}" />
      <p><label for="note">${words.askNote}</label>
        <textarea id="note" name="note" rows="2" maxlength="${mostNote}" required data-key="m"></textarea></p>
      <button class="quiet">${words.ask}</button>
    </form>`
  }

  return {
    notice,
    form,
    routes: [
      {
        method: 'POST',
        path: '/ask/*',
        role: 'editor',
        answer(visit) {
          const { rest: path, user } = visit
          if (questions.get(path)?.kind !== 'asked') {
            remember(path, { kind: 'asked', by: user.name })
            void answer(visit).then((question) => remember(path, question))
          }
          return { kind: 'redirect', to: filePage('review', path) }
        },
      },
      {
        method: 'GET',
        path: '/asking/*',
        role: 'writer',
        answer: ({ rest }) => ({
          kind: 'json',
          value: { isAsked: questions.get(rest)?.kind === 'asked' },
        }),
      },
    ],
  }
}

/** An answer that came too late is saved as any other text that began from an earlier state. */
function failure(
  { reasons, base, text }: Extract<Question, { kind: 'failed' }>,
  path: string,
  visit: SignedVisit,
): Html {
  const { words } = visit
  return html`${problemList(visit, words.askFailed, reasons)}
    ${
      text !== undefined &&
      html`<form method="post" action="${filePage('edit', path)}">
        <input type="hidden" name="base" value="${base}" />
        <input type="hidden" name="mode" value="whole" />
        <textarea name="text" hidden>${`\n${text}`}</textarea>
        <button class="quiet">${words.askMerge}</button>
      </form>`
    }`
}
