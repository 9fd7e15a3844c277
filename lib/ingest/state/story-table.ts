import { numberOf, optionalTextOf, type Row, textOf } from '#lib/node/sqlite.ts'
import { defaultLocale, isLocale, type Locale } from '#lib/site/locales.ts'
import { type Story, storySchema } from '../story.ts'
import type { StoreFile } from './ingest-store.ts'
import type { PublishedStory } from './published-record.ts'

/** See the schema in `ingest-store.ts`. */
export type StoryState =
  | 'new'
  | 'changed'
  | 'retracted'
  | 'published'
  | 'duplicate'
  | 'rejected'
  | 'withdrawn'
  | 'manual'
  | 'excerpt'

/** Why an excerpt is a draft where no model is configured. */
export const noModelReason = 'no model is configured; this is an excerpt'

/** A story in the store. `story` is undefined once there is no work to do. */
export type StoryRecord = {
  publisher: string
  id: string
  sourceKey: string
  urlKey: string | undefined
  fingerprint: string
  state: string
  path: string | undefined
  duplicateOf: string | undefined
  title: string
  lead: string
  /** Of the story that the article was written from, in Markdown; undefined when it is not kept. */
  text: string | undefined
  language: Locale
  publishedAt: string
  source: { name: string; key: string; type: string; url: string | undefined }
  story: Story | undefined
  attempts: number
  seenAt: string
  changedAt: string | undefined
}

/** A story that is not in the store yet. */
export type NewStory = {
  publisher: string
  id: string
  sourceKey: string
  urlKey: string | undefined
  fingerprint: string
  state: StoryState
  reason?: string
  path?: string
  duplicateOf?: string
  title: string
  lead: string
  language: Locale
  publishedAt: string
  source: StoryRecord['source']
  /** Left out when there is no work to do. */
  story?: Story
  seenAt: string
}

type Key = Pick<StoryRecord, 'publisher' | 'id'>

export type StoryTable = ReturnType<typeof openStoryTable>

/** All columns but the story, which is long and not needed for comparison. */
const columnsWithoutStory = `publisher, id, source_key, url_key, fingerprint, state, path, duplicate_of, title, lead,
  NULL AS text, language, published_at, url, publisher_name, publisher_type, NULL AS story, attempts, seen_at,
  changed_at`

