import { setTimeout } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { indexPath, isBusy } from '../store/database-file.ts'
import { openWriteQueue, type WriteQueue, type WriteQueueOptions } from '../writes/write-queue.ts'
import { checkLater } from './check-later.ts'
import type { ContentMessage, ContentRequest, ContentWorkerData } from './content-messages.ts'
import { followContent } from './follow-content.ts'

/** Runs in a thread of its own: the only place of a server that writes to its index. */
const { dataDir, contentDir }: ContentWorkerData = workerData
const tell = (message: ContentMessage) => parentPort?.postMessage(message)
const log = (line: string) => tell({ kind: 'log', line })
const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error))

try {
  await run()
} catch (error) {
  tell({ kind: 'failed', reason: reasonOf(error) })
  parentPort?.close()
}

async function run(): Promise<void> {
  let onEmptied = () => {}
  const path = indexPath(dataDir)
  const now = () => new Date()
  const index = await openPatiently({ path, now, log, onEmptied: () => onEmptied() })
  const followed = await followContent(index, {
    contentDir,
    log,
    onProgress: (progress) => tell({ kind: 'progress', progress }),
  })
  onEmptied = followed.scan
  const check = checkLater(path, index.beginAgain)

  parentPort?.on('message', (request: ContentRequest) => {
    if (request.kind === 'begin-again') void index.beginAgain(request.reason)
    if (request.kind === 'stop') {
      check.stop()
      followed.stop()
      index.close()
      parentPort?.close()
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

/** Another process may hold the file for itself, a backup say. It is waited for, which is said once. */
async function openPatiently(options: WriteQueueOptions): Promise<WriteQueue> {
  for (let tries = 0; ; tries += 1) {
    try {
      return openWriteQueue(options)
    } catch (error) {
      if (!isBusy(error)) throw error
      if (tries === 0) log(`Another process has locked ${options.path}; waiting for it.`)
    }
    await setTimeout(500)
  }
}
