import type { LedgerFile } from './open-ledger.ts'
import { numberOf, type Row, textOrNothing } from './row.ts'

/** How a source has behaved so far. Instants are UTC ISO strings. */
export type SourceRecord = {
  memory: string | undefined
  failures: number
  failingSince: string | undefined
  lastError: string | undefined
  /** Not to be asked before; `isToldToWait` when the server said so itself. */
  retryAt: string | undefined
  isToldToWait: boolean
  askedAt: string | undefined
  fetchedAt: string | undefined
}

export type SourceRows = {
  /** Undefined when the source was never asked, or under another address. */
  find(key: string, address: string): SourceRecord | undefined
  keep(key: string, address: string, record: SourceRecord): void
}

export function openSourceRows({ db }: LedgerFile): SourceRows {
  const select = db.prepare('SELECT * FROM source WHERE key = ? AND address = ?')
  const replace = db.prepare(
    `INSERT OR REPLACE INTO source
       (key, address, memory, failures, failing_since, last_error, retry_at, asked_at, fetched_at,
        is_told_to_wait)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  return {
    find(key, address) {
      const row = select.get(key, address)
      return row && toRecord(row)
    },
    keep(key, address, record) {
      const { memory, failures, failingSince, lastError, retryAt, askedAt, fetchedAt } = record
      const texts = [failingSince, lastError, retryAt, askedAt, fetchedAt]
      replace.run(
        key,
        address,
        memory ?? null,
        failures,
        ...texts.map((text) => text ?? null),
        record.isToldToWait ? 1 : 0,
      )
    },
  }
}

function toRecord(row: Row): SourceRecord {
  return {
    memory: textOrNothing(row, 'memory'),
    failures: numberOf(row, 'failures'),
    failingSince: textOrNothing(row, 'failing_since'),
    lastError: textOrNothing(row, 'last_error'),
    retryAt: textOrNothing(row, 'retry_at'),
    isToldToWait: numberOf(row, 'is_told_to_wait') === 1,
    askedAt: textOrNothing(row, 'asked_at'),
    fetchedAt: textOrNothing(row, 'fetched_at'),
  }
}
