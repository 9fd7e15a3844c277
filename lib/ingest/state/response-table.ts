import { numberOf, textOf } from '#lib/node/sqlite.ts'
import type { StoreFile } from './store-file.ts'

/** An answer that was paid for, as it came, and when. */
export type StoredResponse = { content: string; madeAt: string }

export type Spending = { requests: number; tokens: number }

export type ResponseTable = ReturnType<typeof openResponseTable>

/** Answers of the model and of Unsplash by the digest of what was asked, and what a day has cost. */
export function openResponseTable({ db, transact }: StoreFile) {
  const select = db.prepare('SELECT content, made_at FROM response WHERE digest = ?')
  const replace = db.prepare(
    'INSERT OR REPLACE INTO response (digest, made_at, content) VALUES (?, ?, ?)',
  )
  const spent = db.prepare('SELECT requests, tokens FROM spending WHERE day = ?')
  const spend = db.prepare(
    `INSERT INTO spending (day, requests, tokens) VALUES (?, ?, ?)
     ON CONFLICT (day) DO UPDATE SET requests = requests + excluded.requests,
       tokens = tokens + excluded.tokens`,
  )
  return {
    find(digest: string): StoredResponse | undefined {
      const row = select.get(digest)
      return row && { content: textOf(row, 'content'), madeAt: textOf(row, 'made_at') }
    },
    /** Keeps an answer and what it cost together. */
    keep(digest: string, { content, madeAt }: StoredResponse, cost?: Spending): void {
      transact(() => {
        replace.run(digest, madeAt, content)
        if (cost) spend.run(madeAt.slice(0, 10), cost.requests, cost.tokens)
      })
    },
    /** A request that brought no answer is counted as well. */
    spend(day: string, cost: Spending): void {
      spend.run(day, cost.requests, cost.tokens)
    },
    findSpending(day: string): Spending {
      const row = spent.get(day)
      return row
        ? { requests: numberOf(row, 'requests'), tokens: numberOf(row, 'tokens') }
        : { requests: 0, tokens: 0 }
    },
  }
}
