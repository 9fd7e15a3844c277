import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import { numberOf, textOf } from '#lib/node/sqlite.ts'
import type { StoreFile } from './ingest-store.ts'

/**
 * What one machine hands to the next one: a row of a table of the store as JSON, or a piece of a record
 * beside the articles. `key` is a JSON array; without `content` the row is gone.
 */
export type StateRow = { relation: string; key: string; content: string | undefined }

/** The state of ingest that several machines share. Rejects when another machine ingests now. */
export type SharedState = {
  /** 0 when nothing was ever saved. Throws an `Error` when code with newer tables has saved it. */
  findRevision(storeVersion: number): Promise<number>
  listRows(): AsyncIterable<StateRow[]>
  /** Saves all or nothing, and answers the new revision. */
  save(rows: StateRow[], storeVersion: number): Promise<number>
}

/** What the files of articles say is read from them on each machine. */
const sharedTables = ['source', 'story', 'translation', 'response', 'hold', 'related_story']

/** A folder of the content folder, and what ingest adds to there. An editor's switches are there as well. */
const recordFolder = '.ingest'
const recordNames = ['published.tsv', 'spending']
const recordRelation = 'record'

/** Which revision the store is a copy of; empty while it holds anything else. */
const positionTable = `
  CREATE TABLE IF NOT EXISTS shared_position (
    revision INTEGER PRIMARY KEY,
    -- Bytes of each record that are saved, as JSON.
    records TEXT NOT NULL
  ) STRICT;
`

/**
 * Makes a store, and the records of `contentDir`, a copy of the shared state, and notes what changes
 * in the store from now on, until it is closed. What another process of this machine could not save
 * is forgotten; the first machine of all saves what it has.
 */
