import { toFileDigest } from '#lib/content/content-file.ts'
import { editFrontMatter, type FieldEdit } from '#lib/content/edit-front-matter.ts'
import { cleanLine } from '#lib/content/front-matter/clean-line.ts'
import type { ParsedArticle } from '#lib/content/parse-article.ts'
import { reviewDigestOf } from '#lib/content/review.ts'
import { usualPin } from '#lib/content/visibility.ts'
import { locales } from '#lib/site/locales.ts'
import type { AuditAction } from './audit-log.ts'
import { requestTranslations } from './ingest-link.ts'
import type { Actor, Desk } from './open-desk.ts'
import { parseOnce } from './parse-once.ts'
import { deleteFile, readToChange, type SaveOutcome, toConflict, write } from './save-file.ts'

/** What every action on one article takes. */
export type ActionRequest = {
  path: string
  by: Actor
  /**
   * The digest of the file as the editor saw it. With another one the answer is a conflict. Left out,
   * the action is on the file as it is now.
   */
  base?: string | undefined
}

type Change = {
  action: AuditAction
  note: string
  /** The changes of the front matter, or sentences that say why there are none to make. */
  toEdits: (parsed: ParsedArticle) => FieldEdit[] | { reasons: string[] }
  /** Adds a review of the text that the edits leave, in the name of who acts. */
  reviews?: boolean
}

/** How often an action on the file as it is now is tried again when the file changes meanwhile. */
const mostAttempts = 5

async function change(
  desk: Desk,
  { path, by, base }: ActionRequest,
  { action, note, toEdits, reviews = false }: Change,
): Promise<SaveOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    const current = await readToChange(desk, path)
    const parsed = await parseOnce({ path, bytes: current })
    const edits = toEdits(parsed)
    if ('reasons' in edits) {
      return { kind: 'refused', reasons: edits.reasons, problems: parsed.warnings }
    }
    let bytes = edits.reduce(editFrontMatter, current)
    if (reviews) {
      const set = {
        by: by.name,
        at: desk.now().toISOString(),
        digest: reviewDigestOf({ path, bytes }),
      }
      bytes = editFrontMatter(bytes, { field: 'review', set })
    }
    if (base !== undefined && toFileDigest(current) !== base) {
      return toConflict(desk, { path, base, edit: { fields: edits }, by }, current)
    }
    const request = { path, current, bytes, by, note, action, kind: 'desk' as const }
    const outcome = await write(desk, { ...request, mayReview: reviews, mustReview: reviews })
    const isLast = base !== undefined || attempt === mostAttempts
    if (outcome.kind !== 'conflict' || isLast) return outcome
  }
}

/**
 * Gives the text a review in the editor's name and, where it is a draft, publishes it: now, or at the
 * UTC instant `at`. A draft appears when it is approved, so `publishedAt` becomes that moment; with
 * `keepsDate` a `publishedAt` in the past stays. An article that is published stays where it is. A draft
 * that a model wrote is translated by the next pass of ingest; `translationsRequested` says whether
 * ingest knows.
 */
export async function approveArticle(
  desk: Desk,
  {
    at,
    keepsDate = false,
    ...request
  }: ActionRequest & { at?: string | undefined; keepsDate?: boolean | undefined },
): Promise<SaveOutcome & { translationsRequested?: boolean }> {
  const now = desk.now().toISOString()
  const when = at === undefined ? '' : `, to appear at ${at}`
  let original: ParsedArticle['article'] | undefined
  const outcome = await change(desk, request, {
    action: 'approve',
    note: `Reviewed by ${request.by.name}${when}`,
    reviews: true,
    toEdits({ article }) {
      if (at !== undefined && at <= now) return { reasons: [`${at} is not in the future.`] }
      if (article.withdrawn) {
        return { reasons: ['The article is withdrawn or rejected. Undo that first.'] }
      }
      // A translation is translated no further.
      if (article.draft && article.ai?.translatedFrom === undefined) original = article
      const isDue = article.publishedAt <= now
      if (at !== undefined && !article.draft && isDue) {
        return { reasons: ['The article is published already.'] }
      }
      const isNew = article.draft && !(keepsDate && isDue)
      const publishedAt = at ?? (isNew ? now : article.publishedAt)
      return [...(article.draft ? listDraftFields() : []), ...listDates(article, publishedAt)]
    },
  })
  if (outcome.kind !== 'saved' || !original?.ai) return outcome
  const others = locales.filter((locale) => locale !== original?.locale)
  const translationsRequested = requestTranslations(desk.dataDir, request.path, others)
  return { ...outcome, translationsRequested }
}

const listDraftFields = (): FieldEdit[] => [
  { field: 'draft', remove: true },
  { field: 'draftReason', remove: true },
]

function listDates(
  { publishedAt: before, updatedAt }: ParsedArticle['article'],
  publishedAt: string,
): FieldEdit[] {
  if (publishedAt === before) return []
  const isEarlier = updatedAt < publishedAt || updatedAt === before
  return [
    { field: 'publishedAt', set: publishedAt },
    // Nothing was updated before it appeared.
    ...(isEarlier ? [{ field: 'updatedAt', remove: true } as const] : []),
  ]
}

