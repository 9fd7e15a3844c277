import { defaultLocale, isLocale } from '#lib/site/locales.ts'
import { type Story, storySchema } from '../story.ts'
import type { LedgerFile } from './open-ledger.ts'
import { numberOf, type Row, textOf, textOrNothing } from './row.ts'
import type { NewStory, StoryRecord, StoryState } from './story-record.ts'

type Key = Pick<StoryRecord, 'publisher' | 'id'>

export type StoryRows = ReturnType<typeof openStoryRows>

/** All but the story itself, which is long and not needed for comparing. */
const gistColumns = `publisher, id, feed, url_key, fingerprint, state, path, twin_path, title, gist,
  language, published_at, url, publisher_name, publisher_type, NULL AS story, attempts, seen_at,
  changed_at`

/** The stories of the ledger. What is listed is in the order in which it is to be worked off. */
export function openStoryRows({ db }: LedgerFile) {
  const byId = db.prepare('SELECT * FROM story WHERE publisher = ? AND id = ?')
  const byUrl = db.prepare(
    `SELECT * FROM story WHERE url_key = ? ORDER BY publisher = ? DESC, state = 'twin' LIMIT 1`,
  )
  const insert = db.prepare(
    `INSERT INTO story (publisher, id, feed, url_key, fingerprint, state, reason, path, twin_path,
       title, gist, language, published_at, url, publisher_name, publisher_type, story, seen_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const change = db.prepare(
    `UPDATE story SET story = ?, fingerprint = ?, state = ?, changed_at = ?, attempts = 0,
       retry_at = NULL WHERE publisher = ? AND id = ?`,
  )
  const setFingerprint = db.prepare(
    'UPDATE story SET fingerprint = ? WHERE publisher = ? AND id = ?',
  )
  const settle = db.prepare(
    `UPDATE story SET state = ?, reason = ?, story = NULL, retry_at = NULL
     WHERE publisher = ? AND id = ?`,
  )
  const setState = db.prepare(
    'UPDATE story SET state = ?, changed_at = ? WHERE publisher = ? AND id = ?',
  )
  const setTwin = db.prepare(
    `UPDATE story SET state = 'twin', twin_path = ?, path = NULL WHERE publisher = ? AND id = ?`,
  )
  const setPath = db.prepare(
    'UPDATE story SET path = ?, slug = ?, is_judged = 1 WHERE publisher = ? AND id = ?',
  )
  const postpone = db.prepare(
    'UPDATE story SET attempts = ?, retry_at = ? WHERE publisher = ? AND id = ?',
  )
  const atWork = db.prepare(
    `SELECT * FROM story WHERE state = ? AND (retry_at IS NULL OR retry_at <= ?)
     ORDER BY published_at DESC, publisher, id LIMIT ?`,
  )
  const unjudged = db.prepare(
    `SELECT ${gistColumns} FROM story WHERE state = 'new' AND is_judged = 0
     ORDER BY published_at, publisher, id`,
  )
  const counting = db.prepare(
    `SELECT count(*) AS count FROM story WHERE state IN ('new', 'changed', 'gone')`,
  )
  const near = db.prepare(
    `SELECT ${gistColumns} FROM story WHERE published_at BETWEEN ? AND ? AND path IS NOT NULL
     AND state NOT IN ('refused', 'withdrawn', 'gone')`,
  )
  const unnoted = db.prepare(
    `SELECT * FROM story WHERE state = 'twin' AND is_noted = 0 AND twin_path IS NOT NULL
     ORDER BY seen_at, publisher, id`,
  )
  const twins = db.prepare(
    `SELECT * FROM story WHERE twin_path = ? AND state = 'twin' ORDER BY seen_at, publisher, id`,
  )
  const note = db.prepare(
    'UPDATE story SET is_noted = 1, story = NULL WHERE publisher = ? AND id = ?',
  )
  const revive = db.prepare(
    `UPDATE story SET state = 'new', twin_path = NULL, is_judged = 0
     WHERE twin_path = ? AND state = 'twin' AND story IS NOT NULL`,
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
    /** Under the same address; of the same publisher where there is one, and rather no twin. */
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
        one.feed,
        one.urlKey ?? null,
        one.fingerprint,
        one.state,
        one.reason ?? null,
        one.path ?? null,
        one.twinPath ?? null,
        one.title,
        one.gist,
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
    settle({ publisher, id }: Key, state: StoryState, reason?: string): void {
      settle.run(state, reason ?? null, publisher, id)
    },
    setState({ publisher, id }: Key, state: StoryState, changedAt: string): void {
      setState.run(state, changedAt, publisher, id)
    },
    setTwin({ publisher, id }: Key, twinPath: string): void {
      setTwin.run(twinPath, publisher, id)
    },
    /** Where its article will be; from then on it is known to be no twin. */
    reserve({ publisher, id }: Key, path: string): void {
      const slug = path.slice(path.lastIndexOf('/') + 1, -'.md'.length)
      setPath.run(path, slug, publisher, id)
    },
    postpone({ publisher, id }: Key, attempts: number, retryAt: string): void {
      postpone.run(attempts, retryAt, publisher, id)
    },
    /** The latest first, at most `limit`. */
    listAtWork(state: 'new' | 'changed' | 'gone', now: string, limit = -1): StoryRecord[] {
      return list(atWork.all(state, now, limit))
    },
    listUnjudged(): StoryRecord[] {
      return list(unjudged.all())
    },
    hasWork(): boolean {
      return numberOf(counting.get() ?? {}, 'count') > 0 || unnoted.get() !== undefined
    },
    countAtWork(): number {
      return numberOf(counting.get() ?? {}, 'count')
    },
    listNear(from: string, to: string): StoryRecord[] {
      return list(near.all(from, to))
    },
    listUnnotedTwins(): StoryRecord[] {
      return list(unnoted.all())
    },
    listTwins(path: string): StoryRecord[] {
      return list(twins.all(path))
    },
    note({ publisher, id }: Key): void {
      note.run(publisher, id)
    },
    /** The story they were twins of will not be told: they are on their own again. */
    reviveTwins(path: string): void {
      revive.run(path)
    },
    isSlugReserved(slug: string, { publisher, id }: Key): boolean {
      return slugTaken.get(slug, publisher, id) !== undefined
    },
  }
}

function toRecord(row: Row): StoryRecord {
  const written = textOrNothing(row, 'story')
  const language = textOf(row, 'language')
  return {
    publisher: textOf(row, 'publisher'),
    id: textOf(row, 'id'),
    feed: textOf(row, 'feed'),
    urlKey: textOrNothing(row, 'url_key'),
    fingerprint: textOf(row, 'fingerprint'),
    state: textOf(row, 'state'),
    path: textOrNothing(row, 'path'),
    twinPath: textOrNothing(row, 'twin_path'),
    title: textOf(row, 'title'),
    gist: textOf(row, 'gist'),
    language: isLocale(language) ? language : defaultLocale,
    publishedAt: textOf(row, 'published_at'),
    source: {
      name: textOf(row, 'publisher_name'),
      key: textOf(row, 'publisher'),
      type: textOf(row, 'publisher_type'),
      url: textOrNothing(row, 'url'),
    },
    story: written === undefined ? undefined : storySchema.parse(JSON.parse(written)),
    attempts: numberOf(row, 'attempts'),
    seenAt: textOf(row, 'seen_at'),
    changedAt: textOrNothing(row, 'changed_at'),
  }
}
