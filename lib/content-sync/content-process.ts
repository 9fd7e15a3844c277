import { constants, setPriority } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { indexPath, isBusy } from '#lib/article-index/store/database-file.ts'
import {
  openWriteQueue,
  type WriteQueue,
  type WriteQueueOptions,
} from '#lib/article-index/writes/write-queue.ts'
import type { Log } from '#lib/node/log.ts'
import { checkLater } from './check-later.ts'
import type { ContentFolders, ContentMessage, ContentRequest } from './content-messages.ts'
import { followContent, type IndexProgress } from './follow-content.ts'

/**
 * Runs in a process of its own: the only place of a server that writes to its index. It ends with the
 * process that started it, however that ends.
 */
const tell = (message: ContentMessage) => void (process.connected && process.send?.(message))
/** Every message goes to the process that serves, which holds the log. */
const log: Log = {
  debug: (line) => tell({ kind: 'log', level: 'debug', line }),
  info: (line) => tell({ kind: 'log', level: 'info', line }),
  warn: (line) => tell({ kind: 'log', level: 'warn', line }),
  error: (line) => tell({ kind: 'log', level: 'error', line }),
}
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

process.once('disconnect', () => process.exit())
// A terminal's Ctrl-C reaches every process; the one that serves says when to stop.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
process.once('message', (request: ContentRequest) => {
  if (request.kind !== 'follow') throw new Error('It was not told where to work')
  follow(request).catch((error) => {
    tell({ kind: 'failed', reason: reasonOf(error) })
    process.disconnect()
  })
})

async function follow({ dataDir, contentDir, manyFiles }: ContentFolders): Promise<void> {
  let onEmptied = () => {}
  const path = indexPath(dataDir)
  const now = () => new Date()
  const index = await openPatiently({ path, now, log, onEmptied: () => onEmptied() })
  const followed = await followContent(index, {
    contentDir,
    log,
    onSynced: (synced) => tell({ kind: 'changed', synced }),
    onProgress: createProgressTeller(manyFiles),
  })
  onEmptied = followed.scan
  checkLater(path, index.beginAgain)

  process.on('message', (request: ContentRequest) => {
    if (request.kind === 'begin-again') void index.beginAgain(request.reason)
    if (request.kind === 'stop') {
      followed.stop()
      index.close()
      process.exit()
    }
    if (request.kind === 'sync') {
      const { number, paths } = request
      followed.syncNow(paths).then(
        (report) => tell({ kind: 'synced', number, report }),
        (error) => tell({ kind: 'sync-failed', number, reason: reasonOf(error) }),
      )
    }
  })
  tell({ kind: 'ready' })
}

function createProgressTeller(manyFiles: number) {
  let isWearing = false
  let isWorn = false
  return (progress: IndexProgress) => {
    const { state, filesSeen, filesTotal } = progress
    tell({ kind: 'progress', progress })
    if (!isWearing && filesTotal - filesSeen >= manyFiles) {
      isWearing = true
      giveWay()
    }
    if (!isWearing || isWorn || state !== 'ready') return
    isWorn = true
    tell({ kind: 'worn' })
  }
}

/** Lasts as long as the process: what is taken back needs rights that it may not have. */
function giveWay(): void {
  try {
    setPriority(constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // A platform that does not let us is one where it takes its turn like everybody.
  }
}

/** Another process may hold the file for itself, a backup say. It is waited for, which is said once. */
async function openPatiently(options: WriteQueueOptions): Promise<WriteQueue> {
  for (let tries = 0; ; tries += 1) {
    try {
      return openWriteQueue(options)
    } catch (error) {
      if (!isBusy(error)) throw error
      if (tries === 0) log.warn(`Another process has locked ${options.path}; waiting for it.`)
    }
    await setTimeout(500)
  }
}
