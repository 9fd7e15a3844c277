import type { Log } from '#lib/node/log.ts'
import type { UnsplashClient } from './cover/unsplash-client.ts'
import type { FetchDocument } from './fetch/fetch-document.ts'
import type { LlmClient } from './llm/llm-client.ts'
import type { IngestConfig } from './settings/ingest-config.ts'
import type { IngestEnv } from './settings/ingest-env.ts'
import type { IngestStore } from './state/ingest-store.ts'
import type { IngestWorkers } from './workers/open-workers.ts'

/** What every stage of a pass works with. */
export type IngestContext = {
  config: IngestConfig
  env: IngestEnv
  contentDir: string
  store: IngestStore
  fetchDocument: FetchDocument
  /** Undefined when no model is configured. */
  model: LlmClient | undefined
  /** Undefined when there is no key for photos. */
  covers: UnsplashClient | undefined
  now(): Date
  random(): number
  /** Threads that read text of others. */
  workers: IngestWorkers
  /** Brings the store's articles into step with the content folder, once a pass. */
  syncKnownArticles(): Promise<void>
  /** Sentences about content files that `syncKnownArticles` could not read. */
  unreadFiles(): string[]
  log: Log
  /** Aborted when the run is to end after what it is doing. */
  signal: AbortSignal
}
