import type { Log } from '#lib/node/log.ts'
import { type ArticleTable, openArticleTable } from './article-table.ts'
import { openResponseTable, type ResponseTable } from './response-table.ts'
import { openSourceTable, type SourceTable } from './source-table.ts'
import { openStoreFile, type StoreFile } from './store-file.ts'
import { openStoryTable, type StoryTable } from './story-table.ts'
import { openTranslationTable, type TranslationTable } from './translation-table.ts'

/** Everything ingest remembers from pass to pass. */
export type IngestStore = {
  sources: SourceTable
  stories: StoryTable
  articles: ArticleTable
  translations: TranslationTable
  responses: ResponseTable
  /** Whether there are stories to tell, change, withdraw, note or translate. */
  hasWork(): boolean
  transact: StoreFile['transact']
  close(): void
}

/** Opens the store of a data folder; see `openStoreFile`. */
export function openIngestStore(
  dataDir: string,
  options: { now: Date; log: Log; isDryRun: boolean },
): IngestStore {
  const file = openStoreFile(dataDir, options)
  const stories = openStoryTable(file)
  const translations = openTranslationTable(file)
  return {
    sources: openSourceTable(file),
    stories,
    articles: openArticleTable(file),
    translations,
    responses: openResponseTable(file),
    hasWork: () => stories.hasWork() || translations.hasWork(),
    transact: file.transact,
    close: file.close,
  }
}
