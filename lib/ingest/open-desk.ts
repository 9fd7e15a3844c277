import type { Desk } from './desk.ts'
import { openFetch } from './fetch/fetch-document.ts'
import { type Ledger, openLedger } from './ledger/ledger.ts'
import type { IngestConfig } from './settings/ingest-config.ts'
import type { IngestEnv, ModelEnv } from './settings/ingest-env.ts'

export type DeskOptions = {
  config: IngestConfig
  env: IngestEnv
  contentDir: string
  dataDir: string
  isRehearsal: boolean
  now: () => Date
  random: () => number
  say: (line: string) => void
  signal: AbortSignal
}

/** Opens everything a pass works with. A desk is for one pass; close it afterwards. */
export async function openDesk(
  options: DeskOptions,
): Promise<{ desk: Desk; close(): Promise<void> }> {
  const { config, env, contentDir, dataDir, isRehearsal, now, random, say, signal } = options
  const ledger = openLedger(dataDir, { now: now(), log: say, isRehearsal })
  const fetching = openFetch(config.fetch, { now, random })
  let synced: Promise<unknown> | undefined
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
            say,
          }),
    now,
    random,
    async syncArticles() {
      synced ??= import('./ledger/sync-articles.ts').then((sync) =>
        sync.syncArticles(ledger, contentDir),
      )
      await synced
    },
    say,
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
  const { openModelDesk } = await import('./model/model-desk.ts')
  return openModelDesk(env, config, { answers: ledger.answers, now })
}
