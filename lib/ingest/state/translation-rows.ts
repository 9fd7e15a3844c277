import type { Locale } from '#lib/site/locales.ts'
import { isLocale } from '#lib/site/locales.ts'
import type { LedgerFile } from './open-ledger.ts'
import { numberOf, textOf } from './row.ts'

/** `path` is the article that is to be translated. */
export type TranslationRecord = { path: string; locale: Locale; attempts: number }

export type TranslationRows = ReturnType<typeof openTranslationRows>

/** Which articles are still to be translated. `done` and `left` are over. */
export function openTranslationRows({ db }: LedgerFile) {
  const ask = db.prepare(
    `INSERT OR REPLACE INTO translation (path, locale, state, attempts) VALUES (?, ?, 'wanted', 0)`,
  )
  const settle = db.prepare('UPDATE translation SET state = ? WHERE path = ? AND locale = ?')
  const postpone = db.prepare(
    'UPDATE translation SET attempts = ?, retry_at = ? WHERE path = ? AND locale = ?',
  )
  const any = db.prepare(`SELECT 1 AS one FROM translation WHERE state = 'wanted' LIMIT 1`)
  const wanted = db.prepare(
    `SELECT path, locale, attempts FROM translation
     WHERE state = 'wanted' AND (retry_at IS NULL OR retry_at <= ?) ORDER BY path DESC, locale`,
  )
  return {
    want(path: string, locale: Locale): void {
      ask.run(path, locale)
    },
    settle({ path, locale }: TranslationRecord, state: 'done' | 'left'): void {
      settle.run(state, path, locale)
    },
    postpone({ path, locale }: TranslationRecord, attempts: number, retryAt: string): void {
      postpone.run(attempts, retryAt, path, locale)
    },
    hasWork(): boolean {
      return any.get() !== undefined
    },
    listWanted(now: string): TranslationRecord[] {
      return wanted.all(now).flatMap((row) => {
        const locale = textOf(row, 'locale')
        const attempts = numberOf(row, 'attempts')
        return isLocale(locale) ? [{ path: textOf(row, 'path'), locale, attempts }] : []
      })
    },
  }
}
