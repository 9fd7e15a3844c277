import type { Log } from '#lib/node/log.ts'
import type { CoverDesk } from './cover/find-cover.ts'
import type { FetchDocument } from './fetch/fetch-document.ts'
import type { ModelDesk } from './llm/llm-client.ts'
import type { Reading } from './reading/open-reading.ts'
import type { IngestConfig } from './settings/ingest-config.ts'
import type { IngestEnv } from './settings/ingest-env.ts'
import type { Ledger } from './state/ledger.ts'

/** What every stage of a pass works with. */
export type Desk = {
  config: IngestConfig
  env: IngestEnv
  contentDir: string
  ledger: Ledger
  fetchDocument: FetchDocument
  /** Undefined when no model is configured. */
  model: ModelDesk | undefined
  /** Undefined when there is no key for photos. */
  covers: CoverDesk | undefined
  now(): Date
  random(): number
  /** Threads that read text of others. */
  reading: Reading
  /** Brings the ledger's articles into step with the content folder, once a pass. */
  syncArticles(): Promise<void>
  /** Sentences about content files that `syncArticles` could not read. */
  unreadFiles(): string[]
  log: Log
  /** Aborted when the run is to end after what it is doing. */
  signal: AbortSignal
}
