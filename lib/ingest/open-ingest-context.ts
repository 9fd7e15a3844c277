import type { Log } from '#lib/node/log.ts'
import { openFetch } from './fetch/fetch-document.ts'
import type { Desk } from './ingest-context.ts'
import type { Reading } from './reading/open-reading.ts'
import type { IngestConfig } from './settings/ingest-config.ts'
import type { IngestEnv, ModelEnv } from './settings/ingest-env.ts'
import { type Ledger, openLedger } from './state/ledger.ts'
import { syncArticles } from './state/sync-articles.ts'

export type DeskOptions = {
  config: IngestConfig
  env: IngestEnv
  contentDir: string
  dataDir: string
  isRehearsal: boolean
  now: () => Date
  random: () => number
  log: Log
  /** Threads that read text of others; they outlive a pass. */
  reading: Reading
  signal: AbortSignal
}

/** Opens everything a pass works with. A desk is for one pass; close it afterwards. */
export async function openDesk(
  options: DeskOptions,
): Promise<{ desk: Desk; close(): Promise<void> }> {
  const { config, env, contentDir, dataDir, isRehearsal, now, random, log, reading, signal } =
    options
  const ledger = openLedger(dataDir, { now: now(), log, isRehearsal })
  const fetching = openFetch(config.fetch, { now, random })
  let synced: Promise<void> | undefined
  let unreadFiles: string[] = []
  const desk: Desk = {
    config,
    env,
    contentDir,
    ledger,
    fetchDocument: fetching.fetchDocument,
    model: env.model && (await openModel(env.model, config, ledger, now)),
    covers:
      env.unsplashKey === undefined
        ? undefined
        : (await import('./cover/find-cover.ts')).openCoverDesk({
            accessKey: env.unsplashKey,
            config: config.cover,
            fetchDocument: fetching.fetchDocument,
            ledger,
            now,
            log,
          }),
    now,
    random,
    async syncArticles() {
      synced ??= syncArticles(ledger, contentDir, reading).then(({ unread }) => {
        unreadFiles = unread
      })
      await synced
    },
    unreadFiles: () => unreadFiles,
    reading,
    log,
    signal,
  }
  return {
    desk,
    async close() {
      await fetching.close()
      ledger.close()
    },
  }
}

/** The client is large; only those who have a model load it. */
async function openModel(env: ModelEnv, config: IngestConfig, ledger: Ledger, now: () => Date) {
  const { openModelDesk } = await import('./llm/llm-client.ts')
  return openModelDesk(env, config, { answers: ledger.answers, now })
}
