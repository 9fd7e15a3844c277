import { optionalTextOf, type Row, textOf } from '#lib/node/sqlite.ts'
import type { StoreFile } from './ingest-store.ts'

/**
 * What waits for a person or for the source. `story`: nothing is published, because its date or its
 * identity is unknown; `intake/store-stories.ts` writes and removes it. `article`: its story has changed
 * or was taken back, and a person has edited the file; `publish/held-articles.ts` writes and removes it.
 */
export type Hold = {
  kind: 'story' | 'article'
  sourceKey: string
  publisher: string
  id: string
  title: string
  /** A sentence without its subject: `has no date`. */
  why: string
  /** The file of an article. */
  path: string | undefined
  /** Sentences that went, with `- `, and that came, with `+ `, one a line. */
  difference: string | undefined
  /** Digest of the article's file. With another one, a person has handled it. */
  fileDigest: string | undefined
  /** UTC instant. */
  since: string
}

export type HoldTable = ReturnType<typeof openHoldTable>

/** What is held, until it is handled. */
export function openHoldTable({ db }: StoreFile) {
  const upsert = db.prepare(
    `INSERT INTO hold (kind, source_key, publisher, id, title, why, path, difference, file_digest, since)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (publisher, id) DO UPDATE SET kind = excluded.kind, title = excluded.title,
       why = excluded.why, path = excluded.path, difference = excluded.difference,
       file_digest = excluded.file_digest`,
  )
  const remove = db.prepare('DELETE FROM hold WHERE publisher = ? AND id = ?')
  const all = db.prepare('SELECT * FROM hold ORDER BY since, publisher, id')
  const ofSource = db.prepare(
    `SELECT publisher, id FROM hold WHERE source_key = ? AND kind = 'story'`,
  )
  return {
    /** Writes a hold. One that is there already keeps its `since`. */
    write(hold: Hold): void {
      const { kind, sourceKey, publisher, id, title, why, path, difference, fileDigest } = hold
      const texts = [path, difference, fileDigest].map((text) => text ?? null)
      upsert.run(kind, sourceKey, publisher, id, title, why, ...texts, hold.since)
    },
    remove(publisher: string, id: string): void {
      remove.run(publisher, id)
    },
    /** Removes the stories of a source that `isHeld` denies: they were published, or are gone. */
    prune(sourceKey: string, isHeld: (publisher: string, id: string) => boolean): void {
      for (const row of ofSource.all(sourceKey)) {
        const [publisher, id] = [textOf(row, 'publisher'), textOf(row, 'id')]
        if (!isHeld(publisher, id)) remove.run(publisher, id)
      }
    },
    /** The oldest first. */
    list(): Hold[] {
      return all.all().map(toHold)
    },
  }
}

function toHold(row: Row): Hold {
  return {
    kind: textOf(row, 'kind') as Hold['kind'],
    sourceKey: textOf(row, 'source_key'),
    publisher: textOf(row, 'publisher'),
    id: textOf(row, 'id'),
    title: textOf(row, 'title'),
    why: textOf(row, 'why'),
    path: optionalTextOf(row, 'path'),
    difference: optionalTextOf(row, 'difference'),
    fileDigest: optionalTextOf(row, 'file_digest'),
    since: textOf(row, 'since'),
  }
}
