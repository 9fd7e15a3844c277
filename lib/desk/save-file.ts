import {
  readContentFile,
  removeContentFile,
  requireContentPath,
  toFileDigest,
  writeContentFile,
} from '#lib/content/content-file.ts'
import {
  editFrontMatter,
  type FieldEdit,
  replaceBody,
  toLineEndsOf,
} from '#lib/content/edit-front-matter.ts'
import { decodeText } from '#lib/content/encoding/decode-text.ts'
import { parseContentFile } from '#lib/content/parse-content-file.ts'
import { InvalidArticleError, type Problem } from '#lib/content/problem.ts'
import { type ContentKind, contentKindOf } from '#lib/content/read-content-folder.ts'
import { reviewDigestOf } from '#lib/content/review.ts'
import { hasValidChecksum } from '#lib/ingest/publish/article-file.ts'
import type { AuditAction } from './audit-log.ts'
import { commitFile } from './commit-file.ts'
import type { Revision, RevisionKind } from './history.ts'
import { type MergePart, mergeTexts } from './merge-texts.ts'
import type { Actor, Desk } from './open-desk.ts'
import { parseOnce } from './parse-once.ts'

/** The kinds of files that the desk writes. */
const editedKinds: ContentKind[] = ['article', 'page', 'author', 'redirects']

/** A content file as it is now. Every change of it names this digest. */
export type OpenedFile = {
  path: string
  bytes: Uint8Array
  /** The same as text, for an editor. */
  text: string
  /** Of the bytes: see `toFileDigest`. */
  digest: string
  /** Errors and warnings; with an error the file is not served. */
  problems: Problem[]
}

/** The file; undefined when there is none that the site would read. What is there is kept as a revision. */
export async function openFile(desk: Desk, path: string): Promise<OpenedFile | undefined> {
  const bytes = await readContentFile(desk.contentDir, path, editedKinds)
  if (!bytes) return undefined
  recordFound(desk, path, bytes)
  const { problems } = await check(path, bytes)
  return { path, bytes, text: toText(bytes), digest: toFileDigest(bytes), problems }
}

/** What an editor has changed: single fields and perhaps the body, or the whole text of the file. */
export type FileEdit = { text: string } | { fields?: FieldEdit[]; body?: string }

export type SaveRequest = {
  path: string
  /** The digest of what the editor began from; undefined for a new file. */
  base: string | undefined
  edit: FileEdit
  by: Actor
  /** What was done, for history and audit log. */
  note?: string | undefined
}

/** Texts of the file: what both began from, what is there now, and what was to be saved. */
export type Conflict = {
  /** Undefined when nobody has kept it. */
  base: string | undefined
  /** Undefined when the file was deleted. */
  theirs: string | undefined
  ours: string
  /** The digest of `theirs`: a save of a merged text begins from it. */
  theirsDigest: string | undefined
  /** Who wrote `theirs`. */
  theirsBy: string | undefined
  /** Both changes in one text that can be served; undefined where they are about the same lines. */
  merged: string | undefined
  /** The merge part by part; empty where there is nothing to merge. */
  parts: MergePart[]
}

/** How a save ended. Only `saved` has changed the file. */
export type SaveOutcome =
  | { kind: 'saved'; digest: string; revision: Revision; problems: Problem[] }
  | { kind: 'unchanged'; digest: string; problems: Problem[] }
  | { kind: 'conflict'; conflict: Conflict }
  /** Sentences for the editor: the file could not be served any more, or the edit is not allowed. */
  | { kind: 'refused'; reasons: string[]; problems: Problem[] }

/**
 * Writes a change of a file, if the file is still what the editor began from. Otherwise nothing is
 * written and the answer has all three texts and, where both changes can be kept, the text with both:
 * saving that, with `theirsDigest` as its base, is the editor's decision. The former bytes are a revision
 * before they are replaced, the new ones after it, and the audit log has a line.
 *
 * A file that was in order is not made one that cannot be served, and a review cannot be written in by
 * hand: both are refused with the reasons. Throws an `Error` when a field cannot be changed without
 * other bytes (see `editFrontMatter`), and what the file system does.
 */
export async function saveFile(desk: Desk, request: SaveRequest): Promise<SaveOutcome> {
  const { path, base, edit } = request
  requireContentPath(path)
  const current = await readContentFile(desk.contentDir, path, editedKinds)
  if (current) recordFound(desk, path, current)
  if (!current !== (base === undefined) || (current && toFileDigest(current) !== base)) {
    return await toConflict(desk, request, current)
  }
  const bytes = applyEdit(current, edit)
  return write(desk, { ...request, action: 'save', kind: 'desk', current, bytes })
}

