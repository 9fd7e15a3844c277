import { basename, join } from 'node:path'
import { makeDataFolder } from '#lib/node/data-folder.ts'
import type { Log } from '#lib/node/log.ts'
import { listSetAside, openDatabase } from '#lib/node/sqlite.ts'
import { type AuditLog, auditTables, openAuditLog } from './audit-log.ts'
import { type History, historyTables, openHistory } from './history.ts'

/** Who acts. */
export type Actor = {
  /** A name or a role. A review shows it to readers. */
  name: string
  /** For commits in a git checkout. */
  email?: string | undefined
  /** Where the request came from: an address of the network, or `shell`. */
  from: string
}

/** What every function of the desk works with. */
export type Desk = {
  contentDir: string
  dataDir: string
  history: History
  auditLog: AuditLog
  /** Whether each change is committed where the content folder is in a git checkout. */
  commits: boolean
  now(): Date
  log: Log
  close(): void
}

export type DeskOptions = Pick<Desk, 'contentDir' | 'dataDir' | 'commits' | 'now' | 'log'> & {
  /** What the history may take, in bytes of deflated contents. */
  historyBytes: number
}

/** Where history and audit log are. */
export const deskHistoryPath = (dataDir: string): string => join(dataDir, 'desk-history.sqlite')

export const accountsPath = (dataDir: string): string => join(dataDir, 'accounts.sqlite')

/** File names of the desk's databases that could not be used and were set aside for an operator. */
export const listDeskFilesSetAside = (dataDir: string): string[] =>
  [accountsPath(dataDir), deskHistoryPath(dataDir)]
    .flatMap(listSetAside)
    .map((file) => basename(file))

/**
 * Opens history and audit log in the data folder, in one file that only its owner can read. Several
 * processes may have it open. An unusable file is set aside as `desk-history.sqlite.damaged`.
 */
export function openDesk({ historyBytes, ...given }: DeskOptions): Desk {
  const { dataDir } = given
  makeDataFolder(dataDir)
  const file = deskHistoryPath(dataDir)
  const db = openDatabase({
    file,
    version: 1,
    create: (created) => created.exec(historyTables + auditTables),
    synchronous: 'NORMAL',
    busyTimeoutMs: 5000,
    whenUnusable: 'set aside',
    onUnusable: (reason) =>
      given.log.error(`${file} cannot be used (${reason}). It is set aside, and a new one begins.`),
  })
  return {
    ...given,
    history: openHistory(db, { maxBytes: historyBytes }),
    auditLog: openAuditLog(db),
    close: () => db.close(),
  }
}
