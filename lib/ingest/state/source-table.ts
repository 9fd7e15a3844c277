import { numberOf, optionalTextOf, type Row } from '#lib/node/sqlite.ts'
import type { StoreFile } from './store-file.ts'

/** How a source has behaved so far. Instants are UTC ISO strings. */
export type SourceRecord = {
  checkpoint: string | undefined
  failures: number
  failingSince: string | undefined
  lastError: string | undefined
  /** Not to be asked before; `hasRetryAfter` when the server said so itself. */
  retryAt: string | undefined
  hasRetryAfter: boolean
  fetchedAt: string | undefined
}

export type SourceTable = {
  /** Undefined when the source was never asked, or under another address. */
  find(key: string, address: string): SourceRecord | undefined
  keep(key: string, address: string, record: SourceRecord): void
}

export function openSourceTable({ db }: StoreFile): SourceTable {
  const select = db.prepare('SELECT * FROM source WHERE key = ? AND address = ?')
  const replace = db.prepare(
    `INSERT OR REPLACE INTO source
       (key, address, checkpoint, failures, failing_since, last_error, retry_at, fetched_at,
        has_retry_after)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    find(key, address) {
      const row = select.get(key, address)
      return row && toRecord(row)
    },
    keep(key, address, record) {
      const { checkpoint, failures, failingSince, lastError, retryAt, fetchedAt } = record
      const texts = [failingSince, lastError, retryAt, fetchedAt]
      replace.run(
        key,
        address,
        checkpoint ?? null,
        failures,
        ...texts.map((text) => text ?? null),
        record.hasRetryAfter ? 1 : 0,
      )
    },
  }
}

function toRecord(row: Row): SourceRecord {
  return {
    checkpoint: optionalTextOf(row, 'checkpoint'),
    failures: numberOf(row, 'failures'),
    failingSince: optionalTextOf(row, 'failing_since'),
    lastError: optionalTextOf(row, 'last_error'),
    retryAt: optionalTextOf(row, 'retry_at'),
    hasRetryAfter: numberOf(row, 'has_retry_after') === 1,
    fetchedAt: optionalTextOf(row, 'fetched_at'),
  }
}
