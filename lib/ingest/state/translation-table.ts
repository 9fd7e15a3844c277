import { numberOf, textOf } from '#lib/node/sqlite.ts'
import type { Locale } from '#lib/site/locales.ts'
import { isLocale } from '#lib/site/locales.ts'
import type { StoreFile } from './store-file.ts'

/** `path` is the article that is to be translated. */
export type TranslationRecord = { path: string; locale: Locale; attempts: number }

export type TranslationTable = ReturnType<typeof openTranslationTable>

/** Which articles are still to be translated. `done` and `skipped` are over. */
export function openTranslationTable({ db }: StoreFile) {
  const ask = db.prepare(
    `INSERT OR REPLACE INTO translation (path, locale, state, attempts) VALUES (?, ?, 'pending', 0)`,
  )
  const settle = db.prepare('UPDATE translation SET state = ? WHERE path = ? AND locale = ?')
  const postpone = db.prepare(
    'UPDATE translation SET attempts = ?, retry_at = ? WHERE path = ? AND locale = ?',
  )
  const any = db.prepare(`SELECT 1 AS one FROM translation WHERE state = 'pending' LIMIT 1`)
  const pending = db.prepare(
    `SELECT path, locale, attempts FROM translation
     WHERE state = 'pending' AND (retry_at IS NULL OR retry_at <= ?) ORDER BY path DESC, locale`,
  )
  return {
    request(path: string, locale: Locale): void {
      ask.run(path, locale)
    },
    finish({ path, locale }: TranslationRecord, state: 'done' | 'skipped'): void {
      settle.run(state, path, locale)
    },
    postpone({ path, locale }: TranslationRecord, attempts: number, retryAt: string): void {
      postpone.run(attempts, retryAt, path, locale)
    },
    hasWork(): boolean {
      return any.get() !== undefined
    },
    listPending(now: string): TranslationRecord[] {
      return pending.all(now).flatMap((row) => {
        const locale = textOf(row, 'locale')
        const attempts = numberOf(row, 'attempts')
        return isLocale(locale) ? [{ path: textOf(row, 'path'), locale, attempts }] : []
      })
    },
  }
}
