import type { Log } from '#lib/node/log.ts'
import { openFetcher } from './fetch/fetch-document.ts'
import type { IngestContext } from './ingest-context.ts'
import type { IngestConfig } from './settings/ingest-config.ts'
import type { IngestEnv, LlmEnv } from './settings/ingest-env.ts'
import { type IngestStore, openIngestStore } from './state/ingest-store.ts'
import { syncKnownArticles } from './state/sync-known-articles.ts'
import type { IngestWorkers } from './workers/open-workers.ts'

export type IngestContextOptions = {
  config: IngestConfig
  env: IngestEnv
  contentDir: string
  dataDir: string
  isDryRun: boolean
  now: () => Date
  random: () => number
  log: Log
  /** Threads that read text of others; they outlive a pass. */
  workers: IngestWorkers
  signal: AbortSignal
}

/** Opens everything a pass works with. A context is for one pass; close it afterwards. */
export async function openIngestContext(
  options: IngestContextOptions,
): Promise<{ context: IngestContext; close(): Promise<void> }> {
  const { config, env, contentDir, dataDir, isDryRun, now, random, log, workers, signal } = options
  const store = openIngestStore(dataDir, { now: now(), log, isDryRun })
  const fetching = openFetcher(config.fetch, { now, random })
  let synced: Promise<void> | undefined
  let unreadFiles: string[] = []
  const context: IngestContext = {
    config,
    env,
    contentDir,
    store,
    fetchDocument: fetching.fetchDocument,
    model: env.model && (await openModel(env.model, config, store, now)),
    covers:
      env.unsplashKey === undefined
        ? undefined
        : (await import('./cover/unsplash-client.ts')).openUnsplashClient({
            accessKey: env.unsplashKey,
            config: config.cover,
            fetchDocument: fetching.fetchDocument,
            store,
            now,
            log,
          }),
    now,
    random,
    async syncKnownArticles() {
      synced ??= syncKnownArticles(store, contentDir, workers).then(({ unread }) => {
        unreadFiles = unread
      })
      await synced
    },
    unreadFiles: () => unreadFiles,
    workers,
    log,
    signal,
  }
  return {
    context,
    async close() {
      await fetching.close()
      store.close()
    },
  }
}

/** The client is large; only those who have a model load it. */
async function openModel(env: LlmEnv, config: IngestConfig, store: IngestStore, now: () => Date) {
  const { openLlmClient } = await import('./llm/llm-client.ts')
  return openLlmClient(env, config, { responses: store.responses, now })
}