/** The stories in the store. Lists are in the order of processing. */
export function openStoryTable({ db }: StoreFile) {
  const byId = db.prepare('SELECT * FROM story WHERE publisher = ? AND id = ?')
  const byUrl = db.prepare(
    `SELECT * FROM story WHERE url_key = ? ORDER BY publisher = ? DESC, state = 'duplicate' LIMIT 1`,
  )
  const insert = db.prepare(
    `INSERT INTO story (publisher, id, source_key, url_key, fingerprint, state, reason, path, duplicate_of,
       title, lead, text, language, published_at, url, publisher_name, publisher_type, story, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
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
  const setText = db.prepare('UPDATE story SET title = ?, text = ? WHERE publisher = ? AND id = ?')
  const known = db.prepare(
    `SELECT publisher, id, url, coalesce(path, duplicate_of) AS path FROM story
     WHERE (path IS NOT NULL AND state NOT IN ('new', 'rejected'))
        OR (duplicate_of IS NOT NULL AND is_credited = 1)`,
  )
  const finishAsExcerpt = db.prepare(
    `UPDATE story SET state = 'excerpt', reason = ?, attempts = 0, retry_at = NULL
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
  const relate = db.prepare(
    'INSERT OR REPLACE INTO related_story (publisher, id, earlier_path) VALUES (?, ?, ?)',
  )
  const earlier = db.prepare(
    'SELECT earlier_path FROM related_story WHERE publisher = ? AND id = ?',
  )
  const postpone = db.prepare(
    'UPDATE story SET attempts = ?, retry_at = ? WHERE publisher = ? AND id = ?',
  )
  const pending = db.prepare(
    `SELECT * FROM story WHERE state = ? AND (retry_at IS NULL OR retry_at <= ?)
       AND NOT (state = 'excerpt' AND story IS NULL)
     ORDER BY published_at DESC, publisher, id LIMIT ?`,
  )
  const undeduped = db.prepare(
    `SELECT ${columnsWithoutStory} FROM story WHERE state = 'new' AND is_deduped = 0
     ORDER BY published_at, publisher, id`,
  )
  const counting = db.prepare(
    `SELECT count(*) AS count FROM story WHERE state IN ('new', 'changed', 'retracted')`,
  )
  const countingExcerpts = db.prepare(
    `SELECT count(*) AS count FROM story WHERE state = 'excerpt' AND story IS NOT NULL`,
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
  /** With a model, excerpts are to be rewritten. */
  function countPending(hasModel: boolean): number {
    const excerpts = hasModel ? numberOf(countingExcerpts.get() ?? {}, 'count') : 0
    return numberOf(counting.get() ?? {}, 'count') + excerpts
  }
  return {
    find(publisher: string, id: string): StoryRecord | undefined {
      const row = byId.get(publisher, id)
      return row && toRecord(row)
    },
    /** A story with the same address: one of the same publisher first, a duplicate last. */
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
        one.story ? keptText(one.story) : null,
        one.language,
        one.publishedAt,
        one.source.url ?? null,
        one.source.name,
        one.source.type,
        one.story ? JSON.stringify(one.story) : null,
        one.seenAt,
      )
    },
    /** Writes the new text of a story that changed. */
    change(
      { publisher, id }: Key,
      next: { story: Story; fingerprint: string; state: StoryState; changedAt: string | undefined },
    ): void {
      const { story, fingerprint, state, changedAt } = next
      change.run(JSON.stringify(story), fingerprint, state, changedAt ?? null, publisher, id)
    },
    setFingerprint({ publisher, id }: Key, fingerprint: string): void {
      setFingerprint.run(fingerprint, publisher, id)
    },
    /** Stores the text from which the article is written from now on. */
    setText({ publisher, id }: Key, story: Story): void {
      setText.run(story.title, keptText(story), publisher, id)
    },
    /** The stories that became articles, also those whose article a person has deleted. */
    listPublished(): PublishedStory[] {
      return known.all().map((row) => ({
        publisher: textOf(row, 'publisher'),
        id: textOf(row, 'id'),
        url: optionalTextOf(row, 'url'),
        path: textOf(row, 'path'),
      }))
    },
    /** Ends the work on a story. */
    finish({ publisher, id }: Key, state: StoryState, reason?: string): void {
      finish.run(state, reason ?? null, publisher, id)
    },
    /** Ends the work on a story until there is a model; its text is kept for then. */
    finishAsExcerpt({ publisher, id }: Key): void {
      finishAsExcerpt.run(noModelReason, publisher, id)
    },
    setState({ publisher, id }: Key, state: StoryState, changedAt: string): void {
      setState.run(state, changedAt, publisher, id)
    },
    markDuplicate({ publisher, id }: Key, duplicateOf: string): void {
      markDuplicate.run(duplicateOf, publisher, id)
    },
    /** Reserves the path of a story's article. The story is no duplicate. */
    reservePath({ publisher, id }: Key, path: string): void {
      const slug = path.slice(path.lastIndexOf('/') + 1, -'.md'.length)
      setPath.run(path, slug, publisher, id)
    },
    /** Notes to which article's event the source returns with this story. */
    relate({ publisher, id }: Key, earlierPath: string): void {
      relate.run(publisher, id, earlierPath)
    },
    /** The path that `relate` noted. */
    findEarlier({ publisher, id }: Key): string | undefined {
      const row = earlier.get(publisher, id)
      return row && textOf(row, 'earlier_path')
    },
    postpone({ publisher, id }: Key, attempts: number, retryAt: string): void {
      postpone.run(attempts, retryAt, publisher, id)
    },
    /** The latest first, at most `limit`; those whose retry is due. */
    listPending(
      state: 'new' | 'changed' | 'retracted' | 'excerpt',
      now: string,
      limit = -1,
    ): StoryRecord[] {
      return list(pending.all(state, now, limit))
    },
    listUndeduped(): StoryRecord[] {
      return list(undeduped.all())
    },
    hasWork(hasModel: boolean): boolean {
      return countPending(hasModel) > 0 || uncredited.get() !== undefined
    },
    countPending,
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
    /** Makes duplicates new stories again, because the article at `path` will not be written. */
    releaseDuplicates(path: string): void {
      release.run(path)
    },
    isSlugReserved(slug: string, { publisher, id }: Key): boolean {
      return slugTaken.get(slug, publisher, id) !== undefined
    },
  }
}

/** In characters. */
const maxKeptText = 20_000

function keptText({ text }: Story): string {
  return text.slice(0, maxKeptText).toWellFormed()
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
    text: optionalTextOf(row, 'text'),
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
