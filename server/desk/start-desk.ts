import { openAccounts } from '#lib/desk/accounts.ts'
import type { Log } from '#lib/node/log.ts'
import type { DeskEnv } from '#lib/site/env.ts'
import { site } from '#lib/site/site.ts'
import { toDeskPolicy } from '../http/content-security-policy.ts'
import { listAccountRoutes } from './account-routes.ts'
import { createDesk, type Desk } from './desk.ts'
import { createFrame, type DeskFiles } from './frame.ts'
import { createPasskeys } from './passkeys.ts'

export type RunningDesk = {
  find: Desk['find']
  isAtDesk: Desk['isAtDesk']
  /** Called once the server listens: where nobody can sign in yet, logs the link for the first owner. */
  greet(): void
  close(): void
}

/** Puts the desk together. Throws when its accounts cannot be opened. */
export function startDesk({
  env,
  port,
  siteUrl,
  dataDir,
  files,
  log,
}: {
  env: DeskEnv
  port: number
  siteUrl: string
  dataDir: string
  files: DeskFiles
  log: Log
}): RunningDesk {
  const accounts = openAccounts({ dataDir, log })
  const passkeys = createPasskeys({ accounts, origin: env.origin, siteName: site().name })
  const routes = listAccountRoutes({
    env,
    accounts,
    passkeys,
    note: ({ by, action, detail, from }) => log.info(`Desk: ${action}`, { by, detail, from }),
  })
  const { find, isAtDesk } = createDesk({
    env,
    accounts,
    routes,
    frame: createFrame({ files, siteUrl }),
    toPolicy: toDeskPolicy,
  })
  return {
    find,
    isAtDesk,
    greet() {
      if (!accounts.isEmpty()) return log.info(`The desk is at ${env.origin}/desk`)
      const token = accounts.createLink({ kind: 'first' })
      log.info(
        `Nobody can sign in to the desk yet. Become its owner, from this machine: http://localhost:${port}/desk/sign-in/${token}`,
      )
    },
    close: accounts.close,
  }
}
