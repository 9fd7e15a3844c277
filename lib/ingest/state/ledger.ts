import type { Log } from '#lib/node/log.ts'
import { type AnswerRows, openAnswerRows } from './answer-rows.ts'
import { type ArticleRows, openArticleRows } from './article-rows.ts'
import { type LedgerFile, openLedgerFile } from './open-ledger.ts'
import { openSourceRows, type SourceRows } from './source-rows.ts'
import { openStoryRows, type StoryRows } from './story-rows.ts'
import { openTranslationRows, type TranslationRows } from './translation-rows.ts'

/** Everything ingest remembers from pass to pass. */
export type Ledger = {
  sources: SourceRows
  stories: StoryRows
  articles: ArticleRows
  translations: TranslationRows
  answers: AnswerRows
  /** Whether there are stories to tell, change, withdraw, note or translate. */
  hasWork(): boolean
  transact: LedgerFile['transact']
  close(): void
}

/** Opens the ledger of a data folder; see `openLedgerFile`. */
export function openLedger(
  dataDir: string,
  options: { now: Date; log: Log; isRehearsal: boolean },
): Ledger {
  const file = openLedgerFile(dataDir, options)
  const stories = openStoryRows(file)
  const translations = openTranslationRows(file)
  return {
    sources: openSourceRows(file),
    stories,
    articles: openArticleRows(file),
    translations,
    answers: openAnswerRows(file),
    hasWork: () => stories.hasWork() || translations.hasWork(),
    transact: file.transact,
    close: file.close,
  }
}
