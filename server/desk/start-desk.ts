import { setTimeout } from 'node:timers/promises'
import { openEditorIndex } from '#lib/article-index/editor-index.ts'
import { indexPath } from '#lib/article-index/store/database-file.ts'
import { openAccounts } from '#lib/desk/accounts.ts'
import { openAskModel } from '#lib/desk/ask-model.ts'
import { listDeskFilesSetAside, openDesk } from '#lib/desk/open-desk.ts'
import { recordFolder } from '#lib/desk/record-folder.ts'
import { openBodyCompiler } from '#lib/markdown/body-compiler.ts'
import { reasonOf } from '#lib/node/describe-error.ts'
import type { Log } from '#lib/node/log.ts'
import type { DeskEnv } from '#lib/site/env.ts'
import { site } from '#lib/site/site.ts'
import { toDeskPolicy } from '../http/content-security-policy.ts'
import { listAccountRoutes } from './account-routes.ts'
import { listArticleRoutes } from './article-routes.ts'
import { createDesk, type Desk, type DeskRoute } from './desk.ts'
import type { DeskParts } from './desk-parts.ts'
import { listEditorRoutes } from './editor-routes.ts'
import { createFrame, type DeskFiles } from './frame.ts'
import { listHistoryRoutes } from './history-routes.ts'
import { listIngestRoutes } from './ingest-routes.ts'
import { createPasskeys } from './passkeys.ts'
import { listReviewRoutes } from './review-routes.ts'
import { listToolRoutes } from './tool-routes.ts'

/** Everything that the desk answers, in one table. */
export const listDeskRoutes = ({
  parts,
  ...account
}: { parts: DeskParts } & Omit<Parameters<typeof listAccountRoutes>[0], 'note'>): DeskRoute[] => [
  ...listReviewRoutes(parts),
  ...listArticleRoutes(parts),
  ...listEditorRoutes(parts),
  ...listHistoryRoutes(parts),
  ...listToolRoutes(parts),
  ...listIngestRoutes(parts),
  ...listAccountRoutes({
    ...account,
    note(entry) {
      const at = parts.desk.now().toISOString()
      parts.desk.auditLog.add({ ...entry, at, path: undefined })
    },
  }),
]

/** Of the texts that were reviewed last, in bytes of markup. */
const compiledBytes = 4 * 1024 * 1024

/** How long after a look through the content folder the next one waits, in ms. */
const pauseBetweenLooks = 10_000

export type RunningDesk = {
  find: Desk['find']
  isAtDesk: Desk['isAtDesk']
  /** Called after each sync of the content: keeps what has changed in the folder as revisions. */
  noteChanges(): void
  /** Called once the server listens: where nobody can sign in yet, logs the link for the first owner. */
  greet(): void
  /** Why former texts are not kept, and which damaged databases wait for an operator; undefined while all is well. */
  failure(): string | undefined
  close(): void
}

/** Puts the desk together. Throws when its accounts cannot be opened. */
export function startDesk({
  env,
  port,
  siteUrl,
  contentDir,
  dataDir,
  historyBytes,
  commits,
  files,
  publish,
  renderPreview,
  log,
}: {
  env: DeskEnv
  port: number
  siteUrl: string
  contentDir: string
  dataDir: string
  historyBytes: number
  commits: boolean
  files: DeskFiles
  publish: DeskParts['publish']
  renderPreview: DeskParts['renderPreview']
  log: Log
}): RunningDesk {
  const accounts = openAccounts({ dataDir, log })
  const passkeys = createPasskeys({ accounts, origin: env.origin, siteName: site().name })
  const desk = openDesk({
    contentDir,
    dataDir,
    historyBytes,
    commits,
    now: () => new Date(),
    log,
  })
  const index = openEditorIndex(indexPath(dataDir), desk.now)
  const askModel = openAskModel(log)
  const compiler = openBodyCompiler({ store: undefined, log, maxBytes: compiledBytes })
  const parts: DeskParts = {
    desk,
    index,
    dataDir,
    siteUrl,
    publish,
    compileBody: compiler.compile,
    renderPreview,
    askModel,
  }
  const routes = listDeskRoutes({ parts, env, accounts, passkeys })
  const { find, isAtDesk } = createDesk({
    env,
    accounts,
    routes,
    frame: createFrame({ files, siteUrl }),
    toPolicy: toDeskPolicy,
  })
  let isLooking = false
  let isStale = false
  let historyFailure: string | undefined
  const stopping = new AbortController()
  async function lookThroughFolder(): Promise<void> {
    isStale = true
    if (isLooking) return
    isLooking = true
    try {
      while (isStale && !stopping.signal.aborted) {
        isStale = false
        await recordFolder(desk, { signal: stopping.signal })
        historyFailure = undefined
        await setTimeout(pauseBetweenLooks, undefined, { ref: false, signal: stopping.signal })
      }
    } catch (error) {
      if (stopping.signal.aborted) return
      historyFailure = reasonOf(error)
      log.error('The history could not be kept', { err: error })
    } finally {
      isLooking = false
    }
  }

  return {
    find,
    isAtDesk,
    noteChanges: () => void lookThroughFolder(),
    greet() {
      void lookThroughFolder()
      if (!accounts.isEmpty()) return log.info(`The desk is at ${env.origin}/desk`)
      const token = accounts.createLink({ kind: 'first' })
      log.info(
        `Nobody can sign in to the desk yet. Become its owner, from this machine: http://localhost:${port}/desk/sign-in/${token}`,
      )
    },
    failure() {
      const setAside = listDeskFilesSetAside(dataDir).map(
        (name) => `${name} was set aside: restore a copy, or delete it when it is not needed`,
      )
      const history = historyFailure && `former texts are not kept: ${historyFailure}`
      return [history, ...setAside].filter((one) => one !== undefined).join('; ') || undefined
    },
    close() {
      stopping.abort()
      void askModel?.close()
      void compiler.close()
      index.close()
      desk.close()
      accounts.close()
    },
  }
}
