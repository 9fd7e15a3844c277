import { textOf } from '#lib/node/sqlite.ts'
import type { StoreFile } from './ingest-store.ts'

/** A response that was paid for, unchanged, and when it came. */
export type StoredResponse = { content: string; madeAt: string }

export type ResponseTable = ReturnType<typeof openResponseTable>

/** Responses of the model and of Unsplash by the digest of the request. */
export function openResponseTable({ db }: StoreFile) {
  const select = db.prepare('SELECT content, made_at FROM response WHERE digest = ?')
  const replace = db.prepare(
    'INSERT OR REPLACE INTO response (digest, made_at, content) VALUES (?, ?, ?)',
  )
  return {
    find(digest: string): StoredResponse | undefined {
      const row = select.get(digest)
      return row && { content: textOf(row, 'content'), madeAt: textOf(row, 'made_at') }
    },
    write(digest: string, { content, madeAt }: StoredResponse): void {
      replace.run(digest, madeAt, content)
    },
  }
}