/** The bytes after an edit. `before` is undefined for a new file, which only a whole text makes. */
export function applyEdit(before: Uint8Array | undefined, edit: FileEdit): Uint8Array {
  if ('text' in edit) {
    const former = before ? toText(before) : ''
    // Fields of forms have other line ends, and no byte order mark.
    const mark = former.startsWith('\uFEFF') && !edit.text.startsWith('\uFEFF') ? '\uFEFF' : ''
    return new TextEncoder().encode(mark + toLineEndsOf(former, edit.text))
  }
  if (!before) throw new Error('A new file needs its whole text.')
  const edited = (edit.fields ?? []).reduce(editFrontMatter, before)
  return edit.body === undefined ? edited : replaceBody(edited, edit.body)
}

export type WriteRequest = {
  path: string
  /** What the file held when the change was made; undefined for a new file. */
  current: Uint8Array | undefined
  bytes: Uint8Array
  by: Actor
  note?: string | undefined
  action: AuditAction
  kind: RevisionKind
  /** Whether a valid review may come in: by approving and restoring alone. */
  mayReview?: boolean
  /** Whether a valid review must come out. */
  mustReview?: boolean
}

/** Writes bytes that were made from `current`; see `saveFile`. */
export async function write(desk: Desk, request: WriteRequest): Promise<SaveOutcome> {
  const { path, current, bytes, by, note, action, kind } = request
  const [before, after] = [current && (await check(path, current)), await check(path, bytes)]
  const { problems } = after
  const digest = toFileDigest(bytes)
  const expected = current && toFileDigest(current)
  if (digest === expected) return { kind: 'unchanged', digest, problems }
  const wasServed = before === undefined || before.isUsable
  if (wasServed && !after.isUsable) {
    return {
      kind: 'refused',
      reasons: ['With this change the file could not be served.'],
      problems,
    }
  }
  const isNewReview = after.review !== undefined && after.review !== before?.review
  // Bytes that the file had before bring their review back, as restoring them does.
  if (isNewReview && !request.mayReview && !desk.history.read(digest)) {
    const reason = 'A review is given by approving the article, not by writing it into the file.'
    return { kind: 'refused', reasons: [reason], problems }
  }
  if (request.mustReview && after.review === undefined) {
    const reason = `“${by.name}” cannot stand under a text: expected a name or a role of at most 200 characters.`
    return { kind: 'refused', reasons: [reason], problems }
  }
  const written = await writeContentFile(desk.contentDir, path, bytes, expected)
  if (written.kind === 'changed') {
    if (written.found) recordFound(desk, path, written.found)
    const edit = { text: toText(bytes) }
    return toConflict(desk, { path, base: expected, edit, by }, written.found)
  }
  const at = desk.now().toISOString()
  if (written.overwritten) {
    const lost = { path, bytes: written.overwritten, by: '', note: undefined, at }
    desk.history.record({ ...lost, kind: 'overwritten' })
    desk.log.warn(`${path} was written by somebody else while it was saved; history has that text`)
  }
  const revision = desk.history.record({ path, bytes, kind, by: by.name, note, at })
  desk.auditLog.add({ at, by: by.name, from: by.from, action, path, detail: note })
  if (desk.commits) await commitFile(desk, path, by, note ?? `${action} ${path}`)
  return { kind: 'saved', digest, revision, problems }
}

/** Deletes a file of which the history has the text. */
export async function deleteFile(
  desk: Desk,
  { path, base, by, note }: Pick<SaveRequest, 'path' | 'by' | 'note'> & { base: string },
): Promise<{ kind: 'deleted' } | { kind: 'conflict'; conflict: Conflict }> {
  const current = await readContentFile(desk.contentDir, path, editedKinds)
  if (current) recordFound(desk, path, current)
  const removed = await removeContentFile(desk.contentDir, path, base)
  if (removed.kind === 'changed') {
    return toConflict(desk, { path, base, edit: { text: '' }, by }, removed.found)
  }
  const at = desk.now().toISOString()
  desk.history.record({ path, bytes: undefined, kind: 'desk', by: by.name, note, at })
  desk.auditLog.add({ at, by: by.name, from: by.from, action: 'delete', path, detail: note })
  if (desk.commits) await commitFile(desk, path, by, note ?? `delete ${path}`)
  return { kind: 'deleted' }
}