export async function shareStore(
  { db, transact }: Pick<StoreFile, 'db' | 'transact'>,
  {
    contentDir,
    state,
    storeVersion,
  }: { contentDir: string; state: SharedState; storeVersion: number },
): Promise<{ save(): Promise<void> }> {
  db.exec(positionTable)
  const folder = join(contentDir, recordFolder)
  const sizeOf = (path: string) => statSync(join(folder, path)).size
  const tables = new Map(sharedTables.map((name) => [name, describeTable(db, name)]))
  const revision = await state.findRevision(storeVersion)
  const position = db.prepare('SELECT * FROM shared_position').get()
  let records: Record<string, number> = {}
  if (position && numberOf(position, 'revision') === revision) {
    records = JSON.parse(textOf(position, 'records'))
  } else {
    db.exec('DELETE FROM shared_position')
    if (revision > 0) await load()
  }
  db.exec(`CREATE TEMP TABLE changed (number INTEGER PRIMARY KEY, relation TEXT, first_key TEXT,
    second_key TEXT, UNIQUE (relation, first_key, second_key))`)
  for (const [name, { keys }] of tables) {
    const toRow = (row: string) =>
      `'${name}', ${row}${keys[0]}, ${keys[1] === undefined ? "''" : row + keys[1]}`
    for (const event of ['INSERT', 'UPDATE', 'DELETE']) {
      db.exec(`CREATE TEMP TRIGGER changed_${name}_${event} AFTER ${event} ON main.${name} BEGIN
        DELETE FROM shared_position;
        INSERT OR REPLACE INTO changed (relation, first_key, second_key)
          VALUES (${toRow(event === 'DELETE' ? 'old.' : 'new.')}); END`)
    }
    if (revision > 0) continue
    db.exec(`INSERT INTO temp.changed (relation, first_key, second_key)
      SELECT ${toRow('')} FROM ${name}`)
  }
  const listChanged = db.prepare('SELECT * FROM temp.changed ORDER BY number')
  const forget = db.prepare('DELETE FROM temp.changed WHERE number <= ?')
  const setPosition = db.prepare('INSERT INTO shared_position VALUES (?, ?)')
  let saving: Promise<void> = Promise.resolve()

  async function load(): Promise<void> {
    const pieces: { path: string; offset: number; text: string }[] = []
    for (const name of tables.keys()) db.exec(`DELETE FROM ${name}`)
    for await (const rows of state.listRows()) {
      transact(() => {
        for (const { relation, key, content } of rows) {
          const found = JSON.parse(content ?? 'null')
          const table = tables.get(relation)
          if (table) insert(relation, table.columns, found)
          if (relation !== recordRelation) continue
          const [path, offset] = JSON.parse(key)
          pieces.push({ path, offset, text: found })
        }
      })
    }
    for (const name of recordNames) rmSync(join(folder, name), { recursive: true, force: true })
    for (const { path, text } of pieces.sort((a, b) => a.offset - b.offset)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      appendFileSync(join(folder, path), text)
    }
    records = Object.fromEntries(listRecords().map((path) => [path, sizeOf(path)]))
    db.prepare('INSERT INTO shared_position VALUES (?, ?)').run(revision, JSON.stringify(records))
  }

  function insert(table: string, columns: string[], row: Record<string, SQLInputValue>): void {
    const given = columns.filter((column) => Object.hasOwn(row, column))
    const marks = given.map(() => '?').join(', ')
    db.prepare(`INSERT OR REPLACE INTO ${table} (${given.join(', ')}) VALUES (${marks})`).run(
      ...given.map((column) => row[column] ?? null),
    )
  }

  function readChange(change: Record<string, unknown>): StateRow {
    const relation = String(change.relation)
    const { keys = [] } = tables.get(relation) ?? {}
    const values = [String(change.first_key), String(change.second_key)].slice(0, keys.length)
    const where = keys.map((column) => `${column} = ?`).join(' AND ')
    const row = db.prepare(`SELECT * FROM ${relation} WHERE ${where}`).get(...values)
    return { relation, key: JSON.stringify(values), content: row && JSON.stringify(row) }
  }

  function listRecords(): string[] {
    if (!existsSync(folder)) return []
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile())
    return files
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1))
      .filter((path) => recordNames.some((name) => path === name || path.startsWith(`${name}/`)))
  }

  /** What was added to the records. A day's spending is short, and saved whole; an old day is deleted. */
  function* listRecordChanges(next: Record<string, number>): Generator<StateRow> {
    const isWhole = (path: string) => path.startsWith('spending')
    for (const path of listRecords()) {
      next[path] = sizeOf(path)
      if (next[path] === records[path]) continue
      const offset = isWhole(path) ? 0 : (records[path] ?? 0)
      const text = readFileSync(join(folder, path)).subarray(offset, next[path]).toString()
      const key = JSON.stringify([path, offset])
      yield { relation: recordRelation, key, content: JSON.stringify(text) }
    }
    for (const path of Object.keys(records)) {
      if (path in next || !isWhole(path)) continue
      yield { relation: recordRelation, key: JSON.stringify([path, 0]), content: undefined }
    }
  }

  async function saveOnce(): Promise<void> {
    const changes = listChanged.all()
    const next: Record<string, number> = {}
    const rows = [...changes.map(readChange), ...listRecordChanges(next)]
    if (rows.length === 0) return
    const saved = await state.save(rows, storeVersion)
    records = next
    forget.run(Number(changes.at(-1)?.number ?? 0))
    db.exec('DELETE FROM shared_position')
    if (listChanged.get() === undefined) setPosition.run(saved, JSON.stringify(records))
  }

  return {
    /** Saves all that has changed by now. One save at a time. */
    save() {
      saving = saving.catch(() => {}).then(saveOnce)
      return saving
    },
  }
}

function describeTable(db: DatabaseSync, name: string) {
  const columns = db.prepare(`PRAGMA table_info(${name})`).all()
  const keys = columns
    .filter((column) => numberOf(column, 'pk') > 0)
    .sort((a, b) => numberOf(a, 'pk') - numberOf(b, 'pk'))
  const namesOf = (list: typeof columns) => list.map((column) => textOf(column, 'name'))
  return { columns: namesOf(columns), keys: namesOf(keys) }
}
