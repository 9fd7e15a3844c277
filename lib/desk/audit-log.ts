import type { DatabaseSync } from 'node:sqlite'
import { numberOf, optionalTextOf, type Row, textOf } from '#lib/node/sqlite.ts'

/** What is written down, in the order in which it is offered for choice. */
export const auditActions = [
  'sign-in',
  'sign-out',
  'user-added',
  'user-removed',
  'renamed',
  'role-changed',
  'invited',
  'invitation-taken-back',
  'passkey-added',
  'passkey-removed',
  'save',
  'approve',
  'reject',
  'ask-model',
  'withdraw',
  'undo-withdrawal',
  'schedule',
  'correct',
  'pin',
  'rename',
  'rename-tag',
  'restore',
  'delete',
  'add-picture',
  'run-ingest',
  'source-on',
  'source-off',
] as const

export type AuditAction = (typeof auditActions)[number]

/** Who did what to which file, when, and from where. Written once, never changed. */
export type AuditEntry = {
  id: number
  /** UTC instant. */
  at: string
  by: string
  /** An address of the network, or `shell`. */
  from: string
  /** One of `auditActions`, or of those of an earlier version. */
  action: string
  /** Relative to the content folder; undefined for what is about no file. */
  path: string | undefined
  /** More about it in words. */
  detail: string | undefined
}

export const auditTables = `
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_from TEXT NOT NULL,
    action TEXT NOT NULL,
    path TEXT,
    detail TEXT
  ) STRICT;
  CREATE INDEX audit_by_path ON audit (path, id) WHERE path IS NOT NULL;
  CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit
    BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
  CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
    BEGIN SELECT raise(ABORT, 'the audit log is only added to'); END;
`

/** Which entries: of one file, of one person, with one action, older than an entry. */
export type AuditQuery = {
  path?: string
  by?: string
  action?: string
  before?: number
  limit?: number
}

export type AuditLog = ReturnType<typeof openAuditLog>

/** The audit log. There is no function that changes or removes an entry, and the table refuses both. */
export function openAuditLog(db: DatabaseSync) {
  const insert = db.prepare(
    'INSERT INTO audit (at, made_by, made_from, action, path, detail) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const select = db.prepare(
    `SELECT * FROM audit WHERE id < ? AND (?2 IS NULL OR path = ?2) AND (?3 IS NULL OR made_by = ?3)
       AND (?4 IS NULL OR action = ?4) ORDER BY id DESC LIMIT ?5`,
  )
  const all = db.prepare('SELECT * FROM audit ORDER BY id')
  return {
    add(entry: Omit<AuditEntry, 'id'> & { action: AuditAction }): void {
      const { at, by, from, action, path, detail } = entry
      insert.run(at, by, from, action, path ?? null, detail ?? null)
    },
    /** The newest first. */
    list({ path, by, action, before = Number.MAX_SAFE_INTEGER, limit = 100 }: AuditQuery = {}) {
      return select.all(before, path ?? null, by ?? null, action ?? null, limit).map(toEntry)
    },
    /** All of it, the oldest first, as JSON lines: one object and a line end each. */
    *toJsonLines(): Generator<string> {
      for (const row of all.iterate()) yield `${JSON.stringify(toEntry(row))}\n`
    },
  }
}

function toEntry(row: Row): AuditEntry {
  return {
    id: numberOf(row, 'id'),
    at: textOf(row, 'at'),
    by: textOf(row, 'made_by'),
    from: textOf(row, 'made_from'),
    action: textOf(row, 'action'),
    path: optionalTextOf(row, 'path'),
    detail: optionalTextOf(row, 'detail'),
  }
}
