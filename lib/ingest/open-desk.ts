import { openCoverDesk } from './cover/find-cover.ts'
import type { Desk } from './desk.ts'
import { openFetch } from './fetch/fetch-document.ts'
import { openLedger } from './ledger/ledger.ts'
import { syncArticles } from './ledger/sync-articles.ts'
import { openModelDesk } from './model/model-desk.ts'
import type { IngestConfig } from './settings/ingest-config.ts'
import type { IngestEnv } from './settings/ingest-env.ts'

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
export function openDesk(options: DeskOptions): { desk: Desk; close(): Promise<void> } {
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
    model: env.model && openModelDesk(env.model, config, { answers: ledger.answers, now }),
    covers:
      env.unsplashKey === undefined
        ? undefined
        : openCoverDesk({
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
      synced ??= syncArticles(ledger, contentDir)
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
