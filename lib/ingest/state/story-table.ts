import { numberOf, optionalTextOf, type Row, textOf } from '#lib/node/sqlite.ts'
import { defaultLocale, isLocale } from '#lib/site/locales.ts'
import { type Story, storySchema } from '../story.ts'
import type { StoreFile } from './store-file.ts'
import type { NewStory, StoryRecord, StoryState } from './story-record.ts'

type Key = Pick<StoryRecord, 'publisher' | 'id'>

export type StoryTable = ReturnType<typeof openStoryTable>

/** All but the story itself, which is long and not needed for comparing. */
const columnsWithoutStory = `publisher, id, source_key, url_key, fingerprint, state, path, duplicate_of, title, lead,
  language, published_at, url, publisher_name, publisher_type, NULL AS story, attempts, seen_at,
  changed_at`

/** The stories of the store. What is listed is in the order in which it is to be worked off. */
export function openStoryTable({ db }: StoreFile) {
  const byId = db.prepare('SELECT * FROM story WHERE publisher = ? AND id = ?')
  const byUrl = db.prepare(
    `SELECT * FROM story WHERE url_key = ? ORDER BY publisher = ? DESC, state = 'duplicate' LIMIT 1`,
  )
  const insert = db.prepare(
    `INSERT INTO story (publisher, id, source_key, url_key, fingerprint, state, reason, path, duplicate_of,
       title, lead, language, published_at, url, publisher_name, publisher_type, story, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const change = db.prepare(
    `UPDATE story SET story = ?, fingerprint = ?, state = ?, changed_at = ?, attempts = 0,
       retry_at = NULL WHERE publisher = ? AND id = ?`,
  )
  const setFingerprint = db.prepare(
    'UPDATE story SET fingerprint = ? WHERE publisher = ? AND id = ?',
  )
  const finish = db.prepare(
    `UPDATE story SET state = ?, reason = ?, story = NULL, retry_at = NULL
     WHERE publisher = ? AND id = ?`,
  )
  const setState = db.prepare(
    'UPDATE story SET state = ?, changed_at = ? WHERE publisher = ? AND id = ?',
  )
  const markDuplicate = db.prepare(
    `UPDATE story SET state = 'duplicate', duplicate_of = ?, path = NULL WHERE publisher = ? AND id = ?`,
  )
  const setPath = db.prepare(
    'UPDATE story SET path = ?, slug = ?, is_deduped = 1 WHERE publisher = ? AND id = ?',
  )
  const postpone = db.prepare(
    'UPDATE story SET attempts = ?, retry_at = ? WHERE publisher = ? AND id = ?',
  )
  const pending = db.prepare(
    `SELECT * FROM story WHERE state = ? AND (retry_at IS NULL OR retry_at <= ?)
     ORDER BY published_at DESC, publisher, id LIMIT ?`,
  )
  const undeduped = db.prepare(
    `SELECT ${columnsWithoutStory} FROM story WHERE state = 'new' AND is_deduped = 0
     ORDER BY published_at, publisher, id`,
  )
  const counting = db.prepare(
    `SELECT count(*) AS count FROM story WHERE state IN ('new', 'changed', 'retracted')`,
  )
  const between = db.prepare(
    `SELECT ${columnsWithoutStory} FROM story WHERE published_at BETWEEN ? AND ? AND path IS NOT NULL
     AND state NOT IN ('rejected', 'withdrawn', 'retracted')`,
  )
  const uncredited = db.prepare(
    `SELECT * FROM story WHERE state = 'duplicate' AND is_credited = 0 AND duplicate_of IS NOT NULL
     ORDER BY seen_at, publisher, id`,
  )
  const duplicates = db.prepare(
    `SELECT * FROM story WHERE duplicate_of = ? AND state = 'duplicate' ORDER BY seen_at, publisher, id`,
  )
  const markCredited = db.prepare(
    'UPDATE story SET is_credited = 1, story = NULL WHERE publisher = ? AND id = ?',
  )
  const release = db.prepare(
    `UPDATE story SET state = 'new', duplicate_of = NULL, is_deduped = 0
     WHERE duplicate_of = ? AND state = 'duplicate' AND story IS NOT NULL`,
  )
  const byPath = db.prepare('SELECT * FROM story WHERE path = ? LIMIT 1')
  const slugTaken = db.prepare(
    'SELECT 1 AS one FROM story WHERE slug = ? AND NOT (publisher = ? AND id = ?) LIMIT 1',
  )
  const list = (rows: Row[]) => rows.map(toRecord)
  return {
    find(publisher: string, id: string): StoryRecord | undefined {
      const row = byId.get(publisher, id)
      return row && toRecord(row)
    },
    /** Under the same address; of the same publisher where there is one, and rather no duplicate. */
    findByUrl(urlKey: string, publisher: string): StoryRecord | undefined {
      const row = byUrl.get(urlKey, publisher)
      return row && toRecord(row)
    },
    findByPath(path: string): StoryRecord | undefined {
      const row = byPath.get(path)
      return row && toRecord(row)
    },
    add(one: NewStory): void {
      insert.run(
        one.publisher,
        one.id,
        one.sourceKey,
        one.urlKey ?? null,
        one.fingerprint,
        one.state,
        one.reason ?? null,
        one.path ?? null,
        one.duplicateOf ?? null,
        one.title,
        one.lead,
        one.language,
        one.publishedAt,
        one.source.url ?? null,
        one.source.name,
        one.source.type,
        one.story ? JSON.stringify(one.story) : null,
        one.seenAt,
      )
    },
    /** Its text is another one now. */
    change(
      { publisher, id }: Key,
      next: { story: Story; fingerprint: string; state: StoryState; changedAt: string },
    ): void {
      const { story, fingerprint, state, changedAt } = next
      change.run(JSON.stringify(story), fingerprint, state, changedAt, publisher, id)
    },
    setFingerprint({ publisher, id }: Key, fingerprint: string): void {
      setFingerprint.run(fingerprint, publisher, id)
    },
    /** There is no more work to do with it. */
    finish({ publisher, id }: Key, state: StoryState, reason?: string): void {
      finish.run(state, reason ?? null, publisher, id)
    },
    setState({ publisher, id }: Key, state: StoryState, changedAt: string): void {
      setState.run(state, changedAt, publisher, id)
    },
    markDuplicate({ publisher, id }: Key, duplicateOf: string): void {
      markDuplicate.run(duplicateOf, publisher, id)
    },
    /** Where its article will be; from then on it is known to be no duplicate. */
    reservePath({ publisher, id }: Key, path: string): void {
      const slug = path.slice(path.lastIndexOf('/') + 1, -'.md'.length)
      setPath.run(path, slug, publisher, id)
    },
    postpone({ publisher, id }: Key, attempts: number, retryAt: string): void {
      postpone.run(attempts, retryAt, publisher, id)
    },
    /** The latest first, at most `limit`. */
    listPending(state: 'new' | 'changed' | 'retracted', now: string, limit = -1): StoryRecord[] {
      return list(pending.all(state, now, limit))
    },
    listUndeduped(): StoryRecord[] {
      return list(undeduped.all())
    },
    hasWork(): boolean {
      return numberOf(counting.get() ?? {}, 'count') > 0 || uncredited.get() !== undefined
    },
    countPending(): number {
      return numberOf(counting.get() ?? {}, 'count')
    },
    listPublishedBetween(from: string, to: string): StoryRecord[] {
      return list(between.all(from, to))
    },
    listUncreditedDuplicates(): StoryRecord[] {
      return list(uncredited.all())
    },
    listDuplicates(path: string): StoryRecord[] {
      return list(duplicates.all(path))
    },
    markCredited({ publisher, id }: Key): void {
      markCredited.run(publisher, id)
    },
    /** The story they were duplicates of will not be told: they are on their own again. */
    releaseDuplicates(path: string): void {
      release.run(path)
    },
    isSlugReserved(slug: string, { publisher, id }: Key): boolean {
      return slugTaken.get(slug, publisher, id) !== undefined
    },
  }
}

function toRecord(row: Row): StoryRecord {
  const written = optionalTextOf(row, 'story')
  const language = textOf(row, 'language')
  return {
    publisher: textOf(row, 'publisher'),
    id: textOf(row, 'id'),
    sourceKey: textOf(row, 'source_key'),
    urlKey: optionalTextOf(row, 'url_key'),
    fingerprint: textOf(row, 'fingerprint'),
    state: textOf(row, 'state'),
    path: optionalTextOf(row, 'path'),
    duplicateOf: optionalTextOf(row, 'duplicate_of'),
    title: textOf(row, 'title'),
    lead: textOf(row, 'lead'),
    language: isLocale(language) ? language : defaultLocale,
    publishedAt: textOf(row, 'published_at'),
    source: {
      name: textOf(row, 'publisher_name'),
      key: textOf(row, 'publisher'),
      type: textOf(row, 'publisher_type'),
      url: optionalTextOf(row, 'url'),
    },
    story: written === undefined ? undefined : storySchema.parse(JSON.parse(written)),
    attempts: numberOf(row, 'attempts'),
    seenAt: textOf(row, 'seen_at'),
    changedAt: optionalTextOf(row, 'changed_at'),
  }
}