/**
 * Brings back the bytes of a revision, as a new revision. `base` is the digest of the file as the editor
 * saw it, undefined for a file that is not there. Throws an `Error` when the revision is of a deletion or
 * its bytes are not kept any more.
 */
export async function restoreRevision(
  desk: Desk,
  { revisionId, base, by }: { revisionId: number; base: string | undefined; by: Actor },
): Promise<SaveOutcome> {
  const revision = desk.history.find(revisionId)
  if (!revision) throw new Error(`There is no revision ${revisionId}.`)
  const { path, digest, at } = revision
  const bytes = digest === undefined ? undefined : desk.history.read(digest)
  if (!bytes) throw new Error(`Revision ${revisionId} of ${path} has no text to restore.`)
  const current = await readContentFile(desk.contentDir, path, editedKinds)
  if (current) recordFound(desk, path, current)
  const note = `Restored revision ${revisionId} of ${at}`
  if ((current && toFileDigest(current)) !== base) {
    return toConflict(desk, { path, base, edit: { text: toText(bytes) }, by }, current)
  }
  const request = { path, current, bytes, by, note, mayReview: true }
  return write(desk, { ...request, action: 'restore', kind: 'restore' })
}

/** The answer to a change of a file that is not what it was made from. */
export async function toConflict(
  desk: Desk,
  { path, base, edit }: SaveRequest,
  current: Uint8Array | undefined,
): Promise<{ kind: 'conflict'; conflict: Conflict }> {
  const baseBytes = base === undefined ? undefined : desk.history.read(base)
  const ours = toText(applyEdit(baseBytes ?? current, edit))
  const theirs = current && toText(current)
  const baseText = baseBytes && toText(baseBytes)
  const merge =
    baseText !== undefined && theirs !== undefined ? mergeTexts(baseText, theirs, ours) : undefined
  // Two changes that are apart may still not go together, such as one field added twice.
  const merged = merge?.text === undefined ? undefined : new TextEncoder().encode(merge.text)
  const isServed = merged !== undefined && (await check(path, merged)).isUsable
  return {
    kind: 'conflict',
    conflict: {
      base: baseText,
      theirs,
      ours,
      theirsDigest: current && toFileDigest(current),
      theirsBy: desk.history.findLatest(path)?.by || undefined,
      merged: isServed ? merge?.text : undefined,
      parts: merge?.parts ?? [],
    },
  }
}

/**
 * Keeps what stands in the folder as a revision, unless the desk or an earlier look did. It is from ingest
 * where the checksum of ingest in the file is valid; a person's edit makes it invalid.
 */
export function recordFound(desk: Desk, path: string, bytes: Uint8Array): void {
  const at = desk.now().toISOString()
  const isFromIngest = hasValidChecksum(bytes)
  const [kind, by] = isFromIngest ? (['ingest', 'ingest'] as const) : (['found', ''] as const)
  desk.history.record({ path, bytes, kind, by, note: undefined, at })
}

/** An article's file as it is now, kept as a revision. Throws an `Error` where there is none. */
export async function readToChange(desk: Desk, path: string): Promise<Uint8Array> {
  const bytes = await readContentFile(desk.contentDir, path)
  if (!bytes) throw new Error(`There is no article ${path}.`)
  recordFound(desk, path, bytes)
  return bytes
}

/**
 * `review` is one that readers are shown, as a text to compare: who, when, and of which text. The same
 * name and time under another text is another review.
 */
async function check(
  path: string,
  bytes: Uint8Array,
): Promise<{ isUsable: boolean; problems: Problem[]; review?: string | undefined }> {
  try {
    if (contentKindOf(path) !== 'article') {
      const parsed = await parseContentFile({ path, bytes })
      return { isUsable: true, problems: parsed.kind === 'entries' ? parsed.problems : [] }
    }
    const parsed = await parseOnce({ path, bytes })
    const { reviewedBy, reviewedAt } = parsed.article
    const review =
      reviewedBy === undefined
        ? undefined
        : `${reviewedBy} ${reviewedAt} ${reviewDigestOf({ path, bytes })}`
    return { isUsable: true, problems: parsed.warnings, review }
  } catch (cause) {
    if (!(cause instanceof InvalidArticleError)) throw cause
    return { isUsable: false, problems: cause.problems }
  }
}

/** As it stands in the file; where that is not UTF-8, in the encoding that the site reads it in. */
function toText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return decodeText(bytes).text
  }
}
