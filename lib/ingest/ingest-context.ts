import { hasDictionary } from '#lib/node/dictionary.ts'
import type { Log } from '#lib/node/log.ts'
import type { UnsplashClient } from './cover/unsplash-client.ts'
import { type FetchDocument, openFetcher } from './fetch/fetch-document.ts'
import type { IngestLock } from './ingest-lock.ts'
import type { LlmClient } from './llm/llm-client.ts'
import type { IngestConfig } from './settings/ingest-config.ts'
import type { IngestEnv } from './settings/ingest-env.ts'
import { type IngestStore, openIngestStore, openSharedStore } from './state/ingest-store.ts'
import { openPublishedRecord, type PublishedRecord } from './state/published-record.ts'
import { openSpendingRecord, type SpendingRecord } from './state/spending-record.ts'
import { syncKnownArticles } from './state/sync-known-articles.ts'
import type { IngestWorkers } from './workers/open-workers.ts'

/** What every stage of a pass works with. */
export type IngestContext = {
  config: IngestConfig
  env: IngestEnv
  contentDir: string
  store: IngestStore
  /** The stories that have become articles, beside the articles. */
  published: PublishedRecord
  spending: SpendingRecord
  fetchDocument: FetchDocument
  /** Undefined when no model is configured. */
  llm: LlmClient | undefined
  /** Undefined without a key for Unsplash. */
  unsplash: UnsplashClient | undefined
  now(): Date
  /** 0 to 1, as `Math.random`. */
  random(): number
  /** Threads that read untrusted text. */
  workers: IngestWorkers
  /** Updates what the store knows of articles from the content folder, once a pass. */
  syncKnownArticles(): Promise<void>
  /** Sentences about content files that `syncKnownArticles` could not read. */
  unreadFiles(): string[]
  /** Writes a content file if it is as `expected`, a digest, says. See `writeContentFile`. */
  writeFile: IngestLock['writeFile']
  log: Log
  /** Aborted when the run is to stop after the work in progress. */
  signal: AbortSignal
}

export type IngestContextOptions = {
  config: IngestConfig
  env: IngestEnv
  contentDir: string
  dataDir: string
  isDryRun: boolean
  now: () => Date
  random: () => number
  log: Log
  /** Threads that read untrusted text; they outlive a pass. */
  workers: IngestWorkers
  signal: AbortSignal
  lock: IngestLock
}

/** Opens the context of one pass; close it afterwards. */
export async function openIngestContext(
  options: IngestContextOptions,
): Promise<{ context: IngestContext; close(): Promise<void> }> {
  const { dataDir, isDryRun, lock, ...given } = options
  const { config, contentDir, now, random, log, workers } = given
  const { state } = lock
  const store = state
    ? await openSharedStore(dataDir, { now: now(), log, isDryRun, contentDir, state })
    : openIngestStore(dataDir, { now: now(), log, isDryRun })
  const spending = openSpendingRecord(contentDir, { now: now(), isDryRun })
  const fetcher = openFetcher(config.fetch, { now, random })
  const { fetchDocument } = fetcher
  let synced: Promise<void> | undefined
  let unreadFiles: string[] = []
  const context: IngestContext = {
    ...given,
    store,
    writeFile: lock.writeFile,
    published: openPublishedRecord(contentDir, {
      isDryRun,
      listKnown: store.stories.listPublished,
    }),
    spending,
    fetchDocument,
    llm: await openLlm(given, { responses: store.responses, spending }),
    unsplash: await openUnsplash(given, store, fetchDocument),
    async syncKnownArticles() {
      synced ??= syncKnownArticles(store, contentDir, workers).then(({ unread }) => {
        unreadFiles = unread
      })
      await synced
    },
    unreadFiles: () => unreadFiles,
  }
  return {
    context,
    async close() {
      await fetcher.close()
      store.close()
    },
  }
}

/** Loaded only where a model is configured: the client is large. */
async function openLlm(
  { config, env, now, log }: Pick<IngestContextOptions, 'config' | 'env' | 'now' | 'log'>,
  records: { responses: IngestStore['responses']; spending: SpendingRecord },
) {
  if (!env.model) return undefined
  for (const language of ['en', 'uk'] as const) {
    if (hasDictionary(language)) continue
    const name = `dictionary-${language}`
    log.warn(
      `${name} is not installed: names in its language are hardly checked. Run npm install ${name}.`,
    )
  }
  const { openLlmClient } = await import('./llm/llm-client.ts')
  return openLlmClient(env.model, config, { ...records, now })
}

async function openUnsplash(
  { config, env, now, log }: Pick<IngestContextOptions, 'config' | 'env' | 'now' | 'log'>,
  store: IngestStore,
  fetchDocument: FetchDocument,
) {
  if (env.unsplashKey === undefined) return undefined
  const { openUnsplashClient } = await import('./cover/unsplash-client.ts')
  const accessKey = env.unsplashKey
  return openUnsplashClient({ accessKey, config: config.cover, fetchDocument, store, now, log })
}
