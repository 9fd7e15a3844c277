import type { EditorIndex } from '#lib/article-index/editor-index.ts'
import { readContentFile, toFileDigest } from '#lib/content/content-file.ts'
import { editFrontMatter } from '#lib/content/edit-front-matter.ts'
import { reviewDigestOf } from '#lib/content/review.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import { toSegment } from '#lib/site/segment.ts'
import type { Actor, Desk } from './open-desk.ts'
import { parseOnce } from './parse-once.ts'
import { recordFound, write } from './save-file.ts'

/** What renaming a tag does to one file. `base` is the digest that it holds for. */
export type TagChange = {
  path: string
  title: string
  base: string
  before: string[]
  after: string[]
}

/** The changes, and the files that cannot be changed, with the reason. */
export type TagPreview = { changes: TagChange[]; failures: { path: string; reason: string }[] }

/**
 * What would change if a tag had another name in every file. Where an article has both tags it keeps
 * one: so two tags are merged. Nothing is written.
 */
export async function previewTagRename(
  desk: Desk,
  index: EditorIndex,
  { from, to }: { from: string; to: string },
): Promise<TagPreview> {
  if (toSegment(to) === '') throw new Error(`“${to}” cannot be a tag: it has no letter or digit.`)
  const preview: TagPreview = { changes: [], failures: [] }
  for (const { path } of index.listTagged(toSegment(from))) {
    const bytes = await readContentFile(desk.contentDir, path)
    if (!bytes) continue
    try {
      const { article } = await parseOnce({ path, bytes })
      const after = renameIn(article.tags, from, to)
      if (after.join('\n') === article.tags.join('\n')) continue
      editFrontMatter(bytes, { field: 'tags', set: after })
      const base = toFileDigest(bytes)
      preview.changes.push({ path, title: article.title, base, before: article.tags, after })
    } catch (cause) {
      preview.failures.push({
        path,
        reason: reasonOf(cause),
      })
    }
  }
  return preview
}

/**
 * Makes the changes of a preview. A file that has changed since is left as it is and named in
 * `failures`. A review that was valid stays valid: who renames the tag has seen the change.
 */
export async function renameTag(
  desk: Desk,
  changes: Pick<TagChange, 'path' | 'base' | 'after'>[],
  { by, note }: { by: Actor; note: string },
): Promise<{ changed: string[]; failures: TagPreview['failures'] }> {
  const changed: string[] = []
  const failures: TagPreview['failures'] = []
  for (const { path, base, after } of changes) {
    try {
      const current = await readContentFile(desk.contentDir, path)
      if (!current || toFileDigest(current) !== base) {
        failures.push({ path, reason: 'It has changed since the preview.' })
        continue
      }
      recordFound(desk, path, current)
      const isReviewed =
        (await parseOnce({ path, bytes: current })).article.reviewedBy !== undefined
      let bytes = editFrontMatter(current, { field: 'tags', set: after })
      if (isReviewed) {
        const set = reviewDigestOf({ path, bytes })
        bytes = editFrontMatter(bytes, { field: 'review.digest', set })
      }
      const request = { path, current, bytes, by, note, kind: 'desk' as const, mayReview: true }
      const outcome = await write(desk, { ...request, action: 'rename-tag' })
      if (outcome.kind === 'saved') changed.push(path)
      else if (outcome.kind === 'conflict') {
        failures.push({ path, reason: 'It has changed since the preview.' })
      } else if (outcome.kind === 'refused') {
        failures.push({ path, reason: outcome.reasons.join(' ') })
      }
    } catch (cause) {
      failures.push({ path, reason: reasonOf(cause) })
    }
  }
  return { changed, failures }
}

function renameIn(tags: string[], from: string, to: string): string[] {
  const [former, latter] = [toSegment(from), toSegment(to)]
  const renamed = tags.map((tag) => (toSegment(tag) === former ? to : tag))
  const isFirst = (tag: string, at: number) =>
    renamed.findIndex((one) => toSegment(one) === toSegment(tag)) === at
  return renamed.filter((tag, at) => toSegment(tag) !== latter || isFirst(tag, at))
}
