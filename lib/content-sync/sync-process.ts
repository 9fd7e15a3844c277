import { runSyncProcess } from './run-sync-process.ts'
import { syncContinuously } from './sync-continuously.ts'

/** Runs in a process of its own: keeps the index as the content folder is. */
runSyncProcess(async (index, { setOnEmptied, ...options }) => {
  const sync = await syncContinuously(index, options)
  setOnEmptied(sync.refill)
  return sync
})
