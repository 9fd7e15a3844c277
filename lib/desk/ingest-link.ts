import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { toTranslationPath } from '#lib/content/article-identity.ts'
import { openStoryTable } from '#lib/ingest/state/story-table.ts'
import { openTranslationTable } from '#lib/ingest/state/translation-table.ts'
import type { Locale } from '#lib/site/locales.ts'
import type { ReviewSource } from './show-article.ts'

/*
 * What the desk asks of the store of ingest, and leaves there. The store may be missing, in use, or of
 * another version: then nothing is known and nothing is asked for.
 */

const storeFile = (dataDir: string) => join(dataDir, 'ingest.sqlite')

/**
 * The story that the article at `path` was written from. Its text is kept for 60 days; without it, and
 * for what a person wrote, undefined.
 */
export function readStory(dataDir: string, path: string): ReviewSource | undefined {
  return withStore(dataDir, { readOnly: true }, (file) => {
    const record = openStoryTable(file).findByPath(path)
    if (record?.text === undefined) return undefined
    const { title, text, language, source } = record
    return { kind: 'story', title, text, language, url: source.url, path: undefined }
  })
}

/**
 * Asks ingest to translate the article at `path` in its next pass, into each of these languages that
 * ingest translates into. Answers whether ingest has got it.
 */
export function requestTranslations(dataDir: string, path: string, locales: Locale[]): boolean {
  const isDone = withStore(dataDir, { readOnly: false }, (file) => {
    const table = openTranslationTable(file)
    for (const locale of locales) {
      if (toTranslationPath(path, locale) !== path) table.request(path, locale)
    }
    return true
  })
  return isDone ?? false
}

/** Where the original of a translation is. */
export const toOriginalPath = (path: string, from: Locale): string => toTranslationPath(path, from)

type StoreFile = Parameters<typeof openStoryTable>[0]

function withStore<Result>(
  dataDir: string,
  { readOnly }: { readOnly: boolean },
  work: (file: StoreFile) => Result,
): Result | undefined {
  if (!existsSync(storeFile(dataDir))) return undefined
  try {
    const db = new DatabaseSync(storeFile(dataDir), { readOnly, timeout: 500 })
    try {
      return work({ db, transact: (run) => run(), prune: () => {}, close: () => {} })
    } finally {
      db.close()
    }
  } catch (cause) {
    if (cause instanceof Error && 'errcode' in cause) return undefined
    throw cause
  }
}
