import { toFileDigest } from '#lib/content/content-file.ts'
import { editFrontMatter, type FieldEdit } from '#lib/content/edit-front-matter.ts'
import { hasValidChecksum } from '#lib/ingest/publish/article-file.ts'
import type { EditorRewrite, EditorRewriteRequest } from '#lib/ingest/rewrite-for-editor.ts'
import { ingestEnv } from '#lib/ingest/settings/ingest-env.ts'
import { createWorkerPool, type WorkerPool } from '#lib/node/call-worker.ts'
import type { Log } from '#lib/node/log.ts'
import type { ActionRequest } from './change-article.ts'
import type { Desk } from './open-desk.ts'
import { parseOnce } from './parse-once.ts'
import { applyEdit, readToChange, type SaveOutcome, toConflict, write } from './save-file.ts'

/** In characters. */
export const mostNote = 2000

/**
 * Has the model write a draft again, with the editor's note, and puts the answer in its place: title,
 * description, text, and what the check doubts now. The draft stays a draft. What it held before is a
 * revision; a file that somebody has changed while the model wrote stays as it is, and the answer is a
 * conflict with all texts. Throws what `ask` throws, an `Error` with a sentence.
 */
export async function askModel(
  desk: Desk,
  { path, by, base, note: given }: ActionRequest & { note: string },
  ask: AskModel,
): Promise<SaveOutcome> {
  const current = await readToChange(desk, path)
  if (base !== undefined && toFileDigest(current) !== base) {
    return await toConflict(desk, { path, base, edit: { fields: [] }, by }, current)
  }
  const { article, warnings } = await parseOnce({ path, bytes: current })
  const note = given.trim()
  const reasons = [
    ...(note === '' ? ['Say what the model is to do differently.'] : []),
    ...(note.length > mostNote ? [`The note has more than ${mostNote} characters.`] : []),
    ...(article.draft ? [] : ['Only a draft is written again.']),
    ...(article.withdrawn ? ['The draft is rejected. Undo that first.'] : []),
  ]
  if (reasons.length > 0) return { kind: 'refused', reasons, problems: warnings }
  // An excerpt of ingest is left out of search engines; an article of a model is not.
  const isExcerpt = article.ai === undefined && article.noindex && hasValidChecksum(current)
  const isShown = isExcerpt && !article.tags.includes('SPONSORED')
  const toFields = ({ title, description, ai, doubts }: Omit<EditorRewrite, 'body'>) => [
    { field: 'title', set: title },
    { field: 'description', set: description },
    { field: 'ai', set: { ...ai } },
    { field: 'draftReason', set: doubts ?? `The model has written this again for ${by.name}.` },
    ...(isShown ? [{ field: 'noindex', remove: true } satisfies FieldEdit] : []),
  ]
  // What cannot be changed without other bytes is refused before anything is paid for.
  const { title, description } = article
  const ai = { rewritten: true, expandedAt: undefined, version: 1, translatedFrom: undefined }
  toFields({ title, description, ai, doubts: undefined }).reduce(editFrontMatter, current)
  const { body, ...answer } = await ask({ path, bytes: current, note })
  const bytes = applyEdit(current, { fields: toFields(answer), body })
  const action = 'ask-model'
  return write(desk, { path, current, bytes, by, note, action, kind: 'desk' })
}

/** Asks the model. Throws an `Error` that says why there is no answer. */
export type AskModel = (request: EditorRewriteRequest) => Promise<EditorRewrite>

/** How long one question may take by the clock, in ms: with repairs it is several requests. */
const mostTime = 15 * 60_000

/**
 * The model that ingest has, asked in a thread that starts with a question and ends soon after it.
 * Undefined where no model is configured. Wrong settings are logged.
 */
export function openAskModel(log: Log): (AskModel & { close(): Promise<void> }) | undefined {
  try {
    if (!ingestEnv().model) return undefined
  } catch (error) {
    log.warn('The desk has no model', { err: error })
    return undefined
  }
  const pool: WorkerPool<EditorRewriteRequest, EditorRewrite> = createWorkerPool({
    // A thread of its own: the store may be in use for seconds, and whoever serves does not wait for it.
    url: new URL('../ingest/rewrite-for-editor.ts', import.meta.url),
    answer: 'askAsConfigured',
    size: 1,
    timeLimitMs: mostTime,
    maxWaiting: 10,
    startLimitMs: 60_000,
    idleMs: 1000,
  })
  return Object.assign((request: EditorRewriteRequest) => pool.call(request), { close: pool.close })
}