/** Keeps a draft from being published: it is a withdrawn draft from then on, with the reason in it. */
export function rejectArticle(
  desk: Desk,
  { reason, ...request }: ActionRequest & { reason: string },
): Promise<SaveOutcome> {
  const text = cleanLine(reason)
  return change(desk, request, {
    action: 'reject',
    note: text,
    toEdits({ article }) {
      if (text === '') return { reasons: ['Say why.'] }
      if (!article.draft) return { reasons: ['The article is published. Withdraw it instead.'] }
      return [
        { field: 'draftReason', set: `Rejected by ${request.by.name}: ${text}` },
        { field: 'withdrawn', set: true },
      ]
    },
  })
}

/** Takes an article back: its address answers 410. The reason stands in the file as a comment. */
export function withdrawArticle(
  desk: Desk,
  { reason, ...request }: ActionRequest & { reason: string },
): Promise<SaveOutcome> {
  const text = cleanLine(reason)
  return change(desk, request, {
    action: 'withdraw',
    note: text,
    toEdits: () =>
      text === ''
        ? { reasons: ['Say why.'] }
        : [{ field: 'withdrawn', set: true, comment: `Withdrawn: ${text}` }],
  })
}

/** Serves a withdrawn article again, or makes a rejected one a draft again. */
export function undoWithdrawal(desk: Desk, request: ActionRequest): Promise<SaveOutcome> {
  return change(desk, request, {
    action: 'undo-withdrawal',
    note: 'Not withdrawn any more',
    toEdits: () => [{ field: 'withdrawn', set: false }],
  })
}

/** Sets when an article appears: a UTC instant in the future. */
export function scheduleArticle(
  desk: Desk,
  { at, ...request }: ActionRequest & { at: string },
): Promise<SaveOutcome> {
  return change(desk, request, {
    action: 'schedule',
    note: `To appear at ${at}`,
    toEdits: () =>
      at <= desk.now().toISOString()
        ? { reasons: [`${at} is not in the future.`] }
        : [{ field: 'publishedAt', set: at }],
  })
}

/** Adds a correction, which readers see with the article. */
export function correctArticle(
  desk: Desk,
  { text, ...request }: ActionRequest & { text: string },
): Promise<SaveOutcome> {
  const line = cleanLine(text)
  return change(desk, request, {
    action: 'correct',
    note: line,
    toEdits: () =>
      line === ''
        ? { reasons: ['Say what was wrong and what is right.'] }
        : [{ field: 'corrections', append: { at: desk.now().toISOString(), text: line } }],
  })
}

/**
 * Puts an article on top of the front page until a UTC instant, three days from now when left out. The
 * heaviest stands first; a weight of 0 takes the article off the top.
 */
export function pinArticle(
  desk: Desk,
  { weight, until, ...request }: ActionRequest & { weight: number; until?: string | undefined },
): Promise<SaveOutcome> {
  const now = desk.now()
  const end = until ?? new Date(now.getTime() + usualPin).toISOString()
  return change(desk, request, {
    action: 'pin',
    note: weight > 0 ? `Pinned until ${end}, weight ${weight}` : 'Not pinned any more',
    toEdits() {
      if (weight <= 0) return [{ field: 'stickyWeight', set: 0 }]
      if (end <= now.toISOString()) return { reasons: [`${end} is not in the future.`] }
      return [
        { field: 'stickyWeight', set: weight },
        { field: 'pinnedUntil', set: end },
      ]
    },
  })
}

/**
 * Gives an article another file name and so another address. The new file has the former slug as an
 * alias, unless it stands there already, and is complete before the old one goes. `to` must not exist.
 */
export async function moveArticle(
  desk: Desk,
  { path, by, to, slug, isPaired }: ActionRequest & { to: string; slug: string; isPaired: boolean },
): Promise<SaveOutcome> {
  const current = await readToChange(desk, path)
  const { aliases, translationKey } = (await parseOnce({ path, bytes: current })).article
  const edits: FieldEdit[] = []
  if (!aliases.includes(slug)) edits.push({ field: 'aliases', append: slug })
  // Without a key an article is the translation of those that have its slug.
  if (isPaired && translationKey === undefined) edits.push({ field: 'translationKey', set: slug })
  const bytes = edits.reduce(editFrontMatter, current)
  const note = `Renamed from ${path}`
  const request = { path: to, current: undefined, bytes, by, note, action: 'rename' as const }
  // The text is the one that was reviewed.
  const made = await write(desk, { ...request, kind: 'desk', mayReview: true })
  if (made.kind !== 'saved') return made
  const removed = await deleteFile(desk, {
    path,
    base: toFileDigest(current),
    by,
    note: `Renamed to ${to}`,
  })
  return removed.kind === 'conflict' ? removed : made
}
